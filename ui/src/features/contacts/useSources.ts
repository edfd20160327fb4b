import { useEffect, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { IpcError, Source } from "../../backend/generated";
import { useEngine } from "../../state/Engine";

export type SourcesFound = { kind: "loading" } | { kind: "failed"; error: IpcError } | { kind: "there"; sources: readonly Source[] };

/** The outside address books; asked again when one of them stands differently. What stands there stays until the answer comes. */
export function useSources(): { found: SourcesFound; again(): void } {
  const { backend, state } = useEngine();
  const [found, setFound] = useState<SourcesFound>({ kind: "loading" });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    const answer = (next: SourcesFound) => { if (current) setFound(next); };
    backend.sources().then((sources) => answer({ kind: "there", sources }), (thrown: unknown) => answer({ kind: "failed", error: asIpcError(thrown) }));
    return () => { current = false; };
  }, [backend, state.sourcesVersion, attempt]);
  return { found, again: () => { setFound({ kind: "loading" }); setAttempt((count) => count + 1); } };
}
