// The card of a user, with the departments that there are to choose from. Asked for when it is opened, and kept nowhere.
import { useCallback, useEffect, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { Department, IpcError, UserCard } from "../../backend/generated";
import { useEngine } from "../../state/Engine";

/** `card: null`: of somebody new. */
export type CardRead = { kind: "loading" } | { kind: "failed"; error: IpcError } | { kind: "there"; card: UserCard | null; departments: readonly Department[] };

export function useCard(user: string | null): { read: CardRead; again(): void } {
  const { backend } = useEngine();
  const [read, setRead] = useState<CardRead>({ kind: "loading" });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    setRead({ kind: "loading" });
    Promise.all([user === null ? null : backend.userGet({ id: user }), backend.departments()]).then(
      ([card, departments]) => { if (current) setRead({ kind: "there", card, departments }); },
      (thrown: unknown) => { if (current) setRead({ kind: "failed", error: asIpcError(thrown) }); },
    );
    return () => { current = false; };
  }, [backend, user, attempt]);
  return { read, again: useCallback(() => setAttempt((count) => count + 1), []) };
}
