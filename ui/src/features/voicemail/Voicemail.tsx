import { useMemo, useState } from "react";
import type { VoiceMessage } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { cx } from "../../kit/cx";
import { Empty } from "../../kit/Empty";
import { Ask } from "../../kit/Pop";
import { SkeletonRows } from "../../kit/Skeleton";
import { Figures, Name, PhoneNumber, SaidOnly } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import { PersonAvatar } from "../../state/faces";
import { byDay } from "../history/days";
import { Player } from "../recordings/Player";
import list from "../recordings/Recordings.module.css";
import { useVoicemail } from "./useVoicemail";
import styles from "./Voicemail.module.css";

/** Messages that callers have left in the own voice box (EC-08). */
export function Voicemail({ onDialled }: { onDialled(): void }) {
  const { state, backend, run } = useEngine();
  const { t, format } = useWords();
  const { read, again, forget } = useVoicemail();
  const [asking, setAsking] = useState<VoiceMessage | null>(null);
  const days = useMemo(() => (read.kind === "there" ? byDay(read.messages, Date.now()) : []), [read]);
  const dayName = (day: (typeof days)[number]) => (day.ago === 0 ? t("today") : day.ago === 1 ? t("yesterday") : format.day(day.startMs));
  const remove = (message: VoiceMessage) => {
    setAsking(null);
    if (state.player?.recording === message.id) run(backend.player({ wish: "close" }));
    run(backend.messageDelete({ message: message.id }).then(() => forget(message.id)));
  };
  const callBack = ({ number }: VoiceMessage) => { run(backend.dial({ target: number })); onDialled(); };
  return (
    <>
      {read.kind === "loading" && <div className={list.rows}><SkeletonRows rows={6} label={t("loading")} /></div>}
      {read.kind === "failed" && <Empty broken title={errorTitle(t, read.error)} detail={read.error.detail} action={<Button onPress={again}>{t("try-again")}</Button>} />}
      {read.kind === "there" && read.messages.length === 0 && <Empty title={t("voicemail-none")}>{t("voicemail-none-note")}</Empty>}
      {read.kind === "there" && read.messages.length > 0 && (
        <div className={list.rows}>
          {days.map((day) => (
            <section key={day.startMs} aria-label={dayName(day)}>
              <h2 className={list.day}>{dayName(day)} <small>{t("voicemail-count", { count: day.rows.length })}</small></h2>
              <ul>
                {day.rows.map((message) => <Row key={message.id} message={message} onCall={() => callBack(message)} onDelete={() => setAsking(message)} />)}
              </ul>
            </section>
          ))}
        </div>
      )}
      {asking && (
        <Ask title={t("voicemail-delete-ask")} confirm={t("voicemail-delete-confirm")} cancel={t("cancel")} onConfirm={() => remove(asking)} onCancel={() => setAsking(null)}>
          {t("voicemail-delete-note", { person: personOf(asking, t("voicemail-nobody")) })}
        </Ask>
      )}
    </>
  );
}

function personOf({ name, number }: VoiceMessage, nobody: string): string {
  return name || number || nobody;
}

function Row({ message, onCall, onDelete }: { message: VoiceMessage; onCall(): void; onDelete(): void }) {
  const { state, backend, run } = useEngine();
  const { t, format } = useWords();
  const open = state.player?.recording === message.id;
  const person = personOf(message, t("voicemail-nobody"));
  const named = message.name !== "";
  return (
    <li className={cx(list.recording, open && list.open, !message.heard && styles.isNew)}>
      <div className={cx(list.row, styles.row)}>
        {message.heard ? <span className={styles.heard} /> : <span className={styles.new}><SaidOnly>{t("voicemail-new")}</SaidOnly></span>}
        <PersonAvatar numbers={[message.number]} id={message.number} name={message.name} size={32} />
        <span className={list.who}>
          <b>{named ? <Name>{message.name}</Name> : message.number === "" ? t("voicemail-nobody") : <PhoneNumber>{format.digits(message.number)}</PhoneNumber>}</b>
          <small>{named && <PhoneNumber>{format.digits(message.number)}</PhoneNumber>}</small>
        </span>
        <span className={cx(list.when, styles.when)}>
          <Figures>{format.time(message.startedAtMs)}</Figures>
          <small><Figures>{format.duration(Math.max(1, Math.round(message.durationMs / 1000)))}</Figures></small>
        </span>
        <span className={styles.more}>
          <IconButton icon={message.heard ? "arrow-counter-clockwise" : "check-bold"} label={t(message.heard ? "voicemail-mark-new" : "voicemail-mark-heard", { person })} onPress={() => run(backend.messageHeard({ message: message.id, heard: !message.heard }))} />
          <IconButton icon="trash" label={t("voicemail-delete", { person })} onPress={onDelete} />
        </span>
        {message.number === "" ? <span className={styles.noCall} /> : <IconButton icon="phone-fill" look="call" label={t("call-back", { person })} isDisabled={state.system.value.webPhone.level !== "ok"} onPress={onCall} />}
        {open
          ? <IconButton icon="x" label={t("voicemail-close", { person })} onPress={() => run(backend.player({ wish: "close" }))} />
          : <IconButton icon="play-fill" look="edge" label={t("voicemail-listen", { person })} isDisabled={state.calls.length > 0} onPress={() => run(backend.player({ wish: "playMessage", message: message.id }))} />}
      </div>
      {open && state.player && <Player player={state.player} peaks={state.peaks?.recording === message.id ? state.peaks : null} agent="" again={{ wish: "playMessage", message: message.id }} />}
    </li>
  );
}
