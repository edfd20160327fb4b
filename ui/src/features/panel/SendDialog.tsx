import { useState } from "react";
import { Dialog, Heading, ListBox, ListBoxItem, Modal, ModalOverlay } from "react-aria-components";
import { asIpcError } from "../../backend/backend";
import type { IpcError, Panel, PanelCaller } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { asciiDigits } from "../../i18n/format";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Icon } from "../../kit/Icon";
import { Notice } from "../../kit/Notice";
import { PresenceShape } from "../../kit/Presence";
import { SearchBox } from "../../kit/SearchBox";
import { Name, PhoneNumber } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import dialog from "../rights/RightsDialog.module.css";
import { CallerName } from "./Waiting";
import styles from "./Send.module.css";
import { shapeOf } from "./words";

/** As many as one reads; who is not among them is typed. */
const MOST = 40;

/** Where a waiting caller goes: to another queue, to an agent or to an extension; said once more by the button (LP-04). */
export function SendDialog({ caller, panel, onClose, onSent }: { caller: PanelCaller; panel: Panel; onClose(): void; onSent(): void }) {
  const { backend } = useEngine();
  const { t, format } = useWords();
  const [text, setText] = useState("");
  const [to, setTo] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<IpcError | null>(null);
  const typed = asciiDigits(text.trim());
  const fits = (name: string, extension: string) => typed === "" || extension.startsWith(typed) || name.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase());
  const targets = [
    ...panel.queues.filter((queue) => queue.id !== caller.queue && fits(queue.name, queue.extension)).map(({ extension, name }) => ({ id: extension, name, shape: null })),
    ...panel.agents.filter((agent) => agent.activity !== "offline" && fits(agent.name, agent.extension)).map((agent) => ({ id: agent.extension, name: agent.name, shape: shapeOf(agent) })),
  ].slice(0, MOST);
  const other = /^\d{2,}$/.test(typed) && !targets.some(({ id }) => id === typed);
  const choices = other ? [...targets, { id: typed, name: "", shape: null }] : targets;
  const chosen = choices.find(({ id }) => id === to);
  const send = () => {
    if (busy || !chosen) return;
    setBusy(true);
    setFailed(null);
    backend.panelAct({ kind: "sendCaller", caller: caller.id, to: chosen.id }).then(onSent, (thrown: unknown) => {
      setBusy(false);
      setFailed(asIpcError(thrown));
    });
  };
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(isOpen) => { if (!isOpen) onClose(); }} className={dialog.scrim ?? ""}>
      <Modal className={styles.modal ?? ""}>
        <Dialog className={dialog.dialog ?? ""}>
          <header className={dialog.head}>
            <Heading slot="title">{t("panel-send-title")}</Heading>
            <IconButton icon="x" label={t("close")} onPress={onClose} />
          </header>
          <p className={styles.caller}><CallerName caller={caller} /></p>
          <div className={styles.search}><SearchBox value={text} placeholder={t("panel-send-search")} clearLabel={t("directory-search-clear")} onChange={setText} autoFocus /></div>
          <ListBox
            aria-label={t("panel-send-title")} className={styles.list ?? ""} selectionMode="single" selectedKeys={to === null ? [] : [to]} items={choices}
            onSelectionChange={(keys) => setTo(keys === "all" ? null : ([...keys].map(String)[0] ?? null))} renderEmptyState={() => <p className={styles.none}>{t("panel-send-none")}</p>}
          >
            {({ id, name, shape }) => (
              <ListBoxItem id={id} textValue={name || id} className={styles.item ?? ""}>
                {shape ? <PresenceShape state={shape} /> : <Icon name="headset" className={styles.icon ?? ""} />}
                <span className={styles.name}>{name ? <Name>{name}</Name> : t("extension")}</span>
                <PhoneNumber>{format.digits(id)}</PhoneNumber>
              </ListBoxItem>
            )}
          </ListBox>
          {failed && <Notice tone="bad" urgent title={errorTitle(t, failed)} detail={failed.detail} />}
          <div className={styles.foot}>
            <Button size="lg" onPress={onClose}>{t("cancel")}</Button>
            <Button size="lg" tone="primary" busy={busy} isDisabled={!chosen} onPress={send}>{chosen ? t("panel-send-to", { target: chosen.name || format.digits(chosen.id) }) : t("panel-send-confirm")}</Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
