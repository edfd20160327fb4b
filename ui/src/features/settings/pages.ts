import type { OwnRights } from "../../backend/generated";
import type { IconName } from "../../kit/iconPaths";

export type SettingsPage = "profile" | "devices" | "calls" | "notifications" | "language" | "appearance" | "shortcuts" | "statuses" | "extensions" | "about";

const PAGES: readonly { page: SettingsPage; icon: IconName; word: "profile-page" | "settings-devices" | "settings-calls" | "settings-notifications" | "settings-language" | "theme" | "settings-shortcuts" | "statuses-page" | "extensions-page" | "settings-about" }[] = [
  { page: "profile", icon: "user-circle", word: "profile-page" },
  { page: "devices", icon: "headset", word: "settings-devices" },
  { page: "calls", icon: "phone", word: "settings-calls" },
  { page: "notifications", icon: "bell-ringing", word: "settings-notifications" },
  { page: "language", icon: "globe-simple", word: "settings-language" },
  { page: "appearance", icon: "circle-half", word: "theme" },
  { page: "shortcuts", icon: "keyboard", word: "settings-shortcuts" },
  { page: "statuses", icon: "user-circle-gear", word: "statuses-page" },
  { page: "extensions", icon: "hard-drives", word: "extensions-page" },
  { page: "about", icon: "info", word: "settings-about" },
];

/** Those that this person has: the statuses of the team are for who administers everybody, extensions for who administers somebody. */
export function pagesFor(rights: OwnRights | null): typeof PAGES {
  const reach = rights?.administers ?? "nobody";
  return PAGES.filter(({ page }) => (page !== "statuses" || reach === "everybody") && (page !== "extensions" || reach !== "nobody"));
}
