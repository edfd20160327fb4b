// What was done in the team of the fake, newest first.
import type { AuditEntry } from "./generated";

/** Entries of a page. */
export const AUDIT_PAGE = 12;

const MINUTE_MS = 60_000;
const NOW = Date.UTC(2026, 9, 4, 12, 30);

const DONE: readonly Pick<AuditEntry, "action" | "subject" | "changes">[] = [
  { action: "supervision.ended", subject: "Omar Nasser", changes: [] },
  { action: "supervision.began", subject: "Omar Nasser", changes: [{ what: "mode", before: null, after: "listen" }] },
  { action: "user.changed", subject: "Rana Khoury", changes: [{ what: "email", before: "rana@example.com", after: "rana.khoury@example.com" }, { what: "agent.wrap_up_s", before: "10", after: "30" }] },
  { action: "rights.changed", subject: "سامي بشارة", changes: [{ what: "switches.monitoring", before: "false", after: "true" }] },
  { action: "queue.agent_put", subject: "Sales", changes: [{ what: "user", before: null, after: "Layla Mansour" }] },
  { action: "user.deleted", subject: "Hussein Odeh", changes: [{ what: "name", before: "Hussein Odeh", after: null }] },
  { action: "status.ordered", subject: "", changes: [] },
  { action: "setting.changed", subject: "supervision_shown", changes: [{ what: "", before: null, after: "1" }] },
  { action: "telescope.pointed", subject: "Sirius", changes: [] },
];

export const AUDIT: readonly AuditEntry[] = Array.from({ length: 27 }, (_, n) => ({
  id: `audit-${n}`,
  atMs: NOW - n * 17 * MINUTE_MS,
  by: n % 9 === 5 ? "" : n % 2 === 0 ? "Sara Haddad" : "يوسف قاسم",
  byExtension: n % 9 === 5 ? "" : n % 2 === 0 ? "2101" : "2150",
  ...(DONE[n % DONE.length] as (typeof DONE)[number]),
}));
