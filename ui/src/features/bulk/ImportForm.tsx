import { useState } from "react";
import { FileTrigger } from "react-aria-components";
import { asIpcError } from "../../backend/backend";
import type { Bulk, BulkFile, ImportCharset, ImportSeparator, IpcError, UserField } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Check } from "../../kit/Check";
import { Icon } from "../../kit/Icon";
import { Notice } from "../../kit/Notice";
import { Select } from "../../kit/Select";
import { Name } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import styles from "./Bulk.module.css";

/** What the engine takes; more is not even sent there. */
const LARGEST = 10 * 1024 * 1024;
const CHARSETS: Readonly<Record<ImportCharset, string>> = { "utf-8": "UTF-8", "utf-16le": "UTF-16 LE", "utf-16be": "UTF-16 BE", "windows-1256": "Windows-1256", "windows-1252": "Windows-1252" };
const SEPARATORS: readonly ImportSeparator[] = ["semicolon", "comma", "tab", "bar"];
const FIELDS: readonly UserField[] = ["ignore", "id", "name", "email", "role", "department", "password", "pin", "agent", "callTimeout", "wrapUp", "maxNoAnswer", "busyDelay", "rejectDelay", "noAnswerDelay"];
const TYPES = [".csv", ".tsv", ".txt"];

interface ImportFormProps {
  onPlanned(bulk: Bulk): void;
  onCancel(): void;
}

/** A table of users (BK-02): how it is read, and what each column says. */
export function ImportForm({ onPlanned, onCancel }: ImportFormProps) {
  const { backend } = useEngine();
  const { t, format } = useWords();
  const [file, setFile] = useState<BulkFile | null>(null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<IpcError | null>(null);
  const wait = <Answer,>(request: Promise<Answer>, then: (answer: Answer) => void) => {
    setBusy(true);
    setFailed(null);
    request.then((answer) => { setBusy(false); then(answer); }, (thrown: unknown) => { setBusy(false); setFailed(asIpcError(thrown)); });
  };
  const open = (picked: File | undefined) => {
    if (!picked) return;
    if (picked.size > LARGEST) setFailed({ code: "tableTooLarge", triesLeft: null, retryAfterS: null, detail: null });
    else wait(picked.arrayBuffer().then((bytes) => backend.bulkOpenFile({ name: picked.name, bytes: new Uint8Array(bytes) })), setFile);
  };
  const look = (options: BulkFile["options"]) => { if (file) wait(backend.bulkLook({ file: file.file, options, mapping: null }), setFile); };
  // What another column said before, it says no more.
  const map = (at: number, field: UserField) => setFile((now) => now && { ...now, mapping: now.mapping.map((other, place) => (place === at ? field : other === field ? "ignore" : other)) });
  const hasId = file?.mapping.includes("id") ?? false;
  const choices = FIELDS.map((field) => ({ value: field, text: t(`bulk-field-${field}`), label: t(`bulk-field-${field}`) }));
  return (
    <div className={styles.form}>
      <div className={styles.body}>
        {failed && <Notice tone="bad" urgent title={errorTitle(t, failed)} detail={failed.detail} />}
        {!file && (
          <div className={styles.pick}>
            <Icon name="file-csv" />
            <p>{t("bulk-pick-note")}</p>
            <FileTrigger acceptedFileTypes={TYPES} onSelect={(files) => open(files?.[0])}>
              <Button tone="primary" size="lg" icon="upload-simple" busy={busy}>{t("bulk-pick")}</Button>
            </FileTrigger>
          </div>
        )}
        {file && (
          <>
            <div className={styles.file}>
              <Icon name="file-csv" />
              <span><b><Name>{file.name}</Name></b><small>{t("bulk-rows", { count: file.count })}</small></span>
              <FileTrigger acceptedFileTypes={TYPES} onSelect={(files) => open(files?.[0])}><Button size="sm">{t("import-other")}</Button></FileTrigger>
            </div>
            <div className={styles.options}>
              <Select label={t("import-charset")} value={file.options.charset} choices={Object.entries(CHARSETS).map(([value, name]) => ({ value, text: name, label: <bdi dir="ltr">{name}</bdi> }))} onChange={(charset) => look({ ...file.options, charset: charset as ImportCharset })} />
              <Select label={t("import-separator")} value={file.options.separator} choices={SEPARATORS.map((value) => ({ value, text: t(`import-separator-${value}`), label: t(`import-separator-${value}`) }))} onChange={(separator) => look({ ...file.options, separator: separator as ImportSeparator })} />
              <Check checked={file.options.header} onChange={(header) => look({ ...file.options, header })}>{t("import-header")}</Check>
            </div>
            {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by key */}
            <div className={styles.cells} role="region" aria-label={t("bulk-sample")} tabIndex={0}>
              <table>
                <thead>
                  <tr>
                    {file.mapping.map((field, at) => (
                      // eslint-disable-next-line react/no-array-index-key -- a column is its place
                      <th key={at} scope="col">
                        <small><Name>{format.digits(file.header[at] ?? "")}</Name></small>
                        <Select label={t("bulk-column", { name: file.header[at] ?? "" })} value={field} choices={choices} onChange={(next) => map(at, next as UserField)} />
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {file.rows.map((row, at) => (
                    // eslint-disable-next-line react/no-array-index-key -- a row is its place
                    <tr key={at}>{file.mapping.map((field, place) => <td key={place} data-ignored={field === "ignore" || undefined}><Name>{row[place] ?? ""}</Name></td>)}</tr>
                  ))}
                </tbody>
              </table>
            </div>
            <p role="status" className={styles.note}>{hasId ? t("bulk-columns-note") : t("bulk-need-id")}</p>
          </>
        )}
      </div>
      <div className={styles.foot}>
        <Button size="lg" onPress={onCancel}>{t("cancel")}</Button>
        {file && <Button size="lg" tone="primary" busy={busy} isDisabled={!hasId} onPress={() => wait(backend.bulkPlan({ file: file.file, options: file.options, mapping: file.mapping }), onPlanned)}>{t("bulk-check")}</Button>}
      </div>
    </div>
  );
}
