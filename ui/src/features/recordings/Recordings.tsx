import { useMemo, useState } from "react";
import type { RecordedCall } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { cx } from "../../kit/cx";
import { Empty } from "../../kit/Empty";
import { Icon } from "../../kit/Icon";
import { Notice } from "../../kit/Notice";
import { Ask } from "../../kit/Pop";
import { SkeletonRows } from "../../kit/Skeleton";
import { Dot, Figures, Name, PhoneNumber, SaidOnly } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import { PersonAvatar } from "../../state/faces";
import { administersSomebody } from "../directory/words";
import { byDay } from "../history/days";
import { Player } from "./Player";
import styles from "./Recordings.module.css";
import { useRecordings } from "./useRecordings";

/** Calls that were recorded: of this person, or one's own and those of whom one watches over. */
export function Recordings({ of = null }: { of?: string | null }) {
  const { state, backend, run } = useEngine();
  const { t, format } = useWords();
  const { read, again, older, forget } = useRecordings(of);
  const [asking, setAsking] = useState<RecordedCall | null>(null);
  const days = useMemo(() => (read.kind === "there" ? byDay(read.recordings, Date.now()) : []), [read]);
  const dayName = (day: (typeof days)[number]) => (day.ago === 0 ? t("today") : day.ago === 1 ? t("yesterday") : format.day(day.startMs));
  const own = state.session.phase === "signedIn" ? state.session.user.id : "";
  const remove = (recording: RecordedCall) => {
    setAsking(null);
    if (state.player?.recording === recording.id) run(backend.player({ wish: "close" }));
    run(backend.recordingDelete({ recording: recording.id }).then(() => forget(recording.id)));
  };
  return (
    <>
      {of === null && state.recordingsWaiting > 0 && <div className={styles.waiting}><Notice tone="good" icon="upload-simple" title={t("recordings-waiting", { count: state.recordingsWaiting })}>{t("recordings-waiting-note")}</Notice></div>}
      {read.kind === "loading" && <div className={styles.rows}><SkeletonRows rows={8} label={t("loading")} /></div>}
      {read.kind === "failed" && <Empty broken title={errorTitle(t, read.error)} detail={read.error.detail} action={<Button onPress={again}>{t("try-again")}</Button>} />}
      {read.kind === "there" && read.recordings.length === 0 && read.next === null && <Empty title={t("recordings-none")}>{t("recordings-none-note")}</Empty>}
      {read.kind === "there" && (read.recordings.length > 0 || read.next !== null) && (
        <div className={styles.rows}>
          {days.map((day) => (
            <section key={day.startMs} aria-label={dayName(day)}>
              <h2 className={styles.day}>{dayName(day)} <small>{t("recordings-count", { count: day.rows.length })}</small></h2>
              <ul>
                {day.rows.map((recording) => (
                  <Row key={recording.id} recording={recording} own={recording.user === own} onDelete={administersSomebody(state.rights) ? () => setAsking(recording) : null} />
                ))}
              </ul>
            </section>
          ))}
          {read.next !== null && (
            <div className={styles.older}>
              {read.more === "failed" && <p role="alert">{t("recordings-older-failed")}</p>}
              <Button busy={read.more === "asked"} onPress={older}>{t("recordings-older")}</Button>
            </div>
          )}
        </div>
      )}
      {asking && (
        <Ask title={t("recordings-delete-ask")} confirm={t("recordings-delete-confirm")} cancel={t("cancel")} onConfirm={() => remove(asking)} onCancel={() => setAsking(null)}>
          {t("recordings-delete-note", { person: asking.name || asking.number })}
        </Ask>
      )}
    </>
  );
}

function Row({ recording, own, onDelete }: { recording: RecordedCall; own: boolean; onDelete: (() => void) | null }) {
  const { state, backend, run } = useEngine();
  const { t, format } = useWords();
  const open = state.player?.recording === recording.id;
  const named = recording.name !== "";
  const person = recording.name || recording.number;
  return (
    <li className={cx(styles.recording, open && styles.open)}>
      <div className={styles.row}>
        <span className={cx(styles.direction, recording.outgoing ? styles.outgoing : styles.incoming)}>
          <Icon name={recording.outgoing ? "arrow-up-right-bold" : "arrow-down-left-bold"} flip />
          <SaidOnly>{t(recording.outgoing ? "history-outgoing" : "history-incoming")}</SaidOnly>
        </span>
        <PersonAvatar numbers={[recording.number]} id={recording.number} name={recording.name} size={32} />
        <span className={styles.who}>
          <b>{named ? <Name>{recording.name}</Name> : <PhoneNumber>{format.digits(recording.number)}</PhoneNumber>}</b>
          <small>
            {!own && <span>{t("recordings-of", { person: recording.userName || t("recordings-of-nobody") })}</span>}
            {!own && (named || recording.queue !== null) && <Dot />}
            {named && <PhoneNumber>{format.digits(recording.number)}</PhoneNumber>}
            {recording.queue !== null && <span>{named && <Dot />}<bdi>{recording.queue}</bdi></span>}
            {recording.byButton && <span className={styles.pressed}><Dot />{t("recordings-by-button")}</span>}
          </small>
        </span>
        <span className={styles.when}>
          <Figures>{format.time(recording.startedAtMs)}</Figures>
          <small><Figures>{format.duration(Math.floor(recording.durationMs / 1000))}</Figures></small>
        </span>
        {onDelete && <IconButton icon="trash" label={t("recordings-delete", { person })} onPress={onDelete} />}
        {open
          ? <IconButton icon="x" label={t("recordings-close", { person })} onPress={() => run(backend.player({ wish: "close" }))} />
          : <IconButton icon="play-fill" look="edge" label={t("recordings-listen", { person })} isDisabled={state.calls.length > 0} onPress={() => run(backend.player({ wish: "play", recording: recording.id }))} />}
      </div>
      {open && state.player && <Player player={state.player} peaks={state.peaks?.recording === recording.id ? state.peaks : null} agent={recording.userName} again={{ wish: "play", recording: recording.id }} />}
    </li>
  );
}
