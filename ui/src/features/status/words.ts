// Words and shapes of the statuses (design 4).
import type { StatusKind, StatusNames } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import type { PresenceState } from "../../kit/Presence";

export const WORDS = {
  available: "presence-available", break: "presence-break", doNotDisturb: "presence-do-not-disturb", meeting: "presence-meeting", other: "status-other", offline: "presence-offline",
} as const satisfies Record<StatusKind, string>;

export const SHAPES: Record<StatusKind, PresenceState> = {
  available: "available", break: "break", doNotDisturb: "doNotDisturb", meeting: "meeting", other: "other", offline: "offline",
};

/** What each keeps away, in a line; own words speak for themselves. */
export const NOTES = {
  available: "status-note-available", break: "status-note-break", doNotDisturb: "status-note-do-not-disturb", meeting: "status-note-meeting",
} as const satisfies Partial<Record<StatusKind, string>>;

interface Named {
  kind: StatusKind;
  names?: StatusNames | undefined;
  /** Own words. */
  text: string;
}

/** The word of a status: own words, what whoever made it calls it, or the words of its kind. Isolate it. */
export function useStatusWord(): (status: Named) => string {
  const { t, language } = useWords();
  return ({ kind, names, text }) => (kind === "other" && text) || names?.[language] || t(WORDS[kind]);
}
