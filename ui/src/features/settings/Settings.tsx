import { Button } from "react-aria-components";
import { useWords } from "../../i18n/I18n";
import { Icon } from "../../kit/Icon";
import { Select } from "../../kit/Select";
import { Devices } from "../devices/Devices";
import { Extensions } from "../extensions/Extensions";
import { Profile } from "../profile/Profile";
import { useEngine } from "../../state/Engine";
import { Queues } from "../queueadmin/Queues";
import { Audit } from "../rules/Audit";
import { TeamRules } from "../rules/TeamRules";
import { Statuses } from "../statuses/Statuses";
import { About } from "./About";
import { CallSettings } from "./CallSettings";
import { Appearance, Language } from "./Look";
import { NotificationSettings } from "./NotificationSettings";
import { pagesFor, type SettingsPage } from "./pages";
import styles from "./Settings.module.css";
import { Shortcuts } from "./Shortcuts";

interface SettingsProps {
  page: SettingsPage;
  onPage(page: SettingsPage): void;
  onDialled(): void;
  onUnsaved(unsaved: boolean): void;
}

/** The settings: their list, and the page that is chosen. The narrow window has the list in a menu above the page. */
export function Settings({ page: wanted, onPage, onDialled, onUnsaved }: SettingsProps) {
  const { state } = useEngine();
  const { t } = useWords();
  const pages = pagesFor(state.rights);
  // One may lose a page while it is open.
  const page = pages.some((one) => one.page === wanted) ? wanted : "devices";
  return (
    <div className={styles.settings}>
      <nav className={styles.pages} aria-label={t("section-settings")}>
        {pages.map((item) => (
          <Button key={item.page} className={styles.page ?? ""} aria-current={item.page === page ? "page" : undefined} onPress={() => onPage(item.page)}>
            <Icon name={item.icon} />
            <span>{t(item.word)}</span>
          </Button>
        ))}
      </nav>
      <div className={styles.choose}>
        <Select label={t("section-settings")} value={page} choices={pages.map((item) => ({ value: item.page, text: t(item.word), label: t(item.word) }))} onChange={(value) => onPage(value as SettingsPage)} />
      </div>
      <div className={styles.content}>
        {page === "profile" && <Profile />}
        {page === "devices" && <Devices onDialled={onDialled} onUnsaved={onUnsaved} />}
        {page === "calls" && <CallSettings />}
        {page === "notifications" && <NotificationSettings onDevices={() => onPage("devices")} />}
        {page === "language" && <Language />}
        {page === "appearance" && <Appearance />}
        {page === "shortcuts" && <Shortcuts />}
        {page === "statuses" && <Statuses />}
        {page === "queues" && <Queues onUnsaved={onUnsaved} />}
        {page === "extensions" && <Extensions />}
        {page === "rules" && <TeamRules />}
        {page === "audit" && <Audit />}
        {page === "about" && <About />}
      </div>
    </div>
  );
}
