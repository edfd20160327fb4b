import { useEffect } from "react";
import type { Call } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { PersonAvatar } from "../../state/faces";
import { Button, IconButton } from "../../kit/Button";
import { Figures, PhoneNumber } from "../../kit/Text";
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
  const brief = WISHED.has(reason);
  useEffect(() => {
    if (!brief) return undefined;
    const timer = setTimeout(() => dispatch({ kind: "endedSeen", call: call.id }), receivedAt + BRIEF_MS - performance.now());
    return () => clearTimeout(timer);
  }, [brief, call.id, receivedAt, dispatch]);
  const close = () => dispatch({ kind: "endedSeen", call: call.id });
  const again = () => {
    close();
    run(backend.dial({ target: call.person.number }));
  };
  return (
    <div className={styles.card} role="status">
      <PersonAvatar numbers={[call.person.number]} id={call.person.number} name={call.person.name} size={48} />
      <span className={styles.two}>
        <b><PersonName person={call.person} /></b>
        <span>{t(`end-long-${reason}`)}</span>
        {call.talkMs !== null && <small>{t("call-duration")} <Figures>{format.duration(call.talkMs / 1000)}</Figures></small>}
        {!brief && call.sipCode !== null && <small className={styles.code}><PhoneNumber>{`SIP ${call.sipCode}`}</PhoneNumber></small>}
      </span>
      {reason !== "badNumber" && <Button size="sm" icon="phone" isDisabled={state.system.value.webPhone.level !== "ok"} onPress={again}>{t("call-again")}</Button>}
      <IconButton size="sm" icon="x" label={t("close")} onPress={close} />
    </div>
  );
}
