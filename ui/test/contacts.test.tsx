// The address book in the window (CT-01, CT-02). What is found and whose number it is are decided in Rust and tested there.
import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { type FakeBackend, ipcError } from "../src/backend/fake";
import { person } from "../src/backend/fakeBook";
import { LETTER, layoutOf, lineAt, ROW, topOf } from "../src/features/contacts/layout";
import { askedFor, COMPACT, mount, plain, visibleText } from "./support";

describe("places in a list", () => {
  const layout = layoutOf(6, [{ letter: "A", count: 2 }, { letter: "ن", count: 4 }]);

  it("leave room for the letters, there and back", () => {
    expect([0, 1, 2, 5].map((at) => topOf(layout, at))).toEqual([LETTER, LETTER + ROW, 2 * LETTER + 2 * ROW, 2 * LETTER + 5 * ROW]);
    for (let at = 0; at < 6; at += 1) expect(lineAt(layout, topOf(layout, at) + 1)).toBe(at);
    expect([lineAt(layout, 0), lineAt(layout, -50), lineAt(layout, 1e9)]).toEqual([0, 0, 5]);
    expect(layout.height).toBe(2 * LETTER + 6 * ROW);
  });

  it("have no letters in a search, and none that do not add up", () => {
    expect(layoutOf(3, [])).toEqual({ groups: [], total: 3, height: 3 * ROW });
    expect(layoutOf(3, [{ letter: "A", count: 1 }]).groups).toEqual([]);
    expect(lineAt(layoutOf(0, []), 100)).toBe(0);
  });
});

const search = (t: (id: "contacts-search") => string) => page.getByRole("textbox", { name: t("contacts-search") });
const option = (name: string) => page.getByRole("option", { name: new RegExp(name) });
const names = (): string[] => [...document.querySelectorAll("[role='option'] b")].map((name) => plain(name.textContent ?? ""));

for (const language of ["en", "ar"] as const) {
  describe(`contacts, ${language}`, () => {
    const open = async (before?: (fake: FakeBackend) => void) => {
      const mounted = await mount({ language });
      before?.(mounted.fake);
      await userEvent.keyboard("{Control>}2{/Control}");
      return mounted;
    };

    it("shows the own script first, and finds as one types", async () => {
      const { fake, t } = await open();
      await expect.poll(names).toHaveLength(7);
      expect(names()[0]).toBe(language === "ar" ? "لينا بركات" : "Adel Haddad");
      expect(visibleText()).toContain(plain(t("contacts-count", { count: 7 })));
      await search(t).fill("khaled");
      await expect.poll(names).toEqual(["Khaled Al-Amin"]);
      expect(askedFor(fake, "contacts").at(-1)).toMatchObject({ text: "khaled", offset: 0, language });
      await search(t).fill("nobody like that");
      await expect.element(page.getByText(t("contacts-none-found"))).toBeVisible();
      await userEvent.keyboard("{Escape}");
      await expect.poll(names).toHaveLength(7);
    });

    it("says that more were found than it shows", async () => {
      const { fake, t } = await open(({ book }) => { book.mostFound = 2; });
      await search(t).fill("a");
      await expect.poll(names).toHaveLength(2);
      expect(visibleText()).toContain(plain(t("contacts-found-more", { count: fake.book.mostFound })));
    });

    it("CT-01 shows all numbers and calls in one press", async () => {
      const { fake, t } = await open();
      await option("Khaled").click();
      await expect.element(page.getByRole("heading", { name: "Khaled Al-Amin" })).toBeVisible();
      for (const words of ["+966 50 000 0142", "khaled@maydan.example", "C-20418", "VIP", "مكتب الصيف"]) expect(visibleText()).toContain(words);
      await page.getByRole("button", { name: new RegExp("000 0199") }).click();
      await expect.poll(() => askedFor(fake, "dial")).toEqual([{ target: "+966 11 000 0199" }]);
      await expect.element(page.getByRole("button", { name: new RegExp(t("end-call")) })).toBeVisible();
    });

    it("CT-02 works by key alone: search, arrows, Enter calls", async () => {
      const { fake, t } = await open();
      await expect.poll(names).toHaveLength(7);
      search(t).element().focus();
      await userEvent.keyboard("ma");
      await expect.poll(names).toEqual(["Adel Haddad", "Amal Younes", "Khaled Al-Amin"]);
      await userEvent.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}");
      await expect.poll(() => document.querySelector("[aria-selected='true'] b")?.textContent).toBe("Khaled Al-Amin");
      await userEvent.keyboard("{Enter}");
      await expect.poll(() => askedFor(fake, "dial")).toEqual([{ target: "+966 11 000 0142" }]);
    });

    it("the list is one stop: arrows, Home and End move inside, Escape goes to the search", async () => {
      const { t } = await open();
      await expect.poll(names).toHaveLength(7);
      page.getByRole("listbox").element().focus();
      const chosen = () => document.querySelector("[aria-selected='true']");
      await userEvent.keyboard("{ArrowDown}");
      await expect.poll(() => chosen()?.getAttribute("aria-posinset")).toBe("1");
      await userEvent.keyboard("{End}");
      await expect.poll(() => chosen()?.getAttribute("aria-posinset")).toBe("7");
      expect(page.getByRole("listbox").element().getAttribute("aria-activedescendant")).toBe(chosen()?.id);
      await userEvent.keyboard("{ArrowUp}{Home}");
      await expect.poll(() => chosen()?.getAttribute("aria-posinset")).toBe("1");
      await userEvent.keyboard("{Escape}");
      expect(document.activeElement).toBe(search(t).element());
    });

    it("CT-01 creates a contact; what is wrong is said at its field", async () => {
      const { fake, t } = await open();
      await page.getByRole("button", { name: t("contact-new") }).click();
      await page.getByRole("button", { name: t("save"), exact: true }).click();
      await expect.element(page.getByText(t("contact-fault-missing"))).toBeVisible();
      await page.getByRole("textbox", { name: t("contact-first-name") }).fill("سارة");
      await page.getByRole("textbox", { name: t("contact-number"), exact: true }).fill("call me");
      await userEvent.keyboard("{Enter}");
      await expect.element(page.getByText(t("contact-fault-notANumber"))).toBeVisible();
      await expect.poll(() => document.activeElement?.getAttribute("aria-invalid")).toBe("true");
      await page.getByRole("textbox", { name: t("contact-number"), exact: true }).fill("٠٥٠١٢٣٤٥٦٧");
      fake.book.people = [];
      await page.getByRole("textbox", { name: t("contact-number"), exact: true }).fill("0501234567");
      await page.getByRole("textbox", { name: t("contact-groups") }).fill("VIP، جملة");
      await page.getByRole("button", { name: t("save"), exact: true }).click();
      await expect.element(page.getByRole("heading", { name: "سارة" })).toBeVisible();
      expect(askedFor(fake, "contactSave").at(-1)).toMatchObject({ id: "", firstName: "سارة", groups: ["VIP", "جملة"] });
      await expect.poll(names).toEqual(["سارة"]);
    });

    it("CT-01 changes a contact, also not", async () => {
      const { fake, t } = await open();
      await option("Grace").click();
      await page.getByRole("button", { name: t("contact-edit"), exact: true }).click();
      await page.getByRole("textbox", { name: t("contact-last-name") }).fill("Other");
      await userEvent.keyboard("{Escape}");
      await expect.element(page.getByRole("heading", { name: "Grace Whitfield" })).toBeVisible();
      await page.getByRole("button", { name: t("contact-edit"), exact: true }).click();
      await page.getByRole("textbox", { name: t("contact-company") }).fill("Northgate");
      fake.failNext("contactSave", ipcError("storageFailed", { detail: "disk I/O error" }));
      await userEvent.keyboard("{Enter}");
      await expect.element(page.getByText("disk I/O error")).toBeVisible();
      await page.getByRole("button", { name: t("save"), exact: true }).click();
      await expect.poll(() => fake.book.get("c-grace")?.company).toBe("Northgate");
    });

    it("CT-01 keeps what was typed and not saved, also when a call comes in between", async () => {
      const { fake, t } = await open();
      await option("Grace").click();
      await page.getByRole("button", { name: t("contact-edit"), exact: true }).click();
      const company = page.getByRole("textbox", { name: t("contact-company") });
      await company.fill("Northgate");
      await userEvent.keyboard("{Control>}1{/Control}");
      await expect.element(company).not.toBeInTheDocument();
      await userEvent.keyboard("{Control>}2{/Control}");
      await expect.element(company).toHaveValue("Northgate");
      await option("Khaled").click();
      await expect.poll(visibleText).toContain(plain(t("contact-left", { name: "Grace Whitfield" })));
      await page.getByRole("button", { name: t("contact-go-on") }).click();
      await expect.element(company).toHaveValue("Northgate");
      await page.getByRole("button", { name: t("save"), exact: true }).click();
      await expect.poll(() => fake.book.get("c-grace")?.company).toBe("Northgate");
      await option("Khaled").click();
      await expect.element(page.getByRole("heading", { name: "Khaled Al-Amin" })).toBeVisible();
      expect(visibleText()).not.toContain(t("contact-go-on"));
    });

    it("CT-01 says nothing of a form in which nothing was changed", async () => {
      const { t } = await open();
      await page.getByRole("button", { name: t("contact-new") }).click();
      await userEvent.keyboard("{Escape}");
      await expect.element(page.getByRole("textbox", { name: t("contact-company") })).not.toBeInTheDocument();
      expect(visibleText()).not.toContain(t("contact-new-left"));
    });

    it("CT-01 deletes with a way back", async () => {
      const { fake, t } = await open();
      await option("Grace").click();
      await page.getByRole("button", { name: t("contact-more") }).click();
      await page.getByRole("button", { name: t("contact-delete") }).click();
      await expect.poll(names).not.toContain("Grace Whitfield");
      await page.getByRole("button", { name: t("undo") }).click();
      await expect.poll(names).toContain("Grace Whitfield");
      await expect.element(page.getByRole("heading", { name: "Grace Whitfield" })).toBeVisible();
      expect(askedFor(fake, "contactRestore")).toEqual([{ id: "c-grace" }]);
    });

    it("keeps favourites apart", async () => {
      const { fake, t } = await open();
      await option("Khaled").click();
      await page.getByRole("button", { name: t("contact-favour") }).click();
      await expect.poll(() => fake.book.get("c-khaled")?.favourite).toBe(true);
      await page.getByRole("radio", { name: t("contacts-favourites") }).click();
      await expect.poll(() => names().length).toBe(3);
    });

    it("imports a table: what it brings is seen first, then what was left out", async () => {
      const { fake, t } = await open();
      await page.getByRole("button", { name: t("import"), exact: true }).click();
      drop("customers.csv");
      const dialog = page.getByRole("dialog", { name: t("import") });
      await expect.poll(() => plain(dialog.element().textContent ?? "")).toContain(plain(t("import-can", { count: 2 })));
      expect(dialog.element().textContent).toContain("customers.csv");
      expect(plain(dialog.element().textContent ?? "")).toContain(t("import-skip-rounded"));
      await dialog.getByRole("button", { name: /Branch/ }).click();
      await page.getByRole("option", { name: t("import-column-field"), exact: true }).click();
      await expect.poll(() => askedFor(fake, "contactsPreview").at(-1)).toMatchObject({ mapping: ["fullName", "mobile", "field"] });
      await dialog.getByText(t("import-keep-both")).click();
      const start = dialog.getByRole("button", { name: new RegExp(`^${escape(t("import-start", { count: 2 }))}$`) });
      await start.click();
      await expect.element(page.getByText(new RegExp(escape(t("import-done", { count: 2 }))))).toBeVisible();
      expect(askedFor(fake, "contactsImport")).toMatchObject([{ file: 1, keepBoth: true, table: { mapping: ["fullName", "mobile", "field"] } }]);
      await page.getByRole("button", { name: t("close") }).last().click();
      await expect.poll(names).toContain("Mariam Odeh");
    });

    it("says when a file is none, and lets another be chosen", async () => {
      const { fake, t } = await open();
      fake.failNext("contactsOpenFile", ipcError("notABook"));
      await expect.poll(names).toHaveLength(7);
      drop("picture.png");
      await expect.element(page.getByText(t("error-notABook"))).toBeVisible();
      await expect.element(page.getByRole("button", { name: t("import-pick") })).toBeVisible();
    });

    it("exports, and says where the file is", async () => {
      const { fake, t } = await open();
      await page.getByRole("button", { name: t("contacts-more") }).click();
      await page.getByRole("button", { name: t("contacts-export-vcf") }).click();
      await expect.element(page.getByText("/home/noor/Downloads/rannan-contacts-2026-11-21.vcf")).toBeVisible();
      expect(askedFor(fake, "contactsExport")).toEqual([{ format: "vcf" }]);
    });

    it("asks in which country numbers are at home", async () => {
      const { fake, t } = await open();
      await page.getByRole("button", { name: t("contacts-more") }).click();
      await page.getByRole("button", { name: new RegExp(t("contacts-region-none")) }).click();
      await page.getByRole("option", { name: new Intl.DisplayNames(language, { type: "region" }).of("SA") ?? "" }).click();
      await expect.poll(() => askedFor(fake, "contactsSetRegion")).toEqual([{ code: "SA" }]);
    });

    it("begins with a way forward when nobody is there", async () => {
      const { t } = await open((fake) => { fake.book.people = []; });
      await expect.element(page.getByText(t("contacts-empty"))).toBeVisible();
      await page.getByRole("button", { name: t("import-open") }).click();
      await expect.element(page.getByRole("button", { name: t("import-pick") })).toBeVisible();
    });

    it("says what failed and tries again", async () => {
      const { t } = await open((fake) => fake.failNext("contacts", ipcError("storageFailed", { detail: "disk I/O error" })));
      await expect.element(page.getByText("disk I/O error")).toBeVisible();
      await page.getByRole("button", { name: t("try-again") }).click();
      await expect.poll(names).toHaveLength(7);
    });

    it("goes from a past call to its contact, or to a new one", async () => {
      const { fake, t } = await mount({ language });
      fake.rows = fake.rows.map((row) => (row.person.name === "Khaled Al-Amin" ? { ...row, contact: "c-khaled" } : row));
      await userEvent.keyboard("{Control>}4{/Control}");
      const row = (name: string) => page.getByRole("listitem").filter({ hasText: name }).first();
      await row("Mariam Odeh").hover();
      await row("Mariam Odeh").getByRole("button", { name: t("history-add-contact") }).click();
      await expect.element(page.getByRole("textbox", { name: t("contact-first-name") })).toHaveValue("Mariam");
      await expect.element(page.getByRole("textbox", { name: t("contact-number"), exact: true })).toHaveValue("+96260000119");
      await userEvent.keyboard("{Escape}{Control>}4{/Control}");
      await row("Khaled Al-Amin").hover();
      await row("Khaled Al-Amin").getByRole("button", { name: t("history-show-contact") }).click();
      await expect.element(page.getByRole("heading", { name: "Khaled Al-Amin" })).toBeVisible();
    });
  });
}

describe("a book of 50,000", () => {
  it("CT-02 draws and asks for what is seen", async () => {
    const { fake } = await mount();
    fake.book.people = Array.from({ length: 50_000 }, (_, at) => person(`c-${at}`, `Person ${String(at).padStart(5, "0")}`, "", String(100_000 + at)));
    await userEvent.keyboard("{Control>}2{/Control}");
    await expect.poll(() => names()[0]).toBe("Person 00000");
    expect(document.querySelectorAll("[role='option']").length).toBeLessThan(60);
    page.getByRole("listbox").element().focus();
    await userEvent.keyboard("{End}");
    await expect.element(page.getByRole("heading", { name: "Person 49999" })).toBeVisible();
    expect(names()).toContain("Person 49999");
    expect(askedFor(fake, "contacts").length).toBeLessThan(8);
  });
});

describe("compact, 360 × 560", () => {
  it("shows one pane at a time", async () => {
    const { t } = await mount({ size: COMPACT });
    await userEvent.keyboard("{Control>}2{/Control}");
    await option("Grace").click();
    await expect.element(page.getByRole("heading", { name: "Grace Whitfield" })).toBeVisible();
    await expect.element(search(t)).not.toBeInTheDocument();
    await page.getByRole("button", { name: t("back") }).click();
    await expect.element(search(t)).toBeVisible();
  });
});

/** As a file manager does it. */
function drop(name: string): void {
  const files = new DataTransfer();
  files.items.add(new File(["a;b\n1;2\n"], name));
  const screen = document.querySelector("section[data-pane]");
  screen?.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
}

function escape(text: string): string {
  return [...text].map((character) => `[\\u2066-\\u2069]*${character.replace(/[.*+?^${}()|[\]\\]/, "\\$&")}`).join("");
}
