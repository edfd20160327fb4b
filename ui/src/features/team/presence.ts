// What the team sees of a colleague: a call before the status, and nothing at all while the server cannot be heard (design 4).
import type { Colleague } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import type { PresenceState } from "../../kit/Presence";
import { useEngine } from "../../state/Engine";
import type { At, Team } from "../../state/state";
import { SHAPES, useStatusWord } from "../status/words";

export type Group = "onCall" | "available" | "away";

export interface Seen {
  state: PresenceState;
  /** May be a person's own words: isolate it. */
  word: string;
}

export function groupOf({ call, kind }: Colleague): Group {
  if (call) return "onCall";
  return kind === "available" ? "available" : "away";
}

/** Shape and word of a colleague. */
export function useSeen(): (colleague: Colleague, known: boolean) => Seen {
  const { t } = useWords();
  const wordOf = useStatusWord();
  return ({ call, kind, text, statusNames }, known) => {
    if (!known) return { state: "unknown", word: t("presence-unknown") };
    if (call) return call.ringing ? { state: "ringing", word: t("presence-ringing") } : { state: "onCall", word: t("presence-on-call") };
    return { state: SHAPES[kind], word: wordOf({ kind, text, names: statusNames }) };
  };
}

/** A call would ring at nobody's. */
export function takesNoCall({ kind }: Colleague): boolean {
  return kind === "offline" || kind === "doNotDisturb";
}

/** Presence of whoever of the team has this extension; null: nobody of the team. */
export function usePresenceOf(): (number: string) => Seen | null {
  const { state } = useEngine();
  const seen = useSeen();
  return (number) => {
    const colleague = colleagueWith(state.team, number);
    return colleague && state.team ? seen(colleague.value, state.team.known) : null;
  };
}

function colleagueWith(team: Team | null, extension: string): At<Colleague> | undefined {
  return extension === "" ? undefined : team?.colleagues.find(({ value }) => value.extension === extension);
}
