import { useWords } from "../i18n/I18n";
import { SaidOnly } from "../kit/Text";
import { lineWord, personOf } from "../features/calls/words";
import { whoHears } from "../features/supervision/modes";
import { incomingCall, stageCall } from "../state/calls";
import { useEngine } from "../state/Engine";

/**
 * What a screen reader says without being asked (design 9): the state of the call in front, hold and microphone politely, a second call at once.
 * The regions are always there, since one that appears with its text is often not said. Clocks are in none.
 */
export function Announcer() {
  const { state } = useEngine();
  const { t } = useWords();
  const stage = stageCall(state.calls)?.value ?? null;
  const waiting = stage && incomingCall(state.calls)?.value;
  const supervision = state.supervision?.value;
  const heard = supervision?.supervision && whoHears(t, supervision, supervision.supervision, state.muted);
  const polite = stage && (lineWord(t, stage) ?? (stage.line === "held" ? t("call-held") : stage.heldByFarEnd ? t("call-held-by-far-end") : t(state.muted ? "microphone-muted" : "microphone-live")));
  return (
    <SaidOnly>
      <span role="status">{polite}</span>
      <span role="status">{heard}</span>
      <span role="alert">{waiting && t("incoming-announce", { person: personOf(waiting) })}</span>
    </SaidOnly>
  );
}
