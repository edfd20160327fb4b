// What the system asks for: more contrast, less motion.
import { afterEach, describe, expect, it } from "vitest";
import { cdp, page } from "vitest/browser";
import { KHALED } from "../src/backend/fakeData";
import { mount } from "./support";

const prefer = (name: string, value: string) => cdp().send("Emulation.setEmulatedMedia", { features: [{ name, value }] });

afterEach(() => cdp().send("Emulation.setEmulatedMedia", { features: [] }));

describe("forced colours", () => {
  for (const state of ["at rest", "ringing", "talking"] as const) {
    it(`leave an edge around every button and mark the current section, ${state}`, async () => {
      await prefer("forced-colors", "active");
      const { fake } = await mount();
      if (state === "ringing") fake.ring(KHALED);
      if (state === "talking") fake.place(KHALED, { line: "talking", media: "connected", talkMs: 1000 });
      await expect.element(page.getByText("Khaled Al-Amin").first()).toBeVisible();
      await page.screenshot({ path: `../../tests/output/ui/forced-colours/${state.replace(" ", "-")}.png` });
      const main = [...document.querySelectorAll<HTMLElement>("main button")].filter((button) => button.offsetParent);
      expect(main.filter((button) => getComputedStyle(button).borderStyle === "none").map((button) => button.textContent)).toEqual([]);
      const current = document.querySelector(`[aria-current="page"] > span`);
      expect(current && getComputedStyle(current).outlineStyle).toBe("solid");
    });
  }
});

describe("reduced motion", () => {
  it("lets the rings of a call stand still", async () => {
    await prefer("prefers-reduced-motion", "reduce");
    const { fake } = await mount();
    fake.ring(KHALED);
    await expect.element(page.getByRole("alertdialog")).toBeVisible();
    await expect.poll(() => document.getAnimations().filter((animation) => animation.playState === "running")).toEqual([]);
  });
});
