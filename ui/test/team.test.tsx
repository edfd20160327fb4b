import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ipcError } from "../src/backend/fake";
import { TEAM } from "../src/backend/fakeData";
import { OWN_RIGHTS, USUAL } from "../src/backend/fakeRights";
import { askedFor, COMPACT, mount, plain, visibleText } from "./support";

const rowOf = (name: string) => page.getByRole("listitem").filter({ hasText: name });

for (const language of ["en", "ar"] as const) {
  describe(`team, ${language}`, () => {
    const open = async () => {
      const mounted = await mount({ language });
      await userEvent.keyboard("{Control>}3{/Control}");
      await expect.element(page.getByText("Rana Khoury", { exact: true })).toBeVisible();
      return mounted;
    };

    it("groups the team by what they are doing (ST-11)", async () => {
      const { t } = await open();
      const headings = [...document.querySelectorAll("main h2")].map((heading) => plain(heading.textContent ?? ""));
      expect(headings).toEqual([t("presence-on-call"), t("presence-available"), t("team-away")]);
      const busy = page.getByRole("region", { name: t("presence-on-call"), exact: true });
      await expect.element(busy.getByText("Omar Nasser")).toBeVisible();
      await expect.element(busy.getByText("زياد عبّود")).toBeVisible();
      await expect.element(rowOf("Tariq Suleiman").getByText("في الطريق إلى الفرع")).toBeVisible();
    });

    it("shows a change as soon as the server tells it (ST-13)", async () => {
      const { fake, t } = await open();
      fake.setColleague("u-rana", { kind: "meeting", ageMs: 0 });
      const away = page.getByRole("region", { name: t("team-away"), exact: true });
      await expect.element(away.getByText("Rana Khoury")).toBeVisible();
      await expect.element(rowOf("Rana Khoury").getByText(t("presence-meeting"))).toBeVisible();
      fake.setColleague("u-rana", { call: { ringing: true, ageMs: 0, with: null } });
      await expect.element(rowOf("Rana Khoury").getByText(t("presence-ringing"))).toBeVisible();
    });

    it("filters by what they are doing, with counts", async () => {
      const { t } = await open();
      const available = page.getByRole("radio", { name: new RegExp(`^${t("presence-available")}`) });
      await expect.element(available).toHaveTextContent("2");
      await available.click();
      await expect.poll(visibleText).not.toContain("Omar Nasser");
      expect(visibleText()).toContain("Rana Khoury");
    });

    it("calls with one press, and not where nothing would ring (ST-04)", async () => {
      const { fake, t } = await open();
      await expect.element(rowOf("يوسف قاسم").getByRole("button")).toBeDisabled();
      await rowOf("Rana Khoury").getByRole("button", { name: /Rana Khoury/ }).click();
      await expect.poll(() => askedFor(fake, "dial")).toEqual([{ target: "2104" }]);
      await expect.element(page.getByRole("button", { name: new RegExp(t("end-call")) })).toBeVisible();
    });

    it("shows nobody as there while the server does not tell", async () => {
      const { fake, t } = await open();
      fake.setTeam({ ...TEAM, known: false });
      await expect.poll(visibleText).toContain(t("team-unknown-title"));
      await expect.poll(visibleText).toContain("Rana Khoury");
      expect(visibleText()).not.toContain(t("presence-do-not-disturb"));
      expect(document.querySelectorAll("main svg[class*='available']")).toHaveLength(0);
    });

    it("is absent for an account without a team, and the keys count what is there", async () => {
      const { t } = await mount({ language }, (snapshot) => ({ ...snapshot, team: null }));
      expect(document.querySelector("nav")?.textContent).not.toContain(t("section-team"));
      await userEvent.keyboard("{Control>}3{/Control}");
      await expect.element(page.getByRole("heading", { level: 1, name: t("section-history") }).first()).toBeVisible();
    });

    it("takes a colleague's ringing call with one press, for those who may (RG-08)", async () => {
      const { fake, t } = await open();
      fake.setColleague("u-rana", { call: { ringing: true, ageMs: 0, with: null } });
      const pickUp = rowOf("Rana Khoury").getByText(t("team-pick-up"), { exact: true });
      await expect.element(rowOf("Rana Khoury").getByText(t("presence-ringing"))).toBeVisible();
      expect(pickUp.query()).toBeNull();
      fake.setRights({ ...OWN_RIGHTS, switches: { ...USUAL, operations: true } });
      await pickUp.click();
      await expect.poll(() => askedFor(fake, "colleaguePickUp")).toEqual([{ user: "u-rana" }]);
      await expect.poll(() => pickUp.query()).toBeNull();
      fake.setColleague("u-rana", { call: { ringing: true, ageMs: 0, with: null } });
      fake.failNext("colleaguePickUp", ipcError("operateNoCall"));
      await pickUp.click();
      await expect.poll(visibleText).toContain(t("error-operateNoCall"));
    });

    it("sends a colleague's call elsewhere, by keys alone, and says why not (RG-08)", async () => {
      const { fake, t } = await open();
      fake.setRights({ ...OWN_RIGHTS, switches: { ...USUAL, operations: true } });
      fake.setColleague("u-rana", { call: { ringing: true, ageMs: 0, with: null } });
      const more = rowOf("Rana Khoury").getByRole("button", { name: /Rana Khoury/ }).last();
      await expect.element(rowOf("Rana Khoury").getByText(t("team-pick-up"), { exact: true })).toBeVisible();
      await more.click();
      await page.getByRole("button", { name: t("team-send") }).click();
      const dialog = page.getByRole("dialog", { name: /Rana Khoury/ });
      await expect.element(dialog).toBeVisible();
      await userEvent.keyboard("2112");
      fake.failNext("colleagueDivert", ipcError("operateNobodyThere"));
      await userEvent.keyboard("{Enter}");
      await expect.poll(visibleText).toContain(t("error-operateNobodyThere"));
      fake.setColleague("u-rana", { call: { ringing: false, ageMs: 0, with: null } });
      await userEvent.keyboard("{Enter}");
      await expect.poll(() => askedFor(fake, "colleagueTransfer")).toEqual([{ user: "u-rana", to: "2112" }]);
      await expect.poll(() => dialog.query()).toBeNull();
      expect(askedFor(fake, "colleagueDivert")).toHaveLength(1);
    });

    it("is reached by a tab of the narrow window", async () => {
      const { t } = await mount({ language, size: COMPACT });
      await page.getByRole("button", { name: t("section-team"), exact: true }).click();
      await expect.element(page.getByText("Rana Khoury", { exact: true })).toBeVisible();
    });
  });
}
