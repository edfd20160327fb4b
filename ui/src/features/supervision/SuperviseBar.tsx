import type { Call, Supervision } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Icon } from "../../kit/Icon";
import { Segments } from "../../kit/Segments";
import { Figures } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import { PersonAvatar } from "../../state/faces";
import type { At } from "../../state/state";
import { useSeconds } from "../../state/useTick";
import { Resonance } from "../calls/Resonance";
import { MODES } from "./modes";
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
        {/* Read once when the mode is another one: it is what matters most. */}
        <small role="status">{joined ? (state.muted ? t("supervise-listen-heard") : t(`supervise-${mode}-heard`, { person: name })) : t("supervise-joining")}</small>
      </div>
      <div className={styles.wave}>{joined && <Resonance quiet={false} small />}</div>
      <Clock call={call} />
      <Segments
        label={t("supervise-mode")} value={mode} onChange={(next) => run(backend.supervise({ user, mode: next }))}
        choices={MODES.map((one) => ({ value: one.mode, label: <><Icon name={one.icon} /><span className={styles.word}>{t(one.word)}</span></> }))}
      />
      {mode !== "listen" && (
        <IconButton icon={state.muted ? "microphone-slash-fill" : "microphone"} look="edge" label={t(state.muted ? "unmute" : "mute")} onPress={() => run(backend.mute({ on: !state.muted }))} />
      )}
      <Button tone="danger" onPress={() => run(backend.superviseLeave())}>{t("supervise-leave")}</Button>
    </section>
  );
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

