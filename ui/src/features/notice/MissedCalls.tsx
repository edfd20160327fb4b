import type { NoticeCall } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Avatar } from "../../kit/Avatar";
import { Button, IconButton } from "../../kit/Button";
import { Mark } from "../../kit/Mark";
import { useEngine } from "../../state/Engine";
import { PersonAvatar } from "../../state/faces";
import { PersonName } from "../calls/Person";
import styles from "./Notice.module.css";

/** Calls that nobody answered here. They stay until somebody looks; Esc puts them away. */
export function MissedCalls({ calls, receivedAt }: { calls: readonly NoticeCall[]; receivedAt: number }) {
  const { backend, run } = useEngine();
  const { t } = useWords();
  const dismiss = () => run(backend.noticeDismiss());
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc closes what it tells
    <section className={styles.missed} aria-label={t("notice-missed-title")} onKeyDown={(event) => { if (event.key === "Escape") dismiss(); }}>
      <div className={styles.bar}>
        <Mark className={styles.mark ?? ""} />
        <span className={styles.grow}>{t("notice-missed-title")}</span>
        <IconButton size="sm" icon="monitor" label={t("notice-show-window")} onPress={() => run(backend.showWindow())} />
        <IconButton size="sm" icon="x" label={t("close")} onPress={dismiss} />
      </div>
      {calls.map((call) => <Missed key={call.id} call={call} receivedAt={receivedAt} />)}
    </section>
  );
}

function Missed({ call: { id, person, ageMs }, receivedAt }: { call: NoticeCall; receivedAt: number }) {
  const { backend, run } = useEngine();
  const { t, format } = useWords();
  const at = performance.timeOrigin + receivedAt - ageMs;
  const label = person ? t("notice-call-back-to", { person: person.name || format.digits(person.number) }) : t("notice-call-back");
  return (
    <div className={styles.row}>
      {person ? <PersonAvatar numbers={[person.number]} id={person.number} name={person.name} size={40} /> : <Avatar id={id} name="" size={40} />}
      <span className={styles.two}>
        <b>{person ? <PersonName person={person} /> : t("notice-missed-someone")}</b>
        <small>{t("notice-missed-at", { time: format.time(at) })}</small>
      </span>
      <Button size="sm" tone="call" icon="phone-fill" aria-label={label} onPress={() => run(backend.noticeCallBack({ call: id }))}>{t("notice-call-back")}</Button>
    </div>
  );
}
