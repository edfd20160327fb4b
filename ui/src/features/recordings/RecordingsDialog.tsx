import { useEffect } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useWords } from "../../i18n/I18n";
import { IconButton } from "../../kit/Button";
import { useEngine } from "../../state/Engine";
import dialog from "../rights/RightsDialog.module.css";
import { Recordings } from "./Recordings";
import styles from "./RecordingsDialog.module.css";

/** Recordings of somebody, where they were looked at. */
export function RecordingsDialog({ of, onClose }: { of: { id: string; name: string }; onClose(): void }) {
  const { backend, run } = useEngine();
  const { t } = useWords();
  // What nobody sees any more is not heard either.
  useEffect(() => () => run(backend.player({ wish: "close" })), [backend, run]);
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(isOpen) => { if (!isOpen) onClose(); }} className={dialog.scrim ?? ""}>
      <Modal className={dialog.modal ?? ""}>
        <Dialog className={dialog.dialog ?? ""}>
          <header className={dialog.head}>
            <Heading slot="title">{t("recordings-of-title", { person: of.name })}</Heading>
            <IconButton icon="x" label={t("close")} onPress={onClose} />
          </header>
          <div className={styles.list}><Recordings of={of.id} /></div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
