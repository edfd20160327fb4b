import { Button } from "react-aria-components";
import { useWords } from "../i18n/I18n";
import { OwnAvatar } from "../state/faces";
import { cx } from "../kit/cx";
import { Icon } from "../kit/Icon";
import { administersSomebody } from "../features/directory/words";
import type { IconName } from "../kit/iconPaths";
import { Mark } from "../kit/Mark";
import { Name } from "../kit/Text";
import { useEngine } from "../state/Engine";
import type { Section } from "./Frame";
import { usePresence, usePresenceLabel } from "./presence";
import { ProfileMenu } from "./ProfileMenu";
import styles from "./Rail.module.css";

interface RailProps {
  section: Section;
  onSection(section: Section): void;
  onProfile(): void;
  onClient(): void;
  onSignOut(): void;
}

const SECTIONS: readonly { section: Section; icon: IconName; chosen: IconName; word: "section-phone" | "section-contacts" | "section-team" | "section-history" | "section-panel" | "section-directory" | "section-settings" }[] = [
  { section: "phone", icon: "phone", chosen: "phone-fill", word: "section-phone" },
  { section: "contacts", icon: "address-book", chosen: "address-book-fill", word: "section-contacts" },
  { section: "team", icon: "users-three", chosen: "users-three-fill", word: "section-team" },
  { section: "history", icon: "clock-counter-clockwise", chosen: "clock-counter-clockwise-fill", word: "section-history" },
  { section: "panel", icon: "chart-bar", chosen: "chart-bar-fill", word: "section-panel" },
  { section: "directory", icon: "identification-badge", chosen: "identification-badge-fill", word: "section-directory" },
  { section: "settings", icon: "gear-six", chosen: "gear-six-fill", word: "section-settings" },
];

/** The sections that this account has; one without a right is absent, not grey. */
export function useSections(): typeof SECTIONS {
  const { state } = useEngine();
  return SECTIONS.filter(({ section }) => (section !== "team" || state.team !== null) && (section !== "panel" || state.rights?.livePanel === true) && (section !== "directory" || administersSomebody(state.rights)));
}

/** What stands at the history: missed calls that nobody has seen, and messages that nobody has heard. */
export function useUnseen(): number {
  const { state } = useEngine();
  return state.unseenMissed + state.voicemail.new;
}

/** Name of a section with its count, for a screen reader: “History, 2 missed calls”. */
export function useSectionName(): (section: Section) => string {
  const { state } = useEngine();
  const { t } = useWords();
  return (section) => {
    const word = t(`section-${section}`);
    if (section !== "history") return word;
    const { new: unheard } = state.voicemail;
    const missed = state.unseenMissed > 0 ? t("section-history-missed", { count: state.unseenMissed }) : word;
    return unheard > 0 ? t("section-history-messages", { history: missed, count: unheard }) : missed;
  };
}

export function Rail({ section, onSection, onProfile, onClient, onSignOut }: RailProps) {
  const { state } = useEngine();
  const { t, format } = useWords();
  const name = useSectionName();
  const sections = useSections();
  const unseen = useUnseen();
  const presence = usePresence();
  const label = usePresenceLabel();
  const user = state.session.phase === "signedIn" ? state.session.user : null;
  return (
    <nav className={styles.rail} aria-label={t("sections")} data-region="rail">
      <div className={styles.top} data-tauri-drag-region><Mark /></div>
      <ul className={styles.items}>
        {sections.map((item) => (
          <li key={item.section}>
            <Button className={styles.item ?? ""} aria-label={name(item.section)} aria-current={item.section === section ? "page" : undefined} onPress={() => onSection(item.section)}>
              <span className={styles.icon}>
                <Icon name={item.section === section ? item.chosen : item.icon} />
                {item.section === "history" && unseen > 0 && <span className={styles.count} aria-hidden="true">{format.count(unseen)}</span>}
              </span>
              <span className={styles.label}>{t(item.word)}</span>
            </Button>
          </li>
        ))}
      </ul>
      {user && (
        <ProfileMenu
          onProfile={onProfile}
          onClient={onClient}
          onSignOut={onSignOut}
          trigger={
            <Button className={styles.me ?? ""} data-opens-status aria-label={t("profile-open", { presence: label })}>
              <OwnAvatar size={40} presence={presence.state} />
              <span className={cx(styles.label, styles.word)}><Name>{label}</Name></span>
            </Button>
          }
        />
      )}
    </nav>
  );
}
