// Outside address books of the scripted engine.
import type { Source, SourceDraft, SourceSaved, SourceTrial } from "./generated";

/** An address book that was read this morning. */
export function sourceOf(id: string, name: string, more: Partial<Source> = {}): Source {
  return {
    id, kind: "cardDav", name, address: "https://cloud.maydan.example/dav/customers/", user: "noor", baseDn: "", filter: "", starttls: true, certificates: "",
    count: 128, readAtMs: new Date(2026, 10, 21, 10, 30).getTime(), fault: null, reading: false, ...more,
  };
}

export const LDAP_BOOK: Partial<Source> = { kind: "ldap", address: "ldaps://ldap.maydan.example", user: "cn=reader,dc=maydan,dc=example", baseDn: "dc=maydan,dc=example", count: 2 };

export class FakeSources {
  all: Source[] = [];
  /** What every test finds. */
  trial: SourceTrial = { kind: "works", count: 3, names: ["نور حداد", "Layla Haddad", "Omar"] };
  /** What every form is refused for. */
  refusal: Extract<SourceSaved, { kind: "refused" }> | null = null;
  #lastId = 0;

  save({ id: given, kind, name, address, user, baseDn, filter, starttls, certificates }: SourceDraft): SourceSaved {
    if (this.refusal) return this.refusal;
    this.#lastId += 1;
    const id = given || `s-${this.#lastId}`;
    const before = this.all.find((source) => source.id === id);
    const kept: Source = { id, kind, name: name || address, address, user, baseDn, filter, starttls, certificates, count: before?.count ?? 0, readAtMs: before?.readAtMs ?? null, fault: null, reading: true };
    this.all = before ? this.all.map((source) => (source.id === id ? kept : source)) : [...this.all, kept];
    return { kind: "kept", id };
  }

  change(id: string, more: Partial<Source>): void {
    this.all = this.all.map((source) => (source.id === id ? { ...source, ...more } : source));
  }

  remove(id: string): void {
    this.all = this.all.filter((source) => source.id !== id);
  }
}
