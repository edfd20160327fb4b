import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { KHALED, LOST, OK, SETTINGS } from "../src/backend/fakeData";
import { askedFor, COMPACT, mount, plain, saying, visibleText } from "./support";

const focused = () => document.activeElement;

for (const language of ["en", "ar"] as const) {
  describe(`keys of the window, ${language}`, () => {
    it("Ctrl+K goes to the search field, Enter dials from it", async () => {
      const { fake, t } = await mount({ language });
      await userEvent.keyboard("{Control>}k{/Control}");
      expect(focused()?.getAttribute("aria-label")).toBe(t("search-or-dial"));
      await userEvent.keyboard("*43{Enter}");
      await expect.poll(() => askedFor(fake, "dial")).toEqual([{ target: "*43" }]);
    });

    it("Ctrl+1 to Ctrl+5 change the section, in the order of the rail", async () => {
      const { fake, t } = await mount({ language });
      await userEvent.keyboard("{Control>}3{/Control}");
      await expect.element(page.getByRole("heading", { level: 1, name: t("section-team") }).first()).toBeVisible();
      fake.setTeam(null);
      await userEvent.keyboard("{Control>}3{/Control}");
      await expect.element(page.getByRole("heading", { level: 1, name: t("section-history") }).first()).toBeVisible();
      await userEvent.keyboard("{Control>}2{/Control}");
      await expect.element(page.getByRole("heading", { level: 1, name: t("section-contacts") }).first()).toBeVisible();
      await userEvent.keyboard("{Control>}1{/Control}");
      await expect.element(page.getByRole("heading", { level: 1, name: t("section-phone") }).first()).toBeVisible();
    });

    it("F6 goes round the regions, Shift+F6 back", async () => {
      await mount({ language });
      const regions: (string | undefined)[] = [];
      for (let step = 0; step < 4; step += 1) {
        await userEvent.keyboard("{F6}");
        regions.push(focused()?.closest<HTMLElement>("[data-region]")?.dataset.region);
      }
      expect(regions).toEqual(["top", "rail", "sheet", "top"]);
      await userEvent.keyboard("{Shift>}{F6}{/Shift}");
      expect(focused()?.closest<HTMLElement>("[data-region]")?.dataset.region).toBe("sheet");
    });

    it("goes by the place of the key under an Arabic layout", async () => {
      const { fake } = await mount({ language });
      const { id } = fake.place(KHALED, { line: "talking", media: "connected", talkMs: 0 });
      await expect.element(page.getByRole("timer")).toBeVisible();
      const press = (code: string, key: string) => document.body.dispatchEvent(new KeyboardEvent("keydown", { code, key, ctrlKey: true, bubbles: true, cancelable: true }));
      press("KeyM", "ة");
      await expect.poll(() => askedFor(fake, "mute")).toEqual([{ on: true }]);
      press("KeyH", "ا");
      await expect.poll(() => askedFor(fake, "hold")).toEqual([{ call: id }]);
      press("KeyE", "ث");
      await expect.poll(() => askedFor(fake, "hangUp")).toEqual([{ call: id }]);
    });
  });

  describe(`frame, ${language}`, () => {
    it("counts missed calls at History, in the label too", async () => {
      const { t } = await mount({ language });
      const label = [...document.querySelectorAll("[data-region='rail'] button")].map((button) => plain(button.getAttribute("aria-label") ?? button.textContent ?? ""));
      expect(label.some((text) => text.startsWith(t("section-history")) && text !== t("section-history"))).toBe(true);
    });

    it("says the worst of the four, and each with its cure (SY-01)", async () => {
      const { fake, t } = await mount({ language }, (snapshot) => ({ ...snapshot, system: { ...LOST, sound: { ...OK, level: "bad", why: "microphoneBusy", detail: "device or resource busy" } } }));
      await page.getByRole("button", { name: saying(t("system-open", { state: t("system-reconnecting") })) }).first().click();
      const dialog = page.getByRole("dialog", { name: t("system-title") });
      await expect.element(dialog).toBeVisible();
      const text = plain((dialog.element() as HTMLElement).innerText);
      expect(text).toContain(t("system-why-unreachable"));
      expect(text).toContain(t("system-why-microphoneBusy"));
      expect(text).toContain("device or resource busy");
      await dialog.getByRole("button", { name: t("retry-now") }).click();
      await expect.poll(() => askedFor(fake, "retryNow")).toHaveLength(1);
      await userEvent.keyboard("{Escape}");
      await expect.poll(() => document.querySelector("[role='dialog']")).toBeNull();
    });

    it("asks before logging out of a call, and only then", async () => {
      const { fake, t } = await mount({ language });
      fake.place(KHALED, { line: "talking", media: "connected", talkMs: 0 });
      await page.getByRole("button", { name: new RegExp(t("presence-on-call")) }).click();
      await page.getByRole("button", { name: t("session-logout"), exact: true }).click();
      const dialog = page.getByRole("alertdialog");
      await expect.element(dialog).toBeVisible();
      await dialog.getByRole("button", { name: t("cancel") }).click();
      expect(askedFor(fake, "signOut")).toEqual([]);
      fake.emit({ kind: "closeAsked" });
      await page.getByRole("alertdialog").getByRole("button", { name: t("window-close-ask-confirm") }).click();
      await expect.poll(() => askedFor(fake, "quit")).toHaveLength(1);
    });

    it("logs out at once when nobody is on the line, and shows the sign-in (LO-01)", async () => {
      const { fake, t } = await mount({ language });
      await page.getByRole("button", { name: new RegExp(t("presence-available")) }).first().click();
      await page.getByRole("button", { name: t("session-logout"), exact: true }).click();
      await expect.poll(() => askedFor(fake, "signOut")).toHaveLength(1);
      await expect.element(page.getByLabelText(t("password"), { exact: true })).toBeVisible();
    });

    it("loses presence with the connection: a stale green dot is a lie", async () => {
      const { fake, t } = await mount({ language });
      await expect.poll(visibleText).toContain(t("presence-available"));
      fake.setSystem(LOST);
      await expect.poll(visibleText).toContain(t("presence-offline"));
      expect(visibleText()).not.toContain(t("presence-available"));
    });
  });
}

describe("language, digits, theme (LG-01, LG-02)", () => {
  it("change at once and everywhere, during a call too", async () => {
    const { fake, t } = await mount({ language: "en" });
    fake.place(KHALED, { line: "talking", media: "connected", talkMs: 61_000 });
    await page.getByRole("button", { name: new RegExp(t("language-menu")) }).click();
    await page.getByText("العربية", { exact: true }).click();
    await expect.poll(() => document.documentElement.dir).toBe("rtl");
    expect(askedFor(fake, "hold")).toEqual([]);
    expect(fake.calls()[0]?.line).toBe("talking");
  });

  it("digits are a choice of their own", async () => {
    const { fake, t } = await mount({ language: "en" });
    await page.getByRole("button", { name: new RegExp(t("language-menu")) }).click();
    await page.getByText("٠١٢٣٤٥٦٧٨٩").click();
    await expect.poll(() => askedFor(fake, "setSettings")).toEqual([{ ...SETTINGS, digits: "arab" }]);
    await expect.poll(visibleText).toContain("٢١٠٧");
  });

  it("follows the theme that was chosen", async () => {
    const { fake, t } = await mount({ language: "en" });
    expect(document.documentElement.dataset.theme).toBe("light");
    await page.getByRole("button", { name: new RegExp(t("language-menu")) }).click();
    await page.getByText(t("theme-dark"), { exact: true }).click();
    await expect.poll(() => document.documentElement.dataset.theme).toBe("dark");
    expect(askedFor(fake, "setSettings")).toHaveLength(1);
  });
});

describe("compact, 360 × 560", () => {
  it("has tabs instead of the rail, and gives their room to a call", async () => {
    const { fake, t } = await mount({ language: "en", size: COMPACT });
    const tabs = page.getByRole("navigation");
    await expect.element(tabs.getByRole("button", { name: new RegExp(t("section-history")) })).toBeVisible();
    fake.place(KHALED, { line: "talking", media: "connected", talkMs: 0 });
    await expect.poll(() => [...document.querySelectorAll("nav")].every((nav) => nav.offsetParent === null)).toBe(true);
    await expect.element(page.getByRole("button", { name: new RegExp(t("end-call")) })).toBeInViewport();
  });
});
