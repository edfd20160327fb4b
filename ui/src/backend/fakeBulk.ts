// Jobs over many users, for the scripted engine. Rules are tested in Rust; here stands what a window can meet.
import type { FakeDirectory } from "./fakeDirectory";
import { ADMINISTRATOR } from "./fakeRights";
import type { Bulk, BulkFile, BulkPage, BulkPhase, BulkPlan, BulkRange, BulkRow } from "./generated";

const NOTHING = { email: "", who: "", why: null, field: "ignore", hasPassword: false } as const;

/** A file of five users with a fault each of the kinds that are met. */
export const TABLE: BulkFile = {
  file: 1, name: "agents-november.csv", count: 5,
  options: { charset: "utf-8", separator: "semicolon", header: true },
  mapping: ["id", "name", "email", "role", "ignore"],
  header: ["Id", "Name", "E-mail", "Role", "Colour"],
  rows: [
    ["2301", "Salma Idrissi", "salma@maydan.example", "User", "red"],
    ["2104", "رنا خوري", "", "", ""],
    ["2303", "Ines Moreau", "rana@maydan.example", "Manager", "blue"],
    ["2304", "", "empty@maydan.example", "User", ""],
    ["2305", "Reem Khatib", "reem@maydan.example", "Agnet", ""],
  ],
};

const TABLE_ROWS: readonly BulkRow[] = [
  { ...NOTHING, at: 0, line: 2, extension: "2301", name: "Salma Idrissi", email: "salma@maydan.example", state: "new" },
  { ...NOTHING, at: 1, line: 3, extension: "2104", name: "رنا خوري", state: "change", who: "Rana Khoury" },
  { ...NOTHING, at: 2, line: 4, extension: "2303", name: "Ines Moreau", email: "rana@maydan.example", state: "bad", why: "emailTaken", field: "email", who: "Rana Khoury" },
  { ...NOTHING, at: 3, line: 5, extension: "2304", name: "", email: "empty@maydan.example", state: "bad", why: "badName", field: "name" },
  { ...NOTHING, at: 4, line: 6, extension: "2305", name: "Reem Khatib", email: "reem@maydan.example", state: "bad", why: "noRole", field: "role" },
];

export class FakeBulk {
  job: Bulk | null = null;
  rows: BulkRow[] = [];
  file: BulkFile = TABLE;
  /** A started job waits for `advance`. */
  waits = false;
  #last = 0;

  range({ first, last, name, email }: BulkRange, directory: FakeDirectory): Bulk | null {
    const [from, to] = [Number(first), Number(last)];
    if (!Number.isInteger(from) || !Number.isInteger(to) || to < from) return null;
    return this.#plan("", Array.from({ length: to - from + 1 }, (_unused, at): BulkRow => {
      const extension = String(from + at);
      const there = directory.people.find((one) => one.extension === extension);
      const row = { ...NOTHING, at, line: at + 1, extension, name: name.replaceAll("{id}", extension), email: email.replaceAll("{id}", extension) };
      return there ? { ...row, state: "skipped", why: "exists", field: "id", who: there.name } : { ...row, state: "new" };
    }));
  }

  plan(_request: BulkPlan): Bulk {
    return this.#plan(this.file.name, [...TABLE_ROWS]);
  }

  #plan(file: string, rows: BulkRow[]): Bulk {
    this.#last += 1;
    this.rows = rows;
    return this.view("ready", file);
  }

  view(phase: BulkPhase, file = this.job?.file ?? ""): Bulk {
    const count = (state: BulkRow["state"]) => this.rows.filter((row) => row.state === state).length;
    this.job = {
      job: this.#last, file, phase, rows: this.rows.length, error: phase === "interrupted" ? { code: "serverUnreachable", triesLeft: null, retryAfterS: null, detail: null } : null,
      new: count("new"), change: count("change"), skipped: count("skipped"), bad: count("bad"), made: count("made"), changed: count("changed"), failed: count("failed"),
      passwords: this.rows.filter(({ hasPassword }) => hasPassword).length,
    };
    return this.job;
  }

  /** The next `many` rows are carried out. */
  advance(many: number, directory: FakeDirectory): BulkRow[] {
    const changed: BulkRow[] = [];
    this.rows = this.rows.map((row) => {
      if (changed.length >= many || (row.state !== "new" && row.state !== "change")) return row;
      if (row.state === "new") directory.add({ extension: row.extension, name: row.name, email: row.email, password: "", role: "user", department: ADMINISTRATOR.department.id, agent: { isAgent: false, callTimeout: 15, wrapUp: 10, maxNoAnswer: 3, busyDelay: 15, rejectDelay: 15, noAnswerDelay: 10, skills: [] }, acl: [], pin: "", useVoicemail: false });
      const next: BulkRow = row.state === "new" ? { ...row, state: "made", hasPassword: true } : { ...row, state: "changed" };
      changed.push(next);
      return next;
    });
    return changed;
  }

  page({ offset, limit, faults }: BulkPage): BulkRow[] {
    return this.rows.filter(({ state }) => !faults || state === "bad" || state === "failed").slice(offset, offset + limit);
  }
}
