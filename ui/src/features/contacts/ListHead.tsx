import type { KeyboardEvent, RefObject } from "react";
import type { ExportFormat } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { IconButton } from "../../kit/Button";
import { MenuLabel, MenuLine, MenuRow } from "../../kit/MenuRow";
import { Pop } from "../../kit/Pop";
import { SearchBox } from "../../kit/SearchBox";
import { Segments } from "../../kit/Segments";
import { optionId } from "./ContactList";
import styles from "./Contacts.module.css";
import { RegionChoice } from "./RegionChoice";
import type { Which } from "./useContacts";

interface ListHeadProps {
  searchRef: RefObject<HTMLInputElement | null>;
  text: string;
  which: Which;
  /** The account's books are at a team server: there is one of the company too. */
  synchronised: boolean;
  /** Place of the chosen line. */
  active: number | undefined;
  onText(text: string): void;
  onWhich(which: Which): void;
  onKeyDown(event: KeyboardEvent): void;
  onNew(): void;
  onImport(): void;
  onSources(): void;
  /** Null: there is nothing to export. */
  onExport: ((format: ExportFormat) => void) | null;
}

/** Search as one types; new, import, and what is needed less often. */
export function ListHead({ searchRef, text, which, synchronised, active, onText, onWhich, onKeyDown, onNew, onImport, onSources, onExport }: ListHeadProps) {
  const { t } = useWords();
  return (
    <>
      <div className={styles.head}>
        <SearchBox
          inputRef={searchRef} value={text} placeholder={t("contacts-search")} clearLabel={t("contacts-search-clear")} aria-keyshortcuts="ArrowDown Enter Escape"
          data-line={active === undefined ? undefined : optionId(active)} onChange={onText} onKeyDown={onKeyDown}
        />
        <IconButton icon="plus" look="edge" label={t("contact-new")} onPress={onNew} />
        <IconButton icon="tray-arrow-down" look="edge" label={t("import")} onPress={onImport} />
        <Pop label={t("contacts-more")} trigger={<IconButton icon="dots-three" look="edge" label={t("contacts-more")} />}>
          {(close) => (
            <>
              {onExport && (
                <>
                  <MenuRow icon="export" onPress={() => { close(); onExport("vcf"); }}>{t("contacts-export-vcf")}</MenuRow>
                  <MenuRow icon="export" onPress={() => { close(); onExport("csv"); }}>{t("contacts-export-csv")}</MenuRow>
                  <MenuLine />
                </>
              )}
              <MenuRow icon="address-book" onPress={() => { close(); onSources(); }}>{t("sources-open")}</MenuRow>
              <MenuLine />
              <MenuLabel>{t("contacts-region")}</MenuLabel>
              <div className={styles.region}><RegionChoice /></div>
            </>
          )}
        </Pop>
      </div>
      <div className={styles.filter}>
        <Segments
          label={t("contacts-filter")} value={which} onChange={onWhich}
          choices={[
            { value: "all", label: t("filter-all") },
            ...(synchronised ? [{ value: "personal", label: t("contacts-mine") } as const, { value: "company", label: t("contacts-of-company") } as const] : []),
            { value: "favourites", label: t("contacts-favourites") },
          ]}
        />
      </div>
    </>
  );
}
