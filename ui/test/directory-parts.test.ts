// The parts of the directory that only decide: in which order users stand, and what becomes of a card that two have changed.
import { describe, expect, it } from "vitest";
import { crowd, FakeDirectory, PEOPLE } from "../src/backend/fakeDirectory";
import type { DirectoryUser, UserCard } from "../src/backend/generated";
import { changesOf, disputed, draftOf, mergedDraft, usualSide } from "../src/features/directory/draft";
import { COLUMNS, comparing, type Order, reordered, type Sorting } from "../src/features/directory/order";

const SORTING: Sorting = { collator: new Intl.Collator("en-u-nu-latn", { numeric: true }), roles: ["user", "receptionist", "manager"], status: ({ status }) => status.kind };
const by = (order: Order) => comparing(order, SORTING);
const mapOf = (users: readonly DirectoryUser[]) => new Map(users.map((user) => [user.id, user]));

describe("the order of users (DR-00)", () => {
  it("is by number where extensions are numbers", () => {
    const users = ["900", "1000", "99"].map((extension) => ({ ...(PEOPLE[0] as DirectoryUser), id: extension, extension }));
    expect(users.toSorted(by({ by: "extension", down: false })).map(({ extension }) => extension)).toEqual(["99", "900", "1000"]);
  });

  it("puts those who are alike in a column by extension, whichever way it is turned", () => {
    for (const down of [false, true]) {
      const online = PEOPLE.toSorted(by({ by: "online", down })).filter((user) => user.online).map(({ extension }) => extension);
      expect(online).toEqual(online.toSorted());
    }
  });

  it("puts whoever says nothing after those who do", () => {
    expect(PEOPLE.toSorted(by({ by: "description", down: false })).findIndex(({ status }) => status.text === "")).toBe(2);
  });

  it("after a few changes is the order that sorting everybody anew would give, in every column", () => {
    const users = crowd(500);
    const changed = new Map(mapOf(users));
    for (const at of [3, 77, 401]) changed.set(`u-${at}`, { ...(users[at] as DirectoryUser), name: `Zed ${at}`, online: at === 3, status: { id: "offline", kind: "offline", text: at === 77 ? "note" : "" } });
    changed.delete("u-12");
    changed.set("u-new", { ...(users[0] as DirectoryUser), id: "u-new", extension: "10250-b", name: "Anna" });
    for (const column of COLUMNS) {
      for (const down of [false, true]) {
        const compare = by({ by: column, down });
        expect(reordered(users.toSorted(compare), changed, compare), column).toEqual([...changed.values()].toSorted(compare));
      }
    }
  });

  it("is the same list when nothing has changed, so that nothing is drawn again", () => {
    const sorted = crowd(50);
    expect(reordered(sorted, mapOf(sorted), by({ by: "extension", down: false }))).toBe(sorted);
  });
});

describe("a card that two have changed", () => {
  const base = new FakeDirectory().card("u-layla") as UserCard;
  const theirs: UserCard = { ...base, version: 2, name: "Theirs", email: "theirs@x.example", agent: { ...base.agent, wrapUp: 5 } };
  const mine = { ...draftOf(base), name: "Mine", agent: { ...base.agent, callTimeout: 40 }, password: "Secret-1234" };

  it("sends nothing that is as it was", () => {
    expect(changesOf(base, draftOf(base))).toEqual({});
    expect(changesOf(base, { ...draftOf(base), pin: "" })).toEqual({ pin: "" });
    expect(changesOf(base, { ...draftOf(base), name: " Layla " })).toEqual({ name: "Layla" });
  });

  it("asks about what they have changed and is not as they want it", () => {
    expect(disputed(base, mine, theirs)).toEqual(["name", "email", "wrapUp"]);
    expect(disputed(base, draftOf({ ...base, name: "Theirs" }), { ...base, name: "Theirs" })).toEqual([]);
    expect(["name", "email", "wrapUp"].map((part) => usualSide(base, mine, part as "name"))).toEqual(["mine", "theirs", "theirs"]);
  });

  it("keeps what only one has changed, and of the rest whose side was taken", () => {
    const merged = mergedDraft(base, mine, theirs, (part) => usualSide(base, mine, part));
    expect(changesOf(theirs, merged)).toEqual({ name: "Mine", password: "Secret-1234", agent: { ...theirs.agent, callTimeout: 40 } });
    expect(changesOf(theirs, mergedDraft(base, mine, theirs, () => "theirs"))).toEqual({ password: "Secret-1234", agent: { ...theirs.agent, callTimeout: 40 } });
    expect(changesOf(theirs, mergedDraft(base, mine, theirs, () => "mine"))).toMatchObject({ name: "Mine", email: base.email, agent: { callTimeout: 40, wrapUp: base.agent.wrapUp } });
  });
});
