// Whom a call can be sent to: colleagues with what they are doing, contacts, and whatever was typed.
import { useDeferredValue, useMemo } from "react";
import type { Colleague } from "../../backend/generated";
import { localeTag } from "../../i18n/catalogue";
import { asciiDigits } from "../../i18n/format";
import { useWords } from "../../i18n/I18n";
import { useEngine } from "../../state/Engine";
import { lineOf, useContacts } from "../contacts/useContacts";
import { type Seen, takesNoCall, useSeen } from "../team/presence";

export interface Target {
  /** Stays the same while the list changes. */
  key: string;
  kind: "typed" | "colleague" | "contact";
  number: string;
  name: string;
  /** What a colleague is doing. */
  seen: Seen | null;
  /** A call would not ring there now. It can be chosen nevertheless: presence may be a moment old. */
  blocked: boolean;
}

/** Contacts shown below the colleagues; who is looked for further down is typed. */
const MOST_CONTACTS = 30;

/** Everybody who fits what was typed, but not `caller`, who is in the call. */
export function useTargets(text: string, caller: string): readonly Target[] {
  const { state } = useEngine();
  const { language } = useWords();
  const seen = useSeen();
  const { found } = useContacts(useDeferredValue(text.trim()), text.trim() === "" ? "favourites" : "all");
  const { team } = state;
  return useMemo(() => {
    const typed = text.trim();
    const collator = new Intl.Collator(localeTag(language, "latn"), { numeric: true });
    const known = team?.known ?? false;
    const blocked = (colleague: Colleague) => known && takesNoCall(colleague);
    const colleagues = (team?.colleagues ?? [])
      .map(({ value }) => value)
      .filter((colleague) => colleague.extension !== caller && fits(colleague, typed))
      .toSorted((a, b) => rank(a, known) - rank(b, known) || collator.compare(a.name, b.name))
      .map((colleague): Target => ({ key: `team ${colleague.id}`, kind: "colleague", number: colleague.extension, name: colleague.name, seen: seen(colleague, known), blocked: blocked(colleague) }));
    const lines = found.kind === "there" ? Array.from({ length: Math.min(found.total, MOST_CONTACTS) }, (_, at) => lineOf(found, at)) : [];
    const contacts = lines
      .filter((line) => line !== undefined)
      .filter((line) => line.number !== "" && line.number !== caller && colleagues.every(({ number }) => number !== line.number))
      .map((line): Target => ({ key: `contact ${line.id}`, kind: "contact", number: line.number, name: line.name, seen: null, blocked: false }));
    const number = dialable(typed);
    const own = number !== null && ![...colleagues, ...contacts].some((other) => other.number === number);
    const asTyped: Target[] = own ? [{ key: "typed", kind: "typed", number, name: "", seen: null, blocked: false }] : [];
    return [...asTyped, ...colleagues, ...contacts];
  }, [text, caller, team, found, language, seen]);
}

/** What the agent means without choosing: a number that was typed, else the first who can take the call. */
export function meant(targets: readonly Target[]): Target | null {
  return targets.find(({ blocked }) => !blocked) ?? null;
}

/** A number, an extension or an address; null: a name that is being looked for. */
function dialable(typed: string): string | null {
  const latin = asciiDigits(typed);
  return /^[+\d*#][\d\s()./*#-]*$/u.test(latin) || /^\S+@\S+$/u.test(latin) ? latin : null;
}

function fits({ name, extension }: Colleague, typed: string): boolean {
  const latin = asciiDigits(typed).toLocaleLowerCase();
  return extension.startsWith(latin) || name.toLocaleLowerCase().includes(latin);
}

/** Who can take a call comes first. */
function rank(colleague: Colleague, known: boolean): number {
  if (!known) return 0;
  if (takesNoCall(colleague)) return 3;
  if (colleague.call) return 2;
  return colleague.kind === "available" ? 0 : 1;
}
