import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ipcError } from "../src/backend/fake";
import { gate, READY, wrapUp } from "../src/backend/fakeAgent";
import { GRACE } from "../src/backend/fakeData";
import type { OwnAgent } from "../src/backend/generated";
import { askedFor, COMPACT, mount, type Mounted, plain, saying, visibleText } from "./support";

const QUEUE = "المبيعات VIP";

async function noFaults(): Promise<void> {
  // Half-way between two colours nothing has the contrast that it will have.
  await expect.poll(() => document.getAnimations().filter((animation) => animation.playState === "running" && animation.effect?.getComputedTiming().iterations !== Infinity)).toHaveLength(0);
  const { violations } = await axe.run({ include: ["body"], exclude: ["[data-live-announcer]"] }, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    rules: { "label-content-name-mismatch": { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}

for (const language of ["en", "ar"] as const) {
  const open = (agent: OwnAgent | null, size = undefined as { width: number; height: number } | undefined): Promise<Mounted> =>
    mount({ language, ...(size ? { size } : {}) }, (snapshot) => ({ ...snapshot, agent }));
  const menu = async ({ t }: Mounted) => {
    await page.getByRole("button", { name: new RegExp(t("presence-available")) }).first().click();
    const dialog = page.getByRole("dialog", { name: t("profile-menu") });
    await expect.element(dialog).toBeVisible();
    return dialog.getByRole("region", { name: t("queue-why-title") });
  };

  describe(`wrap-up, ${language}`, () => {
    it("counts down and ends when the engine says so (AO-02)", async () => {
      const { fake, t } = await open(wrapUp(65_000));
      const bar = page.getByRole("group", { name: t("queue-wrap-up") });
      await expect.element(bar.getByRole("timer")).toHaveTextContent(/^1:0[45]$/);
      await noFaults();
      fake.setAgent(wrapUp(9_000));
      await expect.element(bar.getByRole("timer")).toHaveTextContent(/^0:0[89]$/);
      await expect.element(bar.getByRole("timer")).toHaveTextContent(/^0:0[67]$/);
      fake.setAgent(READY);
      await expect.element(bar).not.toBeInTheDocument();
    });

    it("is ended and made longer by keys; nothing is true before the engine says so (AO-02)", async () => {
      const { fake, t } = await open(wrapUp(9_000));
      const bar = page.getByRole("group", { name: t("queue-wrap-up") });
      const extend = bar.getByRole("button", { name: saying(t("queue-extend", { more: "+30" })) });
      await expect.element(extend).toBeVisible();
      (extend.element() as HTMLElement).focus();
      await userEvent.keyboard("{Enter}");
      await expect.element(bar.getByRole("timer")).toHaveTextContent(/^0:3\d$/);
      fake.holdBack("agentReady");
      await userEvent.keyboard("{Tab}{Enter}");
      await expect.poll(() => askedFor(fake, "agentReady")).toHaveLength(1);
      await expect.element(bar).toBeVisible();
      fake.setAgent(READY);
      await expect.element(bar).not.toBeInTheDocument();
    });

    it("says so when the server is not reached", async () => {
      const { fake, t } = await open(wrapUp(9_000));
      fake.failNext("agentReady", ipcError("serverUnreachable"));
      await page.getByRole("button", { name: t("queue-ready") }).click();
      await expect.poll(visibleText).toContain(t("error-serverUnreachable"));
      await expect.element(page.getByRole("group", { name: t("queue-wrap-up") })).toBeVisible();
    });

    it("is seen and ended from every page, by the status menu (AO-02)", async () => {
      const { fake, t } = await open(wrapUp(9_000));
      await userEvent.keyboard("{Control>},{/Control}");
      await expect.element(page.getByRole("heading", { name: t("devices-title") })).toBeVisible();
      await page.getByRole("button", { name: saying(t("profile-open", { presence: t("queue-wrap-up") })) }).click();
      await page.getByRole("dialog").getByRole("button", { name: t("queue-ready") }).click();
      await expect.poll(() => askedFor(fake, "agentReady")).toHaveLength(1);
      await userEvent.keyboard("{Escape}");
      await expect.element(page.getByRole("button", { name: saying(t("profile-open", { presence: t("presence-available") })) })).toBeVisible();
    });

    it("fits the smallest window", async () => {
      const { t } = await open(wrapUp(9_000), COMPACT);
      await expect.element(page.getByRole("button", { name: t("queue-ready") })).toBeVisible();
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(COMPACT.width);
    });
  });

  describe(`why am I not getting calls, ${language}`, () => {
    it("names each gate with what is left of it (SPEC 3 item 4, AO-02 to AO-05)", async () => {
      const gates = [gate({ why: "status" }), gate({ why: "rejectDelay", leftMs: 8_000 }), gate({ why: "skill", queue: QUEUE, skill: "French" })];
      const mounted = await open({ ...READY, state: "blocked", gates });
      const section = await menu(mounted);
      const { fake, t } = mounted;
      await expect.element(section.getByText(t("queue-why-status"))).toBeVisible();
      const pause = section.getByRole("listitem").filter({ hasText: t("queue-why-reject-delay") });
      await expect.element(pause).toHaveTextContent(/0:0[78]$/);
      await expect.element(pause).toHaveTextContent(/0:0[56]$/);
      await expect.poll(() => plain(section.element().textContent ?? "")).toContain(t("queue-why-skill", { queue: QUEUE, skill: "French" }));
      await noFaults();
      fake.setAgent(READY);
      await expect.element(section.getByText(t("queue-why-none"))).toBeVisible();
    });

    it("says how many missed calls forced a break (AO-03)", async () => {
      const mounted = await open({ ...READY, state: "blocked", gates: [gate({ why: "forcedBreak", missed: 3 })], missed: 3 });
      const section = await menu(mounted);
      await expect.poll(() => plain(section.element().textContent ?? "")).toContain(mounted.t("queue-why-forced-break", { missed: 3 }));
    });

    it("is not there for those who are no agents", async () => {
      const mounted = await open(null);
      const section = await menu(mounted);
      await expect.element(page.getByRole("button", { name: mounted.t("session-logout") })).toBeVisible();
      await expect.element(section).not.toBeInTheDocument();
    });
  });

  it(`names the queue on the card of a ringing call, ${language}`, async () => {
    const { fake, t } = await open(READY);
    fake.ring(GRACE, { queue: QUEUE });
    await expect.poll(visibleText).toContain(t("queue-from", { queue: QUEUE }));
    await noFaults();
  });
}
