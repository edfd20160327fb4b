/** On macOS the command key takes the place of Ctrl. */
export const isMac = /Mac/.test(globalThis.navigator?.platform ?? "");

/** How a shortcut is written on a key cap. Never translated: it stands so on the keyboard. */
export function shortcut(key: string): string {
  return isMac ? `⌘${key}` : `Ctrl ${key}`;
}
