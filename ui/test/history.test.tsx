import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { type FakeBackend, ipcError } from "../src/backend/fake";
import { CHOPPY_PASSPORT, GOOD_PASSPORT, KHALED } from "../src/backend/fakeData";
import type { HistoryRow } from "../src/backend/generated";
import { byDay } from "../src/features/history/days";
import { openPassport } from "./scenes";
import { askedFor, mount, NOW, plain, saying, visibleText } from "./support";

describe("days", () => {
  const row = (startedAtMs: number) => ({ id: startedAtMs, direction: "incoming" as const, person: KHALED, startedAtMs, talkedS: 1, rangS: 1, reason: "remoteHangUp" as const, sipCode: null, unseen: false, transfer: null, note: "" });

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
      await userEvent.keyboard("{Control>}4{/Control}");
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

    it("narrows by direction, period and what is typed, and takes it all back", async () => {
      const { fake, t } = await open();
      await page.getByRole("radio", { name: t("filter-outgoing"), exact: true }).click();
      await expect.poll(visibleText).not.toContain("Grace Whitfield");
      expect(visibleText()).toContain("Mariam Odeh");
      await page.getByRole("textbox", { name: t("history-search") }).fill("liy");
      await expect.element(page.getByText(t("history-none-found"))).toBeVisible();
      await page.getByRole("textbox", { name: t("history-search") }).fill("ليان");
      await expect.element(page.getByText("ليان الشمري").first()).toBeVisible();
      await page.getByRole("button", { name: new RegExp(t("history-period-ever")) }).click();
      await page.getByRole("option", { name: saying(t("history-period-days", { days: 7 })) }).click();
      const midnight = new Date();
      midnight.setHours(0, 0, 0, 0);
      midnight.setDate(midnight.getDate() - 6);
      await expect.poll(() => askedFor(fake, "history").at(-1)).toMatchObject({ filter: { kind: "outgoing", text: "ليان", sinceMs: midnight.getTime() } });
      await page.getByRole("textbox", { name: t("history-search") }).fill("nobody");
      await page.getByRole("button", { name: t("history-show-all") }).click();
      await expect.poll(visibleText).toContain("Grace Whitfield");
    });

    it("keeps a note with a call", async () => {
      const { fake, t } = await open();
      const row = page.getByRole("listitem").filter({ hasText: "Grace Whitfield" });
      await row.hover();
      await row.getByRole("button", { name: t("history-note-add") }).click();
      const field = page.getByRole("textbox", { name: t("history-note-add") });
      await expect.element(field).toHaveFocus();
      await field.fill(" wants the order by Monday — قبل الظهر ");
      await page.getByRole("button", { name: t("save"), exact: true }).click();
      await expect.element(row.getByText("wants the order by Monday — قبل الظهر")).toBeVisible();
      expect(askedFor(fake, "historyNote")).toHaveLength(1);
      await row.hover();
      await expect.element(row.getByRole("button", { name: t("history-note-edit") })).toBeInTheDocument();
    });

    it("writes what is shown to a file", async () => {
      const { fake, t } = await open();
      await page.getByRole("radio", { name: new RegExp(`^${t("filter-missed")}`) }).click();
      await expect.poll(visibleText).not.toContain("Grace Whitfield");
      await page.getByRole("button", { name: t("history-export") }).click();
      await expect.poll(visibleText).toContain("rannan-history-2026-11-21.csv");
      expect(askedFor(fake, "historyExport")).toEqual([{ kind: "missed", sinceMs: null, text: "", numbers: [] }]);
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

    it("tells how a call sounded, in words and figures", async () => {
      const { fake, t } = await open();
      const id = rowOf(fake, "Grace Whitfield").id;
      fake.passports.set(id, CHOPPY_PASSPORT);
      await openPassport(t, "Grace Whitfield");
      const told = page.getByRole("dialog", { name: t("passport") });
      for (const words of [
        t("passport-head-unsteady"), t("passport-cause-lossIn"), t("quality-way-unsteady"), t("quality-way-good"),
        plain(t("quality-share", { percent: (1040 / 12_540) * 100 })), plain(t("quality-ms", { ms: 820 })), t("passport-trouble-ownNetwork"), "1:13",
      ]) await expect.poll(() => plain(told.element().textContent ?? "")).toContain(words);
      expect(told.element().textContent).not.toContain(t("passport-trouble-microphone"));
      expect(askedFor(fake, "historyQuality")).toEqual([{ id }]);
    });

    it("saves it as a file by key alone, and says where it is", async () => {
      const { fake, t } = await open();
      const { id } = rowOf(fake, "Grace Whitfield");
      fake.passports.set(id, GOOD_PASSPORT);
      const action = passportButton(t("passport"), "Grace Whitfield");
      action.focus();
      await expect.poll(() => action.checkVisibility({ opacityProperty: true })).toBe(true);
      await userEvent.keyboard("{Enter}");
      await expect.element(page.getByText(t("passport-head-good"))).toBeVisible();
      await userEvent.keyboard("{Tab}");
      expect(document.activeElement?.textContent).toBe(t("passport-save"));
      await userEvent.keyboard("{Enter}");
      const path = page.getByText("/home/noor/Downloads/rannan-call-2026-11-21-1018-+442079460958.json");
      await expect.element(path).toBeVisible();
      expect(path.element().getAttribute("dir")).toBe("ltr");
      await expect.element(page.getByRole("status").filter({ hasText: t("passport-saved") })).toBeVisible();
      expect(askedFor(fake, "exportPassport")).toEqual([{ id }]);
      await expect.poll(() => document.activeElement).toBe(action);
    });

    it("says why a file could not be written", async () => {
      const { fake, t } = await open();
      fake.passports.set(rowOf(fake, "Grace Whitfield").id, GOOD_PASSPORT);
      await openPassport(t, "Grace Whitfield");
      fake.failNext("exportPassport", ipcError("fileNotWritten", { detail: "No space left on device (os error 28)" }));
      await page.getByRole("button", { name: t("passport-save") }).click();
      await expect.element(page.getByText(t("error-fileNotWritten"))).toBeVisible();
      expect(visibleText()).toContain("No space left on device");
      expect(visibleText()).not.toContain(t("passport-saved"));
    });

    it("says when nothing is known of the sound, and when it cannot be read", async () => {
      const { fake, t } = await open();
      fake.failNext("historyQuality", ipcError("storageFailed", { detail: "disk I/O error" }));
      await openPassport(t, "Grace Whitfield");
      await expect.element(page.getByText(t("error-storageFailed"))).toBeVisible();
      await page.getByRole("button", { name: t("try-again") }).click();
      await expect.element(page.getByText(t("passport-none"))).toBeVisible();
      await expect.element(page.getByRole("button", { name: t("passport-save") })).not.toBeInTheDocument();
    });

    it("shows bars for what is being read", async () => {
      const { fake, t } = await open();
      fake.hang("historyQuality");
      await openPassport(t, "Grace Whitfield");
      await expect.element(page.getByRole("dialog", { name: t("passport") }).getByRole("status", { name: t("loading") })).toBeVisible();
    });

    it("has nothing to tell of a call in which nobody talked", async () => {
      const { t } = await open();
      const missed = page.getByRole("listitem").filter({ hasText: "Khaled Al-Amin" }).first();
      await missed.hover();
      await expect.element(missed.getByRole("button", { name: t("history-delete") })).toBeVisible();
      await expect.element(missed.getByRole("button", { name: t("passport") })).not.toBeInTheDocument();
    });

    it("says what failed and tries again", async () => {
      const { fake, t } = await mount({ language }, (snapshot) => ({ ...snapshot, unseenMissed: 0 }));
      await expect.element(page.getByText("Khaled Al-Amin").first()).toBeVisible();
      fake.failNext("history", ipcError("storageFailed", { detail: "disk I/O error" }));
      await userEvent.keyboard("{Control>}4{/Control}");
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
    await userEvent.keyboard("{Control>}4{/Control}");
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
    await userEvent.keyboard("{Control>}4{/Control}");
    await expect.poll(() => askedFor(fake, "historySeen").length).toBeGreaterThan(0);
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    clearInterval(timer);
    expect(askedFor(fake, "historySeen").length).toBeLessThan(4);
  });
});

function rowOf(fake: FakeBackend, name: string): HistoryRow {
  const row = fake.rows.find(({ person }) => person.name === name);
  if (!row) throw new Error(`the scripted engine has a call with ${name}`);
  return row;
}

function passportButton(label: string, name: string): HTMLElement {
  const row = [...document.querySelectorAll("main li")].find((item) => item.textContent?.includes(name));
  const button = row?.querySelector<HTMLElement>(`button[aria-label="${label}"]`);
  if (!button) throw new Error(`the row of ${name} has the button`);
  return button;
}
