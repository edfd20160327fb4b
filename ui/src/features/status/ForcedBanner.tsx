import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Notice } from "../../kit/Notice";
import { useEngine } from "../../state/Engine";
import styles from "./OfflineBanner.module.css";
import { useStatusWord } from "./words";

/** An administrator has set the status of this person, who is told by whom (DR-11). It stays until it is seen, or another status counts. */
export function ForcedBanner() {
  const { state, dispatch } = useEngine();
  const { t } = useWords();
  const wordOf = useStatusWord();
  if (!state.forced) return null;
  const { by, status } = state.forced;
  return (
    <div className={styles.banner}>
      <Notice tone="warn" urgent icon="info" title={t("status-forced", { by, status: wordOf({ ...status, names: status.names }) })} action={<Button size="sm" onPress={() => dispatch({ kind: "forcedSeen" })}>{t("status-forced-seen")}</Button>}>
        {t("status-forced-note")}
      </Notice>
    </div>
  );
}
