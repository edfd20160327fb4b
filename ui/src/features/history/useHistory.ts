import { useCallback, useEffect, useRef, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { HistoryFilter, HistoryRow, IpcError } from "../../backend/generated";
import { useEngine } from "../../state/Engine";

export type Rows =
  | { kind: "loading" }
  | { kind: "failed"; error: IpcError }
  | { kind: "there"; rows: readonly HistoryRow[]; more: boolean };

export const ALL: HistoryFilter = { kind: "all", sinceMs: null, text: "", numbers: [] };
export const MISSED: HistoryFilter = { ...ALL, kind: "missed" };

/** Pages of the history, newest first. Asks again when Rust says that it changed; `null` asks for nothing. Give the same object while the question is the same. */
export function useHistory(wanted: HistoryFilter | null, pageSize: number): { rows: Rows; loadMore(): void; again(): void } {
  const { backend, state } = useEngine();
  const [rows, setRows] = useState<Rows>({ kind: "loading" });
  const [attempt, setAttempt] = useState(0);
  const next = useRef<number | null>(null);
  const running = useRef(0);

  useEffect(() => {
    const mine = ++running.current;
    if (wanted === null) return;
    backend.history({ before: null, limit: pageSize, filter: wanted }).then(
      (page) => {
        if (mine !== running.current) return;
        next.current = page.nextBefore;
        setRows({ kind: "there", rows: page.rows, more: page.nextBefore !== null });
      },
      (thrown: unknown) => {
        if (mine === running.current) setRows({ kind: "failed", error: asIpcError(thrown) });
      },
    );
  }, [backend, wanted, pageSize, state.historyVersion, attempt]);

  const loadMore = useCallback(() => {
    const before = next.current;
    if (before === null || wanted === null) return;
    next.current = null;
    const mine = running.current;
    backend.history({ before, limit: pageSize, filter: wanted }).then(
      (page) => {
        if (mine !== running.current) return;
        next.current = page.nextBefore;
        setRows((now) => (now.kind === "there" ? { kind: "there", rows: [...now.rows, ...page.rows], more: page.nextBefore !== null } : now));
      },
      (thrown: unknown) => {
        if (mine === running.current) setRows({ kind: "failed", error: asIpcError(thrown) });
      },
    );
  }, [backend, wanted, pageSize]);

  return { rows, loadMore, again: () => { setRows({ kind: "loading" }); setAttempt((count) => count + 1); } };
}
