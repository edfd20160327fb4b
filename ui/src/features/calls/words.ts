// What a call is doing, in words, and who it is with.
import type { Call } from "../../backend/generated";
import type { Translate } from "../../i18n/catalogue";

/** One word for the state of the line, or null when the timer says enough. */
export function lineWord(t: Translate, call: Call): string | null {
  switch (call.line) {
    case "preparing":
    case "calling":
      return t("call-calling");
    case "ringingThere":
      return t("call-ringing-there");
    case "earlyMedia":
      return t("call-early-media");
    case "answering":
      return t("call-answering");
    case "ending":
      return t("call-ending");
    case "talking":
    case "held":
    case "ringingHere":
    case "ended":
      return null;
  }
}

/** Name, else number: what a sentence about the call says. */
export function personOf(call: Call): string {
  return call.person.name || call.person.number;
}
