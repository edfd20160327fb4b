// How a call ended, in words.
import type { EndReason } from "../backend/generated";
import type { Translate } from "./catalogue";

/** A short word for a list. */
export function endWord(t: Translate, reason: EndReason): string {
  return t(`end-short-${reason}`);
}

/** Whether this agent missed the call: red, counted, to be called back. */
export function isMissed(reason: EndReason): boolean {
  return reason === "missed";
}
