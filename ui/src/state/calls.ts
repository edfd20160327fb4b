// Questions about the calls that the screens ask.
import type { Call } from "../backend/generated";
import type { At, State } from "./state";

const RINGING_HERE = (call: At<Call>) => call.value.line === "ringingHere";

/** The call on the stage: the one that is talked on, else the newest that is not ringing here. */
export function stageCall(calls: State["calls"]): At<Call> | null {
  const candidates = calls.filter((call) => !RINGING_HERE(call));
  const inFront = candidates.filter(({ value }) => value.line !== "held");
  return inFront.at(-1) ?? candidates.at(-1) ?? null;
}

/** Calls on hold that are not on the stage. */
export function heldBeside(calls: State["calls"], stage: At<Call> | null): readonly At<Call>[] {
  return calls.filter((call) => call.value.line === "held" && call.value.id !== stage?.value.id);
}

/** The oldest call that rings here. */
export function incomingCall(calls: State["calls"]): At<Call> | null {
  return calls.find(RINGING_HERE) ?? null;
}

/** Keys 0–9 * # go to this call as tones. */
export function takesDigits(call: Call): boolean {
  return call.line === "talking" || call.line === "earlyMedia";
}
