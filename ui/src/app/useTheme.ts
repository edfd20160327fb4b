import { useSyncExternalStore } from "react";
import type { Theme } from "../backend/generated";

const dark = globalThis.matchMedia("(prefers-color-scheme: dark)");

/** The theme in force: the chosen one, or the system's. */
export function useTheme(chosen: Theme): "light" | "dark" {
  const system = useSyncExternalStore(
    (changed) => {
      dark.addEventListener("change", changed);
      return () => dark.removeEventListener("change", changed);
    },
    () => (dark.matches ? "dark" : "light"),
  );
  return chosen === "system" ? system : chosen;
}
