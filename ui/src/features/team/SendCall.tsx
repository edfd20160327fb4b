import { type KeyboardEvent, useRef, useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { asIpcError } from "../../backend/backend";
import type { Colleague, IpcError } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Notice } from "../../kit/Notice";
import { SearchBox } from "../../kit/SearchBox";
import { useEngine } from "../../state/Engine";
import dialog from "../rights/RightsDialog.module.css";
import { TargetList } from "../transfer/TargetList";
import { meant, useTargets } from "../transfer/targets";
import styles from "./SendCall.module.css";

/** Where a colleague's call goes instead, while it rings or while it runs (RG-08). A refusal is said here, and the call is left alone. */
export function SendCall({ colleague, onClose }: { colleague: Colleague; onClose(): void }) {
  const { state, backend } = useEngine();
  const { t, format } = useWords();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<IpcError | null>(null);
  const list = useRef<HTMLDivElement>(null);
  // Extensions of the team, and what was typed: the server sends a colleague's call nowhere else.
  const targets = useTargets(text, colleague.extension).filter(({ kind }) => kind !== "contact");
  const target = targets.find(({ key }) => key === chosen) ?? meant(targets);
  // As it stands now: what rang may be answered meanwhile.
  const now = state.team?.colleagues.find(({ value }) => value.id === colleague.id)?.value.call ?? null;
  const send = () => {
    if (!target || busy || !now) return;
    setBusy(true);
    setFailed(null);
    const request = { user: colleague.id, to: target.number };
    (now.ringing ? backend.colleagueDivert(request) : backend.colleagueTransfer(request)).then(onClose, (thrown: unknown) => {
      setBusy(false);
      setFailed(asIpcError(thrown));
    });
  };
  const onFieldKey = (event: KeyboardEvent) => {
    if (event.key === "Enter") send();
    else if (event.key === "ArrowDown") list.current?.querySelector<HTMLElement>("[role='option']")?.focus();
    else return;
    event.preventDefault();
  };
  const person = target ? target.name || format.digits(target.number) : "";
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(isOpen) => { if (!isOpen) onClose(); }} className={dialog.scrim ?? ""}>
      <Modal className={styles.modal ?? ""}>
        <Dialog className={dialog.dialog ?? ""}>
          <header className={dialog.head}>
            <Heading slot="title">{t("team-send-title", { person: colleague.name })}</Heading>
            <IconButton icon="x" label={t("close")} onPress={onClose} />
          </header>
          {!now && <Notice tone="warn" title={t("team-send-over")} />}
          {failed && <Notice tone="bad" urgent title={errorTitle(t, failed)} detail={failed.detail} />}
          <div className={styles.search}><SearchBox placeholder={t("team-send-search")} clearLabel={t("transfer-search-clear")} value={text} onChange={(next) => { setText(next); setChosen(null); }} onKeyDown={onFieldKey} autoFocus /></div>
          <div className={styles.targets}>
            <TargetList listRef={list} targets={targets} target={target} typed={text} onChoose={setChosen} onSend={send} />
          </div>
          <div className={styles.foot}>
            <Button size="lg" onPress={onClose}>{t("cancel")}</Button>
            <Button size="lg" tone="primary" icon="phone-transfer" busy={busy} isDisabled={!target || !now} onPress={send}>{target ? t("transfer-send", { person }) : t("transfer-now")}</Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
