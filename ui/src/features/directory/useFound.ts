// Whom a search finds: Rust folds, the window only shows. What stands there stays until the newer answer comes.
import { useEffect, useState } from "react";
import { useEngine } from "../../state/Engine";
import type { Users } from "./useDirectory";

/** Ids that were found; null: nothing is searched for. */
export function useFound(text: string, users: Users | null): ReadonlySet<string> | null {
  const { backend, run } = useEngine();
  const [found, setFound] = useState<ReadonlySet<string> | null>(null);
  const wanted = text.trim();
  useEffect(() => {
    if (wanted === "") {
      setFound(null);
      return undefined;
    }
    let current = true;
    run(backend.directorySearch({ text: wanted }).then((ids) => { if (current) setFound(new Set(ids)); }));
    return () => { current = false; };
    // Names and descriptions change under a search as well.
  }, [backend, run, wanted, users]);
  return wanted === "" ? null : found;
}
