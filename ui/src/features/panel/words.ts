// What agents do: shapes, words, and what stands out.
import type { PanelAgent, PanelQueue } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import type { PresenceState } from "../../kit/Presence";
import { SHAPES, useStatusWord } from "../status/words";

const SECOND_MS = 1000;
/** A conversation or a break of more than this stands out. */
export const LONG_S = 600;

/** A call before the status (design 4). */
export function shapeOf({ activity, status }: PanelAgent): PresenceState {
  switch (activity) {
    case "ready": return "available";
    case "ringing": return "ringing";
    case "talking":
    case "held": return "onCall";
    case "wrapUp":
    case "pausing": return "wrapUp";
    case "away": return SHAPES[status.kind];
    case "offline": return "offline";
  }
}

/** May hold somebody's own words: isolate it. */
export function useActivityWord(): (agent: PanelAgent) => string {
  const { t } = useWords();
  const wordOf = useStatusWord();
  return ({ activity, status }) => {
    switch (activity) {
      case "ready": return t("presence-available");
      case "ringing": return t("presence-ringing");
      case "talking": return t("presence-on-call");
      case "held": return t("panel-held");
      case "wrapUp": return t("queue-wrap-up");
      case "pausing": return t("panel-pausing");
      case "away": return wordOf(status);
      case "offline": return t("presence-offline");
    }
  };
}

export function isTalking({ activity }: PanelAgent): boolean {
  return activity === "talking" || activity === "held";
}

/** Is there something that takes too long when it has taken so many seconds? */
export function isLong(agent: PanelAgent, seconds: number): boolean {
  return (isTalking(agent) || isOnBreak(agent)) && seconds > LONG_S;
}

export function isOnBreak({ activity, status }: PanelAgent): boolean {
  return activity === "away" && status.kind === "break";
}

/** A caller of this queue waits longer than callers should. */
export function isLate({ withinS }: Pick<PanelQueue, "withinS">, waitedMs: number | null): boolean {
  return waitedMs !== null && waitedMs > withinS * SECOND_MS;
}

/** Fewer callers than wanted were answered in time. */
export function isBroken({ serviceLevel, target }: Pick<PanelQueue, "serviceLevel" | "target">): boolean {
  return serviceLevel !== null && serviceLevel < target;
}

const TURN: readonly PanelAgent["activity"][] = ["talking", "held", "ringing", "wrapUp", "pausing", "ready", "away", "offline"];

/** Those who talk first; those who are not there last. */
export function inTurn(agents: readonly PanelAgent[]): readonly PanelAgent[] {
  return [...agents].sort((one, other) => TURN.indexOf(one.activity) - TURN.indexOf(other.activity));
}
