// The statuses of the team as the server keeps them. Read when the page opens and whenever the choices of one's own change; kept nowhere.
import { useCallback, useEffect, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { IpcError, ManagedStatus } from "../../backend/generated";
import { useEngine } from "../../state/Engine";

export type Read = { kind: "loading" } | { kind: "failed"; error: IpcError } | { kind: "there"; statuses: readonly ManagedStatus[] };

interface Statuses {
  read: Read;
  /** A change of the order that the server refused, until the next one. */
  failed: IpcError | null;
  again(): void;
  /** Moves one that is not retired by a place, up (-1) or down (1). */
  move(id: string, by: -1 | 1): void;
}

export function useStatuses(): Statuses {
  const { backend, state } = useEngine();
  const [read, setRead] = useState<Read>({ kind: "loading" });
  const [failed, setFailed] = useState<IpcError | null>(null);
  const [attempt, setAttempt] = useState(0);
  // The server says that there are other statuses by offering others: then they are read again, without a flicker.
  const offered = JSON.stringify(state.status?.value.choices ?? []);
  useEffect(() => {
    let current = true;
    backend.statusesGet().then(
      (statuses) => { if (current) setRead({ kind: "there", statuses }); },
      (thrown: unknown) => { if (current) setRead({ kind: "failed", error: asIpcError(thrown) }); },
    );
    return () => { current = false; };
  }, [backend, attempt, offered]);
  const again = useCallback(() => { setFailed(null); setAttempt((count) => count + 1); }, []);
  const move = (id: string, by: -1 | 1) => {
    if (read.kind !== "there") return;
    const ids = read.statuses.filter(({ retired }) => !retired).map((status) => status.id);
    const at = ids.indexOf(id);
    const [one, other] = [ids[at], ids[at + by]];
    if (one === undefined || other === undefined) return;
    ids[at] = other;
    ids[at + by] = one;
    setFailed(null);
    backend.statusesOrder({ ids }).then((statuses) => setRead({ kind: "there", statuses }), (thrown: unknown) => setFailed(asIpcError(thrown)));
  };
  return { read, failed, again, move };
}
