// Words and shapes of the statuses (design 4).
import type { StatusKind } from "../../backend/generated";
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
