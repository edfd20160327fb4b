import type { IconName } from "../../kit/iconPaths";

export type SettingsPage = "profile" | "devices" | "calls" | "notifications" | "language" | "appearance" | "shortcuts" | "about";

export const PAGES: readonly { page: SettingsPage; icon: IconName; word: "profile-page" | "settings-devices" | "settings-calls" | "settings-notifications" | "settings-language" | "theme" | "settings-shortcuts" | "settings-about" }[] = [
  { page: "profile", icon: "user-circle", word: "profile-page" },
  { page: "devices", icon: "headset", word: "settings-devices" },
  { page: "calls", icon: "phone", word: "settings-calls" },
  { page: "notifications", icon: "bell-ringing", word: "settings-notifications" },
  { page: "language", icon: "globe-simple", word: "settings-language" },
  { page: "appearance", icon: "circle-half", word: "theme" },
  { page: "shortcuts", icon: "keyboard", word: "settings-shortcuts" },
  { page: "about", icon: "info", word: "settings-about" },
];
