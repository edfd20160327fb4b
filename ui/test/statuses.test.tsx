import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ipcError } from "../src/backend/fake";
import { ADMINISTRATOR, OWN_RIGHTS } from "../src/backend/fakeRights";
import type { ManagedStatus, OwnRights } from "../src/backend/generated";
import { askedFor, mount, saying } from "./support";

const OWNER: OwnRights = { ...OWN_RIGHTS, role: "systemOwner", administers: "everybody" };

for (const language of ["en", "ar"] as const) {
  const TRAINING = language === "en" ? "Training" : "تدريب";
  const open = async (rights: OwnRights = OWNER) => {
    const mounted = await mount({ language }, (snapshot) => ({ ...snapshot, rights }));
    await userEvent.keyboard("{Control>},{/Control}");
    await expect.element(page.getByRole("heading", { name: mounted.t("devices-title") })).toBeVisible();
    return mounted;
  };
  const openPage = async () => {
    const mounted = await open();
    await page.getByRole("navigation").getByRole("button", { name: mounted.t("statuses-page"), exact: true }).click();
    await expect.element(page.getByRole("listitem").filter({ hasText: TRAINING })).toBeVisible();
    return mounted;
  };
  const rows = (name: string) => page.getByRole("list", { name, exact: true }).getByRole("listitem").elements().map((row) => row.querySelector("b")?.textContent ?? "");
  const button = (name: string) => page.getByRole("button", { name: saying(name) });

  describe(`the statuses of the team, ${language}`, () => {
    it("are for those who administer everybody", async () => {
      const { fake, t } = await open(ADMINISTRATOR);
      expect(page.getByRole("navigation").getByRole("button", { name: t("statuses-page"), exact: true }).elements()).toEqual([]);
      fake.setRights(OWNER);
      await page.getByRole("navigation").getByRole("button", { name: t("statuses-page"), exact: true }).click();
      await expect.element(page.getByRole("heading", { name: t("statuses-page") })).toBeVisible();
      fake.setRights(OWN_RIGHTS);
      await expect.element(page.getByRole("heading", { name: t("devices-title") })).toBeVisible();
    });

    it("say what each keeps away and how many have it (ST-05)", async () => {
      const { t } = await openPage();
      const training = page.getByRole("listitem").filter({ hasText: TRAINING });
      await expect.element(training.getByText(new RegExp(`${t("statuses-blocks-queue")}.*${t("statuses-blocks-external")}`))).toBeVisible();
      await expect.element(training.getByText(saying(t("statuses-people", { count: 2 })))).toBeVisible();
      await expect.element(page.getByRole("listitem").filter({ hasText: t("statuses-blocks-everything") }).getByText(t("presence-do-not-disturb"))).toBeVisible();
    });

    it("are made, with a name in each language (ST-05)", async () => {
      const { fake, t } = await openPage();
      await button(t("statuses-new")).click();
      await page.getByRole("textbox", { name: t("statuses-name-en") }).fill(" Lunch ");
      await button(t("save")).click();
      await expect.element(page.getByText(t("statuses-name-missing"))).toBeVisible();
      expect(askedFor(fake, "statusAdd")).toEqual([]);
      await page.getByRole("textbox", { name: t("statuses-name-ar") }).fill("غداء");
      page.getByRole("switch", { name: t("statuses-external"), exact: true }).element().focus();
      await userEvent.keyboard(" ");
      await button(t("save")).click();
      await expect.poll(() => askedFor(fake, "statusAdd")).toEqual([{ kind: "break", names: { en: "Lunch", ar: "غداء" }, blocks: { queue: true, internal: false, external: true } }]);
      await expect.poll(() => rows(t("statuses-page"))).toContain(language === "en" ? "Lunch" : "غداء");
    });

    it("are changed, unless somebody was faster: nothing is lost then", async () => {
      const { fake, t } = await openPage();
      await button(t("statuses-edit", { status: TRAINING })).click();
      fake.statuses.change("training", { blocks: { queue: false, internal: false, external: false } });
      await page.getByRole("textbox", { name: t("statuses-name-en") }).fill("Course");
      await button(t("save")).click();
      await expect.element(page.getByText(t("error-statusChanged"))).toBeVisible();
      await expect.element(page.getByRole("textbox", { name: t("statuses-name-en") })).toHaveValue("Course");
      await button(t("rights-again")).click();
      await expect.element(page.getByRole("listitem").filter({ hasText: TRAINING }).getByText(t("statuses-blocks-nothing"))).toBeVisible();
    });

    it("that are built in keep their meaning and may go without a name (ST-04)", async () => {
      const { fake, t } = await openPage();
      const dnd = t("presence-do-not-disturb");
      await button(t("statuses-edit", { status: dnd })).click();
      await expect.element(page.getByText(t("statuses-fixed"))).toBeVisible();
      await expect.element(page.getByRole("switch", { name: t("statuses-queue"), exact: true })).toBeDisabled();
      expect(button(t("statuses-retire")).elements()).toEqual([]);
      await button(t("save")).click();
      await expect.poll(() => (askedFor(fake, "statusEdit") as ManagedStatus[]).map(({ id, names }) => [id, names])).toEqual([["dnd", undefined]]);
    });

    it("are retired and brought back", async () => {
      const { fake, t } = await openPage();
      await button(t("statuses-edit", { status: TRAINING })).click();
      await expect.element(page.getByText(saying(t("statuses-people-keep", { count: 2 })))).toBeVisible();
      await button(t("statuses-retire")).click();
      await expect.poll(() => rows(t("statuses-retired"))).toContain(TRAINING);
      await button(t("statuses-edit", { status: TRAINING })).click();
      await button(t("statuses-bring-back")).click();
      await expect.poll(() => rows(t("statuses-page"))).toContain(TRAINING);
      expect((askedFor(fake, "statusEdit") as ManagedStatus[]).map(({ retired }) => retired)).toEqual([true, false]);
    });

    it("are put into another order by key, one place at a time", async () => {
      const { fake, t } = await openPage();
      const before = rows(t("statuses-page"));
      await expect.element(button(t("statuses-up", { status: before[0] ?? "" }))).toBeDisabled();
      button(t("statuses-up", { status: TRAINING })).element().focus();
      await userEvent.keyboard("{Enter}");
      await expect.poll(() => rows(t("statuses-page")).indexOf(TRAINING)).toBe(before.indexOf(TRAINING) - 1);
      fake.failNext("statusesOrder", ipcError("statusChanged"));
      await button(t("statuses-down", { status: TRAINING })).click();
      await expect.element(page.getByText(t("error-statusChanged"))).toBeVisible();
    });

    it("cannot be read: says why, and reads again", async () => {
      const { fake, t } = await open();
      fake.failNext("statusesGet", ipcError("serverUnreachable"));
      await page.getByRole("navigation").getByRole("button", { name: t("statuses-page"), exact: true }).click();
      await expect.element(page.getByText(t("error-serverUnreachable"))).toBeVisible();
      await button(t("rights-again")).click();
      await expect.element(page.getByRole("listitem").filter({ hasText: TRAINING })).toBeVisible();
    });
  });
}
