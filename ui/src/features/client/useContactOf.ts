import { useEffect, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { ContactLook, IpcError } from "../../backend/generated";
import { useEngine } from "../../state/Engine";

export type Owner = { kind: "loading" } | { kind: "failed"; error: IpcError } | { kind: "nobody" } | ({ kind: "there" } & ContactLook);

/** Whose a number is; asked again when the book changes. `null` asks for nothing. */
export function useContactOf(number: string | null): { owner: Owner; again(): void } {
  const { backend, state } = useEngine();
  const [answer, setAnswer] = useState<{ number: string | null; owner: Owner }>({ number: null, owner: { kind: "loading" } });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (number === null) return undefined;
    let current = true;
    const tell = (owner: Owner) => { if (current) setAnswer({ number, owner }); };
    backend.contactOf({ number }).then(
      (look) => tell(look === null ? { kind: "nobody" } : { kind: "there", ...look }),
      (thrown: unknown) => tell({ kind: "failed", error: asIpcError(thrown) }),
    );
    return () => { current = false; };
  }, [backend, number, state.contactsVersion, attempt]);
  // What is known of one caller never stands beside the name of the next.
  return { owner: answer.number === number ? answer.owner : { kind: "loading" }, again: () => setAttempt((count) => count + 1) };
}
