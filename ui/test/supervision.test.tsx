import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ipcError } from "../src/backend/fake";
import { KHALED } from "../src/backend/fakeData";
import { OWN_RIGHTS, USUAL } from "../src/backend/fakeRights";
import { askedFor, COMPACT, mount, plain, saying, visibleText } from "./support";

const rowOf = (name: string) => page.getByRole("listitem").filter({ hasText: name });
const MAY = { supervise: true, operate: false };

for (const language of ["en", "ar"] as const) {
  describe(`supervision, ${language}`, () => {
    const open = async () => {
      const mounted = await mount({ language });
      await userEvent.keyboard("{Control>}3{/Control}");
      await expect.element(page.getByText("Omar Nasser", { exact: true })).toBeVisible();
      mounted.fake.setColleague("u-omar", { may: MAY });
      return mounted;
    };
    const bar = () => document.querySelector("[data-region='supervise']");

    it("is said above the list to who may (RG-09)", async () => {
      const { fake, t } = await open();
      await expect.poll(visibleText).toContain(t("team-sees-calls"));
      fake.setRights({ ...OWN_RIGHTS, role: "manager", monitors: true, switches: { ...USUAL, monitoring: true } });
      await expect.poll(visibleText).toContain(t("team-supervises"));
      // The right alone, without the role.
      fake.setRights({ ...OWN_RIGHTS, switches: { ...USUAL, monitoring: true } });
      await expect.poll(visibleText).toContain(t("team-sees-calls"));
    });

    it("is there for who may, and for a colleague who talks (RG-09)", async () => {
      const { fake, t } = await open();
      await rowOf("Omar Nasser").hover();
      await expect.element(rowOf("Omar Nasser").getByText(t("panel-listen"), { exact: true })).toBeVisible();
      fake.setColleague("u-omar", { call: { ringing: true, ageMs: 0, with: null } });
      await expect.poll(() => rowOf("Omar Nasser").getByText(t("panel-listen"), { exact: true }).query()).toBeNull();
      fake.setColleague("u-omar", { call: { ringing: false, ageMs: 0, with: null }, may: { supervise: false, operate: false } });
      await expect.element(rowOf("Omar Nasser")).toBeVisible();
      expect(rowOf("Omar Nasser").getByText(t("panel-listen"), { exact: true }).query()).toBeNull();
    });

    it("says in each mode who hears this person, and changes by keys (RG-10)", async () => {
      const { fake, t } = await open();
      await rowOf("Omar Nasser").hover();
      await rowOf("Omar Nasser").getByText(t("panel-listen"), { exact: true }).click();
      await expect.poll(() => askedFor(fake, "supervise")).toEqual([{ user: "u-omar", mode: "listen" }]);
      await expect.poll(() => plain(bar()?.textContent ?? "")).toContain(t("supervise-listen-heard"));
      await page.getByRole("radio", { name: t("panel-whisper") }).click();
      await expect.poll(() => plain(bar()?.textContent ?? "")).toContain(plain(t("supervise-whisper-heard", { person: "Omar Nasser" })));
      await userEvent.keyboard(language === "ar" ? "{ArrowLeft} " : "{ArrowRight} ");
      await expect.poll(() => plain(bar()?.textContent ?? "")).toContain(t("supervise-barge-heard"));
      // With the microphone off nobody hears anything.
      await page.getByRole("button", { name: t("mute"), exact: true }).click();
      await expect.poll(() => plain(bar()?.textContent ?? "")).toContain(t("supervise-listen-heard"));
      // It is no call: the phone is at rest, and nothing rings or stands on the stage.
      await userEvent.keyboard("{Control>}1{/Control}");
      await expect.poll(() => bar()).not.toBeNull();
      expect(page.getByRole("button", { name: new RegExp(t("end-call")) }).query()).toBeNull();
      await page.getByRole("button", { name: t("supervise-leave") }).click();
      await expect.poll(() => bar()).toBeNull();
    });

    it("shows what Rust says, not what was pressed, and why not (RG-09)", async () => {
      const { fake, t } = await open();
      fake.failNext("supervise", ipcError("superviseTaken"));
      await rowOf("Omar Nasser").hover();
      await rowOf("Omar Nasser").getByText(t("panel-listen"), { exact: true }).click();
      await expect.poll(visibleText).toContain(t("error-superviseTaken"));
      expect(bar()).toBeNull();
      fake.supervising({ user: "u-omar", mode: "listen" }, { line: "calling", talkMs: null });
      await expect.poll(() => plain(bar()?.textContent ?? "")).toContain(t("supervise-joining"));
      fake.failNext("supervise", ipcError("superviseNoCall"));
      await page.getByRole("radio", { name: t("panel-barge") }).click();
      await expect.poll(visibleText).toContain(t("error-superviseNoCall"));
      expect(bar()?.getAttribute("data-mode")).toBe("listen");
    });

    it("says so when it ends without this person's doing, and nothing when they leave", async () => {
      const { fake, t } = await open();
      const one = fake.supervising({ user: "u-omar", mode: "listen" });
      fake.end(one.id, "forbidden");
      await expect.poll(() => plain(visibleText())).toContain(plain(t("supervise-over-forbidden", { person: "Omar Nasser" })));
      expect(bar()).toBeNull();
      const two = fake.supervising({ user: "u-omar", mode: "listen" }, { line: "calling", talkMs: null });
      await expect.poll(() => plain(visibleText())).not.toContain(plain(t("supervise-over-forbidden", { person: "Omar Nasser" })));
      fake.end(two.id, "rejected");
      await expect.poll(() => plain(visibleText())).toContain(plain(t("supervise-not-let-in", { person: "Omar Nasser" })));
      const three = fake.supervising({ user: "u-omar", mode: "listen" });
      await expect.poll(() => bar()).not.toBeNull();
      fake.end(three.id, "localHangUp");
      await expect.poll(() => bar()).toBeNull();
      expect(plain(visibleText())).not.toContain(plain(t("supervise-over", { person: "Omar Nasser" })));
    });

    it("obeys the keys of a call, and logging out asks", async () => {
      const { fake, t } = await open();
      fake.supervising({ user: "u-omar", mode: "listen" });
      await expect.poll(() => bar()).not.toBeNull();
      // Nobody hears a listener: there is no microphone to switch off.
      await userEvent.keyboard("{Control>}m{/Control}");
      fake.supervising({ user: "u-omar", mode: "barge" });
      await expect.poll(() => bar()?.getAttribute("data-mode")).toBe("barge");
      expect(askedFor(fake, "mute")).toEqual([]);
      await userEvent.keyboard("{Control>}m{/Control}");
      await expect.poll(() => askedFor(fake, "mute")).toEqual([{ on: true }]);
      await expect.poll(() => [...document.querySelectorAll("[role='status']")].map((region) => region.textContent)).toContain(t("supervise-listen-heard"));
      document.querySelector<HTMLElement>("[data-region='rail'] [data-opens-status]")?.click();
      await page.getByRole("button", { name: t("session-logout"), exact: true }).click();
      await expect.element(page.getByRole("alertdialog")).toBeVisible();
      await page.getByRole("alertdialog").getByRole("button", { name: t("cancel"), exact: true }).click();
      await userEvent.keyboard("{Control>}e{/Control}");
      await expect.poll(() => askedFor(fake, "superviseLeave")).toHaveLength(1);
    });

    it("is shown on the agent's card where the team shows it", async () => {
      const { fake, t } = await mount({ language });
      const call = fake.ring(KHALED);
      fake.change(call.id, { line: "talking", media: "connected", talkMs: 0 });
      fake.change(call.id, { supervisedBy: { name: "Sara", mode: "whisper" } });
      await expect.poll(visibleText).toContain(plain(t("supervised-whisper", { person: "Sara" })));
    });

    it("joins a call with the one that waits", async () => {
      const { fake, t } = await mount({ language });
      fake.place(KHALED, { line: "held", media: "connected", talkMs: 1000, heldMs: 10 });
      await expect.element(page.getByRole("button", { name: new RegExp(t("end-call")) })).toBeVisible();
      expect(page.getByRole("button", { name: t("conference"), exact: true }).query()).toBeNull();
      fake.place({ name: "Lina", number: "2109" }, { line: "talking", media: "connected", talkMs: 0 });
      await page.getByRole("button", { name: t("conference"), exact: true }).click();
      await expect.poll(() => askedFor(fake, "conference")).toHaveLength(1);
      await expect.element(page.getByRole("button", { name: t("conference-on"), exact: true })).toBeDisabled();
      // Both are named, and each may leave alone.
      const endOf = (person: string) => page.getByRole("button", { name: saying(t("end-call-of", { person })) });
      await expect.element(endOf("Lina")).toBeVisible();
      await endOf(KHALED.name).click();
      await expect.poll(() => askedFor(fake, "hangUp")).toHaveLength(1);
      await expect.element(page.getByRole("button", { name: new RegExp(`^${t("end-call")}`) })).toBeVisible();
    });

    it("fits the narrow window", async () => {
      const { fake, t } = await mount({ language, size: COMPACT });
      fake.supervising({ user: "u-omar", mode: "whisper" });
      await expect.poll(() => plain(bar()?.textContent ?? "")).toContain(plain(t("supervise-whisper-heard", { person: "Omar Nasser" })));
      const box = bar()?.getBoundingClientRect();
      expect(box && box.left >= 0 && box.right <= innerWidth).toBe(true);
    });
  });
}
