import type { OwnStatus } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Notice } from "../../kit/Notice";
import { useEngine } from "../../state/Engine";
import styles from "./OfflineBanner.module.css";

/** The server keeps every call away (ST-07). Back with one press, to the status that was chosen last. */
export function OfflineBanner({ own }: { own: OwnStatus }) {
  const { backend, run } = useEngine();
  const { t } = useWords();
  return (
    <div className={styles.banner}>
      <Notice
        tone="warn" icon="phone-slash" title={t("status-offline-title")}
        action={<Button size="sm" busy={own.pending !== null} onPress={() => run(backend.setStatus({ id: own.id, text: own.text }))}>{t("status-go-online")}</Button>}
      >
        {t("status-offline-note")}
      </Notice>
    </div>
  );
}
