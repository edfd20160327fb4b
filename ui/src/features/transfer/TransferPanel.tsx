import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Call } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { SearchBox } from "../../kit/SearchBox";
import { Segments } from "../../kit/Segments";
import { useEngine } from "../../state/Engine";
import { TargetList } from "./TargetList";
import { meant, useTargets } from "./targets";
import styles from "./TransferPanel.module.css";

type Way = "ask" | "now";

/** Whom the call goes to, and whether they are asked first. Esc closes it; the call is not touched. */
export function TransferPanel({ call, onClose }: { call: Call; onClose(): void }) {
  const { state, backend, run } = useEngine();
  const { t, format } = useWords();
  const [way, setWay] = useState<Way>("ask");
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const targets = useTargets(text, call.person.number);
  const target = targets.find(({ key }) => key === chosen) ?? meant(targets);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => field.current?.focus(), []);
  const connected = state.system.value.webPhone.level === "ok";

  const send = () => {
    if (!target || !connected) return;
    run(way === "ask" ? backend.consult({ about: call.id, target: target.number }) : backend.transfer({ call: call.id, target: target.number }));
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
  };
  const onFieldKey = (event: KeyboardEvent) => {
    if (event.key === "Enter") send();
    else if (event.key === "ArrowDown") list.current?.querySelector<HTMLElement>("[role='option']")?.focus();
    else return;
    event.preventDefault();
  };
  const person = target ? target.name || format.digits(target.number) : "";

  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc closes what has the focus
    <div role="dialog" aria-label={t("transfer-title")} className={styles.panel} onKeyDownCapture={onKeyDown}>
      <div className={styles.head}>
        <h3>{t("transfer-title")}</h3>
        <IconButton icon="x" label={t("close")} onPress={onClose} />
      </div>
      <Segments large label={t("transfer-way")} value={way} onChange={setWay} choices={[{ value: "ask", label: t("transfer-ask") }, { value: "now", label: t("transfer-now") }]} />
      <p className={styles.hint}>{t(way === "ask" ? "transfer-ask-note" : "transfer-now-note")}</p>
      <div className={styles.search}>
        <SearchBox inputRef={field} placeholder={t("transfer-search")} clearLabel={t("transfer-search-clear")} value={text} onChange={(next) => { setText(next); setChosen(null); }} onKeyDown={onFieldKey} />
      </div>
      {state.team && !state.team.known && <p className={styles.hint}>{t("team-unknown-title")}</p>}
      <TargetList listRef={list} targets={targets} target={target} typed={text} onChoose={setChosen} onSend={send} />
      {!connected && <p className={styles.hint} role="status">{t("transfer-offline")}</p>}
      <div className={styles.foot}>
        <Button size="lg" onPress={onClose}>{t("cancel")}</Button>
        <span className={styles.go}>
          <Button size="lg" wide tone="primary" icon={way === "ask" ? "phone-fill" : "phone-transfer"} isDisabled={!target || !connected} onPress={send}>
            {target ? t(way === "ask" ? "transfer-call" : "transfer-send", { person }) : t(way === "ask" ? "transfer-ask" : "transfer-now")}
          </Button>
        </span>
      </div>
    </div>
  );
}
