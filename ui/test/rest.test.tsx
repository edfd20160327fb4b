import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ipcError } from "../src/backend/fake";
import { LOST } from "../src/backend/fakeData";
import { askedFor, mount, visibleText } from "./support";

for (const language of ["en", "ar"] as const) {
  describe(`phone at rest, ${language}`, () => {
    it("dials what is typed, Arabic digits too", async () => {
      const { fake, t } = await mount({ language });
      await page.getByRole("textbox", { name: t("dial-placeholder") }).fill("٢١٠٤");
      await userEvent.keyboard("{Enter}");
      await expect.poll(() => askedFor(fake, "dial")).toEqual([{ target: "2104" }]);
    });

    it("dials from the pad, with a tone in the agent's ear for each key", async () => {
      const { fake, t } = await mount({ language });
      const pad = page.getByRole("main");
      await pad.getByRole("button", { name: t("keypad-star") }).click();
      await pad.getByRole("button", { name: "4", exact: true }).click();
      await pad.getByRole("button", { name: "3", exact: true }).click();
      await page.getByRole("button", { name: t("call"), exact: true }).click();
      await expect.poll(() => askedFor(fake, "dial")).toEqual([{ target: "*43" }]);
      expect(askedFor(fake, "dtmf")).toEqual(["*", "4", "3"].map((digits) => ({ call: null, digits })));
    });

    it("takes digits that are typed anywhere", async () => {
      const { fake } = await mount({ language });
      await expect.poll(visibleText).toContain("Mariam Odeh");
      await userEvent.keyboard("2104{Enter}");
      await expect.poll(() => askedFor(fake, "dial")).toEqual([{ target: "2104" }]);
    });

    it("recalls the last number for an empty Call", async () => {
      const { fake, t } = await mount({ language });
      await expect.element(page.getByText("Mariam Odeh")).toBeVisible();
      await page.getByRole("button", { name: t("call"), exact: true }).click();
      await expect.poll(() => (page.getByRole("textbox", { name: t("dial-placeholder") }).element() as HTMLInputElement).value).toBe("+96260000119");
      await page.getByRole("button", { name: t("call"), exact: true }).click();
      await expect.poll(() => askedFor(fake, "dial")).toEqual([{ target: "+96260000119" }]);
    });

    it("gives + for a long press on 0, and no 0", async () => {
      const { t } = await mount({ language });
      const key = page.getByRole("button", { name: "0", exact: true }).element();
      const pointer = (type: string) => key.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, pointerId: 1, pointerType: "mouse", button: 0, clientX: key.getBoundingClientRect().x + 5, clientY: key.getBoundingClientRect().y + 5 }));
      const number = () => (page.getByRole("textbox", { name: t("dial-placeholder") }).element() as HTMLInputElement).value;
      pointer("pointerdown");
      await expect.poll(number).toBe("+");
      pointer("pointerup");
      key.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
      expect(number()).toBe("+");
    });

    it("filters the missed calls", async () => {
      const { fake, t } = await mount({ language });
      const recent = () => document.querySelector<HTMLElement>(`ul[aria-label="${t("recent")}"]`)?.innerText ?? "";
      await expect.poll(recent).toContain("Grace Whitfield");
      expect(askedFor(fake, "history"), "one page serves the list and the last number").toHaveLength(1);
      await page.getByRole("radio", { name: new RegExp(`^${t("filter-missed")}`) }).click();
      await expect.poll(recent).not.toContain("Grace Whitfield");
      expect(askedFor(fake, "history")).toEqual([expect.objectContaining({ missedOnly: false }), expect.objectContaining({ missedOnly: true })]);
      await page.getByRole("button", { name: t("call"), exact: true }).click();
      await expect.poll(() => (page.getByRole("textbox", { name: t("dial-placeholder") }).element() as HTMLInputElement).value).toBe("+96260000119");
    });

    it("cannot dial while the server is away, and says so with a countdown and a way to try now", async () => {
      const { fake, t } = await mount({ language }, (snapshot) => ({ ...snapshot, system: LOST }));
      await expect.element(page.getByRole("button", { name: t("no-connection") })).toBeDisabled();
      await expect.poll(visibleText).toContain(t("offline-note"));
      await expect.poll(visibleText).toContain("4");
      await expect.poll(visibleText, { timeout: 4000 }).toContain("3");
      await page.getByRole("main").getByRole("button", { name: t("retry-now") }).click();
      await expect.poll(() => askedFor(fake, "retryNow")).toHaveLength(1);
      await expect.element(page.getByRole("button", { name: t("call"), exact: true })).toBeEnabled();
    });

    it("says when a call could not be made", async () => {
      const { fake, t } = await mount({ language });
      fake.failNext("dial", ipcError("badNumber"));
      await page.getByRole("textbox", { name: t("dial-placeholder") }).fill("---");
      await userEvent.keyboard("{Enter}");
      await expect.poll(visibleText).toContain(t("error-badNumber"));
    });

    it("says when the recent calls cannot be read", async () => {
      const { fake, t } = await mount({ language });
      await expect.poll(visibleText).toContain("Grace Whitfield");
      fake.failNext("history", ipcError("storageFailed", { detail: "disk I/O error" }));
      await page.getByRole("radio", { name: new RegExp(`^${t("filter-missed")}`) }).click();
      await expect.poll(visibleText).toContain("disk I/O error");
    });
  });
}

describe("digits that people read", () => {
  it("follow the choice, what is dialled stays ASCII", async () => {
    const { fake } = await mount({ language: "ar", digits: "arab" });
    await expect.poll(visibleText).toContain("٢١٠٧");
    expect(visibleText()).not.toMatch(/[0-9]/);
    await page.getByRole("button", { name: /Mariam/ }).click();
    await expect.poll(() => askedFor(fake, "dial")).toEqual([{ target: "+96260000119" }]);
  });
});
