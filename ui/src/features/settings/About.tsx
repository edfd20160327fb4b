import { useWords } from "../../i18n/I18n";
import { Mark } from "../../kit/Mark";
import { PhoneNumber } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import { Page } from "./Page";
import styles from "./Settings.module.css";

/** What this is, where it is signed in, and whose work is in it. */
export function About() {
  const { state } = useEngine();
  const { t } = useWords();
  const user = state.session.phase === "signedIn" ? state.session.user : null;
  const facts = [
    [t("settings-version"), state.version],
    ...(user ? [[t("settings-server"), user.server], [t("extension"), user.extension]] : []),
    ...(state.profile ? [[t("settings-profile"), state.profile]] : []),
  ] as const;
  return (
    <Page title={t("settings-about")}>
      <div className={styles.product}><Mark /><b>{t("product")}</b></div>
      <dl className={styles.list}>
        {facts.map(([name = "", value = ""]) => (
          <div key={name} className={styles.line}><dt>{name}</dt><dd><PhoneNumber>{value}</PhoneNumber></dd></div>
        ))}
      </dl>
      <p className={styles.note}>{t("settings-privacy")}</p>
      <p className={styles.note}>{t("settings-licences")}</p>
    </Page>
  );
}
