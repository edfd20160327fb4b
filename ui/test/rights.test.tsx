import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ipcError } from "../src/backend/fake";
import { GRACE, TEAM } from "../src/backend/fakeData";
import { ADMINISTRATOR, CARE, OWN_RIGHTS, SALES, USUAL } from "../src/backend/fakeRights";
import type { OwnRights, PutRights } from "../src/backend/generated";
import { askedFor, mount, type Mounted, plain, visibleText } from "./support";

const NUMBER = "17778732492";
const rowOf = (name: string) => page.getByRole("listitem").filter({ hasText: name });

for (const language of ["en", "ar"] as const) {
  const open = async (rights: OwnRights | null = OWN_RIGHTS, team = TEAM): Promise<Mounted> => {
    const mounted = await mount({ language }, (snapshot) => ({ ...snapshot, rights, team }));
    await userEvent.keyboard("{Control>}3{/Control}");
    await expect.element(page.getByRole("heading", { level: 1, name: mounted.t("section-team") }).first()).toBeVisible();
    return mounted;
  };

  describe(`what is seen of colleagues, ${language}`, () => {
    it("shows number and direction of a colleague who shares calls (RG-02)", async () => {
      const { t } = await open();
      const omar = rowOf("Omar Nasser");
      await expect.element(omar.getByText(NUMBER)).toBeVisible();
      await expect.element(omar.getByText(t("team-shares-calls"))).toBeVisible();
      await expect.poll(() => plain(omar.element().textContent ?? "")).toContain(t("team-calls-to"));
      await expect.poll(visibleText).toContain(t("team-sees-calls"));
    });

    it("calls the other side by the contact's name where there is one (RG-02)", async () => {
      const { fake } = await open();
      const [contact] = fake.book.people;
      const number = contact?.numbers[0]?.number ?? "";
      fake.setColleague("u-omar", { call: { ringing: false, ageMs: 0, with: { direction: "incoming", number, name: "" } } });
      await expect.element(rowOf("Omar Nasser").getByText(contact?.name ?? "?")).toBeVisible();
    });

    it("says only that there is a call where it is not shared, and no call at all where calls are not seen (RG-03, RG-07)", async () => {
      const { fake, t } = await open();
      fake.setColleague("u-omar", { call: { ringing: false, ageMs: 221_000, with: null } });
      await expect.element(rowOf("Omar Nasser").getByText(t("team-shares-no-calls"))).toBeVisible();
      expect(visibleText()).not.toContain(NUMBER);
      fake.setColleague("u-omar", { call: { ringing: false, ageMs: null, with: null } });
      fake.setRights({ ...OWN_RIGHTS, switches: { ...USUAL, calls: false } });
      await expect.poll(visibleText).toContain(t("team-sees-presence"));
      await expect.element(rowOf("Omar Nasser").getByText(t("team-shares-no-calls"))).not.toBeInTheDocument();
      await expect.element(rowOf("Omar Nasser").getByText(t("presence-on-call"))).toBeVisible();
    });

    it("says why nobody is shown when presence is off (RG-05)", async () => {
      const { fake, t } = await open();
      fake.setRights({ ...OWN_RIGHTS, switches: { ...USUAL, presence: false } });
      await expect.element(page.getByRole("heading", { name: t("team-presence-off") })).toBeVisible();
      await expect.poll(visibleText).not.toContain("Omar Nasser");
      fake.setRights(OWN_RIGHTS);
      await expect.element(page.getByText("Omar Nasser")).toBeVisible();
    });

    it("shows people of other departments without presence, and they can be called (RG-11)", async () => {
      const { fake, t } = await open();
      fake.setColleague("u-hana", { hidden: true, kind: "offline", ageMs: null, call: null });
      const others = page.getByRole("region", { name: t("team-others"), exact: true });
      await expect.element(others.getByText("Hana Saleh")).toBeVisible();
      await expect.element(others.getByText(t("team-not-shared"), { exact: true })).toBeVisible();
      await rowOf("Hana Saleh").getByRole("button", { name: /Hana Saleh/ }).click();
      await expect.poll(() => askedFor(fake, "dial")).toEqual([{ target: "2126" }]);
    });

    it("puts what rings first for those who may act on it (RG-08)", async () => {
      const { fake, t } = await open();
      fake.setRights({ ...OWN_RIGHTS, switches: { ...USUAL, operations: true } });
      const first = page.getByRole("region", { name: t("team-needs-you"), exact: true });
      await expect.element(first.getByText("زياد عبّود")).toBeVisible();
      await expect.poll(() => plain(first.element().textContent ?? "")).toContain(t("team-called-by"));
      await expect.poll(visibleText).toContain(GRACE.number.slice(1));
    });

    it("shows one department of several (RG-11)", async () => {
      const team = { ...TEAM, colleagues: TEAM.colleagues.map((one) => (one.id === "u-rana" ? { ...one, department: SALES.id } : one)) };
      const { t } = await open({ ...OWN_RIGHTS, role: "manager", watches: [SALES] }, team);
      await page.getByRole("button", { name: new RegExp(t("rights-department-choose")) }).click();
      await page.getByRole("option", { name: SALES.name }).click();
      await expect.poll(visibleText).not.toContain("Omar Nasser");
      await expect.element(page.getByText("Rana Khoury")).toBeVisible();
    });
  });

  describe(`rights of others, ${language}`, () => {
    const dialog = (t: Mounted["t"], person: string) => page.getByRole("dialog", { name: new RegExp(`${t("rights-title", { person: "" }).trim().split(" ")[0]}.*${person}`) });
    const openForm = async () => {
      const mounted = await open(ADMINISTRATOR);
      const { t } = mounted;
      await rowOf("Rana Khoury").getByRole("button", { name: new RegExp(t("team-more", { person: "" }).trim().split(" ")[0] ?? "") }).click();
      await page.getByRole("button", { name: t("rights-open") }).click();
      await expect.element(dialog(t, "Rana Khoury").getByRole("switch", { name: t("rights-calls"), exact: true })).toBeInTheDocument();
      return mounted;
    };

    it("are offered to nobody who does not administer (RP-01)", async () => {
      const { fake, t } = await open(ADMINISTRATOR);
      const more = rowOf("Rana Khoury").getByRole("button", { name: new RegExp(t("team-more", { person: "" }).trim().split(" ")[0] ?? "") });
      await expect.element(more).toBeVisible();
      fake.setRights(OWN_RIGHTS);
      await expect.element(more).not.toBeInTheDocument();
    });

    it("are read, changed and saved on the version that was read (RG-01, RG-12, RG-13)", async () => {
      const { fake, t } = await openForm();
      const form = dialog(t, "Rana Khoury");
      for (const words of ["rights-show-my-calls", "rights-operations", "rights-press-record"] as const) {
        form.getByRole("switch", { name: t(words), exact: true }).element().focus();
        await userEvent.keyboard(" ");
      }
      await form.getByRole("radio", { name: t("rights-recording-external") }).click();
      form.getByRole("checkbox", { name: SALES.name }).element().focus();
      await userEvent.keyboard(" ");
      await form.getByRole("button", { name: t("save") }).click();
      await expect.poll(() => askedFor(fake, "rightsPut")).toHaveLength(1);
      const { user, card } = askedFor(fake, "rightsPut")[0] as PutRights;
      expect(user).toBe("u-rana");
      expect(card).toMatchObject({ version: 0, department: CARE.id, watches: [SALES.id], role: "user" });
      expect(card.switches).toEqual({ ...USUAL, showMyCalls: false, operations: true, pressRecord: true, recording: "external" });
      await expect.element(form).not.toBeInTheDocument();
    });

    it("are not written over what somebody else has changed", async () => {
      const { fake, t } = await openForm();
      fake.rights.set("u-rana", { switches: { ...USUAL, parking: true } });
      const form = dialog(t, "Rana Khoury");
      await form.getByRole("button", { name: t("save") }).click();
      await expect.poll(visibleText).toContain(t("error-rightsChanged"));
      await form.getByRole("button", { name: t("rights-again") }).click();
      await expect.element(form.getByRole("switch", { name: t("rights-parking"), exact: true })).toBeChecked();
    });

    it("can be looked at and not changed above the own role", async () => {
      const mounted = await open(ADMINISTRATOR);
      const { fake, t } = mounted;
      fake.rights.set("u-rana", { role: "systemOwner", gives: [] });
      await rowOf("Rana Khoury").getByRole("button", { name: new RegExp(t("team-more", { person: "" }).trim().split(" ")[0] ?? "") }).click();
      await page.getByRole("button", { name: t("rights-open") }).click();
      await expect.poll(visibleText).toContain(t("rights-read-only"));
      await expect.element(dialog(t, "Rana Khoury").getByRole("button", { name: t("save") })).not.toBeInTheDocument();
    });

    it("say why they could not be read, and try again", async () => {
      const { fake, t } = await open(ADMINISTRATOR);
      fake.failNext("rightsGet", ipcError("serverUnreachable"));
      await rowOf("Rana Khoury").getByRole("button", { name: new RegExp(t("team-more", { person: "" }).trim().split(" ")[0] ?? "") }).click();
      await page.getByRole("button", { name: t("rights-open") }).click();
      await expect.poll(visibleText).toContain(t("rights-failed"));
      await page.getByRole("button", { name: t("rights-again") }).click();
      await expect.element(dialog(t, "Rana Khoury").getByRole("switch", { name: t("rights-calls"), exact: true })).toBeInTheDocument();
    });
  });
}
