// Changes of the directory. Ten thousand rows have no place in React's state of the whole window: whoever shows them listens here.
import type { DirectoryUser } from "../backend/generated";

export type DirectoryNews =
  | { kind: "changed"; changed: readonly DirectoryUser[]; gone: readonly string[] }
  /** What is shown may be wrong: ask again. */
  | { kind: "stale" };

export interface DirectoryFeed {
  push(news: DirectoryNews): void;
  subscribe(listener: (news: DirectoryNews) => void): () => void;
}

export function directoryFeed(): DirectoryFeed {
  const listeners = new Set<(news: DirectoryNews) => void>();
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
