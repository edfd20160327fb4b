// What users are called and what their cells say.
import type { DirectoryUser, OwnRights, Role, StatusChoice } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import type { PresenceState } from "../../kit/Presence";
import { SHAPES, useStatusWord } from "../status/words";

/** From the least to the most. */
export const ROLES = ["user", "receptionist", "departmentAdministrator", "manager", "owner", "systemAdministrator", "systemOwner"] as const satisfies readonly Role[];

/** Does this person administer anybody? The server judges each request again. */
export function administersSomebody(rights: OwnRights | null): boolean {
  return rights !== null && rights.administers !== "nobody";
}

export type StatusSaid = Pick<DirectoryUser, "kind" | "statusNames">;

/** The word of a status without anybody's own words: those are the description. */
export function useStatusName(): (status: StatusSaid) => string {
  const { t } = useWords();
  const wordOf = useStatusWord();
  return ({ kind, statusNames }) => (kind === "other" && !statusNames ? t("directory-status-other") : wordOf({ kind, names: statusNames, text: "" }));
}

/** Nothing reaches them: no status of the team, so it has an id of its own. */
export const OFFLINE = "offline";

export interface StatusToChoose {
  id: string;
  shape: PresenceState;
  text: string;
  /** Has words of its own. */
  other: boolean;
}

/** What somebody's status can be: those of the team, and offline before one's own words. */
export function useStatusesToChoose(): (choices: readonly StatusChoice[]) => readonly StatusToChoose[] {
  const { t } = useWords();
  const nameOf = useStatusName();
  return (choices) => {
    const all = choices.map(({ id, kind, names }): StatusToChoose => ({ id, shape: SHAPES[kind], text: nameOf({ kind, ...(names ? { statusNames: names } : {}) }), other: kind === "other" }));
    return [...all.filter(({ other }) => !other), { id: OFFLINE, shape: "offline", text: t("presence-offline"), other: false }, ...all.filter(({ other }) => other)];
  };
}
