// Snapshot first, then events, without a gap: listening begins before the snapshot is asked for.
import type { Backend } from "./backend";
import type { Snapshot, UiEvent } from "./generated";

export interface Followed {
  backend: Backend;
  snapshot: Snapshot;
  /** Hands over what came since the snapshot and everything after; one listener at a time. */
  follow(listener: (event: UiEvent) => void): () => void;
}

export async function follow(backend: Backend): Promise<Followed> {
  let waiting: UiEvent[] = [];
  let listener: ((event: UiEvent) => void) | null = null;
  await backend.subscribe((event) => {
    if (listener) listener(event);
    else if (event.kind !== "levels") waiting.push(event);
  });
  const snapshot = await backend.snapshot();
  return {
    backend,
    snapshot,
    follow(next) {
      listener = next;
      const late = waiting;
      waiting = [];
      late.forEach(next);
      return () => {
        if (listener === next) listener = null;
      };
    },
  };
}
