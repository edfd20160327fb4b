// The job that is there, a page of its rows, and what becomes of them.
import { useEffect, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { Bulk, BulkRow, IpcError } from "../../backend/generated";
import { useEngine } from "../../state/Engine";

/** Rows of one page; a range has no more than fit into the larger one. */
export const PAGE = 100;
export const WHOLE_RANGE = 1000;

/** The rows of a job from `offset`; those with a fault only when `faults`. Rows that change are told and stand here at once. */
export function useRows(bulk: Bulk, offset: number, limit: number, faults: boolean): { rows: readonly BulkRow[] | null; error: IpcError | null } {
  const { backend, bulk: feed } = useEngine();
  const [rows, setRows] = useState<readonly BulkRow[] | null>(null);
  const [error, setError] = useState<IpcError | null>(null);
  useEffect(() => {
    let current = true;
    const early = new Map<number, BulkRow>();
    const over = (all: readonly BulkRow[], changed: ReadonlyMap<number, BulkRow>) => all.map((row) => changed.get(row.at) ?? row);
    const leave = feed.subscribe((news) => {
      if (news.bulk.job !== bulk.job) return;
      const changed = new Map(news.changed.map((row) => [row.at, row]));
      for (const [at, row] of changed) early.set(at, row);
      setRows((now) => now && over(now, changed));
    });
    backend.bulkRows({ job: bulk.job, offset, limit, faults }).then(
      (all) => { if (current) { setError(null); setRows(over(all, early)); } },
      (thrown: unknown) => { if (current) setError(asIpcError(thrown)); },
    );
    return () => {
      current = false;
      leave();
    };
  }, [backend, feed, bulk.job, offset, limit, faults]);
  return { rows, error };
}

/** The job that is there when the dialog opens, followed from then on; undefined: not known yet. A plan that nobody has begun is no job. */
export function useBulk(): { bulk: Bulk | null | undefined; setBulk(bulk: Bulk | null): void } {
  const { backend, bulk: feed } = useEngine();
  const [bulk, setBulk] = useState<Bulk | null | undefined>(undefined);
  useEffect(() => {
    let current = true;
    const leave = feed.subscribe((news) => setBulk((now) => (now?.job === news.bulk.job ? news.bulk : now)));
    backend.bulkGet().then(
      (there) => { if (current) setBulk((now) => now ?? (there && there.phase !== "ready" ? there : null)); },
      () => { if (current) setBulk((now) => now ?? null); },
    );
    return () => {
      current = false;
      leave();
    };
  }, [backend, feed]);
  return { bulk, setBulk };
}
