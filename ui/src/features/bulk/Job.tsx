import { useEffect, useRef, useState } from "react";
import { ProgressBar } from "react-aria-components";
import { asIpcError } from "../../backend/backend";
import type { Bulk, BulkWhy, IpcError } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Notice } from "../../kit/Notice";
import { Segments } from "../../kit/Segments";
import { SkeletonRows } from "../../kit/Skeleton";
import { Name } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import styles from "./Bulk.module.css";
import { Chips, Rows } from "./Rows";
import { PAGE, useRows, WHOLE_RANGE } from "./useBulk";

const REASONS: readonly BulkWhy[] = [
  "exists", "queue", "extensionTaken", "emailTaken", "twice", "nothing", "badId", "badName", "badEmail", "weakPassword", "badPin", "noRole", "roleAbove", "noDepartment", "badAgent", "badNumber", "tooLong",
  "notYours", "gone", "changed", "yourself", "lastOwner", "refused",
];

interface JobProps {
  bulk: Bulk;
  /** The passwords were saved. */
  onHandedOver(): void;
  onBack(): void;
  onClose(): void;
}

/** What would become of each row, how far it is, and what became of it. */
export function Job({ bulk, onHandedOver, onBack, onClose }: JobProps) {
  const { backend } = useEngine();
  const { t, format, language } = useWords();
  const [offset, setOffset] = useState(0);
  const [faults, setFaults] = useState(false);
  const [failed, setFailed] = useState<IpcError | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  // The button that was pressed is gone with its phase: Escape and Tab go on from here.
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => { if (!document.activeElement || document.activeElement === document.body) body.current?.focus({ preventScroll: true }); }, [bulk.phase]);
  const planned = bulk.phase === "ready";
  const chips = planned && bulk.file === "";
  const { rows, error } = useRows(bulk, chips ? 0 : offset, chips ? WHOLE_RANGE : PAGE, faults && !chips);
  const wrong = bulk.bad + bulk.failed;
  const left = bulk.new + bulk.change;
  const done = bulk.made + bulk.changed + bulk.failed;
  const running = bulk.phase === "running" || bulk.phase === "stopping";
  const act = (request: Promise<unknown>) => { setFailed(null); request.catch((thrown: unknown) => setFailed(asIpcError(thrown))); };
  const start = () => act(backend.bulkStart({ job: bulk.job }));
  const save = (request: Promise<string>, then?: () => void) => act(request.then((path) => { setSaved(path); then?.(); }));
  const saveFaults = () => save(backend.bulkSaveFaults({ job: bulk.job, heading: t("bulk-reason"), reasons: REASONS.map((why) => ({ why, text: t(`bulk-why-${why}`) })) }));
  const shown = faults ? wrong : bulk.rows;
  const counts = ([["new", bulk.new], ["change", bulk.change], ["made", bulk.made], ["changed", bulk.changed], ["skipped", bulk.skipped], ["bad", wrong]] as const).filter(([, count]) => count > 0);
  const leftOut = chips && rows ? rows.filter(({ state }) => state !== "new") : [];
  return (
    <>
      <div ref={body} tabIndex={-1} className={styles.body}>
        {failed && <Notice tone="bad" urgent title={errorTitle(t, failed)} detail={failed.detail} />}
        {bulk.phase === "interrupted" && <Notice tone="warn" urgent icon="cloud-slash" title={t("bulk-interrupted")} detail={bulk.error?.detail ?? null}>{t("bulk-rest-note")}</Notice>}
        {bulk.phase === "stopped" && <Notice tone="warn" title={t("bulk-stopped")}>{t("bulk-rest-note")}</Notice>}
        {bulk.phase === "done" && <Notice tone={wrong > 0 ? "warn" : "good"} icon={wrong > 0 ? "warning-fill" : "check-circle-fill"} title={t("bulk-done", { count: bulk.made + bulk.changed })}>{wrong > 0 && t("bulk-done-wrong")}</Notice>}
        {bulk.passwords > 0 && !running && (
          <Notice tone="warn" icon="lock-simple" title={t("bulk-passwords")} action={<Button size="sm" onPress={() => save(backend.bulkSavePasswords({ job: bulk.job, language }), onHandedOver)}>{t("bulk-passwords-save")}</Button>}>{t("bulk-passwords-note")}</Notice>
        )}
        {saved && <p role="status" className={styles.note}>{t("bulk-saved")} <Name>{saved}</Name></p>}
        {running && (
          <ProgressBar className={styles.progress ?? ""} aria-label={t("bulk-running")} value={(100 * done) / Math.max(1, done + left)}>
            {({ percentage }) => (
              <>
                <span>{t(bulk.phase === "stopping" ? "bulk-stopping" : "bulk-progress", { done, all: done + left })}</span>
                <span className={styles.bar}><i style={{ inlineSize: `${percentage ?? 0}%` }} /></span>
              </>
            )}
          </ProgressBar>
        )}
        <div className={styles.file}>
          <dl className={styles.counts} aria-label={t("bulk-counts")}>
            {counts.map(([what, count]) => <div key={what} data-state={what}><dt>{t(`bulk-count-${what}`)}</dt><dd>{format.count(count)}</dd></div>)}
          </dl>
          {!chips && wrong > 0 && <Segments label={t("bulk-which")} value={faults ? "faults" : "all"} choices={[{ value: "all", label: t("bulk-all") }, { value: "faults", label: t("bulk-faults") }]} onChange={(which) => { setOffset(0); setFaults(which === "faults"); }} />}
        </div>
        {error && <Notice tone="bad" urgent title={errorTitle(t, error)} detail={error.detail} />}
        {!rows && !error && <SkeletonRows rows={5} label={t("loading")} />}
        {rows && chips && <Chips rows={rows} />}
        {rows && (chips ? leftOut.length > 0 : true) && <Rows bulk={bulk} rows={chips ? leftOut : rows} />}
        {!chips && shown > PAGE && (
          <nav className={styles.pages} aria-label={t("bulk-pages")}>
            <span>{t("bulk-page", { from: offset + 1, to: Math.min(shown, offset + PAGE), all: shown })}</span>
            <IconButton size="sm" icon="caret-left-bold" flip label={t("bulk-page-before")} isDisabled={offset === 0} onPress={() => setOffset(Math.max(0, offset - PAGE))} />
            <IconButton size="sm" icon="caret-right-bold" flip label={t("bulk-page-next")} isDisabled={offset + PAGE >= shown} onPress={() => setOffset(offset + PAGE)} />
          </nav>
        )}
      </div>
      <div className={styles.foot}>
        {wrong > 0 && !running && <span className={styles.start}><Button size="lg" onPress={saveFaults}>{t("bulk-faults-save")}</Button></span>}
        {planned && <Button size="lg" onPress={onBack}>{t("bulk-back")}</Button>}
        {planned && <Button size="lg" tone="primary" isDisabled={left === 0} onPress={start}>{t(bulk.file === "" ? "bulk-start" : "bulk-start-import", { count: left })}</Button>}
        {running && <Button size="lg" isDisabled={bulk.phase === "stopping"} onPress={() => act(backend.bulkStop({ job: bulk.job }))}>{t("bulk-stop")}</Button>}
        {(bulk.phase === "stopped" || bulk.phase === "interrupted") && <Button size="lg" tone="primary" onPress={start}>{t("bulk-go-on")}</Button>}
        {!planned && <Button size="lg" tone={bulk.phase === "done" ? "primary" : "plain"} onPress={onClose}>{t("close")}</Button>}
      </div>
    </>
  );
}
