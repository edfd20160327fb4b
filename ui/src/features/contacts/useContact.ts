import { useEffect, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { ContactLook, IpcError } from "../../backend/generated";
import { useEngine } from "../../state/Engine";

export type Looked = { kind: "nobody" } | { kind: "loading" } | { kind: "failed"; error: IpcError } | ({ kind: "there" } & ContactLook);

/** One contact; asked again when the book changes. Who was there before stays until the answer comes. */
export function useContact(id: string | null): { looked: Looked; again(): void } {
  const { backend, state } = useEngine();
  const [looked, setLooked] = useState<Looked>({ kind: "nobody" });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (id === null) {
      setLooked({ kind: "nobody" });
      return undefined;
    }
    let current = true;
    const answer = (next: Looked) => { if (current) setLooked(next); };
    setLooked((before) => (before.kind === "there" ? before : { kind: "loading" }));
    backend.contact({ id }).then(
      (look) => answer({ kind: "there", ...look }),
      (thrown: unknown) => answer({ kind: "failed", error: asIpcError(thrown) }),
    );
    return () => { current = false; };
  }, [backend, id, state.contactsVersion, attempt]);
  return { looked, again: () => { setLooked({ kind: "loading" }); setAttempt((count) => count + 1); } };
}
