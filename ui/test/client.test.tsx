import { describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { KHALED, NOBODY } from "../src/backend/fakeData";
import { askedFor, mount, plain, visibleText } from "./support";

for (const language of ["en", "ar"] as const) {
  describe(`client console, ${language} (ST-08)`, () => {
    const open = async (before?: (fake: Awaited<ReturnType<typeof mount>>["fake"]) => void) => {
      const mounted = await mount({ language });
      before?.(mounted.fake);
      await page.getByRole("button", { name: new RegExp(`${mounted.t("presence-available")}|${mounted.t("presence-on-call")}`) }).first().click();
      await page.getByRole("button", { name: mounted.t("section-client"), exact: true }).click();
      await expect.element(page.getByRole("heading", { level: 1, name: mounted.t("section-client") }).first()).toBeVisible();
      return mounted;
    };

    it("shows who is on the line: card, note and earlier calls", async () => {
      const { fake, t } = await open((backend) => { backend.place(KHALED, { line: "talking", talkMs: 4000 }); });
      await expect.element(page.getByText(t("client-on-the-line"))).toBeVisible();
      await expect.element(page.getByRole("heading", { level: 2, name: "Khaled Al-Amin" })).toBeVisible();
      expect(visibleText()).toContain("Maydan");
      await expect.element(page.getByRole("region", { name: t("latest-calls") })).toBeVisible();
      expect(askedFor(fake, "history").at(-1)).toMatchObject({ filter: { numbers: expect.arrayContaining([KHALED.number]) as string[] } });
      await page.getByRole("button", { name: t("client-to-call"), exact: true }).click();
      await expect.element(page.getByRole("button", { name: new RegExp(t("end-call")) })).toBeVisible();
    });

    it("shows whoever was last when nobody is on the line, and offers to keep a stranger", async () => {
      const { fake, t } = await open((backend) => { backend.rows = backend.rows.map((row, at) => (at === 0 ? { ...row, person: NOBODY } : row)); });
      await expect.element(page.getByText(t("client-stranger"))).toBeVisible();
      expect(askedFor(fake, "contactOf").at(-1)).toEqual({ number: NOBODY.number });
      await page.getByRole("button", { name: t("history-add-contact"), exact: true }).first().click();
      await expect.element(page.getByRole("heading", { level: 1, name: t("section-contacts") }).first()).toBeVisible();
    });

    it("is empty before the first call", async () => {
      const { t } = await open((backend) => { backend.rows = []; });
      await expect.poll(visibleText).toContain(plain(t("client-empty")));
    });
  });
}
