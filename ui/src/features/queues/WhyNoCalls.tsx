import { useId } from "react";
import type { AgentGate, GateWhy, OwnAgent } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import type { Translate } from "../../i18n/catalogue";
import { Figures } from "../../kit/Text";
import type { At } from "../../state/state";
import { useCountdown } from "../../state/useTick";
import styles from "./WhyNoCalls.module.css";

/** Why am I not getting calls? (SPEC 3 item 4): everything that keeps calls from queues away, each with what is left of it. */
export function WhyNoCalls({ agent: { value, receivedAt } }: { agent: At<OwnAgent> }) {
  const { t } = useWords();
  const title = useId();
  return (
    <section className={styles.why} aria-labelledby={title}>
      <h3 id={title}>{t("queue-why-title")}</h3>
      {value.gates.length === 0
        ? <p>{t("queue-why-none")}</p>
        : <ul aria-labelledby={title}>{value.gates.map((gate) => <Gate key={`${gate.why} ${gate.queue} ${gate.skill}`} gate={gate} receivedAt={receivedAt} />)}</ul>}
    </section>
  );
}

function Gate({ gate, receivedAt }: { gate: AgentGate; receivedAt: number }) {
  const { t, format } = useWords();
  const left = useCountdown(gate.leftMs, receivedAt);
  return (
    <li>
      <span>{wordsOf(t, gate)}</span>
      {left > 0 && <Figures>{format.duration(left)}</Figures>}
    </li>
  );
}

/** What a gate says without a number or a name in it. */
const WORDS = {
  status: "queue-why-status", loggedOut: "queue-why-logged-out", notRegistered: "queue-why-not-registered", offered: "queue-why-offered",
  inQueueCall: "queue-why-in-queue-call", notReady: "queue-why-not-ready", wrapUp: "queue-why-wrap-up", busyDelay: "queue-why-busy-delay",
  rejectDelay: "queue-why-reject-delay", noAnswerDelay: "queue-why-no-answer-delay", notRegisteredDelay: "queue-why-not-registered-delay",
  otherCall: "queue-why-other-call", noQueue: "queue-why-no-queue", other: "queue-why-other",
} as const satisfies Record<Exclude<GateWhy, "forcedBreak" | "skill">, string>;

function wordsOf(t: Translate, gate: AgentGate): string {
  switch (gate.why) {
    case "forcedBreak":
      return t("queue-why-forced-break", { missed: gate.missed ?? 0 });
    case "skill":
      return gate.queue ? t("queue-why-skill", { queue: gate.queue, skill: gate.skill ?? "" }) : t("queue-why-skill-somewhere", { skill: gate.skill ?? "" });
    default:
      return t(WORDS[gate.why]);
  }
}
