// Phones that are registered. Asked for when the page opens, and by hand.
import { useCallback, useEffect, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { RegisteredPhone, IpcError } from "../../backend/generated";
import { useEngine } from "../../state/Engine";

export type Read = { kind: "loading" } | { kind: "failed"; error: IpcError } | { kind: "there"; devices: readonly RegisteredPhone[] };

export function useExtensions(): { read: Read; again(): void } {
  const { backend } = useEngine();
  const [read, setRead] = useState<Read>({ kind: "loading" });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    backend.extensionsGet().then(
      (devices) => { if (current) setRead({ kind: "there", devices }); },
      (thrown: unknown) => { if (current) setRead({ kind: "failed", error: asIpcError(thrown) }); },
    );
    return () => { current = false; };
  }, [backend, attempt]);
  return { read, again: useCallback(() => setAttempt((count) => count + 1), []) };
}
