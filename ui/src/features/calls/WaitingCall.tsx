import type { Call } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { PersonAvatar } from "../../state/faces";
import { Button } from "../../kit/Button";
import { Dot, Figures } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import { stageCall } from "../../state/calls";
import type { At } from "../../state/state";
import { useSeconds } from "../../state/useTick";
import { PersonName } from "./Person";
import styles from "./WaitingCall.module.css";
import { personOf } from "./words";

/** A second call while one is talked on: a strip above the stage. It covers nothing; what is below gives way by its height. */
export function WaitingCall({ call: { value: call, receivedAt }, onShow }: { call: At<Call>; onShow(): void }) {
  const { backend, run, state } = useEngine();
  const { t, format } = useWords();
  const seconds = useSeconds(call.ageMs, receivedAt, true);
  const talked = stageCall(state.calls);
  const answer = () => {
    onShow();
    run(backend.answer({ call: call.id }));
  };
  const endAndAnswer = () => {
    onShow();
    if (talked) run(backend.hangUp({ call: talked.value.id }));
    run(backend.answer({ call: call.id }));
  };
  return (
    <div className={styles.bar} role="alertdialog" aria-label={t("incoming-announce", { person: personOf(call) })}>
      <span className={styles.ringing} data-silenced={call.silenced || undefined}>
        <i /><i />
        <PersonAvatar numbers={[call.person.number]} id={call.person.number} name={call.person.name} size={40} />
      </span>
      <span className={styles.two}>
        <b><PersonName person={call.person} /></b>
        <small>{call.queue ? t("queue-from", { queue: call.queue }) : t("incoming-title")}<Dot /><Figures className={styles.since ?? ""}>{format.duration(seconds)}</Figures></small>
      </span>
      <span className={styles.buttons}>
        <Button tone="decline" size="sm" isDisabled={call.pending} onPress={() => run(backend.decline({ call: call.id }))}>{t("decline")}</Button>
        <Button size="sm" isDisabled={call.pending} onPress={endAndAnswer}>{t("waiting-end-and-answer")}</Button>
        <Button tone="call" size="sm" icon="phone-fill" busy={call.pending} onPress={answer}>{t("waiting-hold-and-answer")}</Button>
      </span>
    </div>
  );
}
