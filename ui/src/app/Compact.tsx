import { Button } from "react-aria-components";
import { useWords } from "../i18n/I18n";
import { OwnAvatar } from "../state/faces";
import { Icon } from "../kit/Icon";
import { MenuRow } from "../kit/MenuRow";
import { Pop } from "../kit/Pop";
import { useEngine } from "../state/Engine";
import styles from "./Compact.module.css";
import type { Section } from "./Frame";
import { LanguageMenu } from "./LanguageMenu";
import { usePresence, usePresenceLabel } from "./presence";
import { ProfileMenu } from "./ProfileMenu";
import { useSectionName, useSections, useUnseen } from "./Rail";
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

/** As many tabs as have room. */
const MOST_TABS = 5;

/** Tabs at the foot of the narrow window. During a call and while it rings they give their room to the call. */
export function TabBar({ section, onSection }: { section: Section; onSection(section: Section): void }) {
  const { t, format } = useWords();
  const name = useSectionName();
  const unseen = useUnseen();
  const sections = useSections();
  // With one too many, the last tab is a menu of those that are left.
  const shown = sections.length > MOST_TABS ? sections.slice(0, MOST_TABS - 1) : sections;
  const more = sections.slice(shown.length);
  return (
    <nav className={styles.tabs} aria-label={t("sections")}>
      {shown.map((item) => (
        <Button key={item.section} className={styles.tab ?? ""} aria-label={name(item.section)} aria-current={item.section === section ? "page" : undefined} onPress={() => onSection(item.section)}>
          <span className={styles.icon}>
            <Icon name={item.section === section ? item.chosen : item.icon} />
            {item.section === "history" && unseen > 0 && <span className={styles.count} aria-hidden="true">{format.count(unseen)}</span>}
          </span>
          <span className={styles.label}>{t(item.word)}</span>
        </Button>
      ))}
      {more.length > 0 && (
        <Pop
          label={t("section-more")} width="narrow" placement="top end"
          trigger={
            <Button className={styles.tab ?? ""} aria-label={t("section-more")} aria-current={more.some((item) => item.section === section) ? "page" : undefined}>
              <span className={styles.icon}><Icon name="dots-three" /></span>
              <span className={styles.label}>{t("section-more")}</span>
            </Button>
          }
        >
          {(close) => more.map((item) => <MenuRow key={item.section} icon={item.icon} chosen={item.section === section} onPress={() => { close(); onSection(item.section); }}>{t(item.word)}</MenuRow>)}
        </Pop>
      )}
    </nav>
  );
}
