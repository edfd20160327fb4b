// Rights as a server keeps them, for the scripted engine.
import type { Department, OwnRights, PutRights, RightsCard, Switches } from "./generated";

/** What everybody has until an administrator says otherwise. */
export const USUAL: Switches = {
  presence: true, calls: true, showMyCalls: true, operations: false, parking: false, ivr: false, intercom: false, monitoring: false, recording: "off", pressRecord: false,
};

export const CARE: Department = { id: "care", name: "Customer Care" };
export const SALES: Department = { id: "sales", name: "المبيعات" };

/** Of somebody who takes and makes calls. */
export const OWN_RIGHTS: OwnRights = { department: CARE, watches: [], role: "user", monitors: false, livePanel: false, administers: "nobody", switches: USUAL };

/** Of somebody who administers the own department. */
export const ADMINISTRATOR: OwnRights = { ...OWN_RIGHTS, role: "departmentAdministrator", livePanel: true, administers: "departments" };

export class FakeRights {
  departments: Department[] = [CARE, SALES];
  #cards = new Map<string, RightsCard>();

  card(user: string): RightsCard {
    return this.#cards.get(user) ?? { department: CARE.id, watches: [], role: "user", switches: USUAL, version: 0, gives: ["user", "receptionist", "departmentAdministrator"] };
  }

  /** Somebody else changes them, or a test says how they stand. */
  set(user: string, more: Partial<RightsCard>): void {
    const before = this.card(user);
    this.#cards.set(user, { ...before, version: before.version + 1, ...more });
  }

  /** Null: somebody was faster. */
  put({ user, card }: PutRights): RightsCard | null {
    const before = this.card(user);
    if (before.version !== card.version) return null;
    const next = { ...card, version: card.version + 1 };
    this.#cards.set(user, next);
    return next;
  }
}
