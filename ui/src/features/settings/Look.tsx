import type { ReactNode } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import type { Settings } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Figures } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import { Page } from "./Page";
import styles from "./Settings.module.css";

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

function useSet(): (change: Partial<Settings>) => void {
  const { state, backend, run } = useEngine();
  return (change) => run(backend.setSettings({ ...state.settings, ...change }));
}

interface ChoicesProps<Value extends string> {
  label: string;
  /** The title of the page says what it is: the label is for a screen reader only. */
  isTitle?: boolean;
  value: Value;
  choices: readonly { value: NoInfer<Value>; label: ReactNode; note?: string }[];
  onChange(value: NoInfer<Value>): void;
}

/** One of a few, each with its words; acts at once. Arrow keys move. */
function Choices<Value extends string>({ label, isTitle = false, value, choices, onChange }: ChoicesProps<Value>) {
  const choose = (wanted: string) => {
    const picked = choices.find((choice) => choice.value === wanted);
    if (picked && picked.value !== value) onChange(picked.value);
  };
  return (
    <RadioGroup value={value} onChange={choose} className={styles.group ?? ""} {...(isTitle ? { "aria-label": label } : {})}>
      {!isTitle && <Label className={styles.heading ?? ""}>{label}</Label>}
      <div className={styles.list}>
        {choices.map((choice) => (
          <Radio key={choice.value} value={choice.value} className={styles.choice ?? ""}>
            <i aria-hidden="true" />
            <span className={styles.words}><b>{choice.label}</b>{choice.note && <small>{choice.note}</small>}</span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
