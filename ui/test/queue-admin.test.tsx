import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { OWN_RIGHTS } from "../src/backend/fakeRights";
import { ipcError } from "../src/backend/fake";
import type { OwnRights } from "../src/backend/generated";
import { askedFor, mount, plain, saying } from "./support";

const OWNER: OwnRights = { ...OWN_RIGHTS, role: "systemOwner", administers: "everybody" };

for (const language of ["en", "ar"] as const) {
  const open = async (rights: OwnRights = OWNER, before?: (fake: Awaited<ReturnType<typeof mount>>["fake"]) => void) => {
    const mounted = await mount({ language }, (snapshot) => ({ ...snapshot, rights }));
    before?.(mounted.fake);
    await userEvent.keyboard("{Control>},{/Control}");
    await expect.element(page.getByRole("heading", { name: mounted.t("devices-title") })).toBeVisible();
    return mounted;
  };
  const openPage = async (before?: (fake: Awaited<ReturnType<typeof mount>>["fake"]) => void) => {
    const mounted = await open(OWNER, before);
    await page.getByRole("navigation").getByRole("button", { name: mounted.t("queues-page"), exact: true }).click();
    await expect.element(page.getByRole("heading", { name: mounted.t("queues-page") })).toBeVisible();
    return mounted;
  };
  const button = (name: string) => page.getByRole("button", { name: saying(name) });
  const field = (name: string) => page.getByRole("textbox", { name, exact: true });

  describe(`the queues of the team, ${language}`, () => {
    it("are for those who administer everybody", async () => {
      const { t, fake } = await open({ ...OWN_RIGHTS, administers: "departments" });
      expect(page.getByRole("navigation").getByRole("button", { name: t("queues-page"), exact: true }).elements()).toEqual([]);
      expect(askedFor(fake, "queuesGet")).toEqual([]);
    });

    it("say their number, whom they ask first and how many answer", async () => {
      const { t } = await openPage();
      const sales = page.getByRole("listitem").filter({ hasText: "Sales" });
      await expect.element(sales.filter({ hasText: t("queues-strategy-topDown") })).toBeVisible();
      await expect.element(sales.getByText("800")).toBeVisible();
      await expect.element(page.getByRole("listitem").filter({ hasText: "خدمة العملاء" }).filter({ hasText: t("queues-nobody") })).toBeVisible();
    });

    it("begin with none, and one is made and gets its agents in one go (AO-01, AO-07)", async () => {
      const { t, fake } = await openPage((empty) => { empty.queues.all = []; });
      await expect.element(page.getByText(t("queues-none"))).toBeVisible();
      await button(t("queues-new")).click();
      await field(t("queues-name")).fill(" Repairs ");
      await button(t("queues-make")).click();
      await expect.element(page.getByText(t("queues-lack-extension"))).toBeVisible();
      expect(askedFor(fake, "queueAdd")).toEqual([]);
      await field(t("queues-extension")).fill("٨٢٠");
      await button(t("queues-make")).click();
      await expect.poll(() => askedFor(fake, "queueAdd")).toEqual([expect.objectContaining({ name: "Repairs", extension: "820", strategy: "longestIdle", overflow: { to: "hangUp" } })]);
      await page.getByRole("textbox", { name: t("queues-agent-find") }).fill("rana");
      await button(t("queues-agent-add", { person: "Rana Khoury" })).click();
      await expect.poll(() => askedFor(fake, "queueMemberPut")).toEqual([{ queue: "q-0", user: "u-rana", level: 1, position: 1 }]);
      await expect.element(page.getByRole("list", { name: t("queues-agents"), exact: true }).getByText("Rana Khoury")).toBeVisible();
      await page.getByRole("textbox", { name: t("queues-agent-find") }).fill("omar");
      await userEvent.keyboard("{Enter}");
      await expect.poll(() => askedFor(fake, "queueMemberPut").at(-1)).toEqual({ queue: "q-0", user: "u-omar", level: 1, position: 2 });
    });

    it("are changed in their order and lose who leaves them, at once", async () => {
      const { t, fake } = await openPage();
      await button(t("queues-edit", { queue: "Sales" })).click();
      await expect.element(page.getByText(t("queues-agent-not"))).toBeVisible();
      const level = page.getByRole("textbox", { name: saying(t("queues-level-of", { person: "Rana Khoury" })) });
      await level.fill("3");
      await userEvent.keyboard("{Enter}");
      await expect.poll(() => askedFor(fake, "queueMemberPut")).toEqual([{ queue: "q-sales", user: "u-rana", level: 3, position: 1 }]);
      await button(t("queues-agent-remove", { person: "Reception desk" })).click();
      await expect.poll(() => askedFor(fake, "queueMemberRemove")).toEqual([{ queue: "q-sales", user: "u-desk" }]);
      await expect.poll(() => page.getByRole("list", { name: t("queues-agents"), exact: true }).getByRole("listitem").elements().map((row) => plain(row.querySelector("b")?.textContent ?? ""))).toEqual(["يوسف قاسم", "Rana Khoury"]);
    });

    it("send callers on to a voice box, a phone or another queue, never to themselves (EC-08)", async () => {
      const { t, fake } = await openPage();
      await button(t("queues-edit", { queue: "Sales" })).click();
      await field(t("queues-overflow-box")).fill("800");
      await button(t("save")).click();
      await expect.element(page.getByText(t("queues-lack-itself"))).toBeVisible();
      await page.getByRole("button", { name: new RegExp(t("queues-overflow")) }).click();
      await page.getByRole("option", { name: t("queues-overflow-queue") }).click();
      await button(t("save")).click();
      await expect.poll(() => askedFor(fake, "queueEdit").map((one) => (one as { setup: { overflow: unknown } }).setup.overflow)).toEqual([{ to: "queue", id: "q-care" }]);
      expect(page.getByRole("dialog").elements()).toEqual([]);
    });

    it("say when somebody was faster, and lose nothing that was typed", async () => {
      const { t, fake } = await openPage();
      await button(t("queues-edit", { queue: "Sales" })).click();
      fake.queues.change("q-sales", { maxWaitS: 60 });
      await field(t("queues-name")).fill("Sales North");
      await button(t("save")).click();
      await expect.element(page.getByText(t("error-queueChanged"))).toBeVisible();
      await expect.element(field(t("queues-name"))).toHaveValue("Sales North");
      await button(t("rights-again")).click();
      await expect.element(page.getByRole("listitem").filter({ hasText: "Sales" })).toBeVisible();
    });

    it("say at its field that a number is taken", async () => {
      const { t } = await openPage();
      await button(t("queues-new")).click();
      await field(t("queues-name")).fill("Repairs");
      await field(t("queues-extension")).fill("810");
      await button(t("queues-make")).click();
      await expect.element(page.getByText(t("error-extensionTaken"))).toBeVisible();
      await expect.element(field(t("queues-extension"))).toHaveAttribute("aria-invalid", "true");
    });

    it("ask before what was typed is lost, and before one is deleted", async () => {
      const { t, fake } = await openPage();
      await button(t("queues-edit", { queue: "Sales" })).click();
      await field(t("queues-name")).fill("Sales North");
      await userEvent.keyboard("{Escape}");
      await expect.element(page.getByRole("alertdialog").getByText(t("queues-unsaved"))).toBeVisible();
      await button(t("directory-unsaved-stay")).click();
      await expect.element(field(t("queues-name"))).toHaveValue("Sales North");
      await button(t("queues-remove")).click();
      await expect.element(page.getByRole("alertdialog").getByText(saying(t("queues-remove-title", { queue: "Sales" })))).toBeVisible();
      expect(askedFor(fake, "queueRemove")).toEqual([]);
      await page.getByRole("alertdialog").getByRole("button", { name: t("queues-remove") }).click();
      await expect.poll(() => askedFor(fake, "queueRemove")).toEqual([{ id: "q-sales" }]);
      await expect.poll(() => page.getByRole("list", { name: t("queues-page"), exact: true }).getByRole("listitem").elements().length).toBe(1);
    });

    it("are told as unread when the server does not answer, and read again", async () => {
      const { t } = await openPage((deaf) => deaf.failNext("queuesGet", ipcError("serverUnreachable")));
      await expect.element(page.getByText(t("queues-failed"))).toBeVisible();
      await button(t("try-again")).click();
      await expect.element(page.getByRole("listitem").filter({ hasText: "Sales" })).toBeVisible();
    });
  });

  it(`a parked call comes back after as long as the team says, ${language} (RG-08)`, async () => {
    const { t, fake } = await open();
    const fiveMinutes = saying(t("rules-parking-minutes", { count: 5, number: "5" }));
    await page.getByRole("navigation").getByRole("button", { name: t("rules-page"), exact: true }).click();
    await page.getByRole("button", { name: new RegExp(t("rules-parking-back")) }).click();
    await page.getByRole("option", { name: fiveMinutes }).click();
    await expect.poll(() => askedFor(fake, "parkingRulesPut")).toEqual([{ ringBackS: 300 }]);
    await expect.element(page.getByRole("button", { name: new RegExp(t("rules-parking-back")) }).getByText(fiveMinutes)).toBeVisible();
  });
}
