// The words of what was done. What a newer server writes down is shown by its own name.
import type { Messages } from "../../i18n/messages";

export const ACTIONS: Readonly<Record<string, keyof Messages & `audit-${string}`>> = {
  "user.created": "audit-user-created",
  "user.changed": "audit-user-changed",
  "user.deleted": "audit-user-deleted",
  "user.sessions_ended": "audit-user-sessions-ended",
  "user.status_forced": "audit-user-status-forced",
  "rights.changed": "audit-rights-changed",
  "role.changed": "audit-role-changed",
  "department.created": "audit-department-created",
  "department.changed": "audit-department-changed",
  "department.deleted": "audit-department-deleted",
  "queue.created": "audit-queue-created",
  "queue.changed": "audit-queue-changed",
  "queue.removed": "audit-queue-removed",
  "queue.agent_put": "audit-queue-agent-put",
  "queue.agent_removed": "audit-queue-agent-removed",
  "status.created": "audit-status-created",
  "status.changed": "audit-status-changed",
  "status.ordered": "audit-status-ordered",
  "setting.changed": "audit-setting-changed",
  "caller.pulled": "audit-caller-pulled",
  "caller.sent_on": "audit-caller-sent-on",
  "call.picked_up": "audit-call-picked-up",
  "call.diverted": "audit-call-diverted",
  "call.transferred": "audit-call-transferred",
  "recording.heard": "audit-recording-heard",
  "recording.deleted": "audit-recording-deleted",
  "recording.expired": "audit-recording-expired",
  "supervision.allowed": "audit-supervision-allowed",
  "supervision.refused": "audit-supervision-refused",
  "supervision.began": "audit-supervision-began",
  "supervision.changed": "audit-supervision-changed",
  "supervision.ended": "audit-supervision-ended",
};

export const AREAS = ["user", "rights", "role", "department", "queue", "status", "setting", "supervision", "recording", "call", "caller"] as const;
