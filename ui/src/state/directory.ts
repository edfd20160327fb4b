// Changes of the directory. Ten thousand rows have no place in React's state of the whole window: whoever shows them listens here.
import type { DirectoryUser } from "../backend/generated";

export interface DirectoryNews {
  /** As they are now; new ones too. */
  changed: readonly DirectoryUser[];
  /** Ids of those who are gone. */
  gone: readonly string[];
}

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
