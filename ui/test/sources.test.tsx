// Outside address books in the window (SPEC 2 row 15). What can be read, and why not, is decided in Rust and tested there against real servers.
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { FakeBackend } from "../src/backend/fake";
import { LDAP_BOOK, sourceOf } from "../src/backend/fakeSources";
import { askedFor, COMPACT, mount, type Mounted, plain, saying, visibleText } from "./support";

const list = async ({ t }: Mounted) => {
  await userEvent.keyboard("{Control>}2{/Control}");
  await page.getByRole("button", { name: t("contacts-more") }).click();
  await page.getByRole("button", { name: t("sources-open") }).click();
  await expect.element(page.getByRole("dialog").getByRole("heading", { name: t("sources"), exact: true })).toBeVisible();
};
const faults = async () => {
  // Half-way between two colours nothing has the contrast that it will have.
  await expect.poll(() => document.getAnimations().filter((animation) => animation.playState === "running" && animation.effect?.getComputedTiming().iterations !== Infinity)).toHaveLength(0);
  const { violations } = await axe.run({ include: ["body"], exclude: ["[data-live-announcer]"] }, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    rules: { "label-content-name-mismatch": { enabled: false } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
};

for (const language of ["en", "ar"] as const) {
  describe(`address books, ${language}`, () => {
    const open = async (before?: (fake: FakeBackend) => void, size?: typeof COMPACT) => {
      const mounted = await mount({ language, ...(size ? { size } : {}) });
      before?.(mounted.fake);
      await list(mounted);
      return mounted;
    };
    const form = async (mounted: Mounted) => {
      await page.getByRole("button", { name: mounted.t("source-add") }).click();
      await page.getByRole("textbox", { name: mounted.t("source-address") }).fill("https://cloud.example");
    };

    it("pain 15: each says where it is, how many it has, when it was read, and what is wrong", async () => {
      const { t } = await open((fake) => { fake.sourceBooks.all = [sourceOf("s-1", "عملاء"), sourceOf("s-2", "Offices", { ...LDAP_BOOK, fault: { why: "wrongCredentials", detail: "LDAP 49" } })]; });
      await expect.element(page.getByText("Offices")).toBeVisible();
      for (const words of [t("contacts-count", { count: 128 }), t("contacts-count", { count: 2 }), t("source-why-wrongCredentials"), t("source-stays"), "ldaps://ldap.maydan.example", "LDAP 49"]) {
        expect(visibleText()).toContain(plain(words));
      }
      expect(await faults()).toEqual([]);
    });

    it("pain 15: Test tries what stands in the form, keeps nothing, and says how many were found", async () => {
      const mounted = await open();
      const { fake, t } = mounted;
      await form(mounted);
      await page.getByRole("textbox", { name: t("source-user") }).fill("noor");
      await page.getByLabelText(t("password"), { exact: true }).fill("secret");
      await page.getByRole("button", { name: t("source-test"), exact: true }).click();
      await expect.poll(visibleText).toContain(plain(t("source-works", { count: 3 })));
      expect(visibleText()).toContain("نور حداد");
      expect(askedFor(fake, "sourceTest")).toMatchObject([{ id: "", kind: "cardDav", address: "https://cloud.example", user: "noor", password: "secret" }]);
      expect(askedFor(fake, "sourceSave")).toEqual([]);
      // What was found out is of what stood there then.
      await page.getByRole("textbox", { name: t("source-address") }).fill("https://other.example");
      expect(visibleText()).not.toContain(plain(t("source-works", { count: 3 })));
      expect(await faults()).toEqual([]);
    });

    it("pain 15: Test names the error", async () => {
      const mounted = await open((fake) => { fake.sourceBooks.trial = { kind: "fails", fault: { why: "noSuchHost", detail: "" } }; });
      await form(mounted);
      await page.getByRole("button", { name: mounted.t("source-test"), exact: true }).click();
      await expect.element(page.getByRole("form").getByRole("alert")).toHaveTextContent(mounted.t("source-why-noSuchHost"));
      expect(await faults()).toEqual([]);
    });

    it("pain 15: of several books one is chosen, and tried", async () => {
      const mounted = await open((fake) => { fake.sourceBooks.trial = { kind: "choose", books: [{ name: "عملاء", address: "https://cloud.example/1/" }, { name: "Suppliers", address: "https://cloud.example/2/" }] }; });
      const { fake, t } = mounted;
      await form(mounted);
      await page.getByRole("button", { name: t("source-test"), exact: true }).click();
      const suppliers = page.getByRole("button", { name: /Suppliers/ });
      await expect.element(suppliers).toBeVisible();
      fake.sourceBooks.trial = { kind: "works", count: 1, names: ["Omar"] };
      await suppliers.click();
      await expect.poll(visibleText).toContain(plain(t("source-works", { count: 1 })));
      expect(askedFor(fake, "sourceTest").at(-1)).toMatchObject({ address: "https://cloud.example/2/", name: "Suppliers" });
    });

    it("pain 15: an LDAP book has its own fields; what is refused is said, and what is kept stands in the list", async () => {
      const mounted = await open((fake) => { fake.sourceBooks.refusal = { kind: "refused", fault: { why: "cleartext", detail: "" } }; });
      const { fake, t } = mounted;
      await form(mounted);
      await page.getByRole("radio", { name: t("source-kind-ldap") }).click();
      await page.getByRole("textbox", { name: t("source-address") }).fill("ldap://ldap.example");
      await page.getByRole("textbox", { name: t("source-base") }).fill("dc=example");
      await page.getByRole("textbox", { name: t("source-name"), exact: true }).fill("Offices");
      await page.getByRole("button", { name: t("save"), exact: true }).click();
      await expect.element(page.getByRole("form").getByRole("alert")).toHaveTextContent(t("source-why-cleartext"));
      fake.sourceBooks.refusal = null;
      await page.getByRole("button", { name: t("save"), exact: true }).click();
      await expect.element(page.getByText("Offices")).toBeVisible();
      expect(askedFor(fake, "sourceSave").at(-1)).toMatchObject({ kind: "ldap", baseDn: "dc=example", starttls: true });
      await expect.poll(visibleText).toContain(plain(t("source-reading")));
    });

    it("pain 15: is read again, edited without its password, and removed once that is confirmed", async () => {
      const { fake, t } = await open((given) => { given.sourceBooks.all = [sourceOf("s-1", "عملاء")]; }, COMPACT);
      await page.getByRole("button", { name: new RegExp(t("source-refresh", { name: "عملاء" }).split("عملاء")[0] ?? "") }).click();
      await expect.poll(() => askedFor(fake, "sourceRefresh")).toEqual([{ id: "s-1" }]);
      const buttons = page.getByRole("dialog").getByRole("listitem").getByRole("button");
      await buttons.nth(1).click();
      await expect.element(page.getByRole("textbox", { name: t("source-user") })).toHaveValue("noor");
      await expect.element(page.getByLabelText(t("password"), { exact: true })).toHaveValue("");
      expect(visibleText()).toContain(plain(t("source-password-kept")));
      await page.getByRole("button", { name: t("cancel") }).click();
      await buttons.nth(2).click();
      expect(askedFor(fake, "sourceRemove")).toEqual([]);
      await page.getByRole("button", { name: t("source-remove"), exact: true }).click();
      await expect.element(page.getByText(t("sources-empty"))).toBeVisible();
      expect(askedFor(fake, "sourceRemove")).toEqual([{ id: "s-1" }]);
    });

    it("pain 15: somebody from outside is shown with the book, called, not edited, and copied", async () => {
      const { fake, t } = await mount({ language });
      fake.book.sources.set("c-khaled", "Offices");
      await userEvent.keyboard("{Control>}2{/Control}");
      const line = page.getByRole("option", { name: /Khaled/ });
      await expect.element(line).toHaveTextContent("Offices");
      await line.click();
      await expect.element(page.getByText(saying(t("contact-from-source", { name: "Offices" })))).toBeVisible();
      expect(page.getByRole("button", { name: t("contact-edit"), exact: true }).elements()).toEqual([]);
      await page.getByRole("button", { name: t("contact-copy-to-mine") }).click();
      await expect.poll(() => askedFor(fake, "contactCopy")).toEqual([{ id: "c-khaled" }]);
      await expect.element(page.getByRole("button", { name: t("contact-edit"), exact: true })).toBeVisible();
    });
  });
}
