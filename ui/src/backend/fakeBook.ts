// The address book of the scripted engine. It finds by parts of names and numbers only; what Rust makes comparable is tested there.
import type { Contact, ContactLine, ContactSaved, ContactStanding, ContactVersions, ContactsPage, ContactsQuery, ImportPreview, ImportReport, PreviewImport } from "./generated";

const NONE: Contact = {
  id: "", book: "personal", name: "", firstName: "", lastName: "", displayName: "", company: "", jobTitle: "", numbers: [], emails: [], sipAddresses: [], groups: [], fields: [], note: "", favourite: false,
};

/** Somebody with one number. */
export function person(id: string, name: string, company: string, number: string, more: Partial<Contact> = {}): Contact {
  const [firstName = "", ...rest] = name.split(" ");
  return { ...NONE, id, name, firstName, lastName: rest.join(" "), company, numbers: [{ number, kind: "mobile", label: "", primary: false }], ...more };
}

const PEOPLE: readonly Contact[] = [
  person("c-adel", "Adel Haddad", "Odeh Pharmacy", "+966110000111"),
  person("c-amal", "Amal Younes", "Sahab Travel", "+966110000112"),
  person("c-daniel", "Daniel Okafor", "Okafor Freight", "+2348000000135"),
  person("c-grace", "Grace Whitfield", "Northgate Books", "+442079460958", { favourite: true }),
  person("c-khaled", "Khaled Al-Amin", "Maydan Retail", "+966 11 000 0142", {
    jobTitle: "Purchasing manager",
    numbers: [
      { number: "+966 11 000 0142", kind: "work", label: "", primary: true }, { number: "+966 50 000 0142", kind: "mobile", label: "", primary: false },
      { number: "+966 11 000 0199", kind: "other", label: "مكتب الصيف", primary: false },
    ],
    emails: ["khaled@maydan.example"], sipAddresses: ["khaled@pbx.example"], groups: ["VIP", "جملة"],
    fields: [{ name: "Customer number", value: "C-20418" }, { name: "Branch", value: "الرياض" }],
    note: "Prefers calls after ten in the morning. Always ask for the order number.",
  }),
  person("c-lina", "لينا بركات", "سحاب للسفر", "+97140000188", { favourite: true }),
  person("c-noor", "نور", "", "101"),
];

export class FakeBook {
  people: Contact[] = [...PEOPLE];
  region = "";
  /** Edits that are not clean, by contact. */
  standings = new Map<string, ContactStanding>();
  /** Who comes from an outside address book: what that is called, by contact. */
  sources = new Map<string, string>();
  versions = new Map<string, ContactVersions>();
  /** What every file is. */
  preview: ImportPreview = {
    file: 1, name: "", contacts: 2, sample: [person("c-new-1", "Mariam Odeh", "", "+96260000119"), person("c-new-2", "بشير توما", "توما وأولاده", "+966110000156")],
    table: {
      options: { charset: "windows-1256", separator: "semicolon", header: true }, mapping: ["fullName", "mobile", "ignore"], header: ["الاسم", "الجوال", "Branch"],
      rows: [["Mariam Odeh", "+96260000119", "Amman"], ["بشير توما", "+966110000156", "الرياض"], ["Rana", "9.66501E+11", ""]],
    },
    skipped: [{ line: 4, column: 1, why: "rounded" }], skippedCount: 1,
  };
  report: ImportReport = { imported: 2, skipped: [{ line: 4, column: 1, why: "rounded" }], skippedCount: 1 };
  #deleted = new Map<string, Contact>();
  #lastId = 0;

  /** Most that a search finds. */
  mostFound = 1000;

  page({ text, which, language, offset, limit }: ContactsQuery): ContactsPage {
    const wanted = text.toLowerCase();
    const has = (contact: Contact) => [contact.name, contact.company, ...contact.numbers.map(({ number }) => number.replaceAll(" ", ""))].some((part) => part.toLowerCase().includes(wanted));
    const found = this.people.filter((contact) => this.#isIn(contact, which) && (wanted === "" || has(contact))).sort((a, b) => rank(a, language) - rank(b, language) || a.name.localeCompare(b.name, language));
    const more = wanted !== "" && found.length > this.mostFound;
    if (more) found.length = this.mostFound;
    const letters = new Map<string, number>();
    if (wanted === "" && offset === 0) for (const contact of found) letters.set(letterOf(contact), (letters.get(letterOf(contact)) ?? 0) + 1);
    return { lines: found.slice(offset, offset + limit).map((contact) => lineOf(contact, this.versions.has(contact.id), this.sources.get(contact.id) ?? null)), total: found.length, more, letters: [...letters].map(([letter, count]) => ({ letter, count })) };
  }

  #isIn(contact: Contact, which: ContactsQuery["which"]): boolean {
    switch (which) {
      case "all": return true;
      case "favourites": return contact.favourite;
      case "open": return this.versions.has(contact.id);
      case "personal":
      case "company": return contact.book === which;
    }
  }

  /** Both versions of somebody, until it is decided. */
  dispute(id: string, versions: ContactVersions): void {
    this.versions.set(id, versions);
    this.standings.set(id, versions.refused ? "refused" : "conflict");
  }

  resolve(id: string, contact: Contact | null): Contact {
    this.versions.delete(id);
    this.standings.delete(id);
    if (contact) this.take([contact]);
    else this.people = this.people.filter((other) => other.id !== id);
    return contact ?? { ...NONE, id };
  }

  get(id: string): Contact | undefined {
    return this.people.find((contact) => contact.id === id);
  }

  save(contact: Contact): ContactSaved {
    const numbers = contact.numbers.map((line, place) => ({ ...line, place })).filter(({ number }) => number.trim() !== "");
    const wrong = numbers.filter(({ number }) => !/^[\d\s+*#()-]+$/u.test(number));
    const name = [contact.displayName, `${contact.firstName} ${contact.lastName}`.trim(), contact.company, numbers[0]?.number ?? ""].find((part) => part.trim() !== "");
    if (!name) return { kind: "refused", faults: [{ part: "name", place: 0, why: "missing" }] };
    if (wrong.length > 0) return { kind: "refused", faults: wrong.map(({ place }) => ({ part: "number", place, why: "notANumber" })) };
    this.#lastId += 1;
    const kept: Contact = { ...contact, id: contact.id || `c-${this.#lastId}`, name, numbers: numbers.map(({ number, kind, label, primary }) => ({ number, kind, label, primary })), emails: contact.emails.filter(Boolean) };
    this.take([kept]);
    return { kind: "kept", contact: kept };
  }

  take(contacts: readonly Contact[]): void {
    for (const contact of contacts) this.people = [...this.people.filter(({ id }) => id !== contact.id), contact];
  }

  delete(id: string): boolean {
    const contact = this.get(id);
    if (!contact) return false;
    this.#deleted.set(id, contact);
    this.people = this.people.filter((other) => other.id !== id);
    return true;
  }

  restore(id: string): boolean {
    const contact = this.#deleted.get(id);
    if (contact) this.take([contact]);
    return this.#deleted.delete(id);
  }

  favour(id: string, favourite: boolean): void {
    this.people = this.people.map((contact) => (contact.id === id ? { ...contact, favourite } : contact));
  }
}

/** The preview after somebody has said how to read the table. */
export function answersTo(preview: ImportPreview, { options, mapping }: PreviewImport): ImportPreview {
  return preview.table ? { ...preview, table: { ...preview.table, options, mapping: mapping ?? preview.table.mapping } } : preview;
}

function lineOf({ id, name, company, numbers, favourite, book }: Contact, open: boolean, source: string | null): ContactLine {
  return { id, name, company, book, source, open, number: (numbers.find(({ primary }) => primary) ?? numbers[0])?.number ?? "", favourite };
}

function letterOf({ name }: Contact): string {
  return name.slice(0, 1).toUpperCase();
}

function rank(contact: Contact, language: string): number {
  return (contact.name > "\u0600") === (language === "ar") ? 0 : 1;
}
