import type { Call, ColleagueParty, Supervision } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Icon } from "../../kit/Icon";
import { Segments } from "../../kit/Segments";
import { Figures, Name, PhoneNumber } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import { PersonAvatar } from "../../state/faces";
import type { At } from "../../state/state";
import { useSeconds } from "../../state/useTick";
import { Resonance } from "../calls/Resonance";
import { MODES, whoHears } from "./modes";
import styles from "./SuperviseBar.module.css";

/** The bar at the foot of every section while this person listens to a colleague's call, or speaks into it: who hears them is always said. */
export function SuperviseBar({ call, supervision }: { call: At<Call>; supervision: Supervision }) {
  const { state, backend, run } = useEngine();
  const { t } = useWords();
  const { user, name, mode } = supervision;
  const joined = call.value.line === "talking";
  return (
    <section className={styles.bar} aria-label={t("supervise-bar", { person: name })} data-region="supervise" data-mode={mode}>
      <PersonAvatar numbers={[supervision.extension]} id={user} name={name} size={32} presence="onCall" />
      <div className={styles.who}>
        <b>{t(`supervise-${mode}`, { person: name })}</b>
        {/* Readers are told it by the announcer, whenever it is another. */}
        <small>{whoHears(t, call.value, supervision, state.muted)}</small>
      </div>
      {supervision.other && <span className={styles.other}><small>{t("supervise-with")}</small><Party party={supervision.other} /></span>}
      <div className={styles.wave}>{joined && <Resonance quiet={false} small />}</div>
      <Clock call={call} />
      <div className={styles.modes}>
        <Segments
          label={t("supervise-mode")} value={mode} onChange={(next) => run(backend.supervise({ user, mode: next }))}
          choices={MODES.map((one) => ({ value: one.mode, label: <><Icon name={one.icon} />{t(one.word)}</> }))}
        />
      </div>
      {mode !== "listen" && (
        <IconButton icon={state.muted ? "microphone-slash-fill" : "microphone"} look="edge" label={t(state.muted ? "unmute" : "mute")} onPress={() => run(backend.mute({ on: !state.muted }))} />
      )}
      <Button tone="danger" onPress={() => run(backend.superviseLeave())}>{t("supervise-leave")}</Button>
    </section>
  );
}

/** With whom the colleague talks, where this person may know it. */
function Party({ party: { name, number } }: { party: ColleagueParty }) {
  const { format } = useWords();
  return name ? <Name>{name}</Name> : <PhoneNumber>{format.digits(number)}</PhoneNumber>;
}

/** For how long; nothing before it is joined. */
function Clock({ call: { value, receivedAt } }: { call: At<Call> }) {
  const { format } = useWords();
  const seconds = useSeconds(value.talkMs ?? 0, receivedAt, value.talkMs !== null);
  return <span className={styles.clock}>{value.talkMs !== null && <Figures>{format.duration(seconds)}</Figures>}</span>;
}

/** On the agent's own card, where the team has agreed that it is shown. */
export function SupervisedBy({ by }: { by: NonNullable<Call["supervisedBy"]> }) {
  const { t } = useWords();
  return <p className={styles.by} role="status"><Icon name={MODES.find(({ mode }) => mode === by.mode)?.icon ?? "ear"} /><span>{t(`supervised-${by.mode}`, { person: by.name })}</span></p>;
}

