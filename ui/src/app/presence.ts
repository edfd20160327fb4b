// One derived word for the person at this phone (DECISIONS 10): from registration, line and the status that the server confirmed.
import { SHAPES, useStatusWord } from "../features/status/words";
import { useWords } from "../i18n/I18n";
import type { PresenceState } from "../kit/Presence";
import { useEngine } from "../state/Engine";

export interface Presence {
  state: PresenceState;
  /** As it is shown; a person's own words among others, so isolate it. */
  word: string;
  /** It is the chosen status itself that is shown, and nothing that hides it. */
  chosen: boolean;
}

export function usePresence(): Presence {
  const { state } = useEngine();
  const { t } = useWords();
  const wordOf = useStatusWord();
  const own = state.status?.value ?? null;
  if (state.calls.some(({ value }) => value.line !== "ringingHere")) return { state: "onCall", word: t("presence-on-call"), chosen: false };
  if (state.system.value.webPhone.level !== "ok") return { state: "offline", word: t("presence-offline"), chosen: false };
  if (state.calls.length > 0) return { state: "ringing", word: t("presence-ringing"), chosen: false };
  if (own === null) return { state: "available", word: t("presence-available"), chosen: false };
  if (own.markedOffline) return { state: "offline", word: t("presence-offline"), chosen: true };
  if (own.kind === "available" && state.agent?.value.state === "wrapUp") return { state: "wrapUp", word: t("queue-wrap-up"), chosen: false };
  return { state: SHAPES[own.kind], word: wordOf(own), chosen: true };
}

/** The word below the picture: while a new status is on its way it says so, and the old one still counts. */
export function usePresenceLabel(): string {
  const { state } = useEngine();
  const { t } = useWords();
  const { word } = usePresence();
  return state.status?.value.pending ? t("presence-changing") : word;
}
