// Contacts that are kept at the team server as well (CT-01, CT-02, SPEC 3 item 10). Which of two versions is newer is decided in Rust and tested there.
import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { FakeBackend } from "../src/backend/fake";
import { person } from "../src/backend/fakeBook";
import { IN_STEP, LOST } from "../src/backend/fakeData";
import type { Contact, ContactsSync } from "../src/backend/generated";
import { differing, merged } from "../src/features/contacts/versions";
import { askedFor, mount, plain, visibleText } from "./support";

const option = (name: string) => page.getByRole("option", { name: new RegExp(name) });
const names = (): string[] => [...document.querySelectorAll("[role='option'] b")].map((name) => plain(name.textContent ?? ""));
const grace = (more: Partial<Contact>): Contact => person("c-grace", "Grace Whitfield", "Northgate Books", "+442079460958", { favourite: true, ...more });

describe("two versions", () => {
  const mine = grace({ company: "Here", note: "same" });
  const theirs = grace({ company: "There", note: "same", emails: ["g@books.example"] });

  it("differ in some parts, and each part is taken from one of them", () => {
    expect(differing(mine, theirs)).toEqual(["company", "emails"]);
    expect(differing(mine, mine)).toEqual([]);
    expect(merged(mine, theirs, (part) => (part === "emails" ? "theirs" : "mine"))).toEqual({ ...mine, emails: ["g@books.example"] });
    expect(merged(mine, theirs, () => "theirs")).toEqual(theirs);
    const company = { ...mine, book: "company" as const };
    expect(differing(company, { ...company, favourite: false })).toEqual([]);
  });
});

for (const language of ["en", "ar"] as const) {
  describe(`contacts at the server, ${language}`, () => {
    const open = async (sync: ContactsSync | null = IN_STEP, before?: (fake: FakeBackend) => void) => {
      const mounted = await mount({ language }, (snapshot) => ({ ...snapshot, contactsSync: sync }));
      before?.(mounted.fake);
      await userEvent.keyboard("{Control>}2{/Control}");
      await expect.poll(() => names().length).toBeGreaterThan(0);
      return mounted;
    };

    it("an account without a team server has neither a company book nor a sync state", async () => {
      const { t } = await open(null);
      await expect.element(page.getByRole("radio", { name: t("contacts-favourites") })).toBeVisible();
      await expect.element(page.getByRole("radio", { name: t("contacts-of-company") })).not.toBeInTheDocument();
      expect(visibleText()).not.toContain(plain(t("contacts-sync-done", { time: "10:42" })));
    });

    it("says at the foot how it stands", async () => {
      const { fake, t } = await open();
      const says = (text: string) => expect.poll(visibleText).toContain(plain(text));
      await says(t("contacts-sync-done", { time: "10:42" }));
      fake.setContactsSync({ ...IN_STEP, phase: { phase: "working", done: 12_000, total: 50_000 } });
      await says(t("contacts-sync-working", { done: 12_000, total: 50_000 }));
      fake.setContactsSync({ ...IN_STEP, phase: { phase: "working", done: 0, total: 1 } });
      await says(t("contacts-sync-done", { time: "10:42" }));
      fake.setContactsSync({ ...IN_STEP, phase: { phase: "offline" }, waiting: 3 });
      await says(t("contacts-sync-waiting", { count: 3 }));
      await says(t("contacts-offline", { time: "10:42" }));
      fake.setContactsSync({ ...IN_STEP, phase: { phase: "offline" }, syncedAtMs: null });
      await says(t("contacts-offline-never"));
    });

    it("CT-02 works offline: the copy is shown, edited and kept, only calling waits", async () => {
      const { fake, t } = await open({ ...IN_STEP, phase: { phase: "offline" } }, (mounted) => mounted.setSystem(LOST));
      await option("Grace").click();
      await expect.element(page.getByRole("button", { name: new RegExp(plain(t("contact-call", { number: "" })).trim()) }).first()).toBeDisabled();
      await page.getByRole("button", { name: t("contact-edit"), exact: true }).click();
      await page.getByRole("textbox", { name: t("contact-company") }).fill("Northgate");
      await userEvent.keyboard("{Enter}");
      await expect.poll(() => fake.book.get("c-grace")?.company).toBe("Northgate");
      fake.book.standings.set("c-grace", "waiting");
      fake.emit({ kind: "contacts" });
      await expect.element(page.getByText(t("contact-standing-waiting"))).toBeVisible();
    });

    it("CT-01 the company's contacts are a group of their own; who may not change them is told so", async () => {
      const { fake, t } = await open(IN_STEP, ({ book }) => book.take([person("c-desk", "Help Desk", "", "100", { book: "company" })]));
      await page.getByRole("radio", { name: t("contacts-of-company") }).click();
      await expect.poll(names).toEqual(["Help Desk"]);
      expect(askedFor(fake, "contacts").at(-1)).toMatchObject({ which: "company" });
      await option("Help Desk").click();
      await expect.element(page.getByText(t("contact-company-book-locked"))).toBeVisible();
      await expect.element(page.getByRole("button", { name: t("contact-edit"), exact: true })).not.toBeInTheDocument();
      await expect.element(page.getByRole("button", { name: t("contact-favour") })).toBeVisible();
      await page.getByRole("radio", { name: t("contacts-mine") }).click();
      await expect.poll(() => names().length).toBe(7);
    });

    it("CT-01 an administrator adds to the company's book", async () => {
      const { fake, t } = await open({ ...IN_STEP, companyWritable: true });
      await page.getByRole("button", { name: t("contact-new") }).click();
      await page.getByRole("radiogroup", { name: t("contact-book") }).getByRole("radio", { name: t("contacts-of-company") }).click();
      await page.getByRole("textbox", { name: t("contact-first-name") }).fill("مكتب المساعدة");
      await page.getByRole("button", { name: t("save"), exact: true }).click();
      await expect.poll(() => askedFor(fake, "contactSave").at(-1)).toMatchObject({ firstName: "مكتب المساعدة", book: "company" });
      await expect.element(page.getByText(t("contact-company-book"), { exact: true })).toBeVisible();
    });

    it("a contact that was changed in two places is shown, compared and decided part by part", async () => {
      const mine = grace({ company: "Here", jobTitle: "Buyer" });
      const theirs = grace({ company: "There", jobTitle: "مديرة" });
      const { fake, t } = await open({ ...IN_STEP, open: 1 }, ({ book }) => { book.take([mine]); book.dispute("c-grace", { mine, theirs, refused: false }); });
      await expect.poll(visibleText).toContain(plain(t("contacts-open", { count: 1 })));
      await page.getByRole("button", { name: t("contacts-open-show"), exact: true }).click();
      await expect.poll(names).toEqual(["Grace Whitfield"]);
      await option("Grace").click();
      await page.getByRole("button", { name: t("versions-compare") }).click();
      const dialog = page.getByRole("dialog");
      await expect.element(dialog.getByText("There")).toBeVisible();
      await dialog.getByRole("radiogroup", { name: t("versions-jobTitle") }).getByRole("radio", { name: /مديرة/ }).click({ force: true });
      await dialog.getByRole("button", { name: t("versions-save") }).click();
      await expect.poll(() => askedFor(fake, "contactResolve")).toMatchObject([{ id: "c-grace", contact: { company: "Here", jobTitle: "مديرة" } }]);
      await expect.poll(names).toEqual([]);
      await expect.element(page.getByText(t("contacts-none-open"))).toBeVisible();
    });

    it("what was deleted in one place and changed in the other is kept or goes", async () => {
      const theirs = grace({ company: "There" });
      const { fake, t } = await open({ ...IN_STEP, open: 1 }, ({ book }) => book.dispute("c-grace", { mine: null, theirs, refused: false }));
      await option("Grace").click();
      await page.getByRole("button", { name: t("versions-compare") }).click();
      await expect.element(page.getByText(t("versions-deleted-here"))).toBeVisible();
      await page.getByRole("dialog").getByRole("button", { name: t("versions-keep") }).click();
      await expect.poll(() => askedFor(fake, "contactResolve")).toMatchObject([{ id: "c-grace", contact: { company: "There" } }]);
    });

    it("what the server did not take can be given up", async () => {
      const { fake, t } = await open({ ...IN_STEP, open: 1 }, ({ book }) => book.dispute("c-noor", { mine: person("c-noor", "نور", "", "101"), theirs: null, refused: true }));
      await option("نور").click();
      await expect.element(page.getByText(t("contact-standing-refused"))).toBeVisible();
      await page.getByRole("button", { name: t("versions-look") }).click();
      await expect.element(page.getByText(t("versions-refused-new"))).toBeVisible();
      await page.getByRole("dialog").getByRole("button", { name: t("versions-discard") }).click();
      await expect.poll(() => askedFor(fake, "contactResolve")).toEqual([{ id: "c-noor", contact: null }]);
      await expect.poll(names).not.toContain("نور");
    });
  });
}
