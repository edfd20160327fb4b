import { useWords } from "../../i18n/I18n";
import { Figures } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import { Choices } from "./Choices";
import { Page } from "./Page";
import styles from "./Settings.module.css";
import { useSet } from "./useSet";

/** A moment with every kind of figure, to see what a choice of digits does. */
const SAMPLE = { seconds: 754, number: "+966 11 000 0142" };

/** Language and digits, each by itself (LG-01, LG-02, SPEC 4.3). */
export function Language() {
  const { state } = useEngine();
  const { t, format } = useWords();
  const set = useSet();
  return (
    <Page title={t("settings-language")} note={t("settings-language-note")}>
      <Choices
        label={t("language-menu")} value={state.settings.language} onChange={(language) => set({ language })}
        choices={[{ value: "en", label: <span lang="en">English</span> }, { value: "ar", label: <span lang="ar">العربية</span> }]}
      />
      <Choices
        label={t("language-digits")} value={state.settings.digits} onChange={(digits) => set({ digits })}
        choices={[{ value: "latn", label: <bdi dir="ltr">0123456789</bdi> }, { value: "arab", label: <bdi dir="ltr">٠١٢٣٤٥٦٧٨٩</bdi> }]}
      />
      <p className={styles.note}>{t("settings-digits-note")} <Figures>{format.digits(SAMPLE.number)}</Figures> <Figures>{format.duration(SAMPLE.seconds)}</Figures></p>
    </Page>
  );
}

/** Light, dark, or as the system. */
export function Appearance() {
  const { state } = useEngine();
  const { t } = useWords();
  const set = useSet();
  return (
    <Page title={t("theme")}>
      <Choices
        label={t("theme")} isTitle value={state.settings.theme} onChange={(theme) => set({ theme })}
        choices={[{ value: "system", label: t("theme-system"), note: t("settings-theme-system-note") }, { value: "light", label: t("theme-light") }, { value: "dark", label: t("theme-dark") }]}
      />
    </Page>
  );
}
