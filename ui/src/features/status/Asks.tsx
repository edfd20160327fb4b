// Questions about the status and the sessions of somebody else: of the directory and of the live panel.
import { type FormEvent, useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { asIpcError } from "../../backend/backend";
import type { IpcError, SeenStatus } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Field } from "../../kit/Field";
import { Notice } from "../../kit/Notice";
import { Ask } from "../../kit/Pop";
import dialog from "../rights/RightsDialog.module.css";
import styles from "./Asks.module.css";

/** Whose status or sessions are asked about. */
interface Somebody {
  name: string;
  status: SeenStatus;
}

/** Runs a request once it was confirmed; a refusal is said where it was asked. */
export function useConfirmed(request: () => Promise<unknown>, onDone: () => void) {
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<IpcError | null>(null);
  const confirm = () => {
    if (busy) return;
    setBusy(true);
    setFailed(null);
    request().then(onDone, (thrown: unknown) => {
      setBusy(false);
      setFailed(asIpcError(thrown));
    });
  };
  return { busy, confirm, notice: failed && <Notice tone="bad" urgent title={errorTitle(t, failed)} detail={failed.detail} /> };
}

/** Asks before somebody is signed out everywhere; `end` does it. */
export function EndSessions({ user, end, onClose, onDone }: { user: Somebody; end(): Promise<void>; onClose(): void; onDone(): void }) {
  const { t } = useWords();
  const { busy, confirm, notice } = useConfirmed(end, onDone);
  return (
    <Ask title={t("directory-end-sessions-title", { person: user.name })} confirm={t("directory-end-sessions")} cancel={t("cancel")} busy={busy} notice={notice} onCancel={onClose} onConfirm={confirm}>
      {t("directory-end-sessions-body")}
    </Ask>
  );
}

/** As many characters as the server takes. */
const MOST = 40;

/** A status in words, for somebody else (DR-11, DR-09). */
export function OtherStatus({ user, onClose, onSet }: { user: Somebody; onClose(): void; onSet(text: string): void }) {
  const { t } = useWords();
  const [text, setText] = useState(user.status.text);
  const [tried, setTried] = useState(false);
  const length = [...text.trim()].length;
  const error = length > MOST ? t("status-words-long", { most: MOST }) : tried && length === 0 ? t("status-words-empty") : null;
  const set = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (length > 0 && length <= MOST) onSet(text.trim());
  };
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(isOpen) => { if (!isOpen) onClose(); }} className={dialog.scrim ?? ""}>
      <Modal className={styles.small ?? ""}>
        <Dialog className={dialog.dialog ?? ""}>
          <header className={dialog.head}>
            <Heading slot="title">{t("directory-force-title", { person: user.name })}</Heading>
            <IconButton icon="x" label={t("close")} onPress={onClose} />
          </header>
          <form className={styles.form} noValidate onSubmit={set}>
            <Field label={t("directory-force-words")} value={text} onChange={setText} error={error} help={t("directory-force-note", { person: user.name })} autoFocus />
            <div className={styles.foot}>
              <Button size="lg" onPress={onClose}>{t("cancel")}</Button>
              <Button size="lg" type="submit" tone="primary">{t("directory-force-set")}</Button>
            </div>
          </form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
