// What stands in the card of a user, what of it was changed, and what two people have changed at once.
import type { AgentCard, EditUser, NewUser, RightsCard, UserCard } from "../../backend/generated";

/** What can be typed. What is secret is never read: it is empty until somebody writes another one. */
export interface Draft extends Pick<UserCard, "extension" | "name" | "email" | "role" | "department" | "active" | "agent" | "acl" | "useVoicemail"> {
  password: string;
  /** Null: as it is. Empty: none any more. */
  pin: string | null;
}

/** As the server has them for everybody. */
export const USUAL_AGENT: AgentCard = { isAgent: false, callTimeout: 15, wrapUp: 10, maxNoAnswer: 3, busyDelay: 15, rejectDelay: 15, noAnswerDelay: 10, skills: [] };

export function draftOf({ extension, name, email, role, department, active, agent, acl, useVoicemail }: UserCard): Draft {
  return { extension, name, email, role, department, active, agent, acl, useVoicemail, password: "", pin: null };
}

export function newDraft(department: string): Draft {
  return { extension: "", name: "", email: "", role: "user", department, active: true, agent: USUAL_AGENT, acl: [], useVoicemail: false, password: "", pin: null };
}

/** Parts of a card of which each can be decided by itself. */
export const PARTS = ["name", "email", "role", "department", "active", "acl", "useVoicemail", "isAgent", "callTimeout", "wrapUp", "maxNoAnswer", "busyDelay", "rejectDelay", "noAnswerDelay", "skills"] as const;
export type Part = (typeof PARTS)[number];
export type Side = "mine" | "theirs";
type Parts = Pick<Draft, "name" | "email" | "role" | "department" | "active" | "acl" | "useVoicemail" | "agent">;

const OF_AGENT: ReadonlySet<Part> = new Set(["isAgent", "callTimeout", "wrapUp", "maxNoAnswer", "busyDelay", "rejectDelay", "noAnswerDelay", "skills"]);

export function partOf(parts: Parts, part: Part): unknown {
  return OF_AGENT.has(part) ? parts.agent[part as keyof AgentCard] : parts[part as keyof Parts];
}

function differs(a: Parts, b: Parts, part: Part): boolean {
  return JSON.stringify(partOf(a, part)) !== JSON.stringify(partOf(b, part));
}

/** A card as it was read, with the rights that say where somebody belongs: two documents with a version each. */
export interface Kept {
  card: UserCard;
  rights: RightsCard;
}

/** What goes to the server: nothing that is as it was. Role and department go with the rights. */
export function changesOf(card: UserCard, draft: Draft): Omit<EditUser, "id" | "version"> {
  const changed = (part: keyof Parts) => JSON.stringify(card[part]) !== JSON.stringify(draft[part]);
  return {
    ...(changed("name") ? { name: draft.name.trim() } : {}),
    ...(changed("email") ? { email: draft.email.trim() } : {}),
    ...(changed("active") ? { active: draft.active } : {}),
    ...(changed("agent") ? { agent: draft.agent } : {}),
    ...(changed("acl") ? { acl: draft.acl } : {}),
    ...(changed("useVoicemail") ? { useVoicemail: draft.useVoicemail } : {}),
    ...(draft.password ? { password: draft.password } : {}),
    ...(draft.pin === null ? {} : { pin: draft.pin }),
  };
}

/** The rights with another role or department; null: they stay. */
export function movedOf({ rights }: Kept, { role, department }: Draft): RightsCard | null {
  return rights.role === role && rights.department === department ? null : { ...rights, role, department };
}

export function isChanged(kept: Kept | null, draft: Draft, empty: Draft): boolean {
  return kept ? Object.keys(changesOf(kept.card, draft)).length > 0 || movedOf(kept, draft) !== null : JSON.stringify(draft) !== JSON.stringify(empty);
}

export function newUserOf({ extension, name, email, password, role, department, agent, acl, pin, useVoicemail }: Draft): NewUser {
  return { extension: extension.trim(), name: name.trim(), email: email.trim(), password, role, department, agent, acl, pin: pin ?? "", useVoicemail };
}

/** Parts that somebody else has changed meanwhile and that would not be as they want them. */
export function disputed(base: UserCard, draft: Draft, theirs: UserCard): Part[] {
  return PARTS.filter((part) => differs(base, theirs, part) && differs(draft, theirs, part));
}

/** Whose change is meant unless somebody says otherwise: what only they have touched is theirs. */
export function usualSide(base: UserCard, draft: Draft, part: Part): Side {
  return differs(base, draft, part) ? "mine" : "theirs";
}

/** Mine on top of theirs: a disputed part is whose side was taken, each other part is whoever has changed it. */
export function mergedDraft(base: UserCard, draft: Draft, theirs: UserCard, sideOf: (part: Part) => Side): Draft {
  const decided = disputed(base, draft, theirs);
  const merged: Draft = { ...draftOf(theirs), password: draft.password, pin: draft.pin };
  for (const part of PARTS) {
    const mine = decided.includes(part) ? sideOf(part) === "mine" : differs(base, draft, part);
    if (!mine) continue;
    if (OF_AGENT.has(part)) merged.agent = { ...merged.agent, [part]: partOf(draft, part) };
    else Object.assign(merged, { [part]: partOf(draft, part) });
  }
  return merged;
}
