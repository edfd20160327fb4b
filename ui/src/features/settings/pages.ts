import type { IconName } from "../../kit/iconPaths";

export type SettingsPage = "devices" | "language" | "appearance" | "shortcuts" | "about";

export const PAGES: readonly { page: SettingsPage; icon: IconName; word: "settings-devices" | "settings-language" | "theme" | "settings-shortcuts" | "settings-about" }[] = [
  { page: "devices", icon: "headset", word: "settings-devices" },
  { page: "language", icon: "globe-simple", word: "settings-language" },
  { page: "appearance", icon: "circle-half", word: "theme" },
  { page: "shortcuts", icon: "keyboard", word: "settings-shortcuts" },
  { page: "about", icon: "info", word: "settings-about" },
];
