import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { KHALED, LOST, RANA } from "../src/backend/fakeData";
import type { CallTransfer } from "../src/backend/generated";
import { askedFor, COMPACT, mount, plain, saying, visibleText } from "./support";

const TALKING = { line: "talking", media: "connected", talkMs: 267_000, direction: "incoming" } as const;
const open = () => userEvent.keyboard("{Control>}t{/Control}");

for (const language of ["en", "ar"] as const) {
  describe(`a transfer, ${language} (CT-02)`, () => {
    it("opens by its key and its tile, and Esc closes it without touching the call", async () => {
      const { fake, t } = await mount({ language });
      fake.place(KHALED, TALKING);
      await expect.element(page.getByRole("button", { name: t("transfer"), exact: true })).toBeEnabled();
      await open();
      const panel = page.getByRole("dialog", { name: t("transfer-title") });
      await expect.element(panel).toBeVisible();
      await expect.poll(() => (document.activeElement as HTMLInputElement | null)?.placeholder).toBe(t("transfer-search"));
      await userEvent.keyboard("{Escape}");
      await expect.poll(() => document.querySelector("[role='dialog']")).toBeNull();
      await page.getByRole("button", { name: t("transfer"), exact: true }).click();
      await expect.element(panel).toBeVisible();
      expect(askedFor(fake, "hold")).toEqual([]);
      expect(askedFor(fake, "hangUp")).toEqual([]);
    });

    it("offers who can take the call first, and marks who cannot", async () => {
      const { fake, t } = await mount({ language });
      fake.place(KHALED, TALKING);
      await open();
      const options = () => [...document.querySelectorAll("[role='option']")].map((option) => plain((option as HTMLElement).innerText));
      await expect.poll(() => options().length).toBeGreaterThanOrEqual(9);
      const selected = () => plain(document.querySelector<HTMLElement>("[role='option'][aria-selected='true']")?.innerText ?? "");
      expect(selected()).not.toContain(t("transfer-blocked"));
      const blocked = options().filter((option) => option.includes(t("transfer-blocked")));
      expect(blocked).toHaveLength(2);
      expect(options().slice(7, 9).every((option) => option.includes(t("transfer-blocked")))).toBe(true);
      fake.setColleague("u-rana", { kind: "doNotDisturb" });
      await expect.poll(() => options().filter((option) => option.includes(t("transfer-blocked"))).length).toBe(3);
    });

    it("asks a colleague first: the caller waits, then the two are connected", async () => {
      const { fake, t } = await mount({ language });
      const { id } = fake.place(KHALED, TALKING);
      await open();
      await page.getByPlaceholder(t("transfer-search")).fill("2104");
      await expect.element(page.getByRole("button", { name: saying(t("transfer-call", { person: "Rana Khoury" })) })).toBeVisible();
      await userEvent.keyboard("{Enter}");
      await expect.poll(() => askedFor(fake, "consult")).toEqual([{ about: id, target: "2104" }]);
      const asking = fake.calls().at(-1);
      fake.change(asking?.id ?? "", { person: RANA, line: "talking", media: "connected", talkMs: 0 });
      await expect.poll(visibleText).toContain(t("transfer-talking"));
      expect(visibleText()).toContain(t("call-held"));
      await page.getByRole("button", { name: t("transfer-complete") }).click();
      await expect.poll(() => askedFor(fake, "completeTransfer")).toEqual([{ call: id, to: asking?.id }]);
    });

    it("goes back to the caller by one button", async () => {
      const { fake, t } = await mount({ language });
      const { id } = fake.place(KHALED, { ...TALKING, line: "held", heldMs: 1000 });
      const asking = fake.place(RANA, { line: "ringingThere", asksFor: id });
      await page.getByRole("button", { name: t("transfer-back") }).click();
      await expect.poll(() => askedFor(fake, "hangUp")).toEqual([{ call: asking.id }]);
    });

    it("sends the caller at once to a number that was typed, in any digits", async () => {
      const { fake, t } = await mount({ language });
      const { id } = fake.place(KHALED, TALKING);
      await open();
      await page.getByRole("radio", { name: t("transfer-now") }).click();
      await page.getByPlaceholder(t("transfer-search")).fill("٩٠٠١");
      await expect.element(page.getByRole("button", { name: saying(t("transfer-send", { person: "9001" })) })).toBeEnabled();
      await page.getByRole("button", { name: saying(t("transfer-send", { person: "9001" })) }).click();
      await expect.poll(() => askedFor(fake, "transfer")).toEqual([{ call: id, target: "9001" }]);
    });

    it("finds contacts by name", async () => {
      const { fake, t } = await mount({ language });
      fake.place(RANA, TALKING);
      await open();
      await page.getByPlaceholder(t("transfer-search")).fill("Grace");
      await expect.element(page.getByRole("option", { name: /Grace/ })).toBeVisible();
    });

    it("says how far it is, and why it failed", async () => {
      const { fake, t } = await mount({ language });
      const { id } = fake.place(KHALED, TALKING);
      const at = (more: Partial<CallTransfer>) => fake.change(id, { transfer: { to: { number: "2104", name: "" }, stage: "asked", fault: null, reason: null, sipCode: null, ...more } });
      for (const stage of ["asked", "accepted", "trying", "ringing", "answered"] as const) {
        at({ stage });
        await expect.poll(visibleText).toContain(t(`transfer-stage-${stage}`));
        await expect.poll(visibleText).toContain(t("transfer-running", { person: "Rana Khoury" }));
      }
      await expect.element(page.getByRole("button", { name: t("transfer"), exact: true })).toBeDisabled();
      for (const fault of ["notSupported", "refused", "silent", "offline"] as const) {
        at({ stage: "failed", fault });
        await expect.poll(visibleText).toContain(t(`transfer-fault-${fault}`));
      }
      at({ stage: "failed", fault: "target", reason: "busy", sipCode: 486 });
      await expect.poll(visibleText).toContain(t("end-long-busy"));
      await expect.poll(visibleText).toContain("SIP 486");
      await page.getByRole("alert").getByRole("button", { name: t("close") }).click();
      await expect.poll(visibleText).not.toContain("SIP 486");
      await expect.element(page.getByRole("button", { name: t("transfer"), exact: true })).toBeEnabled();
    });
  });
}

it("waits for the server", async () => {
  const { fake, t } = await mount();
  fake.place(KHALED, TALKING);
  fake.setSystem(LOST);
  await open();
  await expect.poll(visibleText).toContain(t("transfer-offline"));
  await expect.element(page.getByRole("button", { name: new RegExp(`^${t("transfer-call", { person: "" }).trim()}`) })).toBeDisabled();
});

it("fills the small window", async () => {
  const { fake, t } = await mount({ size: COMPACT });
  fake.place(KHALED, TALKING);
  await page.getByRole("button", { name: t("transfer"), exact: true }).click();
  const panel = page.getByRole("dialog", { name: t("transfer-title") });
  await expect.element(panel).toBeVisible();
  expect(panel.element().getBoundingClientRect().width).toBe(360);
});

it("is told in the history", async () => {
  const { fake } = await mount();
  const [first, second, ...rest] = fake.rows;
  if (!first || !second) throw new Error("rows");
  fake.rows = [{ ...first, reason: "transferred", transfer: { way: "to", person: RANA } }, { ...second, transfer: { way: "by", person: RANA } }, ...rest];
  fake.emit({ kind: "history", unseenMissed: 0 });
  await expect.poll(visibleText).toContain("to Rana Khoury");
  await expect.poll(visibleText).toContain("from Rana Khoury");
});
