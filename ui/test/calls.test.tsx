import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ipcError } from "../src/backend/fake";
import { CHOPPY_QUALITY, GOOD_QUALITY, GRACE, KHALED, LINA, LOST, NOBODY, OK, RANA } from "../src/backend/fakeData";
import { ENDS } from "./scenes";
import { askedFor, COMPACT, mount, plain, saying, visibleText } from "./support";

const TALKING = { line: "talking", media: "connected", talkMs: 267_000, direction: "incoming" } as const;

for (const language of ["en", "ar"] as const) {
  describe(`an incoming call, ${language}`, () => {
    it("is an alertdialog that says who calls, and is announced once", async () => {
      const { fake, t } = await mount({ language });
      fake.ring(KHALED);
      const card = page.getByRole("alertdialog");
      await expect.element(card).toBeVisible();
      expect(plain(card.element().getAttribute("aria-label") ?? "")).toBe(t("incoming-announce", { person: KHALED.name }));
      expect(document.querySelectorAll("[role='alertdialog']")).toHaveLength(1);
      expect(visibleText()).toContain("Khaled Al-Amin");
      expect(visibleText()).toContain("+966110000142");
    });

    it("has the number in place of an unknown name", async () => {
      const { fake, t } = await mount({ language });
      fake.ring(NOBODY);
      await expect.element(page.getByRole("alertdialog").getByText(NOBODY.number)).toBeVisible();
      expect(visibleText()).toContain(t("caller-unknown"));
    });

    it("Enter answers, and the call is on the stage only when the engine says so", async () => {
      const { fake, t } = await mount({ language });
      fake.holdBack("answer");
      const { id } = fake.ring(KHALED);
      await expect.poll(() => document.activeElement?.getAttribute("role")).toBe("alertdialog");
      await userEvent.keyboard("{Enter}");
      await expect.poll(() => askedFor(fake, "answer")).toEqual([{ call: id }]);
      await expect.element(page.getByRole("alertdialog")).toBeVisible();
      fake.change(id, { line: "talking", media: "connected", talkMs: 0 });
      await expect.element(page.getByRole("button", { name: t("end-call"), exact: true })).toBeVisible();
      expect(document.querySelector("[role='alertdialog']")).toBeNull();
    });

    it("Esc declines", async () => {
      const { fake } = await mount({ language });
      const { id } = fake.ring(KHALED);
      await expect.poll(() => document.activeElement?.getAttribute("role")).toBe("alertdialog");
      await userEvent.keyboard("{Escape}");
      await expect.poll(() => askedFor(fake, "decline")).toEqual([{ call: id }]);
      await expect.poll(() => document.querySelector("[role='alertdialog']")).toBeNull();
    });

    it("can be silenced and keeps ringing here", async () => {
      const { fake, t } = await mount({ language });
      const { id } = fake.ring(KHALED);
      await page.getByRole("button", { name: t("silence"), exact: true }).click();
      await expect.poll(() => askedFor(fake, "silence")).toEqual([{ call: id }]);
      await expect.element(page.getByRole("alertdialog")).toBeVisible();
      await expect.element(page.getByRole("button", { name: t("answer"), exact: false })).toBeVisible();
    });

    it("goes when the caller gives up, and counts as missed", async () => {
      const { fake, t } = await mount({ language });
      const { id } = fake.ring(KHALED);
      await expect.element(page.getByRole("alertdialog")).toBeVisible();
      fake.end(id, "missed");
      await expect.poll(() => document.querySelector("[role='alertdialog']")).toBeNull();
      await expect.poll(visibleText).toContain(t("end-long-missed"));
    });

    it("closes an open popover: nothing covers Answer", async () => {
      const { fake, t } = await mount({ language });
      await page.getByRole("button", { name: new RegExp(t("language-menu")) }).first().click();
      await expect.element(page.getByRole("dialog", { name: t("language-menu") })).toBeVisible();
      fake.ring(KHALED);
      await expect.poll(() => document.querySelector("[role='dialog']")).toBeNull();
      await expect.element(page.getByRole("alertdialog")).toBeVisible();
    });
  });

  describe(`an outgoing call, ${language}`, () => {
    it("says at each step what happens", async () => {
      const { fake, t } = await mount({ language });
      const { id } = fake.place(GRACE);
      await expect.poll(visibleText).toContain(t("call-calling"));
      fake.change(id, { line: "calling" });
      await expect.poll(visibleText).toContain(t("call-calling"));
      fake.change(id, { line: "ringingThere", ageMs: 7000 });
      await expect.poll(visibleText).toContain(`${t("call-ringing-there")} 0:07`);
      fake.change(id, { line: "earlyMedia", media: "connected" });
      await expect.poll(visibleText).toContain(t("call-early-media"));
      await expect.element(page.getByRole("button", { name: t("hold"), exact: true })).toBeDisabled();
      fake.change(id, { line: "talking", media: "connected", talkMs: 0 });
      await expect.element(page.getByRole("timer")).toBeVisible();
      await expect.element(page.getByRole("button", { name: t("hold"), exact: true })).toBeEnabled();
      fake.change(id, { line: "ending" });
      await expect.element(page.getByRole("button", { name: t("end-call"), exact: true })).toBeDisabled();
    });

    for (const { reason, sipCode } of ENDS) {
      it(`that ends with ${reason} says so in words`, async () => {
        const { fake, t } = await mount({ language });
        const { id } = fake.place(GRACE, { line: "calling" });
        await expect.poll(visibleText).toContain(t("call-calling"));
        fake.end(id, reason, sipCode);
        await expect.poll(visibleText).toContain(t(`end-long-${reason}`));
        if (/[A-Z]/.test(reason)) expect(visibleText()).not.toContain(reason);
      });
    }

    it("that failed stays on screen with its code, and can be called again", async () => {
      const { fake, t } = await mount({ language });
      const { id } = fake.place(RANA, { line: "calling" });
      fake.end(id, "busy", 486);
      await expect.poll(visibleText).toContain("SIP 486");
      await page.getByRole("button", { name: t("call-again") }).click();
      await expect.poll(() => askedFor(fake, "dial")).toEqual([{ target: "2104" }]);
      await expect.poll(visibleText).not.toContain("SIP 486");
    });
  });

  describe(`talking, ${language}`, () => {
    it("mutes by key, and shows it only when the engine says so", async () => {
      const { fake, t } = await mount({ language });
      fake.place(KHALED, TALKING);
      await expect.element(page.getByRole("button", { name: t("mute"), exact: true })).toBeVisible();
      fake.holdBack("mute");
      await userEvent.keyboard("{Control>}m{/Control}");
      await expect.poll(() => askedFor(fake, "mute")).toEqual([{ on: true }]);
      await expect.element(page.getByRole("button", { name: t("mute"), exact: true })).toBeVisible();
      fake.emit({ kind: "muted", muted: true });
      await expect.element(page.getByRole("button", { name: t("unmute"), exact: true })).toBeVisible();
    });

    it("holds and resumes by key", async () => {
      const { fake, t } = await mount({ language });
      const { id } = fake.place(KHALED, TALKING);
      await expect.element(page.getByRole("button", { name: t("hold"), exact: true })).toBeVisible();
      await userEvent.keyboard("{Control>}h{/Control}");
      await expect.element(page.getByRole("button", { name: t("resume"), exact: true })).toBeVisible();
      await expect.poll(visibleText).toContain(t("call-held"));
      await userEvent.keyboard("{Control>}h{/Control}");
      await expect.element(page.getByRole("button", { name: t("hold"), exact: true })).toBeVisible();
      expect([askedFor(fake, "hold"), askedFor(fake, "resume")]).toEqual([[{ call: id }], [{ call: id }]]);
    });

    it("says hold and mute politely, and no clock", async () => {
      const { fake, t } = await mount({ language });
      const { id } = fake.place(KHALED, TALKING);
      const said = () => plain(document.querySelector("[role='status']")?.textContent ?? "");
      await expect.poll(said).toBe(t("microphone-live"));
      fake.emit({ kind: "muted", muted: true });
      await expect.poll(said).toBe(t("microphone-muted"));
      fake.change(id, { line: "held", heldMs: 0 });
      await expect.poll(said).toBe(t("call-held"));
      const live = [...document.querySelectorAll("[role='status'], [role='alert'], [aria-live='polite'], [aria-live='assertive']")];
      expect(live.some((region) => /\d:\d\d/.test(region.textContent ?? ""))).toBe(false);
    });

    it("ends by key, never by Esc", async () => {
      const { fake, t } = await mount({ language });
      const { id } = fake.place(KHALED, TALKING);
      await expect.element(page.getByRole("timer")).toBeVisible();
      await userEvent.keyboard("{Escape}");
      expect(askedFor(fake, "hangUp")).toEqual([]);
      await userEvent.keyboard("{Control>}e{/Control}");
      await expect.poll(() => askedFor(fake, "hangUp")).toEqual([{ call: id }]);
      await expect.poll(visibleText).toContain(t("end-long-localHangUp"));
    });

    it("sends digits typed anywhere, and from the keypad, where they stay readable", async () => {
      const { fake, t } = await mount({ language });
      const { id } = fake.place(KHALED, TALKING);
      await expect.element(page.getByRole("timer")).toBeVisible();
      await userEvent.keyboard("4");
      await expect.poll(() => askedFor(fake, "dtmf")).toEqual([{ call: id, digits: "4" }]);
      await page.getByRole("button", { name: t("keypad"), exact: true }).click();
      await page.getByRole("button", { name: "2", exact: true }).click();
      await page.getByRole("button", { name: t("keypad-hash") }).click();
      await userEvent.keyboard("7");
      await expect.poll(() => askedFor(fake, "dtmf").length).toBe(4);
      await expect.poll(visibleText).toContain("2#7");
    });

    it("runs its clock from what the engine said", async () => {
      const { fake } = await mount({ language });
      fake.place(KHALED, TALKING);
      await expect.poll(visibleText).toContain("04:27");
      await expect.poll(visibleText, { timeout: 4000 }).toContain("04:28");
    });

    it("says when the far end holds, when sound is lost, and when the server is away while the call goes on", async () => {
      const { fake, t } = await mount({ language });
      const { id } = fake.place(KHALED, TALKING);
      fake.change(id, { heldByFarEnd: true });
      await expect.poll(visibleText).toContain(t("call-held-by-far-end"));
      fake.change(id, { heldByFarEnd: false, media: "reconnecting" });
      await expect.poll(visibleText).toContain(t("call-sound-lost"));
      fake.change(id, { media: "connected" });
      await expect.poll(visibleText).not.toContain(t("call-sound-lost"));
      fake.setSystem(LOST);
      await expect.poll(visibleText).toContain(t("call-server-lost"));
      await expect.element(page.getByRole("button", { name: t("end-call"), exact: true })).toBeEnabled();
    });

    for (const fault of ["missing", "busy", "noPermission", "lost", "failed"] as const) {
      it(`names a microphone that is ${fault}, and the cure, at once`, async () => {
        const { fake, t } = await mount({ language });
        fake.place(KHALED, TALKING);
        fake.setDevices({ microphoneFault: fault });
        fake.setSystem({ sound: { ...OK, level: "bad", why: "microphoneLost" } });
        await expect.poll(visibleText).toContain(t(`microphone-${fault}`));
        expect(visibleText()).toContain(t(`microphone-${fault}-cure`));
        expect(document.querySelector("[role='alert']")).not.toBeNull();
      });
    }

    it("shows in words that a command was refused", async () => {
      const { fake, t } = await mount({ language });
      fake.place(KHALED, TALKING);
      fake.failNext("mute", ipcError("notNow"));
      await page.getByRole("button", { name: t("mute"), exact: true }).click();
      await expect.poll(visibleText).toContain(t("error-notNow"));
    });

    it("switches devices and volume during the call", async () => {
      const { fake, t } = await mount({ language });
      fake.place(KHALED, TALKING);
      await page.getByRole("button", { name: new RegExp(t("devices-open")) }).click();
      await page.getByRole("dialog").getByText("Built-in microphone").click();
      await expect.poll(() => askedFor(fake, "chooseDevice")).toEqual([{ purpose: "microphone", id: "pulse:mic" }]);
      await userEvent.keyboard("{Escape}");
      (page.getByRole("slider").element() as HTMLInputElement).focus();
      await userEvent.keyboard(language === "ar" ? "{ArrowLeft}" : "{ArrowRight}");
      await expect.poll(() => askedFor(fake, "volume")).toEqual([{ percent: 75 }]);
    });

    it("shows both voices: a dead microphone is seen", async () => {
      const { fake } = await mount({ language });
      fake.place(KHALED, TALKING);
      await expect.element(page.getByRole("timer")).toBeVisible();
      const line = () => document.querySelector<HTMLCanvasElement>("canvas[data-voices]")?.dataset ?? {};
      await expect.poll(() => {
        fake.setLevels({ callerDbfs: -20, microphoneDbfs: -127 });
        return Number(line().caller ?? 0) > 2 && Number(line().you ?? 0) === 0;
      }).toBe(true);
      await expect.poll(() => {
        fake.setLevels({ callerDbfs: -127, microphoneDbfs: -20 });
        return Number(line().you ?? 0) > 2;
      }).toBe(true);
    });
  });

  describe(`a second call, ${language}`, () => {
    it("may be answered with the first on hold, ended, or declined", async () => {
      const { fake, t } = await mount({ language });
      const first = fake.place(KHALED, TALKING);
      const second = fake.ring(LINA);
      await expect.element(page.getByRole("alertdialog")).toBeVisible();
      expect([...document.querySelectorAll("[role='alert']")].map((alert) => plain(alert.textContent ?? ""))).toContain(t("incoming-announce", { person: LINA.name }));
      await page.getByRole("button", { name: t("waiting-hold-and-answer") }).click();
      await expect.poll(() => askedFor(fake, "answer")).toEqual([{ call: second.id }]);
      await expect.poll(() => fake.calls().map(({ id, line }) => [id, line])).toEqual([[first.id, "held"], [second.id, "talking"]]);
      await page.getByRole("button", { name: t("swap"), exact: true }).click();
      await expect.poll(() => askedFor(fake, "resume")).toEqual([{ call: first.id }]);
      const third = fake.ring(RANA);
      await page.getByRole("button", { name: t("decline"), exact: true }).click();
      await expect.poll(() => askedFor(fake, "decline")).toEqual([{ call: third.id }]);
    });

    it("does not move what one is doing by more than its own height", async () => {
      const { fake, t } = await mount({ language });
      fake.place(KHALED, TALKING);
      const end = page.getByRole("button", { name: t("end-call"), exact: true });
      await expect.element(end).toBeVisible();
      const before = end.element().getBoundingClientRect();
      fake.ring(LINA);
      await expect.element(page.getByRole("alertdialog")).toBeVisible();
      const after = end.element().getBoundingClientRect();
      expect([after.left, after.width]).toEqual([before.left, before.width]);
      expect(Math.abs(after.top - before.top)).toBeLessThanOrEqual(page.getByRole("alertdialog").element().getBoundingClientRect().height + 12);
    });

    it("ends a held call without touching the other", async () => {
      const { fake, t } = await mount({ language });
      const held = fake.place(LINA, { ...TALKING, line: "held", heldMs: 24_000 });
      fake.place(KHALED, TALKING);
      await page.getByRole("button", { name: saying(t("end-call-of", { person: LINA.name })) }).click();
      await expect.poll(() => askedFor(fake, "hangUp")).toEqual([{ call: held.id }]);
    });
  });
}

describe("a window of 360 × 560", () => {
  for (const language of ["en", "ar"] as const) {
    it(`has Answer and Decline, then Mute, Hold and End in reach, ${language}`, async () => {
      const { fake, t } = await mount({ language, size: COMPACT });
      const { id } = fake.ring(KHALED);
      for (const word of [t("answer"), t("decline")]) await expect.element(page.getByRole("button", { name: word, exact: false })).toBeInViewport({ ratio: 1 });
      fake.change(id, TALKING);
      for (const word of [t("mute"), t("hold"), t("end-call")]) await expect.element(page.getByRole("button", { name: word, exact: true })).toBeInViewport({ ratio: 1 });
    });
  }
});

for (const language of ["en", "ar"] as const) {
  describe(`the quality of a call, ${language}`, () => {
    it("is a word with bars, once the engine has measured", async () => {
      const { fake, t } = await mount({ language });
      const { id } = fake.place(KHALED, TALKING);
      await expect.element(page.getByRole("button", { name: t("end-call"), exact: true })).toBeVisible();
      expect(visibleText()).not.toContain(t("quality-good"));
      fake.setQuality(id, GOOD_QUALITY);
      await expect.element(page.getByRole("button", { name: t("quality-good") })).toBeVisible();
      fake.setQuality(id, CHOPPY_QUALITY);
      await expect.element(page.getByRole("button", { name: t("quality-unsteady") })).toBeVisible();
    });

    it("explains which direction suffers and what to try, with live numbers", async () => {
      const { fake, t } = await mount({ language });
      const { id } = fake.place(KHALED, TALKING);
      fake.setQuality(id, CHOPPY_QUALITY);
      await page.getByRole("button", { name: t("quality-unsteady") }).click();
      await expect.element(page.getByRole("dialog", { name: t("quality"), exact: true })).toBeVisible();
      const text = () => plain(document.querySelector("[role='dialog']")?.textContent ?? "");
      for (const part of [t("quality-head-unsteady"), t("quality-cause-lossIn"), t("quality-cure-ownNetwork"), t("quality-way-unsteady"), t("quality-way-good"), t("quality-ms", { ms: 310 }), language === "en" ? "8.1\u00a0%" : "8.1\u00a0٪", "Opus"]) {
        expect(text()).toContain(part);
      }
      fake.setQuality(id, { ...CHOPPY_QUALITY, rttMs: 77 });
      await expect.poll(text).toContain(t("quality-ms", { ms: 77 }));
    });

    it("says nothing of a direction that nobody has measured", async () => {
      const { fake, t } = await mount({ language });
      const { id } = fake.place(KHALED, TALKING);
      fake.setQuality(id, { ...GOOD_QUALITY, rttMs: null, delayMs: null, spoken: { codec: null, mos: null, lost: null, burst: null, jitterMs: null } });
      await page.getByRole("button", { name: t("quality-good") }).click();
      await expect.element(page.getByRole("dialog").getByText(t("quality-unknown"))).toBeVisible();
    });
  });
}
