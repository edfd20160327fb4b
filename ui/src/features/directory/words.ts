// What users are called and what their cells say.
import type { OwnRights, Role } from "../../backend/generated";

/** From the least to the most. */
export const ROLES = ["user", "receptionist", "departmentAdministrator", "manager", "owner", "systemAdministrator", "systemOwner"] as const satisfies readonly Role[];

/** Does this person administer anybody? The server judges each request again. */
export function administersSomebody(rights: OwnRights | null): boolean {
  return rights !== null && rights.administers !== "nobody";
}
