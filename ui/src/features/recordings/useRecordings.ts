// Recordings that may be heard, newest first, page by page.
import { useCallback, useEffect, useRef, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { IpcError, RecordedCall } from "../../backend/generated";
import { useEngine } from "../../state/Engine";

export type Read =
  | { kind: "loading" }
  | { kind: "failed"; error: IpcError }
  | { kind: "there"; recordings: readonly RecordedCall[]; next: string | null; more: "no" | "asked" | "failed" };

/** Asks again when Rust says that there are others; what is shown stays meanwhile. */
export function useRecordings(user: string | null): { read: Read; again(): void; older(): void; forget(id: string): void } {
  const { backend, state } = useEngine();
  const [read, setRead] = useState<Read>({ kind: "loading" });
  const [attempt, setAttempt] = useState(0);
  const running = useRef(0);
  useEffect(() => {
    const mine = ++running.current;
    backend.recordings({ user, before: null }).then(
      ({ recordings, next }) => { if (mine === running.current) setRead({ kind: "there", recordings, next, more: "no" }); },
      (thrown: unknown) => { if (mine === running.current) setRead({ kind: "failed", error: asIpcError(thrown) }); },
    );
  }, [backend, user, attempt, state.recordingsVersion]);
  const older = () => {
    if (read.kind !== "there" || read.next === null || read.more === "asked") return;
    const mine = running.current;
    setRead({ ...read, more: "asked" });
    backend.recordings({ user, before: read.next }).then(
      ({ recordings, next }) => { if (mine === running.current) setRead({ kind: "there", recordings: [...read.recordings, ...recordings], next, more: "no" }); },
      () => { if (mine === running.current) setRead({ ...read, more: "failed" }); },
    );
  };
  const again = useCallback(() => { setRead({ kind: "loading" }); setAttempt((count) => count + 1); }, []);
  const forget = useCallback((id: string) => setRead((now) => (now.kind === "there" ? { ...now, recordings: now.recordings.filter((one) => one.id !== id) } : now)), []);
  return { read, again, older, forget };
}
