/** On macOS the command key takes the place of Ctrl. */
export const isMac = /Mac/.test(globalThis.navigator?.platform ?? "");

/** The key caps of a shortcut, in the order in which they are pressed. Never translated: they stand so on the keyboard. */
export function shortcut(key: string): readonly string[] {
  return [isMac ? "⌘" : "Ctrl", key];
}
