import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ipcError } from "../src/backend/fake";
import { ADMINISTRATOR, OWN_RIGHTS } from "../src/backend/fakeRights";
import type { OwnRights } from "../src/backend/generated";
import { askedFor, mount, plain, saying, visibleText } from "./support";

const OWNER: OwnRights = { ...OWN_RIGHTS, role: "systemOwner", administers: "everybody" };

for (const language of ["en", "ar"] as const) {
  describe(`rules of the team and the audit, ${language}`, () => {
    const open = async (name: "rules-page" | "audit-page", before?: (mounted: Awaited<ReturnType<typeof mount>>) => void) => {
      const mounted = await mount({ language }, (snapshot) => ({ ...snapshot, rights: OWNER }));
      before?.(mounted);
      await userEvent.keyboard("{Control>},{/Control}");
      await page.getByRole("navigation").getByRole("button", { name: mounted.t(name), exact: true }).click();
      return mounted;
    };

    it("are for those who administer everybody", async () => {
      const { t } = await mount({ language }, (snapshot) => ({ ...snapshot, rights: ADMINISTRATOR }));
      await userEvent.keyboard("{Control>},{/Control}");
      await expect.element(page.getByRole("heading", { name: t("devices-title") })).toBeVisible();
      for (const name of ["rules-page", "audit-page"] as const) expect(page.getByRole("navigation").getByRole("button", { name: t(name), exact: true }).elements()).toEqual([]);
    });

    it("say whether agents see who supervises them, and move only when the server has said so (RG-10)", async () => {
      const { fake, t } = await open("rules-page");
      const one = page.getByRole("switch", { name: t("rules-agents-see") });
      await expect.element(one).not.toBeChecked();
      fake.failNext("teamRulesPut", ipcError("serverUnreachable"));
      (one.element() as HTMLInputElement).focus();
      await userEvent.keyboard(" ");
      await expect.poll(visibleText).toContain(t("error-serverUnreachable"));
      expect(fake.rules.agentsSeeSupervision).toBe(false);
      await expect.element(one).not.toBeChecked();
      (one.element() as HTMLInputElement).focus();
      await userEvent.keyboard(" ");
      await expect.element(one).toBeChecked();
      expect(fake.rules.agentsSeeSupervision).toBe(true);
    });

    it("say when they cannot be read, and try again", async () => {
      const { t } = await open("rules-page", ({ fake }) => fake.failNext("teamRulesGet", ipcError("serverUnreachable")));
      await expect.poll(visibleText).toContain(t("rules-failed"));
      await page.getByRole("button", { name: t("try-again"), exact: true }).click();
      await expect.element(page.getByRole("switch", { name: t("rules-agents-see") })).toBeInTheDocument();
    });

    it("show who did what, page by page, with what is different (DR-12)", async () => {
      const { fake, t } = await open("audit-page");
      await expect.poll(() => plain(visibleText())).toContain(plain(t("audit-user-changed", { subject: "Rana Khoury" })));
      expect(page.getByRole("group", { name: t("audit-note") }).getByRole("listitem").elements().length).toBe(12);
      // What this window has no word for is shown all the same.
      expect(visibleText()).toContain("telescope.pointed");
      await page.getByRole("button", { name: saying(t("audit-changes", { count: 2 })) }).first().click();
      await expect.element(page.getByRole("cell", { name: "rana.khoury@example.com" })).toBeVisible();
      await page.getByRole("button", { name: t("audit-older"), exact: true }).click();
      await expect.poll(() => page.getByRole("group", { name: t("audit-note") }).getByRole("listitem").elements().length).toBe(24);
      fake.failNext("auditGet", ipcError("serverUnreachable"));
      await page.getByRole("button", { name: t("audit-older"), exact: true }).click();
      await expect.poll(visibleText).toContain(t("audit-failed"));
      await page.getByRole("button", { name: t("audit-older"), exact: true }).click();
      await expect.poll(() => page.getByRole("group", { name: t("audit-note") }).getByRole("listitem").elements().length).toBe(27);
      expect(page.getByRole("button", { name: t("audit-older"), exact: true }).query()).toBeNull();
      await page.getByRole("button", { name: new RegExp(t("audit-area")) }).click();
      await page.getByRole("option", { name: t("audit-area-status"), exact: true }).click();
      await expect.poll(() => page.getByRole("group", { name: t("audit-note") }).getByRole("listitem").elements().length).toBe(3);
      expect(askedFor(fake, "auditGet").at(-1)).toEqual({ before: null, area: "status" });
    });

    it("say that nothing was done, and why the audit cannot be read", async () => {
      const { fake, t } = await open("audit-page", ({ fake: set }) => { set.audit = []; set.failNext("auditGet", ipcError("notYours")); });
      await expect.poll(visibleText).toContain(t("error-notYours"));
      await page.getByRole("button", { name: t("try-again"), exact: true }).click();
      await expect.poll(visibleText).toContain(t("audit-none"));
      expect(askedFor(fake, "auditGet")).toHaveLength(2);
    });
  });
}
