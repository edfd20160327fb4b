// What is in the own voice box, newest first.
import { useCallback, useEffect, useRef, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { IpcError, VoiceMessage } from "../../backend/generated";
import { useEngine } from "../../state/Engine";

export type Read = { kind: "loading" } | { kind: "failed"; error: IpcError } | { kind: "there"; messages: readonly VoiceMessage[] };

/** Asks again when Rust says that the box is otherwise; what is shown stays meanwhile. */
export function useVoicemail(): { read: Read; again(): void; forget(id: string): void } {
  const { backend, state } = useEngine();
  const [read, setRead] = useState<Read>({ kind: "loading" });
  const [attempt, setAttempt] = useState(0);
  const running = useRef(0);
  useEffect(() => {
    const mine = ++running.current;
    backend.voicemail().then(
      ({ messages }) => { if (mine === running.current) setRead({ kind: "there", messages }); },
      (thrown: unknown) => { if (mine === running.current) setRead({ kind: "failed", error: asIpcError(thrown) }); },
    );
  }, [backend, attempt, state.voicemailVersion]);
  const again = useCallback(() => { setRead({ kind: "loading" }); setAttempt((count) => count + 1); }, []);
  const forget = useCallback((id: string) => setRead((now) => (now.kind === "there" ? { ...now, messages: now.messages.filter((one) => one.id !== id) } : now)), []);
  return { read, again, forget };
}
