import { describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { ipcError } from "../src/backend/fake";
import { OWN_RIGHTS, USUAL } from "../src/backend/fakeRights";
import type { ParkedCall } from "../src/backend/generated";
import { askedFor, mount, saying, visibleText } from "./support";

const RIGHTS = { ...OWN_RIGHTS, switches: { ...USUAL, parking: true } };
const AT_4: ParkedCall = { slot: 4, dial: "*6804", by: "u-rana", byName: "Rana Khoury", ageMs: 65_000, comesBack: false, person: { number: "17778732492", name: "خالد الأمين" } };

for (const language of ["en", "ar"] as const) {
  describe(`parked calls, ${language}`, () => {
    it("are in the list with place, name and time, and are taken with one press (RG-08)", async () => {
      const { fake, t } = await mount({ language }, (snapshot) => ({ ...snapshot, rights: RIGHTS, parked: [AT_4, { ...AT_4, slot: 7, dial: "*6807", person: null, comesBack: true }] }));
      const list = page.getByRole("region", { name: t("park-title") });
      await expect.element(list.getByText("خالد الأمين")).toBeVisible();
      await expect.element(list.getByText("1:05").first()).toBeVisible();
      await expect.element(list.getByText(t("park-somebody"))).toBeVisible();
      await list.getByRole("button", { name: saying(t("park-pick-up", { slot: "4" })) }).click();
      await expect.poll(() => askedFor(fake, "dial")).toEqual([{ target: "*6804" }]);
    });

    it("are absent while there are none", async () => {
      const { fake, t } = await mount({ language });
      expect(visibleText()).not.toContain(t("park-title"));
      fake.setParked([AT_4]);
      await expect.poll(visibleText).toContain(t("park-title"));
    });

    it("park with one press, and the notice takes the call back as long as it is there (RG-08)", async () => {
      const { fake, t } = await mount({ language }, (snapshot) => ({ ...snapshot, rights: RIGHTS }));
      const call = fake.ring({ number: "17778732492", name: "خالد الأمين" });
      fake.change(call.id, { line: "talking", talkMs: 0 });
      await page.getByRole("button", { name: t("park"), exact: true }).click();
      await expect.poll(() => askedFor(fake, "park")).toEqual([{ call: call.id }]);
      await expect.poll(visibleText).toContain(t("park-parked", { slot: "1" }));
      await page.getByRole("button", { name: t("park-take-back") }).click();
      await expect.poll(() => askedFor(fake, "dial")).toEqual([{ target: "*6801" }]);
    });

    it("the notice goes when somebody else has taken the call", async () => {
      const { fake, t } = await mount({ language }, (snapshot) => ({ ...snapshot, rights: RIGHTS }));
      const call = fake.ring({ number: "17778732492", name: "" });
      fake.change(call.id, { line: "talking", talkMs: 0 });
      await page.getByRole("button", { name: t("park"), exact: true }).click();
      await expect.element(page.getByRole("button", { name: t("park-take-back") })).toBeVisible();
      fake.setParked([]);
      await expect.poll(visibleText).not.toContain(t("park-take-back"));
    });

    it("are for those who may, and a full car park is said", async () => {
      const { fake, t } = await mount({ language });
      const call = fake.ring({ number: "17778732492", name: "" });
      fake.change(call.id, { line: "talking", talkMs: 0 });
      await expect.element(page.getByRole("button", { name: t("hold"), exact: true })).toBeVisible();
      expect(page.getByRole("button", { name: t("park"), exact: true }).query()).toBeNull();
      fake.setRights(RIGHTS);
      fake.failNext("park", ipcError("parkNoPlace"));
      await page.getByRole("button", { name: t("park"), exact: true }).click();
      await expect.poll(visibleText).toContain(t("error-parkNoPlace"));
    });

    it("that came back say so on the card and in the call", async () => {
      const { fake, t } = await mount({ language });
      const call = fake.ring({ number: "17778732492", name: "" });
      fake.change(call.id, { transferredBy: { number: "*68", name: "" } });
      await expect.poll(visibleText).toContain(t("park-came-back"));
      fake.change(call.id, { line: "talking", talkMs: 0 });
      await expect.poll(visibleText).toContain(t("park-was-parked"));
    });
  });
}
