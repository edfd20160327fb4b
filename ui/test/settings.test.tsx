import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ipcError } from "../src/backend/fake";
import { person } from "../src/backend/fakeBook";
import { SETTINGS } from "../src/backend/fakeData";
import { askedFor, COMPACT, mount, plain, visibleText } from "./support";

for (const language of ["en", "ar"] as const) {
  describe(`settings, ${language}`, () => {
    const open = async (size?: { width: number; height: number }) => {
      const mounted = await mount(size ? { language, size } : { language });
      await userEvent.keyboard("{Control>},{/Control}");
      await expect.element(page.getByRole("heading", { name: mounted.t("devices-title") })).toBeVisible();
      return mounted;
    };
    const pageOf = (name: string) => page.getByRole("navigation").getByRole("button", { name, exact: true });

    it("changes language and digits at once, each by itself (LG-01, LG-02)", async () => {
      const { fake, t } = await open();
      await pageOf(t("settings-language")).click();
      await expect.element(page.getByRole("radio", { name: language === "en" ? "English" : "العربية" })).toBeChecked();
      await page.getByText("٠١٢٣٤٥٦٧٨٩").click();
      await expect.poll(visibleText).toContain("+٩٦٦ ١١ ٠٠٠ ٠١٤٢");
      expect(askedFor(fake, "setSettings")).toEqual([{ ...SETTINGS, language, digits: "arab", theme: "light" }]);
      await page.getByText(language === "en" ? "العربية" : "English", { exact: true }).click();
      await expect.poll(() => document.documentElement.dir).toBe(language === "en" ? "rtl" : "ltr");
      expect(document.documentElement.dataset.digits).toBe("arab");
    });

    it("changes the appearance with the arrow keys", async () => {
      const { fake, t } = await open();
      await pageOf(t("theme")).click();
      (page.getByRole("radio", { name: t("theme-light"), exact: true }).element() as HTMLElement).focus();
      await userEvent.keyboard("{ArrowDown}");
      await expect.poll(() => document.documentElement.dataset.theme).toBe("dark");
      expect(askedFor(fake, "setSettings")).toHaveLength(1);
    });

    it("says when calls are told, and what of them (SPEC 2 item 21)", async () => {
      const { fake, t } = await open();
      await pageOf(t("settings-notifications")).click();
      await expect.element(page.getByRole("radio", { name: new RegExp(t("notice-when-unfocused")) })).toBeChecked();
      await page.getByText(t("notice-when-always"), { exact: true }).click();
      await expect.element(page.getByRole("radio", { name: t("notice-when-always") })).toBeChecked();
      page.getByRole("switch", { name: t("notice-caller") }).element().focus();
      await userEvent.keyboard(" ");
      await expect.poll(() => askedFor(fake, "setSettings")).toEqual([
        { ...SETTINGS, language, noticeWhen: "always" }, { ...SETTINGS, language, noticeWhen: "always", noticeCaller: false },
      ]);
      await page.getByRole("button", { name: t("notice-ringing-open") }).click();
      await expect.element(page.getByRole("heading", { name: t("devices-title") })).toBeVisible();
    });

    it("lets the phone go on without its window, and says in which country numbers are at home", async () => {
      const { fake, t } = await open();
      await pageOf(t("settings-calls")).click();
      page.getByRole("switch", { name: t("keep-running") }).element().focus();
      await userEvent.keyboard(" ");
      await expect.poll(() => askedFor(fake, "setSettings")).toEqual([{ ...SETTINGS, language, keepRunning: false }]);
      await page.getByRole("group", { name: t("contacts-region") }).or(page.getByRole("region", { name: t("contacts-region") })).getByRole("button").click();
      await page.getByRole("option", { name: new Intl.DisplayNames(language, { type: "region" }).of("JO") ?? "" }).click();
      await expect.poll(() => askedFor(fake, "contactsSetRegion")).toEqual([{ code: "JO" }]);
    });

    it("starts the phone with the computer as the system says, and says why it cannot", async () => {
      const { fake, t } = await open();
      await pageOf(t("settings-calls")).click();
      const start = page.getByRole("switch", { name: t("start-at-login") });
      await expect.element(start).not.toBeChecked();
      start.element().focus();
      await userEvent.keyboard(" ");
      await expect.element(start).toBeChecked();
      fake.failNext("setStartAtLogin", ipcError("internal", { detail: "Permission denied" }));
      await userEvent.keyboard(" ");
      await expect.element(page.getByText("Permission denied")).toBeVisible();
      await expect.element(start).toBeChecked();
      expect(askedFor(fake, "setStartAtLogin")).toEqual([{ on: true }, { on: false }]);
    });

    it("tells once that the phone goes on, and closes the window then", async () => {
      const { fake, t } = await open();
      fake.emit({ kind: "keepRunningTold" });
      await page.getByRole("button", { name: t("cancel"), exact: true }).click();
      await expect.poll(() => document.querySelector("[role='alertdialog']")).toBeNull();
      expect(askedFor(fake, "closeWindow")).toEqual([]);
      fake.emit({ kind: "keepRunningTold" });
      await page.getByRole("button", { name: t("keep-running-confirm"), exact: true }).click();
      await expect.poll(() => askedFor(fake, "closeWindow")).toHaveLength(1);
    });

    it("tells the keys and what this is", async () => {
      const { t } = await open();
      await pageOf(t("settings-shortcuts")).click();
      const row = [...document.querySelectorAll("dl > div")].find((line) => plain(line.textContent ?? "").startsWith(t("settings-key-mute")));
      expect([...(row?.querySelectorAll("kbd") ?? [])].map((cap) => cap.textContent)).toEqual(["Ctrl", "M"]);
      await pageOf(t("settings-about")).click();
      await expect.poll(visibleText).toContain("0.1.0");
      expect(visibleText()).toContain("care.maydan.example");
    });

    it("has its pages in a menu where the window is narrow", async () => {
      const { t } = await open(COMPACT);
      await page.getByRole("button", { name: new RegExp(t("settings-devices")) }).click();
      await page.getByRole("option", { name: t("settings-about") }).click();
      await expect.poll(visibleText).toContain("0.1.0");
    });
  });

  describe(`favourites, ${language}`, () => {
    it("stand on the phone's screen with live presence and are called with one press (ST-13)", async () => {
      const { fake, t } = await mount({ language });
      fake.book.people.push(person("c-rana", "Rana Khoury", "", "2104", { favourite: true }));
      fake.emit({ kind: "contacts" });
      const favourites = page.getByRole("region", { name: t("contacts-favourites"), exact: true });
      const rana = favourites.getByRole("button", { name: /Rana Khoury/ });
      await expect.element(rana.getByText(t("presence-available"))).toBeVisible();
      fake.setColleague("u-rana", { kind: "break", ageMs: 0 });
      await expect.element(rana.getByText(t("presence-break"))).toBeVisible();
      await rana.click();
      await expect.poll(() => askedFor(fake, "dial")).toEqual([{ target: "2104" }]);
    });
  });
}
