// The card of a user with where they belong, and the departments that there are to choose from. Asked for when it is opened, and kept nowhere.
import { useCallback, useEffect, useState } from "react";
import { asIpcError, type Backend } from "../../backend/backend";
import type { Department, IpcError } from "../../backend/generated";
import { useEngine } from "../../state/Engine";
import type { Kept } from "./draft";

/** `kept: null`: of somebody new. */
export type CardRead = { kind: "loading" } | { kind: "failed"; error: IpcError } | { kind: "there"; kept: Kept | null; departments: readonly Department[] };

export async function readKept(backend: Backend, user: string): Promise<Kept> {
  const [card, rights] = await Promise.all([backend.userGet({ id: user }), backend.rightsGet({ user })]);
  return { card, rights };
}

export function useCard(user: string | null): { read: CardRead; again(): void } {
  const { backend } = useEngine();
  const [read, setRead] = useState<CardRead>({ kind: "loading" });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    setRead({ kind: "loading" });
    Promise.all([user === null ? null : readKept(backend, user), backend.departments()]).then(
      ([kept, departments]) => { if (current) setRead({ kind: "there", kept, departments }); },
      (thrown: unknown) => { if (current) setRead({ kind: "failed", error: asIpcError(thrown) }); },
    );
    return () => { current = false; };
  }, [backend, user, attempt]);
  return { read, again: useCallback(() => setAttempt((count) => count + 1), []) };
}
