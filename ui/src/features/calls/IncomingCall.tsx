import { type KeyboardEvent, useEffect, useRef } from "react";
import type { Call } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { PersonAvatar } from "../../state/faces";
import { Button } from "../../kit/Button";
import { Icon } from "../../kit/Icon";
import { Figures } from "../../kit/Text";
import { PARKING } from "../../state/calls";
import { useEngine } from "../../state/Engine";
import type { At } from "../../state/state";
import { useSeconds } from "../../state/useTick";
import styles from "./IncomingCall.module.css";
import { PersonName, PersonNumber } from "./Person";
import { personOf } from "./words";

/** A call rings. Enter answers, Esc declines while the card has the focus. */
export function IncomingCall({ call: { value: call, receivedAt } }: { call: At<Call> }) {
  const { backend, run } = useEngine();
  const { t, format } = useWords();
  const card = useRef<HTMLDivElement>(null);
  const seconds = useSeconds(call.ageMs, receivedAt, true);
  useEffect(() => card.current?.focus(), [call.id]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== card.current) return;
    if (event.key === "Enter") run(backend.answer({ call: call.id }));
    else if (event.key === "Escape") run(backend.decline({ call: call.id }));
    else return;
    event.preventDefault();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a dialog that has the focus answers its keys
    <div ref={card} className={styles.card} role="alertdialog" aria-label={t("incoming-announce", { person: personOf(call) })} tabIndex={-1} onKeyDown={onKeyDown}>
      <div className={styles.top}>
        <span className={styles.kind}><Icon name="phone-incoming" />{t("incoming-title")}</span>
        <Figures className={styles.since ?? ""}>{format.duration(seconds)}</Figures>
      </div>
      <div className={styles.who}>
        <span className={styles.ringing} data-silenced={call.silenced || undefined}>
          <i /><i /><i />
          <PersonAvatar numbers={[call.person.number]} id={call.person.number} name={call.person.name} size={72} />
        </span>
        <span className={styles.two}>
          <b className={styles.name}><PersonName person={call.person} /></b>
          <PersonNumber person={call.person} className={styles.number ?? ""} />
          {call.transferredBy?.number === PARKING && <small>{t("park-came-back")}</small>}
          {call.queue && <small>{t("queue-from", { queue: call.queue })}</small>}
        </span>
      </div>
      <div className={styles.buttons}>
        <Button tone="decline" size="xl" icon="phone-x-fill" keyName="Esc" isDisabled={call.pending} onPress={() => run(backend.decline({ call: call.id }))}>{t("decline")}</Button>
        <Button tone="call" size="xl" icon="phone-fill" keyName="Enter" busy={call.pending} onPress={() => run(backend.answer({ call: call.id }))}>{t("answer")}</Button>
      </div>
      <div className={styles.more}>
        <Button tone="ghost" size="sm" icon="bell-slash" isDisabled={call.silenced} onPress={() => run(backend.silence({ call: call.id }))}>{t(call.silenced ? "silenced" : "silence")}</Button>
      </div>
    </div>
  );
}
