// Whom a search finds: Rust folds, the window only shows. What stands there stays until the newer answer comes.
import { useEffect, useState } from "react";
import { useEngine } from "../../state/Engine";

/** Ids that were found; null: nothing is searched for. `said` is another number whenever somebody may be found by other words. */
export function useFound(text: string, said: number): ReadonlySet<string> | null {
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
  }, [backend, run, wanted, said]);
  return wanted === "" ? null : found;
}
