// Levels of both voices, twenty a second. They never pass through React's state: meters and the resonance line draw them.
import type { Levels } from "../backend/generated";

export const SILENCE_DBFS = -127;

export interface LevelFeed {
  push(levels: Levels): void;
  latest(): Levels;
  subscribe(listener: (levels: Levels) => void): () => void;
}

export function levelFeed(): LevelFeed {
  const listeners = new Set<(levels: Levels) => void>();
  let latest: Levels = { microphoneDbfs: SILENCE_DBFS, callerDbfs: SILENCE_DBFS };
  return {
    push(levels) {
      latest = levels;
      for (const listener of listeners) listener(levels);
    },
    latest: () => latest,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** 0..1 for drawing: −60 dBFS and below is nothing, 0 dBFS is full. */
export function loudness(dbfs: number): number {
  return Math.min(1, Math.max(0, (dbfs + 60) / 60));
}
