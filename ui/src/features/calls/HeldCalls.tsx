import type { Call } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { PersonAvatar } from "../../state/faces";
import { Button, IconButton } from "../../kit/Button";
import { cx } from "../../kit/cx";
import { Icon } from "../../kit/Icon";
import { Figures } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import type { At } from "../../state/state";
import { useSeconds } from "../../state/useTick";
import styles from "./HeldCalls.module.css";
import { PersonName } from "./Person";
import { personOf } from "./words";

/** Calls that wait beside the one on the stage: one press swaps. */
export function HeldCalls({ calls }: { calls: readonly At<Call>[] }) {
  const { t } = useWords();
  if (calls.length === 0) return null;
  return <ul className={styles.calls} aria-label={t("held-calls")}>{calls.map((call) => <HeldCall key={call.value.id} call={call} />)}</ul>;
}

/** Calls that are joined with the one on the stage. Each may end alone; the others go on. */
export function JoinedCalls({ calls }: { calls: readonly At<Call>[] }) {
  const { t } = useWords();
  if (calls.length === 0) return null;
  return <ul className={styles.calls} aria-label={t("conference-with")}>{calls.map((call) => <JoinedCall key={call.value.id} call={call} />)}</ul>;
}

function JoinedCall({ call: { value: call, receivedAt } }: { call: At<Call> }) {
  const { backend, run } = useEngine();
  const { t, format } = useWords();
  const seconds = useSeconds(call.talkMs ?? 0, receivedAt, call.line === "talking");
  return (
    <li className={cx(styles.call, styles.joined)}>
      <PersonAvatar numbers={[call.person.number]} id={call.person.number} name={call.person.name} size={40} />
      <span className={styles.two}>
        <b><PersonName person={call.person} /></b>
        <small><Icon name="users-three" />{t("conference-hears-all")} <Figures>{format.duration(seconds)}</Figures></small>
      </span>
      <IconButton size="sm" icon="phone-disconnect-fill" look="end" isDisabled={call.line === "ending"} label={t("end-call-of", { person: personOf(call) })} onPress={() => run(backend.hangUp({ call: call.id }))} />
    </li>
  );
}

function HeldCall({ call: { value: call, receivedAt } }: { call: At<Call> }) {
  const { backend, run } = useEngine();
  const { t, format } = useWords();
  const seconds = useSeconds(call.heldMs ?? 0, receivedAt, true);
  return (
    <li className={styles.call}>
      <PersonAvatar numbers={[call.person.number]} id={call.person.number} name={call.person.name} size={40} />
      <span className={styles.two}>
        <b><PersonName person={call.person} /></b>
        <small><Icon name="pause-fill" />{t("call-held")} <Figures>{format.duration(seconds)}</Figures></small>
      </span>
      <Button size="sm" icon="swap" isDisabled={call.pending} onPress={() => run(backend.resume({ call: call.id }))}>{t("swap")}</Button>
      <IconButton size="sm" icon="phone-disconnect-fill" look="end" label={t("end-call-of", { person: personOf(call) })} onPress={() => run(backend.hangUp({ call: call.id }))} />
    </li>
  );
}
