import { useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useWords } from "../../i18n/I18n";
import { IconButton } from "../../kit/Button";
import { Ask } from "../../kit/Pop";
import { SkeletonRows } from "../../kit/Skeleton";
import { useEngine } from "../../state/Engine";
import styles from "./Bulk.module.css";
import { ImportForm } from "./ImportForm";
import { Job } from "./Job";
import { RangeForm } from "./RangeForm";
import { useBulk } from "./useBulk";

interface BulkDialogProps {
  what: "range" | "import";
  onClose(): void;
}

/** Many users at once (BK-01, BK-02): what is wished, what would become of it, and how far it is. It goes on when the dialog is closed. */
export function BulkDialog({ what, onClose }: BulkDialogProps) {
  const { backend, run } = useEngine();
  const { t } = useWords();
  const { bulk, setBulk } = useBulk();
  const [handedOver, setHandedOver] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const leave = () => {
    if (bulk) run(backend.bulkLeave({ job: bulk.job }));
    onClose();
  };
  const running = bulk?.phase === "running" || bulk?.phase === "stopping";
  const close = () => {
    if (running) onClose();
    else if (bulk && bulk.passwords > 0 && !handedOver) setLeaving(true);
    else leave();
  };
  const isImport = bulk ? bulk.file !== "" : what === "import";
  return (
    <ModalOverlay isOpen onOpenChange={(isOpen) => { if (!isOpen) close(); }} className={styles.scrim ?? ""}>
      <Modal className={styles.modal ?? ""} data-wide={isImport || Boolean(bulk) || undefined}>
        <Dialog className={styles.dialog ?? ""}>
          <header className={styles.head}>
            <Heading slot="title">{t(isImport ? "bulk-import-title" : "bulk-range-title")}</Heading>
            <IconButton icon="x" label={t("close")} onPress={close} />
          </header>
          {bulk === undefined && <SkeletonRows rows={4} label={t("loading")} />}
          {bulk === null && what === "range" && <RangeForm onPlanned={setBulk} onCancel={onClose} />}
          {bulk === null && what === "import" && <ImportForm onPlanned={setBulk} onCancel={onClose} />}
          {bulk && <Job key={bulk.job} bulk={bulk} onHandedOver={() => setHandedOver(true)} onBack={() => setBulk(null)} onClose={close} />}
          {leaving && (
            <Ask title={t("bulk-leave-title")} confirm={t("bulk-leave-confirm")} cancel={t("bulk-leave-stay")} onCancel={() => setLeaving(false)} onConfirm={leave}>
              {t("bulk-leave-note")}
            </Ask>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
