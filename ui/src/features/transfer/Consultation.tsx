import type { Call } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { cx } from "../../kit/cx";
import { Icon } from "../../kit/Icon";
import { Figures } from "../../kit/Text";
import type { Consulted } from "../../state/calls";
import { useEngine } from "../../state/Engine";
import { PersonAvatar } from "../../state/faces";
import type { At } from "../../state/state";
import { useSeconds } from "../../state/useTick";
import { PersonName } from "../calls/Person";
import { lineWord } from "../calls/words";
import styles from "./Consultation.module.css";

/** Who waits and who is asked, with an arrow from one to the other. */
export function Between({ consulted: { caller, colleague } }: { consulted: Consulted }) {
  return (
    <div className={styles.between}>
      <Party call={caller} />
      <Icon name="arrow-right" flip className={styles.arrow ?? ""} />
      <Party call={colleague} />
    </div>
  );
}

function Party({ call: { value: call, receivedAt } }: { call: At<Call> }) {
  const { t, format } = useWords();
  const held = call.line === "held";
  const seconds = useSeconds(call.heldMs ?? 0, receivedAt, held);
  return (
    <div className={cx(styles.party, held && styles.held)}>
      <PersonAvatar numbers={[call.person.number]} id={call.person.number} name={call.person.name} size={32} />
      <span className={styles.two}>
        <b><PersonName person={call.person} /></b>
        <small>{held ? <><Icon name="pause-fill" />{t("call-held")} <Figures>{format.duration(seconds)}</Figures></> : (lineWord(t, call) ?? t("transfer-talking"))}</small>
      </span>
    </div>
  );
}

/** In place of the tiles while somebody is asked: connect the two, talk to the other, or give it up. */
export function Bridge({ consulted: { caller, colleague }, onStage }: { consulted: Consulted; onStage: Call }) {
  const { backend, run, state } = useEngine();
  const { t } = useWords();
  const running = caller.value.transfer !== null && caller.value.transfer.stage !== "failed";
  const other = onStage.id === caller.value.id ? colleague.value : caller.value;
  const canSwap = colleague.value.talkMs !== null && other.line === "held" && !other.pending;
  const canComplete = state.system.value.webPhone.level === "ok" && colleague.value.line !== "ending" && colleague.value.line !== "preparing";
  return (
    <div className={styles.bridge}>
      <Button tone="primary" size="xl" wide icon="phone-transfer" busy={running} isDisabled={!canComplete} onPress={() => run(backend.completeTransfer({ call: caller.value.id, to: colleague.value.id }))}>{t("transfer-complete")}</Button>
      <div className={styles.others}>
        <Button size="lg" icon={state.muted ? "microphone-slash-fill" : "microphone"} onPress={() => run(backend.mute({ on: !state.muted }))}>{t(state.muted ? "unmute" : "mute")}</Button>
        <Button size="lg" icon="swap" isDisabled={!canSwap} onPress={() => run(backend.resume({ call: other.id }))}>{t("swap")}</Button>
        <Button size="lg" isDisabled={colleague.value.line === "ending"} onPress={() => run(backend.hangUp({ call: colleague.value.id }))}>{t("transfer-back")}</Button>
      </div>
    </div>
  );
}
