import { useLayoutEffect } from "react";
import { useTheme } from "../../app/useTheme";
import { I18n } from "../../i18n/I18n";
import { useEngine } from "../../state/Engine";
import { MissedCalls } from "./MissedCalls";
import styles from "./Notice.module.css";
import { RingingCall } from "./RingingCall";

/** The small window on top of other programs (design 03b). What it shows was decided by Rust; without anything to show it is on its way out. */
export function NoticeWindow() {
  const { state } = useEngine();
  const theme = useTheme(state.settings.theme);
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const { notice } = state;
  return (
    <I18n language={state.settings.language} digits={state.settings.digits}>
      <main className={styles.notice}>
        {notice?.value.ringing.map((call, at) => <RingingCall key={call.id} call={call} receivedAt={notice.receivedAt} talking={notice.value.talking} first={at === 0} />)}
        {notice && notice.value.missed.length > 0 && <MissedCalls calls={notice.value.missed} receivedAt={notice.receivedAt} />}
      </main>
    </I18n>
  );
}
