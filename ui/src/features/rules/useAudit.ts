// What was done, newest first, page by page.
import { useCallback, useEffect, useRef, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { AuditEntry, IpcError } from "../../backend/generated";
import { useEngine } from "../../state/Engine";

export type Read = { kind: "loading" } | { kind: "failed"; error: IpcError } | { kind: "there"; entries: readonly AuditEntry[]; next: string | null; more: "no" | "asked" | "failed" };

export function useAudit(area: string | null): { read: Read; again(): void; older(): void } {
  const { backend } = useEngine();
  const [read, setRead] = useState<Read>({ kind: "loading" });
  const [attempt, setAttempt] = useState(0);
  const running = useRef(0);
  useEffect(() => {
    const mine = ++running.current;
    setRead({ kind: "loading" });
    backend.auditGet({ before: null, area }).then(
      ({ entries, next }) => { if (mine === running.current) setRead({ kind: "there", entries, next, more: "no" }); },
      (thrown: unknown) => { if (mine === running.current) setRead({ kind: "failed", error: asIpcError(thrown) }); },
    );
  }, [backend, area, attempt]);
  const older = () => {
    if (read.kind !== "there" || read.next === null || read.more === "asked") return;
    const mine = running.current;
    setRead({ ...read, more: "asked" });
    backend.auditGet({ before: read.next, area }).then(
      ({ entries, next }) => { if (mine === running.current) setRead({ kind: "there", entries: [...read.entries, ...entries], next, more: "no" }); },
      () => { if (mine === running.current) setRead({ ...read, more: "failed" }); },
    );
  };
  return { read, older, again: useCallback(() => setAttempt((count) => count + 1), []) };
}
