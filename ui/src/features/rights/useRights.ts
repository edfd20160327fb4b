// The rights of one person, with the departments that there are to choose from. Asked for when they are opened, and kept nowhere.
import { useEffect, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { Department, IpcError, RightsCard } from "../../backend/generated";
import { useEngine } from "../../state/Engine";

export type Read = { kind: "loading" } | { kind: "failed"; error: IpcError } | { kind: "there"; card: RightsCard; departments: readonly Department[] };

export function useRights(user: string): { read: Read; again(): void } {
  const { backend } = useEngine();
  const [read, setRead] = useState<Read>({ kind: "loading" });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    setRead({ kind: "loading" });
    Promise.all([backend.rightsGet({ user }), backend.departments()]).then(
      ([card, departments]) => { if (current) setRead({ kind: "there", card, departments }); },
      (thrown: unknown) => { if (current) setRead({ kind: "failed", error: asIpcError(thrown) }); },
    );
    return () => { current = false; };
  }, [backend, user, attempt]);
  return { read, again: () => setAttempt((count) => count + 1) };
}
