import type { RefObject } from "react";
import { useWords } from "../i18n/I18n";
import { cx } from "../kit/cx";
import { PhoneNumber } from "../kit/Text";
import { useEngine } from "../state/Engine";
import type { Section } from "./Frame";
import { LanguageMenu } from "./LanguageMenu";
import { SearchField } from "./SearchField";
import { SystemStatus } from "./SystemStatus";
import styles from "./TopBar.module.css";

interface TopBarProps {
  section: Section;
  search: RefObject<HTMLInputElement | null>;
  onDialled(): void;
}

export function TopBar({ section, search, onDialled }: TopBarProps) {
  const { state } = useEngine();
  const { t, format } = useWords();
  const user = state.session.phase === "signedIn" ? state.session.user : null;
  return (
    <header className={styles.bar} data-region="top">
      <div className={styles.title} data-tauri-drag-region>
        <h1>{t(`section-${section}`)}</h1>
        {section === "phone" && user && (
          <span className={styles.sub}>{t("extension")} <PhoneNumber>{format.digits(user.extension)}</PhoneNumber></span>
        )}
        {section === "panel" && <span className={cx(styles.sub, styles.live)} data-off={state.system.value.livePanel.level === "ok" ? undefined : true}>{t(state.system.value.livePanel.level === "ok" ? "panel-live" : "panel-not-live")}</span>}
      </div>
      <div className={styles.end}>
        <SearchField inputRef={search} onDialled={onDialled} />
        <SystemStatus />
        <LanguageMenu />
      </div>
    </header>
  );
}
