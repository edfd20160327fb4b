import { useWords } from "../../i18n/I18n";
import { useEngine } from "../../state/Engine";
import { RegionChoice } from "../contacts/RegionChoice";
import { Page } from "./Page";
import styles from "./Settings.module.css";
import { StartAtLogin } from "./StartAtLogin";
import { SwitchLine } from "./SwitchLine";
import { useSet } from "./useSet";

/** Whether calls reach this computer without a window, and how numbers are read. */
export function CallSettings() {
  const { state } = useEngine();
  const { t } = useWords();
  const set = useSet();
  return (
    <Page title={t("settings-calls")}>
      <div className={styles.list}>
        <SwitchLine title={t("keep-running")} note={t("keep-running-note")} on={state.settings.keepRunning} onChange={(keepRunning) => set({ keepRunning })} />
        <StartAtLogin />
      </div>
      <section className={styles.group} aria-label={t("contacts-region")}>
        <h3 className={styles.heading}>{t("contacts-region")}</h3>
        <RegionChoice />
      </section>
    </Page>
  );
}
