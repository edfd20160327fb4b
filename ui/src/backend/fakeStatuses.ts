// Statuses as a server keeps them, for the scripted engine.
import type { ManagedStatus, NewStatus, StatusKind, StatusOrder } from "./generated";

const NOTHING = { queue: false, internal: false, external: false };
const QUEUES = { queue: true, internal: false, external: false };
const EVERYTHING = { queue: true, internal: true, external: true };

const builtIn = (id: string, kind: StatusKind, blocks: ManagedStatus["blocks"], people = 0): ManagedStatus => ({
  id, kind, blocks, blocksFixed: kind === "available" || kind === "doNotDisturb", builtIn: true, retired: false, people, version: 1,
});

export class FakeStatuses {
  #all: ManagedStatus[] = [
    builtIn("available", "available", NOTHING, 5), builtIn("break", "break", QUEUES, 1), builtIn("dnd", "doNotDisturb", EVERYTHING), builtIn("meeting", "meeting", QUEUES),
    { id: "training", kind: "meeting", names: { en: "Training", ar: "تدريب" }, blocks: { queue: true, internal: false, external: true }, blocksFixed: false, builtIn: false, retired: false, people: 2, version: 3 },
    builtIn("other", "other", QUEUES),
    { id: "prayer", kind: "break", names: { en: "Prayer", ar: "صلاة" }, blocks: QUEUES, blocksFixed: false, builtIn: false, retired: true, people: 0, version: 2 },
  ];

  all(): ManagedStatus[] {
    return [...this.#all];
  }

  /** Somebody else changes it. */
  change(id: string, more: Partial<ManagedStatus>): void {
    this.#all = this.#all.map((status) => (status.id === id ? { ...status, ...more, version: status.version + 1 } : status));
  }

  add(wish: NewStatus): ManagedStatus {
    const status: ManagedStatus = { id: `new-${this.#all.length}`, ...wish, blocksFixed: false, builtIn: false, retired: false, people: 0, version: 1 };
    this.#all = [...this.#all, status];
    return status;
  }

  /** Null: somebody was faster. */
  edit(wish: ManagedStatus): ManagedStatus | null {
    if (this.#all.find(({ id }) => id === wish.id)?.version !== wish.version) return null;
    const kept = { ...wish, version: wish.version + 1 };
    this.#all = this.#all.map((status) => (status.id === wish.id ? kept : status));
    return kept;
  }

  /** Null: these are not all. */
  order({ ids }: StatusOrder): ManagedStatus[] | null {
    const chosen = this.#all.filter(({ retired }) => !retired);
    if (ids.length !== chosen.length || chosen.some(({ id }) => !ids.includes(id))) return null;
    this.#all = [...chosen.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)), ...this.#all.filter(({ retired }) => retired)];
    return this.all();
  }
}
