// Users as a server keeps them for those who administer them, for the scripted engine.
import type { DirectoryUser, EditUser, ErrorCode, RegisteredPhone, NewUser, UserCard } from "./generated";
import { judged } from "./fakePhotos";
import { CARE } from "./fakeRights";

const CREATED_MS = Date.UTC(2024, 4, 12, 9);

const someone = {
  email: "", role: "user", department: CARE.id, agent: true, active: true, online: true, cc: "in", state: "idle", status: { id: "available", kind: "available", text: "" }, mine: false, mayEdit: true,
} as const satisfies Partial<DirectoryUser>;

function user(extension: string, id: string, name: string, more: Partial<DirectoryUser> = {}): DirectoryUser {
  return { ...someone, id, extension, name, email: `${id.slice(2)}@maydan.example`, ...more };
}

const BREAK = { status: { id: "break", kind: "break", text: "" } } as const;
const own = (text: string) => ({ status: { id: "other", kind: "other" as const, text } });
const AWAY = { online: false, state: "unregistered", status: { id: "offline", kind: "offline", text: "" }, cc: "out" } as const;

/** The people of the mock, and this one among them. */
export const PEOPLE: readonly DirectoryUser[] = [
  user("2104", "u-rana", "Rana Khoury"),
  user("2107", "u-2107", "Noor Haddad", { role: "systemAdministrator", mine: true }),
  user("2112", "u-omar", "Omar Nasser", { state: "busy" }),
  user("2119", "u-layla", "Layla Mansour", BREAK),
  user("2121", "u-yousef", "يوسف قاسم", { status: { id: "dnd", kind: "doNotDisturb", text: "" } }),
  user("2126", "u-hana", "Hana Saleh", { agent: false, cc: "none", status: { id: "meeting", kind: "meeting", text: "" } }),
  user("2130", "u-tariq", "Tariq Suleiman", { cc: "out", ...own("في الطريق إلى الفرع") }),
  user("2133", "u-dina", "Dina Farouk", { ...own("Customer email"), role: "manager" }),
  user("2140", "u-marta", "Marta Lindqvist", AWAY),
  user("2145", "u-sami", "سامي بشارة", {}),
  user("2151", "u-ziad", "زياد عبّود", { role: "systemOwner", agent: false, cc: "none", mayEdit: false }),
  user("2160", "u-desk", "Reception desk", { ...AWAY, role: "receptionist", agent: false, cc: "none", state: "idle" }),
  user("2171", "u-huda", "Huda Rahman", { ...AWAY, active: false }),
];

/** As many people as are wanted; the same ones each time. */
export function crowd(count: number): DirectoryUser[] {
  return Array.from({ length: count }, (_unused, at) => {
    const like = PEOPLE[at % PEOPLE.length] as DirectoryUser;
    return { ...like, id: `u-${at}`, extension: String(10_000 + at), name: `${like.name} ${at}`, email: `u${at}@maydan.example`, mine: false, mayEdit: true };
  });
}


export class FakeDirectory {
  people: DirectoryUser[] = [...PEOPLE];
  devices: RegisteredPhone[] = [
    { id: "d-1", extension: "2104", name: "Rana Khoury", userId: "u-rana", agent: "Rannan/0.1.0 (Windows 11)", address: "192.0.2.14:52011", transport: "wss", sinceMs: new Date().setHours(8, 2, 0, 0), untilMs: new Date().setHours(23, 0, 0, 0) },
    { id: "d-2", extension: "2121", name: "يوسف قاسم", userId: "u-yousef", agent: "Yealink SIP-T46U 108.86.0.20", address: "[2001:db8::21]:5061", transport: "tls", sinceMs: new Date().setHours(7, 41, 0, 0), untilMs: new Date().setHours(23, 0, 0, 0) },
    { id: "d-3", extension: "2160", name: "Reception desk", userId: "u-desk", agent: "", address: "198.51.100.7:5060", transport: "udp", sinceMs: new Date().setHours(6, 15, 0, 0), untilMs: new Date().setHours(23, 0, 0, 0) },
  ];
  #cards = new Map<string, UserCard>();
  #made = 0;

  find(id: string): DirectoryUser | undefined {
    return this.people.find((one) => one.id === id);
  }

  card(id: string): UserCard | null {
    const kept = this.#cards.get(id);
    const person = this.find(id);
    if (kept || !person) return kept ?? null;
    const { extension, name, email, role, department, active, agent } = person;
    const card: UserCard = {
      id, extension, name, email, role, department, active, createdMs: CREATED_MS, hasPin: true, useVoicemail: false, version: 1, acl: ["10.20.0.0/16", "192.0.2.14"],
      agent: { isAgent: agent, callTimeout: 25, wrapUp: 30, maxNoAnswer: 3, busyDelay: 10, rejectDelay: 15, noAnswerDelay: 20, skills: [{ skill: "العربية", level: 90 }, { skill: "Refunds", level: 60 }] },
    };
    this.#cards.set(id, card);
    return card;
  }

  /** What a server says against it; null: nothing. */
  refusal(wish: Partial<NewUser>, id: string | null): ErrorCode | null {
    const others = this.people.filter((one) => one.id !== id);
    if (wish.extension !== undefined && !/^[\p{L}\d._-]{1,32}$/u.test(wish.extension)) return "badExtension";
    if (others.some(({ extension }) => extension === wish.extension)) return "extensionTaken";
    if (wish.name !== undefined && (wish.name === "" || wish.name.length > 200)) return "badUserName";
    if (wish.email !== undefined && !/^[^@\s]+@[^@\s]+$/.test(wish.email)) return "badEmail";
    if (others.some(({ email }) => email === wish.email)) return "emailTaken";
    if (wish.password && !Object.values(judged(wish.password)).every(Boolean)) return "weakPassword";
    if (wish.pin && !/^\d{4,12}$/.test(wish.pin)) return "badPin";
    if (wish.acl?.some((address) => !/^[\da-f:.]+(?:\/\d+)?$/i.test(address))) return "badAcl";
    return null;
  }

  add({ extension, name, email, role, department: wanted, agent, acl, pin, useVoicemail }: NewUser): UserCard {
    this.#made += 1;
    const department = wanted ?? CARE.id;
    const id = `u-new-${this.#made}`;
    this.people = [...this.people, user(extension, id, name, { ...AWAY, email, role, department, agent: agent.isAgent, cc: agent.isAgent ? "out" : "none" })];
    const card: UserCard = { id, extension, name, email, role, department, active: true, createdMs: CREATED_MS, agent, acl, hasPin: pin !== "", useVoicemail, version: 1 };
    this.#cards.set(id, card);
    return card;
  }

  /** Null: somebody was faster. */
  edit({ id, version, password: _password, pin, ...more }: EditUser): UserCard | null {
    const before = this.card(id);
    if (!before || before.version !== version) return null;
    return this.keep({ ...before, ...more, hasPin: pin === undefined ? before.hasPin : pin !== "", version: version + 1 });
  }

  /** Somebody else changes it. */
  change(id: string, more: Partial<UserCard>): void {
    const before = this.card(id);
    if (before) this.keep({ ...before, ...more, version: before.version + 1 });
  }

  keep(card: UserCard): UserCard {
    this.#cards.set(card.id, card);
    const { name, email, role, department, active } = card;
    this.put(card.id, { name, email, role, department, active, agent: card.agent.isAgent });
    return card;
  }

  /** Another role or department, which the rights say. */
  move(id: string, { role, department }: Pick<UserCard, "role" | "department">): void {
    const card = this.card(id);
    if (card) this.keep({ ...card, role, department });
  }

  put(id: string, more: Partial<DirectoryUser>): DirectoryUser | undefined {
    this.people = this.people.map((one) => (one.id === id ? { ...one, ...more } : one));
    return this.find(id);
  }

  remove(id: string): void {
    this.people = this.people.filter((one) => one.id !== id);
  }

  /** Parts only; what Rust makes comparable is tested there. */
  search(text: string): string[] {
    const wanted = text.toLowerCase();
    return this.people.filter((one) => [one.extension, one.name, one.email, one.status.text].some((part) => part.toLowerCase().includes(wanted))).map(({ id }) => id);
  }
}
