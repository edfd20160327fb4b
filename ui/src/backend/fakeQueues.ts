// Queues as a server keeps them, for the scripted engine.
import type { EditQueue, ManagedQueue, PutQueueMember, QueueMember, QueueMemberRef, QueueSetup } from "./generated";

const USUAL: Omit<QueueSetup, "name" | "extension"> = {
  strategy: "longestIdle", tiers: null, maxWaitS: 0, maxWaitNoAgentS: 0, overflow: { to: "hangUp" }, discardAbandonedAfterS: 60, resume: true, skipOtherCalls: true, serviceLevelS: 20, maxCallers: 100, skills: [],
};
const member = (user: string, name: string, extension: string, level: number, position: number): QueueMember => ({ user, name, extension, isAgent: true, level, position });

export class FakeQueues {
  all: ManagedQueue[] = [
    {
      id: "q-sales", version: 4, setup: { ...USUAL, name: "Sales", extension: "800", strategy: "topDown", maxWaitS: 300, overflow: { to: "voicemail", extension: "2104" }, skills: [{ skill: "العربية", level: 60 }] },
      members: [member("u-rana", "Rana Khoury", "2104", 1, 1), member("u-yousef", "يوسف قاسم", "2121", 1, 2), { ...member("u-desk", "Reception desk", "2160", 2, 1), isAgent: false }],
    },
    { id: "q-care", version: 1, setup: { ...USUAL, name: "خدمة العملاء", extension: "810", strategy: "skills", tiers: { waitS: 20, multiply: true, atOnceWithoutAgents: true }, overflow: { to: "queue", id: "q-sales" } }, members: [] },
  ];

  /** Somebody else changes it. */
  change(id: string, more: Partial<QueueSetup>): void {
    this.all = this.all.map((queue) => (queue.id === id ? { ...queue, setup: { ...queue.setup, ...more }, version: queue.version + 1 } : queue));
  }

  /** Null: another has the number. */
  add(setup: QueueSetup): ManagedQueue | null {
    if (this.all.some((queue) => queue.setup.extension === setup.extension)) return null;
    const queue: ManagedQueue = { id: `q-${this.all.length}`, setup, members: [], version: 1 };
    this.all = [...this.all, queue];
    return queue;
  }

  /** Null: somebody was faster. */
  edit({ id, version, setup }: EditQueue): ManagedQueue | null {
    if (this.all.find((queue) => queue.id === id)?.version !== version) return null;
    this.change(id, setup);
    return this.all.find((queue) => queue.id === id) ?? null;
  }

  remove(id: string): void {
    this.all = this.all.filter((queue) => queue.id !== id);
  }

  /** Null: there is no such queue. */
  serve({ queue: id, user, level, position }: PutQueueMember, named: { name: string; extension: string }): ManagedQueue | null {
    return this.#members(id, (members) => [...members.filter((one) => one.user !== user), member(user, named.name, named.extension, level, position)].toSorted((a, b) => a.level - b.level || a.position - b.position));
  }

  /** Null: there is no such queue. */
  leave({ queue: id, user }: QueueMemberRef): ManagedQueue | null {
    return this.#members(id, (members) => members.filter((one) => one.user !== user));
  }

  #members(id: string, change: (members: QueueMember[]) => QueueMember[]): ManagedQueue | null {
    this.all = this.all.map((queue) => (queue.id === id ? { ...queue, members: change(queue.members) } : queue));
    return this.all.find((queue) => queue.id === id) ?? null;
  }
}
