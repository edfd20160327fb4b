// How far a job over many users is. Its rows have no place in React's state of the whole window: whoever shows them listens here.
import type { Bulk, BulkRow } from "../backend/generated";

export interface BulkNews {
  bulk: Bulk;
  /** Rows that are otherwise. */
  changed: readonly BulkRow[];
}

export interface BulkFeed {
  push(news: BulkNews): void;
  subscribe(listener: (news: BulkNews) => void): () => void;
}

export function bulkFeed(): BulkFeed {
  const listeners = new Set<(news: BulkNews) => void>();
  return {
    push(news) {
      for (const listener of listeners) listener(news);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
