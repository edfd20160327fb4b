import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useWords } from "../../i18n/I18n";
import { IconButton } from "../../kit/Button";
import { RightsForm } from "./RightsForm";
import styles from "./RightsDialog.module.css";

/** The rights of somebody, over what is shown. */
export function RightsDialog({ user, person, onClose }: { user: string; person: string; onClose(): void }) {
  const { t } = useWords();
  return (
    <ModalOverlay isOpen isDismissable={false} onOpenChange={(isOpen) => { if (!isOpen) onClose(); }} className={styles.scrim ?? ""}>
      <Modal className={styles.modal ?? ""}>
        <Dialog className={styles.dialog ?? ""}>
          <header className={styles.head}>
            <Heading slot="title">{t("rights-title", { person })}</Heading>
            <IconButton icon="x" label={t("close")} onPress={onClose} />
          </header>
          <RightsForm user={user} onSaved={onClose} onCancel={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
