import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ipcError } from "../src/backend/fake";
import { KHALED } from "../src/backend/fakeData";
import { byDay } from "../src/features/history/days";
import { askedFor, mount, NOW, visibleText } from "./support";

describe("days", () => {
  const row = (startedAtMs: number) => ({ id: startedAtMs, direction: "incoming" as const, person: KHALED, startedAtMs, talkedS: 1, rangS: 1, reason: "remoteHangUp" as const, sipCode: null, unseen: false });

  it("are local days, counted from today", () => {
    const at = (day: number, hour: number) => row(new Date(2026, 10, day, hour).getTime());
    const days = byDay([at(21, 9), at(21, 0), at(20, 23), at(18, 12)], NOW);
    expect(days.map(({ ago, rows }) => [ago, rows.length])).toEqual([[0, 2], [1, 1], [3, 1]]);
  });
});

for (const language of ["en", "ar"] as const) {
  describe(`history, ${language}`, () => {
    const open = async () => {
      const mounted = await mount({ language });
      await userEvent.keyboard("{Control>}2{/Control}");
      await expect.element(page.getByText("Khaled Al-Amin").first()).toBeVisible();
      return mounted;
    };

    it("groups by day and clears the count of missed calls", async () => {
      const { fake, t } = await open();
      await expect.element(page.getByRole("heading", { name: new RegExp(t("today")) })).toBeVisible();
      await expect.poll(() => askedFor(fake, "historySeen").length).toBeGreaterThan(0);
    });

    it("shows only missed calls on request", async () => {
      const { t } = await open();
      await page.getByRole("radio", { name: new RegExp(`^${t("filter-missed")}`) }).click();
      await expect.poll(visibleText).not.toContain("Grace Whitfield");
      expect(visibleText()).toContain("Khaled Al-Amin");
    });

    it("deletes with a way back", async () => {
      const { fake, t } = await open();
      await page.getByRole("listitem").filter({ hasText: "Khaled Al-Amin" }).first().hover();
      await page.getByRole("listitem").filter({ hasText: "Khaled Al-Amin" }).first().getByRole("button", { name: t("history-delete") }).click();
      await expect.poll(visibleText).not.toContain("Khaled Al-Amin");
      await page.getByRole("button", { name: t("undo") }).click();
      await expect.poll(visibleText).toContain("Khaled Al-Amin");
      expect(askedFor(fake, "historyRestore")).toHaveLength(1);
    });

    it("calls back and shows the phone", async () => {
      const { fake, t } = await open();
      const row = page.getByRole("listitem").filter({ hasText: "Grace Whitfield" });
      await row.hover();
      await row.getByRole("button", { name: /Grace/ }).click();
      await expect.poll(() => askedFor(fake, "dial")).toEqual([{ target: "+442079460958" }]);
      await expect.element(page.getByRole("button", { name: new RegExp(t("end-call")) })).toBeVisible();
    });

    it("says what failed and tries again", async () => {
      const { fake, t } = await mount({ language }, (snapshot) => ({ ...snapshot, unseenMissed: 0 }));
      await expect.element(page.getByText("Khaled Al-Amin").first()).toBeVisible();
      fake.failNext("history", ipcError("storageFailed", { detail: "disk I/O error" }));
      await userEvent.keyboard("{Control>}2{/Control}");
      await expect.element(page.getByText("disk I/O error")).toBeVisible();
      await page.getByRole("button", { name: t("try-again") }).click();
      await expect.element(page.getByText("Khaled Al-Amin").first()).toBeVisible();
    });
  });
}

describe("a long history", () => {
  it("comes in pages, as far as one scrolls", async () => {
    const { fake } = await mount();
    const [first] = fake.rows;
    if (!first) throw new Error("the scripted engine has rows");
    fake.rows = Array.from({ length: 300 }, (_, at) => ({ ...first, id: 300 - at, person: { name: `Person ${300 - at}`, number: String(at) }, startedAtMs: Date.now() - at * 60_000 }));
    await userEvent.keyboard("{Control>}2{/Control}");
    await expect.element(page.getByText("Person 300", { exact: true })).toBeVisible();
    expect(document.querySelectorAll("li").length).toBeLessThan(200);
    await expect.poll(() => {
      const rows = [...document.querySelectorAll("main li")];
      rows.at(-1)?.scrollIntoView();
      return document.body.textContent?.includes("Person 1Missed") || [...document.querySelectorAll("bdi")].some((name) => name.textContent === "Person 1");
    }, { timeout: 15_000 }).toBe(true);
  });

  it("does not ask for ever when the storage fails", async () => {
    const { fake } = await mount();
    const refused = ipcError("storageFailed");
    const timer = setInterval(() => fake.failNext("historySeen", refused), 1);
    fake.failNext("historySeen", refused);
    await userEvent.keyboard("{Control>}2{/Control}");
    await expect.poll(() => askedFor(fake, "historySeen").length).toBeGreaterThan(0);
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    clearInterval(timer);
    expect(askedFor(fake, "historySeen").length).toBeLessThan(4);
  });
});
