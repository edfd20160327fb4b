// Statuses that can be chosen for somebody else.
import type { SeenStatus, StatusChoice } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import type { PresenceState } from "../../kit/Presence";
import { SHAPES, useStatusWord } from "./words";

export type StatusSaid = Pick<SeenStatus, "kind" | "names">;

/** The word of a status without anybody's own words: those are the description. */
export function useStatusName(): (status: StatusSaid) => string {
  const { t } = useWords();
  const wordOf = useStatusWord();
  return ({ kind, names }) => (kind === "other" && !names ? t("directory-status-other") : wordOf({ kind, names, text: "" }));
}

/** Nothing reaches them. Nobody chooses it, but it is what somebody's status can be. */
export const OFFLINE = "offline";

export interface StatusToChoose {
  id: string;
  shape: PresenceState;
  text: string;
  /** Has words of its own. */
  other: boolean;
}

/** What can be chosen for somebody. */
export function useStatusesToChoose(): (choices: readonly StatusChoice[]) => readonly StatusToChoose[] {
  const nameOf = useStatusName();
  return (choices) => choices.map(({ id, kind, names }): StatusToChoose => ({ id, shape: SHAPES[kind], text: nameOf({ kind, ...(names ? { names } : {}) }), other: kind === "other" }));
}
