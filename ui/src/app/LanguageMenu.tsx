import { Button as AriaButton } from "react-aria-components";
import type { Settings } from "../backend/generated";
import { useWords } from "../i18n/I18n";
import { Icon } from "../kit/Icon";
import { MenuLabel, MenuLine, MenuRow } from "../kit/MenuRow";
import { Pop } from "../kit/Pop";
import { SaidOnly } from "../kit/Text";
import { useEngine } from "../state/Engine";
import styles from "./LanguageMenu.module.css";

/** Language, digits and theme, switched at once and everywhere (LG-01, LG-02). Also on the sign-in page. */
export function LanguageMenu({ long = false }: { long?: boolean }) {
  const { state, backend, run } = useEngine();
  const { t, language } = useWords();
  const { settings } = state;
  const set = (change: Partial<Settings>) => run(backend.setSettings({ ...settings, ...change }));
  return (
    <Pop
      label={t("language-menu")} width="narrow"
      trigger={
        <AriaButton className={styles.button ?? ""}>
          <Icon name="globe-simple" />
          <SaidOnly>{t("language-menu")}</SaidOnly>
          <span>{long ? OWN_NAMES[language] : language.toUpperCase()}</span>
          <Icon name="caret-down-bold" className={styles.caret ?? ""} />
        </AriaButton>
      }
    >
      <MenuRow chosen={language === "en"} onPress={() => set({ language: "en" })}><span lang="en">{OWN_NAMES.en}</span></MenuRow>
      <MenuRow chosen={language === "ar"} onPress={() => set({ language: "ar" })}><span lang="ar">{OWN_NAMES.ar}</span></MenuRow>
      <MenuLine />
      <MenuLabel>{t("language-digits")}</MenuLabel>
      <MenuRow chosen={settings.digits === "latn"} onPress={() => set({ digits: "latn" })}><bdi dir="ltr">0123456789</bdi></MenuRow>
      <MenuRow chosen={settings.digits === "arab"} onPress={() => set({ digits: "arab" })}><bdi dir="ltr">٠١٢٣٤٥٦٧٨٩</bdi></MenuRow>
      <MenuLine />
      <MenuLabel>{t("theme")}</MenuLabel>
      <MenuRow chosen={settings.theme === "system"} onPress={() => set({ theme: "system" })}>{t("theme-system")}</MenuRow>
      <MenuRow chosen={settings.theme === "light"} onPress={() => set({ theme: "light" })}>{t("theme-light")}</MenuRow>
      <MenuRow chosen={settings.theme === "dark"} onPress={() => set({ theme: "dark" })}>{t("theme-dark")}</MenuRow>
    </Pop>
  );
}

/** A language is always called by its own name, whatever the interface speaks: who needs it can read it. */
const OWN_NAMES = { en: "English", ar: "العربية" } as const;
