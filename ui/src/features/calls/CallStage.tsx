import { useState } from "react";
import type { Call, QueuePlace } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { PersonAvatar } from "../../state/faces";
import { Button } from "../../kit/Button";
import { cx } from "../../kit/cx";
import { Icon } from "../../kit/Icon";
import { Notice } from "../../kit/Notice";
import { Figures } from "../../kit/Text";
import { PARKING, canJoin, canTransfer, consultation, heldBeside, joinedBeside } from "../../state/calls";
import { useEngine } from "../../state/Engine";
import type { At } from "../../state/state";
import { useSeconds } from "../../state/useTick";
import { RecordingMark } from "../recordings/RecordingMark";
import { SupervisedBy } from "../supervision/SuperviseBar";
import { Between, Bridge } from "../transfer/Consultation";
import { useNameOf } from "../transfer/names";
import { TransferProgress } from "../transfer/Progress";
import { TransferPanel } from "../transfer/TransferPanel";
import styles from "./CallStage.module.css";
import { Controls } from "./Controls";
import { DeviceBar } from "./DeviceBar";
import { DigitPad } from "./DigitPad";
import { Halo } from "./Halo";
import { HeldCalls, JoinedCalls } from "./HeldCalls";
import { PersonName, PersonNumber } from "./Person";
import { Quality } from "./Quality";
import { Resonance } from "./Resonance";
import { SoundNotice } from "./SoundNotice";
import { lineWord, personOf } from "./words";

/** Where a call of ours waits in a queue. Read once by screen readers when it changes. */
function QueueLine({ place: { position, waitS } }: { place: QueuePlace }) {
  const { t, format } = useWords();
  return (
    <p className={styles.via} role="status">
      {position === 1 ? t("queue-place-next") : t("queue-place", { position: format.count(position) })}
      {waitS !== null && <> {t("queue-place-wait", { time: format.duration(waitS) })}</>}
    </p>
  );
}

interface CallStageProps {
  call: At<Call>;
  onSettings(): void;
  /** The panel is open in which it is chosen where the call goes. */
  transferring: boolean;
  onTransferring(open: boolean): void;
}

/** The call in front: who, how long, both voices, what can be done. */
export function CallStage({ call: at, onSettings, transferring, onTransferring }: CallStageProps) {
  const { state, backend, run } = useEngine();
  const { t } = useWords();
  const nameOf = useNameOf();
  const [keypad, setKeypad] = useState(false);
  const call = at.value;
  const consulted = consultation(state.calls, at);
  const panel = transferring && canTransfer(call);
  const joined = joinedBeside(state.calls, at);
  const talking = call.line === "talking" || call.line === "held";
  return (
    <section className={styles.stage} aria-label={t("call")} data-keypad={keypad || undefined} data-transferring={panel || undefined} data-line={call.line}>
      <Quality call={call} />
      <RecordingMark call={call} />
      <div className={styles.notices}>
        <ServerNotice />
        <SoundNotice inCall />
        <MutedSpeech />
        <TransferProgress call={consulted?.caller.value ?? call} />
        {call.media === "reconnecting" && <Notice tone="warn" urgent title={t("call-sound-lost")}>{t("call-sound-lost-note")}</Notice>}
        {call.media === "failed" && <Notice tone="bad" urgent title={t("call-sound-failed")}>{t("call-sound-failed-note")}</Notice>}
      </div>
      {consulted && <Between consulted={consulted} />}
      <HeldCalls calls={heldBeside(state.calls, at).filter(({ value }) => value.id !== consulted?.caller.value.id && value.id !== consulted?.colleague.value.id)} />
      <JoinedCalls calls={joined} />
      <div className={styles.who}>
        <div className={styles.person}>
          <div className={styles.halo}>
            <Halo held={call.line === "held"} ringing={!talking}>
              <PersonAvatar numbers={[call.person.number]} id={call.person.number} name={call.person.name} size={88} className={styles.avatar ?? ""} />
            </Halo>
          </div>
          <h2><PersonName person={call.person} /></h2>
          {/* Whom we call ourselves is no caller, known or not. */}
          {(call.direction === "incoming" || call.person.name) && <p><PersonNumber person={call.person} /></p>}
          {call.transferredBy && <p className={styles.via}>{call.transferredBy.number.startsWith(PARKING) ? t("park-was-parked") : t("transferred-by", { person: nameOf(call.transferredBy) })}</p>}
          {call.supervisedBy && <SupervisedBy by={call.supervisedBy} />}
          <Clock call={at} />
          {call.queuePlace && <QueueLine place={call.queuePlace} />}
          <HoldLine call={at} />
        </div>
      </div>
      {talking && <div className={styles.voices}><Resonance quiet={call.line === "held"} /></div>}
      {keypad ? <DigitPad call={call} onHide={() => setKeypad(false)} /> : consulted ? <Bridge consulted={consulted} onStage={call} /> : <Controls call={call} muted={state.muted} joins={canJoin(state.calls, at)} onKeypad={() => setKeypad(true)} transferring={panel} onTransfer={() => onTransferring(!panel)} />}
      {!consulted && (
        <span className={cx(styles.end, joined.length > 0 && styles.endOf)}>
          <Button tone="end" size="xl" wide icon="phone-disconnect-fill" isDisabled={call.line === "ending"} onPress={() => run(backend.hangUp({ call: call.id }))}><span className={styles.endWord}>{joined.length > 0 ? t("end-call-of", { person: personOf(call) }) : t("end-call")}</span></Button>
        </span>
      )}
      <DeviceBar onSettings={onSettings} />
      {panel && <TransferPanel key={call.id} call={call} onClose={() => onTransferring(false)} />}
    </section>
  );
}

/** The timer of a call that is answered; the state in words before. */
function Clock({ call: { value: call, receivedAt } }: { call: At<Call> }) {
  const { t, format } = useWords();
  const word = lineWord(t, call);
  const answered = call.talkMs !== null;
  const seconds = useSeconds(call.talkMs ?? call.ageMs, receivedAt, call.line !== "ending");
  if (!answered) {
    return <div className={styles.dialling}>{word} {call.line === "ringingThere" && <Figures>{format.duration(seconds)}</Figures>}</div>;
  }
  return (
    <>
      <div className={styles.timer} role="timer" aria-label={t("call-duration")}><Figures>{clockText(format.duration(seconds))}</Figures></div>
      {word && <p className={styles.via}>{word}</p>}
    </>
  );
}

/** The big clock always has two places for minutes. */
function clockText(duration: string): string {
  return /^.:/u.test(duration) ? `${duration.charCodeAt(0) >= 0x660 ? "٠" : "0"}${duration}` : duration;
}

function HoldLine({ call: { value: call, receivedAt } }: { call: At<Call> }) {
  const { t, format } = useWords();
  const held = call.line === "held";
  const seconds = useSeconds(call.heldMs ?? 0, receivedAt, held);
  if (!held && !call.heldByFarEnd) return null;
  return (
    <p className={cx(styles.via, styles.held)}>
      <Icon name="pause-fill" />
      <span>{t(held ? "call-held" : "call-held-by-far-end")}</span>
      {held && <Figures>{format.duration(seconds)}</Figures>}
    </p>
  );
}

/** Somebody speaks into the muted microphone. */
function MutedSpeech() {
  const { state, backend, run } = useEngine();
  const { t } = useWords();
  if (!state.devices.speaksWhileMuted) return null;
  const unmute = <Button size="sm" onPress={() => run(backend.mute({ on: false }))}>{t("unmute")}</Button>;
  return <Notice tone="warn" icon="microphone-slash-fill" urgent title={t("muted-speech")} action={unmute}>{t("muted-speech-note")}</Notice>;
}

/** The server is gone, the call is not: said plainly, so that nobody hangs up. */
function ServerNotice() {
  const { state } = useEngine();
  const { t } = useWords();
  const light = state.system.value.webPhone;
  if (light.level !== "bad" && light.level !== "warn") return null;
  return <Notice tone="warn" icon="cloud-slash" urgent title={t("call-server-lost")}>{t("call-server-lost-note")}</Notice>;
}
