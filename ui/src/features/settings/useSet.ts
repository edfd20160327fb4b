import type { Settings } from "../../backend/generated";
import { useEngine } from "../../state/Engine";

/** Changes some of the preferences; they count once an event says so. */
export function useSet(): (change: Partial<Settings>) => void {
  const { state, backend, run } = useEngine();
  return (change) => run(backend.setSettings({ ...state.settings, ...change }));
}
