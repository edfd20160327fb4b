import { type KeyboardEvent, useEffect, useRef } from "react";
import type { NoticeCall } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Avatar } from "../../kit/Avatar";
import { Button, IconButton } from "../../kit/Button";
import { Mark } from "../../kit/Mark";
import { Figures } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import { PersonAvatar } from "../../state/faces";
import { useSeconds } from "../../state/useTick";
import { PersonName, PersonNumber } from "../calls/Person";
import styles from "./Notice.module.css";

interface RingingCallProps {
  call: NoticeCall;
  receivedAt: number;
  /** The call that is talked on meanwhile. */
  talking: string | null;
  /** It takes the keys when the agent gives the window the focus; the window never takes it. */
  first: boolean;
}

/** A call rings. Enter answers, Esc declines while its card has the focus. */
export function RingingCall({ call, receivedAt, talking, first }: RingingCallProps) {
  const { state, backend, run } = useEngine();
  const { t, format } = useWords();
  const card = useRef<HTMLElement>(null);
  const seconds = useSeconds(call.ageMs, receivedAt, true);
  useEffect(() => {
    if (!first) return undefined;
    const take = () => card.current?.focus();
    if (document.hasFocus()) take();
    addEventListener("focus", take);
    return () => removeEventListener("focus", take);
  }, [first]);

  const ref = { call: call.id };
  const answer = () => run(backend.answer(ref));
  const decline = () => run(backend.decline(ref));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== card.current) return;
    if (event.key === "Enter") answer();
    else if (event.key === "Escape") decline();
    else return;
    event.preventDefault();
  };
  const { person } = call;
  const problem = state.problems.at(-1);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a dialog that has the focus answers its keys
    <section ref={card} className={styles.card} role="alertdialog" aria-label={person ? t("incoming-announce", { person: person.name || format.digits(person.number) }) : t("notice-someone")} tabIndex={-1} onKeyDown={onKeyDown}>
      <div className={styles.bar}>
        <Mark className={styles.mark ?? ""} />
        <span>{t(talking ? "notice-second-call" : "incoming-title")}</span>
        <span className={styles.wait}>{t("notice-waiting")} <Figures>{format.duration(seconds)}</Figures></span>
        <IconButton size="sm" icon="bell-slash" label={t(call.silenced ? "silenced" : "silence")} isDisabled={call.silenced} onPress={() => run(backend.silence(ref))} />
        <IconButton size="sm" icon="monitor" label={t("notice-show-window")} onPress={() => run(backend.showWindow())} />
      </div>
      <div className={styles.body}>
        <span className={styles.ringing} data-silenced={call.silenced || undefined}>
          <i /><i />
          {person ? <PersonAvatar numbers={[person.number]} id={person.number} name={person.name} size={48} /> : <Avatar id={call.id} name="" size={48} />}
        </span>
        <span className={styles.two}>
          <b>{person ? <PersonName person={person} /> : t("notice-someone")}</b>
          {problem ? <small role="alert" className={styles.problem}>{errorTitle(t, problem.error)}</small> : person && <PersonNumber person={person} className={styles.number ?? ""} />}
        </span>
      </div>
      {talking ? (
        <div className={styles.three}>
          <IconButton icon="phone-x-fill" look="end" label={t("decline")} isDisabled={call.pending} onPress={decline} />
          <Button size="lg" isDisabled={call.pending} onPress={() => { run(backend.hangUp({ call: talking })); answer(); }}>{t("waiting-end-and-answer")}</Button>
          <Button size="lg" tone="call" icon="phone-fill" busy={call.pending} onPress={answer}>{t("waiting-hold-and-answer")}</Button>
        </div>
      ) : (
        <div className={styles.buttons}>
          <Button size="lg" tone="decline" icon="phone-x-fill" isDisabled={call.pending} onPress={decline}>{t("decline")}</Button>
          <Button size="lg" tone="call" icon="phone-fill" busy={call.pending} onPress={answer}>{t("answer")}</Button>
        </div>
      )}
    </section>
  );
}
