import { useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { Bulk, BulkRow, BulkState } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { IconButton } from "../../kit/Button";
import { Icon } from "../../kit/Icon";
import type { IconName } from "../../kit/iconPaths";
import { Name } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import styles from "./Bulk.module.css";

const MARKS: Readonly<Record<BulkState, IconName>> = { new: "plus", change: "pencil-simple", skipped: "minus", bad: "warning-circle-fill", made: "check-circle-fill", changed: "check-circle-fill", failed: "warning-circle-fill" };

/** Each Id of a range before it exists; what is left out is struck through. */
export function Chips({ rows }: { rows: readonly BulkRow[] }) {
  const { t, format } = useWords();
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by key
    <ul className={styles.chips} tabIndex={0} aria-label={t("bulk-ids")}>
      {rows.map(({ at, extension, state }) => (
        <li key={at} data-state={state}>
          {state === "new" ? <bdi dir="ltr">{format.digits(extension)}</bdi> : <s><bdi dir="ltr">{format.digits(extension)}</bdi></s>}
        </li>
      ))}
    </ul>
  );
}

/** Rows with what becomes of them; what is wrong stands below its row, the faulty cell marked. */
export function Rows({ bulk, rows }: { bulk: Bulk; rows: readonly BulkRow[] }) {
  const { t, format } = useWords();
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by key
    <div className={styles.rows} role="region" aria-label={t("bulk-rows-label")} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("bulk-row")}</th>
            <th scope="col">{t("directory-column-extension")}</th>
            <th scope="col">{t("directory-column-name")}</th>
            <th scope="col">{t("email")}</th>
            <th scope="col">{t("bulk-result")}</th>
          </tr>
        </thead>
        {rows.map((row) => {
          const bad = row.state === "bad" || row.state === "failed";
          const cell = (field: BulkRow["field"], text: string, ltr: boolean) => (
            <td data-fault={(bad && row.field === field) || undefined}>
              {text === "" && bad && row.field === field ? <i>{t("bulk-empty-cell")}</i> : ltr ? <bdi dir="ltr">{field === "id" ? format.digits(text) : text}</bdi> : <Name>{text}</Name>}
            </td>
          );
          return (
            <tbody key={row.at} data-state={row.state}>
              <tr>
                <td>{format.count(row.line)}</td>
                {cell("id", row.extension, true)}
                {cell("name", row.name, false)}
                {cell("email", row.email, true)}
                <td className={styles.result}>
                  <span><Icon name={MARKS[row.state]} />{t(`bulk-state-${row.state}`)}</span>
                  {row.hasPassword && <CopyPassword bulk={bulk} row={row} />}
                </td>
              </tr>
              {row.why && (
                <tr className={styles.why}>
                  <td colSpan={5}><span>{t(`bulk-why-${row.why}`)}{row.who !== "" && <> (<Name>{row.who}</Name>)</>}</span></td>
                </tr>
              )}
            </tbody>
          );
        })}
      </table>
    </div>
  );
}

/** Asked for only when it is wanted, and never shown: it goes where it is handed over. */
function CopyPassword({ bulk, row }: { bulk: Bulk; row: BulkRow }) {
  const { backend } = useEngine();
  const { t } = useWords();
  const [said, setSaid] = useState<string | null>(null);
  const copy = () => {
    backend.bulkPassword({ job: bulk.job, at: row.at })
      .then((password) => navigator.clipboard.writeText(password))
      .then(() => setSaid(t("directory-password-copied")), (thrown: unknown) => setSaid(errorTitle(t, asIpcError(thrown))));
  };
  return (
    <>
      <IconButton size="sm" icon={said ? "check-bold" : "copy"} label={t("bulk-password-copy", { person: row.name })} onPress={copy} />
      <span role="status" className={styles.unseen}>{said}</span>
    </>
  );
}
