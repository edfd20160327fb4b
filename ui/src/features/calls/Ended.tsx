import { useEffect, useRef } from "react";
import type { Call } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { PersonAvatar } from "../../state/faces";
import { Button, IconButton } from "../../kit/Button";
import { Figures, PhoneNumber } from "../../kit/Text";
import { parkedAt } from "../../state/calls";
import { useEngine } from "../../state/Engine";
import type { At } from "../../state/state";
import styles from "./Ended.module.css";
import { PersonName } from "./Person";

/** What was wished for needs no long look; what failed stays until it is closed. */
const BRIEF_MS = 4000;
const WISHED = new Set(["localHangUp", "remoteHangUp", "cancelled", "declined", "answeredElsewhere", "transferred"]);

/** How the last call ended, in words, with the way to call again. */
export function Ended({ call: { value: call, receivedAt } }: { call: At<Call> }) {
  const { backend, run, dispatch, state } = useEngine();
  const { t, format } = useWords();
  const reason = call.ended ?? "remoteHangUp";
  // A call that was parked can be taken back as long as it is there.
  const slot = reason === "transferred" ? parkedAt(call) : null;
  const brief = WISHED.has(reason) && slot === null;
  useEffect(() => {
    if (!brief) return undefined;
    const timer = setTimeout(() => dispatch({ kind: "endedSeen", call: call.id }), receivedAt + BRIEF_MS - performance.now());
    return () => clearTimeout(timer);
  }, [brief, call.id, receivedAt, dispatch]);
  const close = () => dispatch({ kind: "endedSeen", call: call.id });
  const dial = (target: string) => {
    close();
    run(backend.dial({ target }));
  };
  const isParked = state.parked.value.some((parked) => parked.slot === slot);
  const wasParked = useRef(false);
  useEffect(() => {
    if (wasParked.current && !isParked) dispatch({ kind: "endedSeen", call: call.id });
    wasParked.current = isParked;
  }, [isParked, call.id, dispatch]);
  const connected = state.system.value.webPhone.level === "ok";
  return (
    <div className={styles.card} role="status">
      <PersonAvatar numbers={[call.person.number]} id={call.person.number} name={call.person.name} size={48} />
      <span className={styles.two}>
        <b><PersonName person={call.person} /></b>
        <span>{slot === null ? t(`end-long-${reason}`) : t("park-parked", { slot: format.count(slot) })}</span>
        {call.talkMs !== null && <small>{t("call-duration")} <Figures>{format.duration(call.talkMs / 1000)}</Figures></small>}
        {!brief && call.sipCode !== null && <small className={styles.code}><PhoneNumber>{`SIP ${call.sipCode}`}</PhoneNumber></small>}
      </span>
      {slot !== null && <Button size="sm" tone="call" icon="phone-incoming" isDisabled={!connected} onPress={() => dial(call.transfer?.to.number ?? "")}>{t("park-take-back")}</Button>}
      {reason !== "badNumber" && slot === null && <Button size="sm" icon="phone" isDisabled={!connected} onPress={() => dial(call.person.number)}>{t("call-again")}</Button>}
      <IconButton size="sm" icon="x" label={t("close")} onPress={close} />
    </div>
  );
}
