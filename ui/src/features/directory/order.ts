// In which order users stand. A change of a few among ten thousand moves those few and compares nobody else.
import type { DirectoryUser } from "../../backend/generated";

export const COLUMNS = ["extension", "name", "role", "agent", "online", "cc", "state", "status", "description"] as const;
export type Column = (typeof COLUMNS)[number];

export interface Order {
  by: Column;
  down: boolean;
}

export type Compare = (a: DirectoryUser, b: DirectoryUser) => number;

/** Words by which a column is sorted. */
export interface Sorting {
  collator: Intl.Collator;
  roles: readonly string[];
  status(user: DirectoryUser): string;
}

const CC: readonly string[] = ["in", "out", "none"];
const STATES: readonly string[] = ["idle", "busy", "unregistered"];

/** Alike in the column, they stand by extension. */
export function comparing({ by, down }: Order, sorting: Sorting): Compare {
  const { collator } = sorting;
  const column = inColumn(by, sorting);
  const turn = down ? -1 : 1;
  return (a, b) => turn * column(a, b) || collator.compare(a.extension, b.extension) || (a.id < b.id ? -1 : 1);
}

function inColumn(by: Column, { collator, roles, status }: Sorting): Compare {
  switch (by) {
    case "extension":
      return (a, b) => collator.compare(a.extension, b.extension);
    case "name":
      return (a, b) => collator.compare(a.name, b.name);
    case "role":
      return (a, b) => roles.indexOf(a.role) - roles.indexOf(b.role);
    case "agent":
      return (a, b) => Number(b.agent) - Number(a.agent);
    case "online":
      return (a, b) => Number(b.online) - Number(a.online);
    case "cc":
      return (a, b) => CC.indexOf(a.cc) - CC.indexOf(b.cc);
    case "state":
      return (a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state);
    case "status":
      return (a, b) => collator.compare(status(a), status(b));
    case "description":
      // Who says nothing stands last.
      return (a, b) => Number(a.status.text === "") - Number(b.status.text === "") || collator.compare(a.status.text, b.status.text);
  }
}

/** More changes than this at once, and everybody is sorted anew. */
const FEW = 256;

/** `users` in order, given how `before` stood: those that are the same object kept their place among each other. */
export function reordered(before: readonly DirectoryUser[], users: ReadonlyMap<string, DirectoryUser>, compare: Compare): readonly DirectoryUser[] {
  const kept = before.filter((user) => users.get(user.id) === user);
  const missing = users.size - kept.length;
  if (missing === 0) return kept.length === before.length ? before : kept;
  if (missing > FEW) return [...users.values()].sort(compare);
  const known = new Set(kept);
  for (const user of users.values()) if (!known.has(user)) kept.splice(placeFor(user, kept, compare), 0, user);
  return kept;
}

function placeFor(user: DirectoryUser, sorted: readonly DirectoryUser[], compare: Compare): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sorted[middle];
    if (other && compare(other, user) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
