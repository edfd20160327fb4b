// One derived word for the person at this phone (DECISIONS 10): from registration and line, never chosen here.
import type { PresenceState } from "../kit/Presence";
import { useEngine } from "../state/Engine";

export interface Presence {
  state: PresenceState;
  word: "presence-available" | "presence-on-call" | "presence-ringing" | "presence-offline";
}

export function usePresence(): Presence {
  const { state } = useEngine();
  if (state.calls.some(({ value }) => value.line !== "ringingHere")) return { state: "onCall", word: "presence-on-call" };
  if (state.system.value.webPhone.level !== "ok") return { state: "offline", word: "presence-offline" };
  if (state.calls.length > 0) return { state: "ringing", word: "presence-ringing" };
  return { state: "available", word: "presence-available" };
}
