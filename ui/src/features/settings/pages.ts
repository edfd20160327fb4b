import type { OwnRights } from "../../backend/generated";
import type { IconName } from "../../kit/iconPaths";

export type SettingsPage = "profile" | "devices" | "calls" | "notifications" | "language" | "appearance" | "shortcuts" | "statuses" | "queues" | "extensions" | "rules" | "audit" | "about";

const PAGES: readonly { page: SettingsPage; icon: IconName; word: "profile-page" | "settings-devices" | "settings-calls" | "settings-notifications" | "settings-language" | "theme" | "settings-shortcuts" | "statuses-page" | "queues-page" | "extensions-page" | "rules-page" | "audit-page" | "settings-about" }[] = [
  { page: "profile", icon: "user-circle", word: "profile-page" },
  { page: "devices", icon: "headset", word: "settings-devices" },
  { page: "calls", icon: "phone", word: "settings-calls" },
  { page: "notifications", icon: "bell-ringing", word: "settings-notifications" },
  { page: "language", icon: "globe-simple", word: "settings-language" },
  { page: "appearance", icon: "circle-half", word: "theme" },
  { page: "shortcuts", icon: "keyboard", word: "settings-shortcuts" },
  { page: "statuses", icon: "user-circle-gear", word: "statuses-page" },
  { page: "queues", icon: "phone-incoming", word: "queues-page" },
  { page: "extensions", icon: "hard-drives", word: "extensions-page" },
  { page: "rules", icon: "users-three", word: "rules-page" },
  { page: "audit", icon: "clock-counter-clockwise", word: "audit-page" },
  { page: "about", icon: "info", word: "settings-about" },
];

const FOR_WHO_ADMINISTERS_EVERYBODY: ReadonlySet<SettingsPage> = new Set(["statuses", "queues", "rules", "audit"]);

/** Those that this person has: statuses, queues, rules and the audit of the team are for who administers everybody, extensions for who administers somebody. */
export function pagesFor(rights: OwnRights | null): typeof PAGES {
  const reach = rights?.administers ?? "nobody";
  return PAGES.filter(({ page }) => (!FOR_WHO_ADMINISTERS_EVERYBODY.has(page) || reach === "everybody") && (page !== "extensions" || reach !== "nobody"));
}
