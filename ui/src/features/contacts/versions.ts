// Two versions of a contact, part by part.
import type { Contact } from "../../backend/generated";

export const PARTS = ["firstName", "lastName", "displayName", "company", "jobTitle", "numbers", "emails", "sipAddresses", "groups", "fields", "note", "favourite"] as const;
export type Part = (typeof PARTS)[number];
export type Side = "mine" | "theirs";

/** Parts in which they differ. */
export function differing(mine: Contact, theirs: Contact): Part[] {
  return PARTS.filter((part) => (part !== "favourite" || mine.book === "personal") && JSON.stringify(mine[part]) !== JSON.stringify(theirs[part]));
}

/** A contact of which each part comes from one of them. */
export function merged(mine: Contact, theirs: Contact, from: (part: Part) => Side): Contact {
  const theirParts = Object.fromEntries(PARTS.filter((part) => from(part) === "theirs").map((part) => [part, theirs[part]]));
  return { ...mine, ...theirParts };
}
