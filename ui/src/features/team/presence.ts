// What this account sees of a colleague: a call before the status, and nothing at all while the server cannot be heard (design 4)
// or where their presence may not be seen (RG-05, RG-11).
import type { Colleague, OwnRights } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import type { PresenceState } from "../../kit/Presence";
import { useEngine } from "../../state/Engine";
import type { At, Team } from "../../state/state";
import { SHAPES, useStatusWord } from "../status/words";

export type Group = "needsYou" | "onCall" | "available" | "away" | "others";

export interface Seen {
  state: PresenceState;
  /** May be a person's own words: isolate it. */
  word: string;
}

export function groupOf({ call, kind, hidden }: Colleague, rights: OwnRights | null): Group {
  if (hidden) return "others";
  if (call?.ringing && rights?.switches.operations) return "needsYou";
  if (call) return "onCall";
  return kind === "available" ? "available" : "away";
}

/** Shape and word of a colleague. */
export function useSeen(): (colleague: Colleague, known: boolean) => Seen {
  const { t } = useWords();
  const wordOf = useStatusWord();
  return ({ call, kind, text, statusNames, hidden }, known) => {
    if (!known) return { state: "unknown", word: t("presence-unknown") };
    if (hidden) return { state: "unknown", word: t("team-not-shared") };
    if (call) return call.ringing ? { state: "ringing", word: t("presence-ringing") } : { state: "onCall", word: t("presence-on-call") };
    return { state: SHAPES[kind], word: wordOf({ kind, text, names: statusNames }) };
  };
}

/** A call would ring at nobody's; of somebody whose presence may not be seen, nobody knows. */
export function takesNoCall({ kind, hidden }: Colleague): boolean {
  return !hidden && (kind === "offline" || kind === "doNotDisturb");
}

/** May this person's rights be opened? The server judges it again. */
export function mayAdminister(rights: OwnRights | null, { department }: Colleague): boolean {
  if (!rights || rights.administers === "nobody") return false;
  return rights.administers === "everybody" || [rights.department, ...rights.watches].some(({ id }) => id === department);
}

/** May this person's calls be taken and sent elsewhere (RG-08)? The server judges it again. */
export function mayOperate(rights: OwnRights | null, { hidden }: Colleague): boolean {
  return (rights?.switches.operations ?? false) && !hidden;
}

/** Presence of whoever of the team has this extension; null: nobody of the team, or not to be seen. */
export function usePresenceOf(): (number: string) => Seen | null {
  const { state } = useEngine();
  const seen = useSeen();
  return (number) => {
    const colleague = colleagueWith(state.team, number);
    return colleague && state.team && !colleague.value.hidden ? seen(colleague.value, state.team.known) : null;
  };
}

function colleagueWith(team: Team | null, extension: string): At<Colleague> | undefined {
  return extension === "" ? undefined : team?.colleagues.find(({ value }) => value.extension === extension);
}
