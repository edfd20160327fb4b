// The screen of devices: what is chosen is used once it is saved, tests say what came of them, leaving asks.
import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ipcError } from "../src/backend/fake";
import { GRACE, HEADSET, MICROPHONE, slotOf, SPEAKERS } from "../src/backend/fakeData";
import { chooseMicrophone } from "./scenes";
import { askedFor, type Mounted, mount, visibleText } from "./support";

for (const language of ["en", "ar"] as const) {
  describe(`devices, ${language}`, () => {
    it("DV-01 uses a choice only when it is saved", async () => {
      const { fake, t } = await open(language);
      await chooseMicrophone(t);
      expect(askedFor(fake, "saveDevices")).toEqual([]);
      expect(askedFor(fake, "chooseDevice")).toEqual([]);
      await button(t("save")).click();
      expect(askedFor(fake, "saveDevices")).toEqual([{ microphone: MICROPHONE.id, speaker: null, ringWithSpeaker: true, ringers: [], ringPercent: 80 }]);
      await expect.element(button(t("save"))).not.toBeInTheDocument();
    });

    it("forgets a choice on Cancel", async () => {
      const { fake, t } = await open(language);
      await chooseMicrophone(t);
      await button(t("cancel")).click();
      await expect.element(button(t("save"))).not.toBeInTheDocument();
      expect(askedFor(fake, "saveDevices")).toEqual([]);
    });

    it("asks before a choice is lost, and stays or leaves as told", async () => {
      const { t } = await open(language);
      await chooseMicrophone(t);
      await userEvent.keyboard("{Control>}1{/Control}");
      await button(t("devices-unsaved-stay")).click();
      await expect.element(page.getByText(t("devices-not-saved"))).toBeVisible();
      await userEvent.keyboard("{Control>}4{/Control}");
      await button(t("devices-unsaved-discard")).click();
      await expect.element(page.getByText(t("devices-not-saved"))).not.toBeInTheDocument();
      await userEvent.keyboard("{Control>},{/Control}");
      await expect.element(page.getByRole("heading", { name: t("devices-title") })).toBeVisible();
      await expect.element(button(t("save"))).not.toBeInTheDocument();
    });

    it("DV-01 tests the microphone that is chosen, saved or not, and says what came of it", async () => {
      const { fake, t } = await open(language);
      await chooseMicrophone(t);
      await group(t("devices-microphone")).getByRole("button", { name: t("test"), exact: true }).click();
      expect(askedFor(fake, "testDevice")).toEqual([{ purpose: "microphone", device: MICROPHONE.id, speaker: null }]);
      await expect.element(page.getByText(t("test-speak"))).toBeVisible();
      fake.setLevels({ microphoneDbfs: -30, callerDbfs: -127 });
      await expect.poll(() => document.querySelector("[data-lit]")?.getAttribute("data-lit")).toBe("24");
      for (const outcome of ["heard", "silent", "noPermission", "busy", "gone", "failed", "inUse"] as const) {
        fake.endTestWith(outcome);
        await expect.poll(visibleText).toContain(t(`test-microphone-${outcome}`));
      }
      await expect.element(button(t("test-again"))).toBeVisible();
    });

    it("leads from a refused microphone to the system's settings, and says when there are none", async () => {
      const { fake, t } = await open(language);
      fake.setDevices({ test: { purpose: "microphone", device: null, phase: "over", outcome: "noPermission" } });
      await button(t("system-settings-open")).click();
      expect(askedFor(fake, "openSystemSettings")).toEqual([{ page: "microphoneAccess" }]);
      fake.failNext("openSystemSettings", ipcError("noSystemSettings", { detail: "pavucontrol: No such file or directory (os error 2)" }));
      await button(t("system-settings-open")).click();
      await expect.element(page.getByText(t("error-noSystemSettings"))).toBeVisible();
      expect(visibleText()).toContain("No such file or directory");
    });

    it("leads from a device that the system has muted to the system's settings", async () => {
      const { fake, t } = await open(language);
      fake.setDevices({ microphones: [{ ...HEADSET, isMuted: true }, MICROPHONE] });
      await expect.poll(visibleText).toContain(t("microphone-muted-by-system", { device: HEADSET.name }));
      await group(t("devices-microphone")).getByRole("button", { name: t("system-settings-open") }).click();
      expect(askedFor(fake, "openSystemSettings")).toEqual([{ page: "sound" }]);
      fake.setDevices({ microphones: [HEADSET, MICROPHONE] });
      await expect.element(button(t("system-settings-open"))).not.toBeInTheDocument();
    });

    it("DV-02 asks whether the speaker is heard, side by side", async () => {
      const { fake, t } = await open(language);
      await group(t("devices-speaker")).getByRole("button", { name: t("test"), exact: true }).click();
      await expect.element(page.getByText(t("test-hear-left"))).toBeVisible();
      fake.setDevices({ test: { purpose: "speaker", device: null, phase: "soundingRight", outcome: null } });
      await expect.element(page.getByText(t("test-hear-right"))).toBeVisible();
      await button(t("no")).click();
      expect(askedFor(fake, "testHeard")).toEqual([{ heard: false }]);
      await expect.element(page.getByText(t("test-speaker-notHeard"))).toBeVisible();
    });

    it("rings on several devices at once, with a loudness of its own, and never nowhere", async () => {
      const { fake, t } = await open(language);
      await page.getByRole("button", { name: t("devices-ringer-choose") }).click();
      await page.getByRole("checkbox", { name: SPEAKERS.name }).click({ force: true });
      await page.getByRole("checkbox", { name: HEADSET.name }).click({ force: true });
      await userEvent.keyboard("{Escape}");
      await group(t("devices-ringer")).getByRole("button", { name: t("test"), exact: true }).click();
      expect(askedFor(fake, "testDevice")).toEqual([{ purpose: "ringer", devices: [SPEAKERS.id, HEADSET.id], percent: 80 }]);
      await page.getByRole("slider", { name: t("devices-ringer-volume") }).element().focus();
      await userEvent.keyboard("{ArrowUp}");
      await button(t("save")).click();
      expect(askedFor(fake, "saveDevices")).toEqual([{ microphone: null, speaker: null, ringWithSpeaker: true, ringers: [SPEAKERS.id, HEADSET.id], ringPercent: 85 }]);
    });

    it("changes the treatment of the voice at once, also during a call", async () => {
      const { fake, t } = await open(language);
      fake.place(GRACE, { line: "talking", media: "connected", talkMs: 1000 });
      await page.getByRole("radio", { name: t("voice-noise-strong") }).click();
      await page.getByRole("radiogroup", { name: t("voice-echo") }).getByRole("radio", { name: t("voice-echo-on") }).click();
      await page.getByRole("switch", { name: t("voice-gain") }).element().focus();
      await userEvent.keyboard(" ");
      const voice = { noise: "strong", echo: "on", gain: true };
      expect(askedFor(fake, "voiceProcessing")).toEqual([{ noise: "strong", echo: "auto", gain: false }, { noise: "strong", echo: "on", gain: false }, voice]);
      await expect.element(page.getByRole("switch", { name: t("voice-gain") })).toBeChecked();
      await expect.element(button(t("save"))).not.toBeInTheDocument();
    });

    it("ends a test when the screen is left", async () => {
      const { fake, t } = await open(language);
      await group(t("devices-microphone")).getByRole("button", { name: t("test"), exact: true }).click();
      await userEvent.keyboard("{Control>}1{/Control}");
      await expect.poll(() => askedFor(fake, "endTest").length).toBe(1);
    });

    it("dials the echo test", async () => {
      const { fake, t } = await open(language);
      await button(t("call")).click();
      expect(askedFor(fake, "dial")).toEqual([{ target: "*43" }]);
      await expect.element(button(t("end-call"))).toBeVisible();
    });

    it("names the device that is used instead of one that is gone", async () => {
      const { fake, t } = await open(language);
      fake.setDevices({ microphones: [{ ...MICROPHONE, isDefault: true }], microphone: slotOf(HEADSET, MICROPHONE) });
      await expect.poll(visibleText).toContain(t("devices-fallback", { wanted: HEADSET.name, live: MICROPHONE.name }));
      fake.emit({ kind: "deviceMoved", purpose: "microphone", name: MICROPHONE.name, why: "gone" });
      await expect.poll(visibleText).toContain(t("device-moved-microphone-gone", { device: MICROPHONE.name }));
      fake.emit({ kind: "deviceMoved", purpose: "microphone", name: HEADSET.name, why: "back" });
      await expect.poll(visibleText).toContain(t("device-moved-microphone-back", { device: HEADSET.name }));
      expect(visibleText()).not.toContain(t("device-moved-microphone-gone", { device: MICROPHONE.name }));
    });

    it("refuses tests during a call and still switches devices", async () => {
      const { fake, t } = await open(language);
      fake.place(GRACE, { line: "talking", media: "connected", talkMs: 1000 });
      await expect.element(page.getByText(t("devices-in-call"))).toBeVisible();
      await expect.element(group(t("devices-microphone")).getByRole("button", { name: t("test"), exact: true })).toBeDisabled();
      await chooseMicrophone(t);
      await button(t("save")).click();
      expect(askedFor(fake, "saveDevices").length).toBe(1);
    });
  });
}

async function open(language: "en" | "ar"): Promise<Mounted> {
  const mounted = await mount({ language });
  await userEvent.keyboard("{Control>},{/Control}");
  await expect.element(page.getByRole("heading", { name: mounted.t("devices-title") })).toBeVisible();
  return mounted;
}

const button = (name: string) => page.getByRole("button", { name, exact: true });
const group = (name: string) => page.getByRole("group", { name, exact: true });
