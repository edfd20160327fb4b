// What can be done with a user, and what they are told of it.
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ipcError } from "../src/backend/fake";
import { KHALED } from "../src/backend/fakeData";
import { ADMINISTRATOR } from "../src/backend/fakeRights";
import { askedFor, mount, type Mounted, plain, saying, visibleText } from "./support";

const LAYLA = "Layla Mansour";
const rowOf = (name: string) => page.getByRole("row", { name: new RegExp(name) });
const menu = () => page.getByRole("menu").first();
const item = (name: string) => page.getByRole("menuitem", { name: saying(name) });
const menuText = () => plain([...document.querySelectorAll<HTMLElement>("[role='menu']")].map((element) => element.parentElement?.innerText ?? "").join(" "));

async function noFaults(): Promise<void> {
  const { violations } = await axe.run({ include: ["body"], exclude: ["[data-live-announcer]"] }, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], rules: { "label-content-name-mismatch": { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}

for (const language of ["en", "ar"] as const) {
  const open = async (): Promise<Mounted> => {
    const mounted = await mount({ language }, (snapshot) => ({ ...snapshot, rights: ADMINISTRATOR }));
    await userEvent.keyboard("{Control>}6{/Control}");
    await expect.element(rowOf(LAYLA)).toBeVisible();
    return mounted;
  };
  const openMenu = async (name: string) => {
    await rowOf(name).click({ button: "right" });
    await expect.element(menu()).toBeVisible();
  };
  const inwards = language === "ar" ? "{ArrowLeft}" : "{ArrowRight}";

  describe(`the menu of a row, ${language}`, () => {
    it("opens by its button, the other mouse button and the context-menu key, and gives the focus back (DR-10 to DR-12)", async () => {
      const { t } = await open();
      await rowOf(LAYLA).getByRole("button", { name: saying(t("directory-actions", { person: LAYLA })) }).click();
      await expect.element(menu()).toBeVisible();
      await userEvent.keyboard("{Escape}");
      await expect.element(menu()).not.toBeInTheDocument();
      await expect.element(page.getByRole("grid")).toHaveFocus();
      for (const key of ["{ContextMenu}", "{Shift>}{F10}{/Shift}"]) {
        await userEvent.keyboard(key);
        await expect.element(item(t("directory-edit"))).toHaveFocus();
        await userEvent.keyboard("{Escape}");
        await expect.element(page.getByRole("grid")).toHaveFocus();
      }
      await openMenu(LAYLA);
      await noFaults();
      await item(t("directory-edit")).click();
      await expect.element(page.getByRole("dialog", { name: LAYLA })).toBeVisible();
    });

    it("closes when a call comes in, which nothing may cover", async () => {
      const { fake } = await open();
      await openMenu(LAYLA);
      fake.ring(KHALED);
      await expect.element(menu()).not.toBeInTheDocument();
    });

    it("forces one of the statuses of the team by keys, and says that there is a notice (DR-11)", async () => {
      const { fake, t } = await open();
      await rowOf(LAYLA).click();
      await userEvent.keyboard("{ContextMenu}{ArrowDown}");
      await expect.element(item(t("directory-force"))).toHaveFocus();
      await userEvent.keyboard(inwards);
      await expect.element(page.getByRole("menuitemradio", { name: t("presence-break") })).toHaveAttribute("aria-checked", "true");
      await expect.poll(() => page.getByRole("menuitemradio").elements().map((choice) => plain(choice.textContent ?? ""))).toEqual([t("presence-available"), t("presence-break"), t("presence-do-not-disturb"), t("presence-meeting"), t("status-other")]);
      await expect.poll(menuText).toContain(t("directory-force-note", { person: LAYLA }));
      await noFaults();
      await page.getByRole("menuitemradio", { name: t("presence-meeting") }).click();
      await expect.poll(() => askedFor(fake, "userForceStatus")).toEqual([{ id: "u-layla", statusId: "meeting", text: "" }]);
      await expect.element(rowOf(LAYLA).getByText(t("presence-meeting"))).toBeVisible();
      await expect.poll(visibleText).toContain(t("directory-forced", { person: LAYLA }));
    });

    it("forces words, which are neither empty nor longer than forty characters (DR-09, DR-11)", async () => {
      const { fake, t } = await open();
      await openMenu(LAYLA);
      await item(t("directory-force")).click();
      await page.getByRole("menuitemradio", { name: t("status-other") }).click();
      const words = page.getByRole("textbox", { name: t("directory-force-words") });
      await expect.element(words).toHaveFocus();
      await userEvent.keyboard("{Enter}");
      await expect.element(page.getByText(t("status-words-empty"))).toBeVisible();
      await words.fill("x".repeat(41));
      await userEvent.keyboard("{Enter}");
      await expect.element(words).toHaveAttribute("aria-invalid", "true");
      expect(askedFor(fake, "userForceStatus")).toEqual([]);
      await words.fill(" تدريب Training ");
      await userEvent.keyboard("{Enter}");
      await expect.poll(() => askedFor(fake, "userForceStatus")).toEqual([{ id: "u-layla", statusId: "other", text: "تدريب Training" }]);
      await expect.element(rowOf(LAYLA).getByText("تدريب Training")).toBeVisible();
    });

    it("says when a status could not be forced, and the row stays as it was (DR-11)", async () => {
      const { fake, t } = await open();
      fake.failNext("userForceStatus", ipcError("notYours"));
      await openMenu(LAYLA);
      await item(t("directory-force")).click();
      await page.getByRole("menuitemradio", { name: t("presence-meeting") }).click();
      await expect.poll(visibleText).toContain(t("error-notYours"));
      await expect.element(rowOf(LAYLA).getByText(t("presence-break"))).toBeVisible();
    });

    it("opens the rights that there were before (RG-01)", async () => {
      const { t } = await open();
      await openMenu(LAYLA);
      await item(t("rights-open")).click();
      await expect.element(page.getByRole("dialog").getByRole("switch", { name: t("rights-calls"), exact: true })).toBeInTheDocument();
      await userEvent.keyboard("{Escape}");
      await expect.element(page.getByRole("grid")).toHaveFocus();
    });

    it("ends the session only when that is confirmed (DR-05)", async () => {
      const { fake, t } = await open();
      await openMenu(LAYLA);
      await item(t("directory-end-sessions")).click();
      const ask = page.getByRole("alertdialog", { name: saying(t("directory-end-sessions-title", { person: LAYLA })) });
      await expect.element(ask).toBeVisible();
      await ask.getByRole("button", { name: t("cancel") }).click();
      expect(askedFor(fake, "userEndSessions")).toEqual([]);
      await openMenu(LAYLA);
      await item(t("directory-end-sessions")).click();
      await ask.getByRole("button", { name: t("directory-end-sessions") }).click();
      await expect.poll(() => askedFor(fake, "userEndSessions")).toEqual([{ id: "u-layla" }]);
      await expect.poll(visibleText).toContain(t("directory-sessions-ended", { person: LAYLA }));
    });

    it("deletes once it is confirmed by name, on the version that holds (DR-10, US-01)", async () => {
      const { fake, t } = await open();
      fake.directory.change("u-layla", {});
      await openMenu(LAYLA);
      await item(t("directory-delete")).click();
      const ask = page.getByRole("alertdialog", { name: saying(t("directory-delete-title", { person: LAYLA })) });
      await expect.poll(() => plain(ask.element().textContent ?? "")).toContain(t("directory-delete-body", { extension: "2119" }));
      await noFaults();
      await ask.getByRole("button", { name: t("directory-delete-confirm") }).click();
      await expect.poll(() => askedFor(fake, "userDelete")).toEqual([{ id: "u-layla", version: 2 }]);
      await expect.element(rowOf(LAYLA)).not.toBeInTheDocument();
      await expect.element(ask).not.toBeInTheDocument();
      await expect.poll(visibleText).toContain(t("directory-deleted", { person: LAYLA }));
    });

    it("says kindly why oneself and the last administrator stay (DR-10)", async () => {
      const { fake, t } = await open();
      for (const [name, code] of [["Noor Haddad", "yourself"], ["Rana Khoury", "lastOwner"]] as const) {
        fake.failNext("userDelete", ipcError(code));
        await openMenu(name);
        await item(t("directory-delete")).click();
        await page.getByRole("alertdialog").getByRole("button", { name: t("directory-delete-confirm") }).click();
        await expect.element(page.getByRole("alertdialog").getByText(t(`error-${code}`))).toBeVisible();
        await page.getByRole("alertdialog").getByRole("button", { name: t("cancel") }).click();
        await expect.element(rowOf(name)).toBeVisible();
      }
    });

    it("of somebody who stands above only looks (DR-12)", async () => {
      const { t } = await open();
      await openMenu("زياد عبّود");
      expect(page.getByRole("menuitem").elements()).toHaveLength(1);
      await item(t("directory-look")).click();
      await expect.element(page.getByText(t("directory-read-only"))).toBeVisible();
    });
  });

  describe(`whose status was forced, ${language}`, () => {
    const BY = "رنا خوري Khoury";
    const forced = { kind: "statusForced", by: BY, byExtension: "2104", status: { id: "break", kind: "break", text: "" } } as const;

    it("is told who did it, until it is seen (DR-11)", async () => {
      const { fake, t } = await mount({ language });
      fake.emit(forced);
      const notice = page.getByRole("alert").filter({ hasText: BY });
      await expect.poll(() => plain(notice.element().textContent ?? "")).toContain(t("status-forced", { by: BY, status: t("presence-break") }));
      // The status itself comes on its own way.
      fake.setOwnStatus({ id: "break", kind: "break" });
      await expect.element(notice).toBeVisible();
      await notice.getByRole("button", { name: t("status-forced-seen") }).click();
      await expect.element(notice).not.toBeInTheDocument();
    });

    it("sees the notice go when another status is chosen (DR-11)", async () => {
      const { fake } = await mount({ language });
      fake.emit(forced);
      fake.setOwnStatus({ id: "break", kind: "break" });
      await expect.element(page.getByRole("alert").filter({ hasText: BY })).toBeVisible();
      fake.setOwnStatus({ id: "available", kind: "available" });
      await expect.element(page.getByRole("alert").filter({ hasText: BY })).not.toBeInTheDocument();
    });
  });
}
