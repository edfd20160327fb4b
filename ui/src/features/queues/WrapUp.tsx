import type { OwnAgent } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Icon } from "../../kit/Icon";
import { Figures } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import type { At } from "../../state/state";
import { useCountdown } from "../../state/useTick";
import styles from "./WrapUp.module.css";

/** What the server adds each time. */
const MORE_S = 30;

/** Time after a call from a queue (AO-02): ends by itself, at once with "I'm ready", or later. */
export function WrapUp() {
  const { state } = useEngine();
  return state.agent?.value.state === "wrapUp" ? <Bar agent={state.agent} /> : null;
}

function Bar({ agent }: { agent: At<OwnAgent> }) {
  const { backend, run } = useEngine();
  const { t, format } = useWords();
  const left = useCountdown(agent.value.leftMs, agent.receivedAt);
  return (
    <div className={styles.bar} role="group" aria-label={t("queue-wrap-up")}>
      <Icon name="clock-counter-clockwise" />
      <span className={styles.words}>
        <b>{t("queue-wrap-up")}</b>
        <small>{t("queue-wrap-up-note")}</small>
      </span>
      {agent.value.leftMs !== null && <span role="timer"><Figures className={styles.left ?? ""}>{format.duration(left)}</Figures></span>}
      <span className={styles.buttons}>
        <Button size="sm" onPress={() => run(backend.agentExtend())}>{t("queue-extend", { more: format.digits(`+${MORE_S}`) })}</Button>
        <Button size="sm" tone="primary" onPress={() => run(backend.agentReady())}>{t("queue-ready")}</Button>
      </span>
    </div>
  );
}
