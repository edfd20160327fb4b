// An agent of queues, for the scripted engine.
import type { AgentGate, OwnAgent } from "./generated";

const GATE: AgentGate = { why: "other", leftMs: null, missed: null, queue: null, skill: null };

/** A gate with what is not the same for all. */
export function gate(more: Partial<AgentGate>): AgentGate {
  return { ...GATE, ...more };
}

/** The next call would come. */
export const READY: OwnAgent = { state: "ready", leftMs: null, gates: [], missed: 0 };

/** After a call. */
export function wrapUp(leftMs: number): OwnAgent {
  return { ...READY, state: "wrapUp", leftMs, gates: [gate({ why: "wrapUp", leftMs })] };
}
