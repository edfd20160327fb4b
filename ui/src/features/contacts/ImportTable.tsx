import type { ImportCharset, ImportColumn, ImportSeparator, ImportTable } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Check } from "../../kit/Check";
import { Name } from "../../kit/Text";
import { Select } from "../../kit/Select";
import styles from "./Import.module.css";

const CHARSETS: Readonly<Record<ImportCharset, string>> = { "utf-8": "UTF-8", "utf-16le": "UTF-16 LE", "utf-16be": "UTF-16 BE", "windows-1256": "Windows-1256", "windows-1252": "Windows-1252" };
const SEPARATORS: readonly ImportSeparator[] = ["semicolon", "comma", "tab", "bar"];
const COLUMNS: readonly ImportColumn[] = [
  "ignore", "fullName", "firstName", "middleName", "lastName", "company", "jobTitle", "mobile", "work", "home", "main", "extension", "fax", "other", "numberLabel", "email", "sip", "groups", "note", "favourite", "field",
];

interface ImportTableLookProps {
  table: ImportTable;
  /** `mapping` null: the columns are other ones now, propose anew. */
  onChange(table: ImportTable, mapping: ImportTable["mapping"] | null): void;
}

/** The first rows of a table under what each column is taken for. */
export function ImportTableLook({ table, onChange }: ImportTableLookProps) {
  const { t } = useWords();
  const { options, mapping, header, rows } = table;
  const read = (more: Partial<typeof options>) => onChange({ ...table, options: { ...options, ...more } }, null);
  const columns = COLUMNS.map((column) => ({ value: column, text: t(`import-column-${column}`), label: t(`import-column-${column}`) }));
  return (
    <div className={styles.table}>
      <div className={styles.options}>
        <Select label={t("import-charset")} value={options.charset} choices={Object.entries(CHARSETS).map(([value, name]) => ({ value, text: name, label: <bdi dir="ltr">{name}</bdi> }))} onChange={(charset) => read({ charset: charset as ImportCharset })} />
        <Select label={t("import-separator")} value={options.separator} choices={SEPARATORS.map((value) => ({ value, text: t(`import-separator-${value}`), label: t(`import-separator-${value}`) }))} onChange={(separator) => read({ separator: separator as ImportSeparator })} />
        <Check checked={options.header} onChange={(isHeader) => read({ header: isHeader })}>{t("import-header")}</Check>
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by key */}
      <div className={styles.cells} role="region" aria-label={t("import-sample")} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {mapping.map((column, at) => (
                // eslint-disable-next-line react/no-array-index-key -- a column is its place
                <th key={at} scope="col">
                  <small><Name>{header[at] ?? ""}</Name></small>
                  <Select label={t("import-column", { name: header[at] ?? "" })} value={column} choices={columns} onChange={(next) => onChange(table, mapping.map((other, place) => (place === at ? (next as ImportColumn) : other)))} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              // eslint-disable-next-line react/no-array-index-key -- a row is its place
              <tr key={at}>{mapping.map((column, place) => <td key={place} data-ignored={column === "ignore" || undefined}><Name>{row[place] ?? ""}</Name></td>)}</tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
