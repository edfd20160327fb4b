import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ipcError } from "../src/backend/fake";
import { NOOR, OWN_STATUS } from "../src/backend/fakeData";
import { askedFor, COMPACT, mount, type Mounted, plain, visibleText } from "./support";

const menu = (t: Mounted["t"]) => page.getByRole("dialog", { name: t("profile-menu") });
const shape = () => document.querySelector<SVGElement>("[data-region='rail'] [data-opens-status] svg:last-of-type")?.getAttribute("class") ?? "";

async function open(t: Mounted["t"], word: string): Promise<void> {
  await page.getByRole("button", { name: new RegExp(word) }).first().click();
  await expect.element(menu(t)).toBeVisible();
}

const row = (t: Mounted["t"], name: string) => menu(t).getByRole("group", { name: t("status-choices") }).getByRole("button", { name: new RegExp(name) });

/** Gone, or on its way. */
const isClosing = (dialog: Element | null) => dialog === null || dialog.closest("[data-exiting]") !== null;

for (const language of ["en", "ar"] as const) {
  describe(`status menu, ${language}`, () => {
    it("has everything in the order of the design (ST-01)", async () => {
      const { t } = await mount({ language });
      await open(t, t("presence-available"));
      const text = plain((menu(t).element() as HTMLElement).innerText);
      const order = [NOOR.name, t("presence-available"), t("presence-break"), t("presence-do-not-disturb"), t("presence-meeting"), t("status-other"), t("status-offline-sign-in"), t("section-client"), t("profile-settings"), t("session-logout")];
      const places = order.map((word) => text.indexOf(word));
      expect(places.every((place, at) => place >= 0 && (at === 0 || place > (places[at - 1] ?? -1))), `${places}`).toBe(true);
      expect(text).toContain("1:24:0");
      await expect.element(row(t, t("status-note-available"))).toHaveAttribute("aria-pressed", "true");
    });

    it("calls an administrator's own status by its name, and promises nothing that was changed (ST-05)", async () => {
      const { fake, t } = await mount({ language });
      const names = { en: "Training", ar: "تدريب" };
      fake.setOwnStatus({ choices: [...OWN_STATUS.choices.map((choice) => ({ ...choice, usual: choice.kind !== "meeting" })), { id: "x1", kind: "break", names, usual: false }] });
      await open(t, t("presence-available"));
      await expect.element(row(t, names[language])).toBeVisible();
      await expect.element(menu(t).getByText(t("status-note-break"))).toBeVisible();
      await expect.element(menu(t).getByText(t("status-note-meeting"))).not.toBeInTheDocument();
      await row(t, names[language]).click();
      await expect.poll(() => askedFor(fake, "setStatus")).toEqual([{ id: "x1", text: "" }]);
      fake.setOwnStatus({ id: "x1", kind: "break", names, pending: null });
      await expect.poll(visibleText).toContain(names[language]);
      await expect.poll(shape).toMatch(/break/);
    });

    it("changes in two presses, and shows the new one when the server has said so (ST-12)", async () => {
      const { fake, t } = await mount({ language });
      fake.holdBack("setStatus");
      await open(t, t("presence-available"));
      await row(t, t("presence-do-not-disturb")).click();
      await expect.poll(() => askedFor(fake, "setStatus")).toEqual([{ id: "dnd", text: "" }]);
      await expect.poll(visibleText).toContain(t("presence-changing"));
      await expect.poll(shape).toMatch(/available/);
      await page.getByRole("button", { name: new RegExp(t("presence-changing")) }).first().click();
      await expect.element(menu(t).getByText(t("status-asked"))).toBeVisible();
      await userEvent.keyboard("{Escape}");
      await expect.element(menu(t)).not.toBeInTheDocument();

      fake.setOwnStatus({ id: "dnd", kind: "doNotDisturb", pending: null, ageMs: 0 });
      await expect.poll(visibleText).toContain(t("presence-do-not-disturb"));
      await expect.poll(shape).toMatch(/doNotDisturb/);
      expect(visibleText()).not.toContain(t("presence-changing"));
      expect(visibleText()).not.toContain(t("ready-for-calls"));
    });

    it("goes back to what counts when the server refuses, and says so (ST-12)", async () => {
      const { fake, t } = await mount({ language });
      fake.holdBack("setStatus");
      await open(t, t("presence-available"));
      await row(t, t("presence-break")).click();
      await expect.poll(visibleText).toContain(t("presence-changing"));
      fake.setOwnStatus({ pending: null });
      fake.emit({ kind: "problem", error: ipcError("statusNewer"), call: null });
      await expect.poll(visibleText).toContain(t("error-statusNewer"));
      await expect.poll(shape).toMatch(/available/);
    });

    it("opens a field at once for one's own words, refuses nothing at all, and offers the last three (ST-06)", async () => {
      const { fake, t } = await mount({ language });
      await open(t, t("presence-available"));
      await row(t, t("status-other")).click();
      const field = menu(t).getByRole("textbox", { name: t("status-words") });
      await expect.element(field).toHaveFocus();
      await userEvent.keyboard("{Enter}");
      await expect.element(menu(t).getByText(t("status-words-empty"))).toBeVisible();
      expect(askedFor(fake, "setStatus")).toEqual([]);
      await field.fill("x".repeat(41));
      await expect.poll(visibleText).toContain(t("status-words-long", { most: 40 }));
      await field.fill("  تدريب على CRM ");
      await userEvent.keyboard("{Enter}");
      await expect.poll(() => askedFor(fake, "setStatus")).toEqual([{ id: "other", text: "تدريب على CRM" }]);
      await expect.poll(visibleText).toContain("تدريب على CRM");

      await open(t, "CRM");
      const recent = menu(t).getByRole("group", { name: t("status-recent") });
      expect([...recent.element().querySelectorAll("button")].map((button) => button.innerText)).toEqual(["تدريب على CRM", "Training", "صلاة"]);
      await recent.getByRole("button", { name: "Training" }).click();
      await expect.poll(() => askedFor(fake, "setStatus").at(-1)).toEqual({ id: "other", text: "Training" });
    });

    it("switches how sign-ins begin, and moves when that is true (ST-07)", async () => {
      const { fake, t } = await mount({ language });
      await open(t, t("presence-available"));
      const toggle = menu(t).getByRole("switch", { name: t("status-offline-sign-in") });
      await expect.element(toggle).not.toBeChecked();
      (toggle.element() as HTMLElement).click();
      await expect.poll(() => askedFor(fake, "offlineAtSignIn")).toEqual([{ on: true }]);
      await expect.element(toggle).toBeChecked();
    });

    it("says that the extension is offline, and goes online with one press (ST-07)", async () => {
      const { fake, t } = await mount({ language }, (snapshot) => ({ ...snapshot, status: snapshot.status && { ...snapshot.status, id: "meeting", kind: "meeting", markedOffline: true } }));
      await expect.poll(visibleText).toContain(t("status-offline-title"));
      await expect.poll(shape).toMatch(/offline/);
      await page.getByRole("button", { name: t("status-go-online"), exact: true }).click();
      await expect.poll(() => askedFor(fake, "setStatus")).toEqual([{ id: "meeting", text: "" }]);
      await expect.poll(visibleText).not.toContain(t("status-offline-title"));
      await expect.poll(shape).toMatch(/meeting/);
    });

    it("opens with a shortcut and is used without a pointer (ST-01, ST-12)", async () => {
      const { fake, t } = await mount({ language });
      await userEvent.keyboard("{Control>}{Shift>}s{/Shift}{/Control}");
      await expect.element(menu(t)).toBeVisible();
      await userEvent.keyboard("{Tab}{Tab}{Enter}");
      await expect.poll(() => askedFor(fake, "setStatus")).toHaveLength(1);
    });

    it("closes on Esc although it was opened again while it still faded", async () => {
      const { t } = await mount({ language });
      document.documentElement.style.setProperty("--d-fast", "20s");
      try {
        await open(t, t("presence-available"));
        await userEvent.keyboard("{Escape}");
        await expect.poll(() => document.querySelector("[data-exiting]")).not.toBeNull();
        (document.querySelector("[data-opens-status]") as HTMLElement).click();
        await expect.poll(() => document.querySelector("[data-exiting]")).toBeNull();
        await expect.poll(() => menu(t).element().contains(document.activeElement)).toBe(true);
        await userEvent.keyboard("{Escape}");
        // A fade that was turned round twice may be over before anybody looks.
        await expect.poll(() => isClosing(menu(t).query())).toBe(true);
      } finally {
        document.documentElement.style.removeProperty("--d-fast");
      }
    });

    it("is in the head of the narrow window too", async () => {
      const { fake, t } = await mount({ language, size: COMPACT });
      await userEvent.keyboard("{Control>}{Shift>}s{/Shift}{/Control}");
      await row(t, t("presence-meeting")).click();
      await expect.poll(() => askedFor(fake, "setStatus")).toEqual([{ id: "meeting", text: "" }]);
    });
  });
}

describe("an account without statuses", () => {
  it("has none in the menu", async () => {
    const { t } = await mount({}, (snapshot) => ({ ...snapshot, status: null }));
    await open(t, t("presence-available"));
    expect((menu(t).element() as HTMLElement).innerText).not.toContain(t("presence-break"));
    await expect.element(menu(t).getByRole("button", { name: t("session-logout"), exact: true })).toBeVisible();
  });
});
