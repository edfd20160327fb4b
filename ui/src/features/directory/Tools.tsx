import type { KeyboardEvent } from "react";
import type { Role } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { PresenceShape } from "../../kit/Presence";
import { SearchBox } from "../../kit/SearchBox";
import { Select } from "../../kit/Select";
import styles from "./Directory.module.css";
import type { StatusToChoose } from "../status/choices";
import { ROLES } from "./words";

/** No role and no status has an empty name. */
export const ANY = "";

export interface Filters {
  text: string;
  role: Role | typeof ANY;
  /** By id. */
  status: string;
}

interface ToolsProps {
  filters: Filters;
  statuses: readonly StatusToChoose[];
  onFilters(filters: Filters): void;
  /** Into the list. */
  onDown(): void;
  onNew(): void;
  onBulk(what: "range" | "import"): void;
  /** Null: there is nothing to write. */
  onExport: (() => void) | null;
}

/** Who is shown, and somebody new. */
export function Tools({ filters, statuses, onFilters, onDown, onNew, onBulk, onExport }: ToolsProps) {
  const { t } = useWords();
  const set = (more: Partial<Filters>) => onFilters({ ...filters, ...more });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") onDown();
    else if (event.key === "Escape" && filters.text !== "") set({ text: "" });
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.tools}>
      <span className={styles.search}><SearchBox value={filters.text} placeholder={t("directory-search")} clearLabel={t("directory-search-clear")} aria-keyshortcuts="ArrowDown Escape" onChange={(text) => set({ text })} onKeyDown={onKeyDown} /></span>
      <span className={styles.filter}>
        <Select
          label={t("directory-column-role")} value={filters.role} onChange={(chosen) => set({ role: ROLES.find((role) => role === chosen) ?? ANY })}
          choices={[{ value: ANY, text: t("directory-any-role"), label: t("directory-any-role") }, ...ROLES.map((role) => ({ value: role, text: t(`profile-role-${role}`), label: t(`profile-role-${role}`) }))]}
        />
      </span>
      <span className={styles.filter}>
        <Select
          label={t("directory-column-status")} value={filters.status} onChange={(status) => set({ status })}
          choices={[{ value: ANY, text: t("directory-any-status"), label: t("directory-any-status") }, ...statuses.map(({ id, shape, text }) => ({ value: id, text, label: <span className={styles.status}><PresenceShape state={shape} /><bdi>{text}</bdi></span> }))]}
        />
      </span>
      <span className={styles.many}>
        <IconButton icon="export" look="edge" label={t("bulk-export")} isDisabled={onExport === null} onPress={() => onExport?.()} />
        <Button icon="file-csv" onPress={() => onBulk("import")}>{t("bulk-import")}</Button>
        <Button icon="users-three" onPress={() => onBulk("range")}>{t("bulk-range")}</Button>
      </span>
      <span className={styles.new}><Button tone="primary" icon="plus" onPress={onNew}>{t("directory-new")}</Button></span>
    </div>
  );
}
