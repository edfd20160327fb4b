import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ipcError } from "../src/backend/fake";
import { ADMINISTRATOR, OWN_RIGHTS } from "../src/backend/fakeRights";
import type { CallRecording } from "../src/backend/generated";
import { askedFor, mount, plain, saying, visibleText } from "./support";

const GRACE = { number: "17778732492", name: "Grace Hopper" };

for (const language of ["en", "ar"] as const) {
  describe(`recording, ${language}`, () => {
    const talking = async (recording: Partial<CallRecording>) => {
      const mounted = await mount({ language });
      const call = mounted.fake.place(GRACE, { line: "talking", talkMs: 61_000, media: "connected", recording: { state: "off", automatic: false, mayPress: false, mayPause: false, ...recording } });
      await expect.element(page.getByRole("heading", { name: GRACE.name })).toBeVisible();
      return { ...mounted, call };
    };
    const button = (name: string) => page.getByRole("button", { name: saying(name), exact: true });

    it("is begun and ended by a tile where it may be pressed, and nowhere else (RG-13)", async () => {
      const { fake, t, call } = await talking({ mayPress: true });
      await button(t("record")).click();
      expect(askedFor(fake, "record")).toEqual([{ call: call.id, on: true }]);
      await expect.element(button(t("record-stop"))).toHaveAttribute("aria-pressed", "true");
      await expect.poll(visibleText).toContain(t("recording-on"));
      await button(t("record-stop")).click();
      await expect.element(button(t("record"))).toBeVisible();
      fake.change(call.id, { recording: { state: "off", automatic: false, mayPress: false, mayPause: false } });
      await expect.poll(() => button(t("record")).elements().length).toBe(0);
    });

    it("says that the rules record, with nothing to switch it off but a pause (RG-12)", async () => {
      const { fake, t, call } = await talking({ state: "on", automatic: true, mayPause: true });
      await expect.poll(visibleText).toContain(t("recording-on"));
      for (const word of ["record", "record-stop"] as const) expect(button(t(word)).elements()).toEqual([]);
      await button(t("recording-pause")).click();
      expect(askedFor(fake, "recordPause")).toEqual([{ call: call.id, on: true }]);
      await expect.poll(visibleText).toContain(t("recording-paused"));
      await button(t("recording-go-on")).click();
      await expect.poll(visibleText).not.toContain(t("recording-paused"));
      fake.change(call.id, { line: "held", heldMs: 0, recording: { state: "held", automatic: true, mayPress: false, mayPause: true } });
      await expect.poll(visibleText).toContain(t("recording-held"));
      fake.change(call.id, { line: "talking", recording: { state: "failed", automatic: true, mayPress: false, mayPause: false } });
      await expect.poll(visibleText).toContain(t("recording-failed"));
    });

    const list = async (rights = OWN_RIGHTS) => {
      const mounted = await mount({ language }, (snapshot) => ({ ...snapshot, rights }));
      await userEvent.keyboard("{Control>}4{/Control}");
      await page.getByRole("radio", { name: mounted.t("filter-recordings"), exact: true }).click();
      return mounted;
    };
    const rows = () => page.getByRole("main").getByRole("listitem").elements().length;

    it("is listed with whose call it was, page by page, and says when it cannot be read (RG-12)", async () => {
      const { fake, t } = await list();
      await expect.poll(rows).toBe(6);
      expect(plain(visibleText())).toContain(plain(t("recordings-of", { person: "سامي بشارة" })));
      fake.failNext("recordings", ipcError("serverUnreachable"));
      await button(t("recordings-older")).click();
      await expect.poll(visibleText).toContain(t("recordings-older-failed"));
      await button(t("recordings-older")).click();
      await expect.poll(rows).toBe(8);
      // News: asked again, from the newest on.
      fake.recorded = fake.recorded.slice(1, 3);
      fake.emit({ kind: "recordings" });
      await expect.poll(rows).toBe(2);
      fake.recorded = [];
      fake.failNext("recordings", ipcError("serverUnreachable"));
      fake.emit({ kind: "recordings" });
      await expect.poll(visibleText).toContain(t("error-serverUnreachable"));
      await button(t("try-again")).click();
      await expect.poll(visibleText).toContain(t("recordings-none"));
      // Only who administers deletes.
      expect(page.getByRole("button", { name: saying(t("recordings-delete", { person: GRACE.name })) }).elements()).toEqual([]);
    });

    it("is heard: played, paused, sought by keys, faster, and closed; a call comes first", async () => {
      const { fake, t } = await list();
      const listen = page.getByRole("button", { name: saying(t("recordings-listen", { person: GRACE.name })) }).first();
      await listen.click();
      expect(askedFor(fake, "player")).toEqual([{ wish: "play", recording: "recording-0" }]);
      const player = page.getByRole("group", { name: t("player"), exact: true });
      await player.getByRole("button", { name: t("player-pause"), exact: true }).click();
      await expect.element(player.getByRole("button", { name: t("player-play"), exact: true })).toBeVisible();
      const slider = player.getByRole("slider", { name: t("player-position") });
      (slider.element() as HTMLElement).focus();
      await userEvent.keyboard("{ArrowUp}");
      await expect.poll(() => askedFor(fake, "player").at(-1)).toEqual({ wish: "seek", ms: 1000 });
      await player.getByRole("button", { name: new RegExp(t("player-speed")) }).click();
      await page.getByRole("option").nth(3).click();
      await expect.poll(() => askedFor(fake, "player").at(-1)).toEqual({ wish: "speed", factor: 1.5 });
      // The engine has paused it for a call: it cannot be played before that is over.
      const call = fake.ring({ number: "2112", name: "Omar Nasser" });
      await expect.element(player.getByRole("button", { name: t("player-play"), exact: true })).toBeDisabled();
      fake.end(call.id, "missed");
      fake.setPlayer({ recording: "recording-0", state: "failed", positionMs: 0, durationMs: 0, speed: 1 });
      await expect.poll(visibleText).toContain(t("player-failed"));
      fake.setPlayer({ recording: "recording-0", state: "gone", positionMs: 0, durationMs: 0, speed: 1 });
      await expect.poll(visibleText).toContain(t("player-gone"));
      await page.getByRole("button", { name: saying(t("recordings-close", { person: GRACE.name })) }).click();
      await expect.poll(() => player.elements().length).toBe(0);
    });

    it("is deleted after a question that names the call, by who administers", async () => {
      const { fake, t } = await list(ADMINISTRATOR);
      await page.getByRole("button", { name: saying(t("recordings-delete", { person: GRACE.name })) }).first().click();
      const ask = page.getByRole("alertdialog", { name: t("recordings-delete-ask") });
      await ask.getByRole("button", { name: t("cancel"), exact: true }).click();
      expect(askedFor(fake, "recordingDelete")).toEqual([]);
      await page.getByRole("button", { name: saying(t("recordings-delete", { person: GRACE.name })) }).first().click();
      await expect.poll(() => plain(ask.element().textContent ?? "")).toContain(GRACE.name);
      await ask.getByRole("button", { name: t("recordings-delete-confirm"), exact: true }).click();
      await expect.poll(() => askedFor(fake, "recordingDelete")).toEqual([{ recording: "recording-0" }]);
      await expect.poll(rows).toBe(5);
    });

    it("says what waits on this computer", async () => {
      const { fake, t } = await list();
      fake.emit({ kind: "recordingsWaiting", waiting: 2 });
      await expect.poll(() => plain(visibleText())).toContain(plain(t("recordings-waiting", { count: 2 })));
      fake.emit({ kind: "recordingsWaiting", waiting: 0 });
      await expect.poll(visibleText).not.toContain(t("recordings-waiting-note"));
    });

    it("follows rules that administrators set, and asks before older ones go (RG-12)", async () => {
      const { fake, t } = await mount({ language }, (snapshot) => ({ ...snapshot, rights: { ...OWN_RIGHTS, role: "systemOwner", administers: "everybody" } }));
      await userEvent.keyboard("{Control>},{/Control}");
      await page.getByRole("navigation").getByRole("button", { name: t("rules-page"), exact: true }).click();
      await page.getByRole("button", { name: new RegExp(t("rules-recording-said")) }).click();
      await page.getByRole("option", { name: t("rules-recording-said-words"), exact: true }).click();
      await expect.poll(() => fake.recordingPolicy).toEqual({ consent: "words", retentionDays: 0, mayPause: true });
      await page.getByRole("button", { name: new RegExp(t("rules-recording-keep")) }).click();
      await page.getByRole("option").nth(1).click();
      const ask = page.getByRole("alertdialog", { name: t("rules-recording-shorter") });
      await expect.element(ask).toBeVisible();
      expect(fake.recordingPolicy.retentionDays).toBe(0);
      await ask.getByRole("button", { name: t("rules-recording-shorter-confirm"), exact: true }).click();
      await expect.poll(() => fake.recordingPolicy.retentionDays).toBe(90);
      fake.failNext("recordingPolicyPut", ipcError("serverUnreachable"));
      const pause = page.getByRole("switch", { name: t("rules-recording-pause") });
      (pause.element() as HTMLInputElement).focus();
      await userEvent.keyboard(" ");
      await expect.poll(visibleText).toContain(t("error-serverUnreachable"));
      await expect.element(pause).toBeChecked();
    });
  });
}
