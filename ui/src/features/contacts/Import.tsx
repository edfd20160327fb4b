import { useState } from "react";
import { Dialog, FileTrigger, Heading, Modal, ModalOverlay, ProgressBar } from "react-aria-components";
import { asIpcError } from "../../backend/backend";
import type { ImportPreview, ImportReport, ImportTable, IpcError } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Check } from "../../kit/Check";
import { Icon } from "../../kit/Icon";
import { Notice } from "../../kit/Notice";
import { Name } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import styles from "./Import.module.css";
import { ImportTableLook } from "./ImportTable";
import { SkippedRows } from "./SkippedRows";

/** What the engine takes; more is not even sent there. */
const LARGEST = 64 * 1024 * 1024;

type Step =
  | { kind: "pick" }
  | { kind: "reading"; name: string }
  | { kind: "preview"; preview: ImportPreview; busy: boolean }
  | { kind: "importing"; name: string }
  | { kind: "done"; report: ImportReport };

interface ImportProps {
  /** A file that was dropped on the screen. */
  dropped: File | null;
  onClose(): void;
}

/** Contacts of another program: what the file is and brings, before anything is written. */
export function Import({ dropped, onClose }: ImportProps) {
  const { backend, state } = useEngine();
  const { t, format } = useWords();
  const [step, setStep] = useState<Step>({ kind: "pick" });
  const [failed, setFailed] = useState<IpcError | null>(null);
  const [keepBoth, setKeepBoth] = useState(false);
  const [begun, setBegun] = useState(false);

  const fail = (thrown: unknown, back: Step) => { setFailed(asIpcError(thrown)); setStep(back); };
  const open = (file: File) => {
    setFailed(null);
    if (file.size > LARGEST) {
      setFailed({ code: "fileTooLarge", triesLeft: null, retryAfterS: null, detail: null });
      return;
    }
    setStep({ kind: "reading", name: file.name });
    file.arrayBuffer()
      .then((bytes) => backend.contactsOpenFile({ name: file.name, bytes: new Uint8Array(bytes) }))
      .then((preview) => setStep({ kind: "preview", preview, busy: false }), (thrown: unknown) => fail(thrown, { kind: "pick" }));
  };
  if (dropped && !begun) {
    setBegun(true);
    queueMicrotask(() => open(dropped));
  }
  const look = (preview: ImportPreview, table: ImportTable, mapping: ImportTable["mapping"] | null) => {
    setStep({ kind: "preview", preview: { ...preview, table: { ...table, mapping: mapping ?? table.mapping } }, busy: true });
    backend.contactsPreview({ file: preview.file, options: table.options, mapping, header: table.header })
      .then((next) => setStep({ kind: "preview", preview: next, busy: false }), (thrown: unknown) => fail(thrown, { kind: "preview", preview, busy: false }));
  };
  const start = (preview: ImportPreview) => {
    setFailed(null);
    setStep({ kind: "importing", name: preview.name });
    backend.contactsImport({ file: preview.file, table: preview.table, keepBoth })
      .then((report) => setStep({ kind: "done", report }), (thrown: unknown) => fail(thrown, { kind: "preview", preview, busy: false }));
  };
  const running = step.kind === "importing";
  const progress = state.importProgress;
  return (
    <ModalOverlay isOpen isDismissable={!running} isKeyboardDismissDisabled={running} onOpenChange={(isOpen) => { if (!isOpen) onClose(); }} className={styles.scrim ?? ""}>
      <Modal className={styles.modal ?? ""}>
        <Dialog className={styles.dialog ?? ""}>
          <header className={styles.head}>
            <Heading slot="title">{t("import")}</Heading>
            {!running && <IconButton icon="x" label={t("close")} onPress={onClose} />}
          </header>
          {failed && <Notice tone="bad" urgent title={errorTitle(t, failed)} detail={failed.detail} />}
          {step.kind === "pick" && (
            <div className={styles.pick}>
              <Icon name="file-csv" />
              <p>{t("import-pick-note")}</p>
              <FileTrigger acceptedFileTypes={[".vcf", ".vcard", ".csv", ".tsv", ".txt"]} onSelect={(files) => { const file = files?.[0]; if (file) open(file); }}>
                <Button tone="primary" size="lg" icon="upload-simple">{t("import-pick")}</Button>
              </FileTrigger>
            </div>
          )}
          {step.kind === "reading" && <p role="status" className={styles.wait}>{t("import-reading", { name: step.name })}</p>}
          {step.kind === "preview" && (
            <>
              <div className={styles.file}>
                <Icon name={step.preview.table ? "file-csv" : "address-book"} />
                <span><b><Name>{step.preview.name}</Name></b><small>{step.preview.table ? t("import-is-table") : t("import-is-cards")}</small></span>
                <FileTrigger acceptedFileTypes={[".vcf", ".vcard", ".csv", ".tsv", ".txt"]} onSelect={(files) => { const file = files?.[0]; if (file) open(file); }}>
                  <Button size="sm">{t("import-other")}</Button>
                </FileTrigger>
              </div>
              <div className={styles.body}>
                {step.preview.table && <ImportTableLook table={step.preview.table} onChange={(table, mapping) => look(step.preview, table, mapping)} />}
                <p className={styles.counts} role="status" aria-busy={step.busy}>
                  <span><Icon name="check-circle-fill" className={styles.good ?? ""} />{t("import-can", { count: step.preview.contacts })}</span>
                  {step.preview.skippedCount > 0 && <span><Icon name="warning-fill" className={styles.warn ?? ""} />{t("import-cannot", { count: step.preview.skippedCount })}</span>}
                </p>
                {!step.preview.table && step.preview.sample.length > 0 && (
                  <ul className={styles.sample} aria-label={t("import-sample")}>
                    {step.preview.sample.map((contact, at) => (
                      // eslint-disable-next-line react/no-array-index-key -- two may be alike
                      <li key={at}><Name>{contact.name}</Name>{contact.numbers[0] && contact.numbers[0].number !== contact.name && <bdi dir="ltr">{format.digits(contact.numbers[0].number)}</bdi>}</li>
                    ))}
                  </ul>
                )}
                <SkippedRows skipped={step.preview.skipped} header={step.preview.table?.header ?? []} all={step.preview.skippedCount} />
                <Check checked={keepBoth} onChange={setKeepBoth}>{t("import-keep-both")}</Check>
              </div>
              <div className={styles.foot}>
                <Button size="lg" onPress={onClose}>{t("cancel")}</Button>
                <Button size="lg" tone="primary" isDisabled={step.busy || step.preview.contacts === 0} onPress={() => start(step.preview)}>{t("import-start", { count: step.preview.contacts })}</Button>
              </div>
            </>
          )}
          {step.kind === "importing" && (
            <ProgressBar className={styles.progress ?? ""} aria-label={t("import-running", { name: step.name })} isIndeterminate={!progress} value={progress ? (100 * progress.done) / Math.max(1, progress.total) : 0}>
              {({ percentage }) => (
                <>
                  <span>{t("import-running", { name: step.name })}</span>
                  <span className={styles.bar}><i style={{ inlineSize: `${percentage ?? 0}%` }} /></span>
                </>
              )}
            </ProgressBar>
          )}
          {step.kind === "done" && (
            <>
              <div className={styles.body}>
                <Notice tone={step.report.skippedCount > 0 ? "warn" : "good"} icon={step.report.skippedCount > 0 ? "warning-fill" : "check-circle-fill"} title={t("import-done", { count: step.report.imported })}>
                  {step.report.skippedCount > 0 && t("import-left-out", { count: step.report.skippedCount })}
                </Notice>
                <SkippedRows skipped={step.report.skipped} header={[]} all={step.report.skippedCount} />
              </div>
              <div className={styles.foot}><Button size="lg" tone="primary" onPress={onClose} autoFocus>{t("close")}</Button></div>
            </>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
