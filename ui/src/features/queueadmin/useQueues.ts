// The queues as the server keeps them. Read when the page opens and after each change; kept nowhere.
import { useCallback, useEffect, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { IpcError, ManagedQueue } from "../../backend/generated";
import { useEngine } from "../../state/Engine";

type Read = { kind: "loading" } | { kind: "failed"; error: IpcError } | { kind: "there"; queues: readonly ManagedQueue[] };

interface Queues {
  read: Read;
  again(): void;
  /** The server has said how one stands now. */
  put(queue: ManagedQueue): void;
}

export function useQueues(): Queues {
  const { backend } = useEngine();
  const [read, setRead] = useState<Read>({ kind: "loading" });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    backend.queuesGet().then(
      (queues) => { if (current) setRead({ kind: "there", queues }); },
      (thrown: unknown) => { if (current) setRead({ kind: "failed", error: asIpcError(thrown) }); },
    );
    return () => { current = false; };
  }, [backend, attempt]);
  const again = useCallback(() => setAttempt((count) => count + 1), []);
  const put = useCallback((queue: ManagedQueue) => {
    setRead((now) => (now.kind === "there" ? { kind: "there", queues: [...now.queues.filter(({ id }) => id !== queue.id), queue].toSorted((a, b) => a.setup.extension.localeCompare(b.setup.extension, "en", { numeric: true })) } : now));
  }, []);
  return { read, again, put };
}
