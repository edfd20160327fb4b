// News of the live panel. They come up to four times a second: whoever shows it listens here, and the rest of the window is not drawn again.
import type { Panel } from "../backend/generated";

export interface PanelFeed {
  push(panel: Panel): void;
  subscribe(listener: (panel: Panel) => void): () => void;
}

export function panelFeed(): PanelFeed {
  const listeners = new Set<(panel: Panel) => void>();
  return {
    push(panel) {
      for (const listener of listeners) listener(panel);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
