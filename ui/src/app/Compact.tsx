import { Button } from "react-aria-components";
import { useWords } from "../i18n/I18n";
import { OwnAvatar } from "../state/faces";
import { Icon } from "../kit/Icon";
import { useEngine } from "../state/Engine";
import styles from "./Compact.module.css";
import type { Section } from "./Frame";
import { LanguageMenu } from "./LanguageMenu";
import { usePresence, usePresenceLabel } from "./presence";
import { ProfileMenu } from "./ProfileMenu";
import { useSectionName, useSections } from "./Rail";
import { SystemStatus } from "./SystemStatus";

/** Head of the narrow window: who, where, how. */
export function CompactHead({ section, onProfile, onClient, onSignOut }: { section: Section; onProfile(): void; onClient(): void; onSignOut(): void }) {
  const { state } = useEngine();
  const { t } = useWords();
  const presence = usePresence();
  const label = usePresenceLabel();
  const user = state.session.phase === "signedIn" ? state.session.user : null;
  return (
    <header className={styles.head}>
      {user && (
        <ProfileMenu
          onProfile={onProfile}
          onClient={onClient}
          onSignOut={onSignOut}
          trigger={
            <Button className={styles.me ?? ""} data-opens-status aria-label={t("profile-open", { presence: label })}>
              <OwnAvatar size={28} presence={presence.state} />
            </Button>
          }
        />
      )}
      <h1>{t(`section-${section}`)}</h1>
      <SystemStatus iconOnly />
      <LanguageMenu />
    </header>
  );
}

/** Tabs at the foot of the narrow window. During a call and while it rings they give their room to the call. */
export function TabBar({ section, onSection }: { section: Section; onSection(section: Section): void }) {
  const { state } = useEngine();
  const { t, format } = useWords();
  const name = useSectionName();
  const sections = useSections();
  return (
    <nav className={styles.tabs} aria-label={t("sections")}>
      {sections.map((item) => (
        <Button key={item.section} className={styles.tab ?? ""} aria-label={name(item.section)} aria-current={item.section === section ? "page" : undefined} onPress={() => onSection(item.section)}>
          <span className={styles.icon}>
            <Icon name={item.section === section ? item.chosen : item.icon} />
            {item.section === "history" && state.unseenMissed > 0 && <span className={styles.count} aria-hidden="true">{format.count(state.unseenMissed)}</span>}
          </span>
          <span className={styles.label}>{t(item.word)}</span>
        </Button>
      ))}
    </nav>
  );
}
