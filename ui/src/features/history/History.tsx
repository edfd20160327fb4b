import { useEffect, useMemo, useRef, useState } from "react";
import type { HistoryRow } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Empty } from "../../kit/Empty";
import { SkeletonRows } from "../../kit/Skeleton";
import { Toasts } from "../../kit/Toasts";
import { useEngine } from "../../state/Engine";
import type { Opening } from "../contacts/Contacts";
import { Recordings } from "../recordings/Recordings";
import { Voicemail } from "../voicemail/Voicemail";
import { CallRow } from "./CallRow";
import { byDay } from "./days";
import styles from "./History.module.css";
import { NoteAction } from "./Note";
import { PassportAction } from "./Passport";
import { beginOf, type Period, type Shown, Tools } from "./Tools";
import { ALL, useHistory } from "./useHistory";

const PAGE = 60;

/** Every call that this phone remembers, in groups of days. Looking at it clears the count of missed calls. */
export function History({ onDialled, onContact }: { onDialled(): void; onContact(opening: Opening): void }) {
  const { state, backend, run } = useEngine();
  const { t, format } = useWords();
  const [filter, setFilter] = useState(ALL);
  const [period, setPeriod] = useState<Period>("ever");
  const narrowed = filter.text !== "" || period !== "ever" || filter.kind === "incoming" || filter.kind === "outgoing";
  const [shown, setShown] = useState<Shown>("calls");
  const calls = shown === "calls";
  const [deleted, setDeleted] = useState<number | null>(null);
  /** Files that were written, told one at a time; numbered from -1 down, since rows are numbered upwards. */
  const [saved, setSaved] = useState<{ id: number; title: "passport-saved" | "history-exported"; path: string } | null>(null);
  const { rows, loadMore, again } = useHistory(filter, PAGE);
  const connected = state.system.value.webPhone.level === "ok";

  // Being here is seeing: also for a call that is missed while the list is open.
  useEffect(() => {
    if (state.unseenMissed > 0) run(backend.historySeen());
  }, [state.unseenMissed, backend, run]);

  const days = useMemo(() => (rows.kind === "there" ? byDay(rows.rows, Date.now()) : []), [rows]);
  const dayName = (day: (typeof days)[number]) => (day.ago === 0 ? t("today") : day.ago === 1 ? t("yesterday") : format.day(day.startMs));
  const remove = (row: HistoryRow) => {
    run(backend.historyDelete({ id: row.id }).then(() => setDeleted(row.id)));
  };
  const undo = (id: number) => {
    setDeleted(null);
    run(backend.historyRestore({ id }));
  };
  const told = (title: "passport-saved" | "history-exported") => (path: string) => setSaved((before) => ({ id: (before?.id ?? 0) - 1, title, path }));
  return (
    <section className={styles.history} aria-label={t("section-history")}>
      <Tools
        filter={filter} period={period} shown={shown} onShown={setShown} onKind={(kind) => setFilter({ ...filter, kind })} onText={(text) => setFilter({ ...filter, text })}
        onPeriod={(next) => { setPeriod(next); setFilter({ ...filter, sinceMs: beginOf(next, Date.now()) }); }}
        onExport={rows.kind === "there" && rows.rows.length > 0 ? () => run(backend.historyExport(filter).then(told("history-exported"))) : null}
      />
      {shown === "recordings" && <Recordings />}
      {shown === "voicemail" && <Voicemail onDialled={onDialled} />}
      {calls && rows.kind === "loading" && <div className={styles.rows}><SkeletonRows rows={10} label={t("loading")} /></div>}
      {calls && rows.kind === "failed" && <Empty broken title={errorTitle(t, rows.error)} detail={rows.error.detail} action={<Button onPress={again}>{t("try-again")}</Button>} />}
      {calls && rows.kind === "there" && rows.rows.length === 0 && (
        narrowed
          ? <Empty title={t("history-none-found")} action={<Button onPress={() => { setFilter(ALL); setPeriod("ever"); }}>{t("history-show-all")}</Button>} />
          : <Empty title={t(filter.kind === "missed" ? "recent-none-missed" : "recent-empty")}>{t(filter.kind === "missed" ? "recent-none-missed-note" : "recent-empty-note")}</Empty>
      )}
      {calls && rows.kind === "there" && rows.rows.length > 0 && (
        <div className={styles.rows}>
          {days.map((day) => (
            <section key={day.startMs} aria-label={dayName(day)}>
              <h2 className={styles.day}>{dayName(day)} <small>{t("history-calls", { count: day.rows.length })}</small></h2>
              <ul>
                {day.rows.map((row) => (
                  <CallRow
                    key={row.id} row={row} canCall={connected} onDelete={() => remove(row)}
                    onCall={() => { run(backend.dial({ target: row.person.number })); onDialled(); }}
                    // Where nobody talked, no sound flowed.
                    action={<>{row.talkedS !== null && <PassportAction row={row} onSaved={told("passport-saved")} />}<NoteAction row={row} /><ContactAction row={row} onContact={onContact} /></>}
                  />
                ))}
              </ul>
            </section>
          ))}
          {rows.more && <EndOfList onSeen={loadMore} label={t("loading")} />}
        </div>
      )}
      <Toasts
        closeLabel={t("close")} onClose={(id) => (id < 0 ? setSaved(null) : setDeleted(null))}
        items={[
          ...(saved ? [{ id: saved.id, title: t(saved.title), detail: saved.path }] : []),
          ...(deleted === null ? [] : [{ id: deleted, title: t("history-deleted"), action: { label: t("undo"), onPress: () => undo(deleted) } }]),
        ]}
      />
    </section>
  );
}

/** To the contact whose number it is, or to a new one. */
function ContactAction({ row: { contact, person }, onContact }: { row: HistoryRow; onContact(opening: Opening): void }) {
  const { t } = useWords();
  if (contact) return <IconButton icon="address-book" label={t("history-show-contact")} onPress={() => onContact({ kind: "show", id: contact })} />;
  return person.number !== "" && <IconButton icon="user-plus" label={t("history-add-contact")} onPress={() => onContact({ kind: "new", ...person })} />;
}

/** Asks for the next page when the end of the list comes near. */
function EndOfList({ onSeen, label }: { onSeen(): void; label: string }) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!end.current) return undefined;
    const observer = new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) onSeen(); }, { rootMargin: "600px" });
    observer.observe(end.current);
    return () => observer.disconnect();
  });
  return <div ref={end}><SkeletonRows rows={2} label={label} /></div>;
}
