import type { OwnRights } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Icon } from "../../kit/Icon";
import styles from "./Team.module.css";

/** In words, what this account may see of the others (design 6.7). */
export function RightsLine({ rights: { switches, monitors } }: { rights: OwnRights }) {
  const { t } = useWords();
  const supervises = switches.monitoring && monitors;
  return (
    <p className={styles.rights}>
      <Icon name={switches.calls ? "eye" : "eye-slash"} />
      <span>{t(supervises ? "team-supervises" : switches.calls ? "team-sees-calls" : "team-sees-presence")}</span>
    </p>
  );
}
