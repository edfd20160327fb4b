import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { useEngine } from "../../state/Engine";
import { Choices } from "./Choices";
import { Page } from "./Page";
import styles from "./Settings.module.css";
import { SwitchLine } from "./SwitchLine";
import { useSet } from "./useSet";

/** How calls are told while something else is on the screen. */
export function NotificationSettings({ onDevices }: { onDevices(): void }) {
  const { state } = useEngine();
  const { t } = useWords();
  const set = useSet();
  const { noticeWhen, noticeCaller, noticeMissed } = state.settings;
  return (
    <Page title={t("settings-notifications")} note={t("settings-notifications-note")}>
      <Choices
        label={t("notice-when")} value={noticeWhen} onChange={(value) => set({ noticeWhen: value })}
        choices={[
          { value: "unfocused", label: t("notice-when-unfocused"), note: t("notice-when-unfocused-note") },
          { value: "always", label: t("notice-when-always") },
          { value: "never", label: t("notice-when-never"), note: t("notice-when-never-note") },
        ]}
      />
      <div className={styles.list}>
        <SwitchLine title={t("notice-caller")} note={t("notice-caller-note")} on={noticeCaller} onChange={(on) => set({ noticeCaller: on })} />
        <SwitchLine title={t("notice-missed")} note={t("notice-missed-note")} on={noticeMissed} onChange={(on) => set({ noticeMissed: on })} />
        <div className={styles.line}>
          <span className={styles.words}><b>{t("notice-ringing")}</b><small>{t("notice-ringing-note")}</small></span>
          <Button size="sm" onPress={onDevices}>{t("notice-ringing-open")}</Button>
        </div>
      </div>
    </Page>
  );
}
