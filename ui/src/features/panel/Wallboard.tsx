import { useEffect } from "react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components";
import type { Panel } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { IconButton } from "../../kit/Button";
import { Notice } from "../../kit/Notice";
import type { At } from "../../state/state";
import { Queues } from "./Queues";
import { Sums } from "./Sums";
import styles from "./Wallboard.module.css";

/** Figures and queues over the whole screen, to be read from the other end of the room (LP-01). Esc leaves. */
export function Wallboard({ at, live, onClose }: { at: At<Panel>; live: boolean; onClose(): void }) {
  const { t } = useWords();
  useEffect(() => {
    const root = document.documentElement;
    // Where the system gives no full screen, the window is filled.
    root.requestFullscreen?.().catch(() => undefined);
    const onChange = () => { if (!document.fullscreenElement) onClose(); };
    document.addEventListener("fullscreenchange", onChange);
    return () => {
      document.removeEventListener("fullscreenchange", onChange);
      if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined);
    };
  }, [onClose]);
  return (
    <ModalOverlay isOpen onOpenChange={(isOpen) => { if (!isOpen) onClose(); }} className={styles.over ?? ""}>
      <Modal className={styles.whole ?? ""}>
        <Dialog aria-label={t("panel-wall")} className={styles.wall ?? ""}>
          <header className={styles.head}>
            <h2>{t("section-panel")}</h2>
            <IconButton icon="x" label={t("panel-wall-leave")} onPress={onClose} />
          </header>
          {!live && <Notice tone="warn" icon="cloud-slash" title={t("panel-stale")}>{t("panel-stale-note")}</Notice>}
          <Sums at={at} live={live} />
          <div className={styles.queues}><Queues at={at} live={live} chosen={null} /></div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
