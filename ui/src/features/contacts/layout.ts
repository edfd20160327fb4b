// Where the lines of a long list stand: all rows are of one height, and so are the letters between them, so nothing is measured.
import type { LetterCount } from "../../backend/generated";

export const ROW = 48;
export const LETTER = 27;

/** Lines under one letter. */
export interface Group {
  letter: string;
  /** First line, and how many. */
  from: number;
  count: number;
  /** Where its letter stands, in pixels. */
  top: number;
}

export interface Layout {
  groups: readonly Group[];
  total: number;
  height: number;
}

/** A list with letters; without any (a search) one row follows the other. */
export function layoutOf(total: number, letters: readonly LetterCount[]): Layout {
  const groups: Group[] = [];
  let [from, top] = [0, 0];
  for (const { letter, count } of letters) {
    groups.push({ letter, from, count, top });
    from += count;
    top += LETTER + count * ROW;
  }
  return groups.length > 0 && from === total ? { groups, total, height: top } : { groups: [], total, height: total * ROW };
}

/** Where a line stands. */
export function topOf({ groups }: Layout, at: number): number {
  const group = groups.find(({ from, count }) => at < from + count);
  return group ? group.top + LETTER + (at - group.from) * ROW : at * ROW;
}

/** The line at a place in the list; the first one below it, when a letter stands there. */
export function lineAt({ groups, total }: Layout, place: number): number {
  const last = Math.max(0, total - 1);
  const group = groups.findLast(({ top }) => top <= place);
  if (!group) return Math.min(last, Math.max(0, Math.floor(place / ROW)));
  const inside = Math.max(0, Math.floor((place - group.top - LETTER) / ROW));
  return Math.min(last, group.from + Math.min(inside, group.count - 1));
}
