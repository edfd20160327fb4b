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

/** Calls that are joined with the one on the stage: all of them hear each other. */
export function joinedBeside(calls: State["calls"], stage: At<Call>): readonly At<Call>[] {
  return stage.value.conference ? calls.filter(({ value }) => value.conference && value.id !== stage.value.id) : [];
}

/** Does a call, or a supervision, use the microphone and the loudspeaker? */
export function isBusy(state: State): boolean {
  return state.calls.length > 0 || state.supervision !== null;
}

/** A call that is asked about, and the call in which that is done. */
export interface Consulted {
  caller: At<Call>;
  colleague: At<Call>;
}

/** The consultation that the call on the stage is part of, on either side. */
export function consultation(calls: State["calls"], stage: At<Call>): Consulted | null {
  const colleague = stage.value.asksFor === null ? calls.find(({ value }) => value.asksFor === stage.value.id) : stage;
  const caller = calls.find(({ value }) => value.id === colleague?.value.asksFor);
  return caller && colleague ? { caller, colleague } : null;
}

/** Can this call be sent to somebody else now? */
export function canTransfer(call: Call): boolean {
  return (call.line === "talking" || call.line === "held") && call.asksFor === null && (call.transfer === null || call.transfer.stage === "failed");
}

/** Is there a call that waits beside this one, so that all three may hear each other? */
export function canJoin(calls: State["calls"], stage: At<Call>): boolean {
  return stage.value.line === "talking" && !stage.value.conference && stage.value.asksFor === null && heldBeside(calls, stage).length === 1;
}

/** The place to which this call was, or is being, parked; null: it goes elsewhere, or nowhere. */
export function parkedAt(call: Call): number | null {
  const place = /^\*68(\d\d)$/u.exec(call.transfer?.to.number ?? "")?.[1];
  return place === undefined ? null : Number(place);
}

/** As whom the server sends calls on that were parked. */
export const PARKING = "*68";

/** The oldest call that rings here. */
export function incomingCall(calls: State["calls"]): At<Call> | null {
  return calls.find(RINGING_HERE) ?? null;
}

/** Keys 0–9 * # go to this call as tones. */
export function takesDigits(call: Call): boolean {
  return call.line === "talking" || call.line === "earlyMedia";
}
