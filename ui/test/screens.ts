// Each state in both languages, both themes and both sizes: pictures to look at (tests/output/ui), nothing wider than the window, no fault that axe can find.
// Three files share the looks, so that they run side by side.
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import type { Language, Theme } from "../src/backend/generated";
import { SCENES, type Scene } from "./scenes";
import { COMPACT, type Look, mount, type Mounted, WIDE } from "./support";

export interface Shown {
  size: "wide" | "compact";
  language: Language;
  theme: Theme;
  /** Axe looks too. Every screen is examined in each language, each theme and each size at least once. */
  examined: boolean;
}

/** Shows every scene in one look. */
export function showAll(look: Shown): void {
  describe(`${look.size}, ${look.language}, ${look.theme}`, () => {
    for (const scene of SCENES) {
      it(scene.name, async () => {
        await show(scene, { ...look, size: look.size === "wide" ? WIDE : COMPACT });
        await page.screenshot({ path: `../../tests/output/ui/${look.size}-${look.language}-${look.theme}/${scene.name}.png` });
        expect(overflowing(), "wider than the window").toEqual([]);
        if (look.examined) expect(await faults(), "axe").toEqual([]);
      });
    }
  });
}

/** Opens the window, lets happen what the scene says, and waits until nothing moves any more. */
export async function show(scene: Scene, look: Look): Promise<Mounted> {
  const mounted = await mount(scene.notice ? { ...look, view: "notice", size: scene.notice } : look, scene.before, scene.signedIn);
  await scene.then?.(mounted);
  await rest();
  return mounted;
}

/** Nothing loads and nothing moves any more. */
export async function rest(): Promise<void> {
  await expect.poll(() => document.querySelector("[aria-busy='true']"), { message: "still loading" }).toBeNull();
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await Promise.all(document.getAnimations().filter((animation) => animation.effect?.getComputedTiming().iterations !== Infinity).map((animation) => animation.finished.catch(() => undefined)));
}

/** Elements that stick out of the window sideways. */
export function overflowing(): string[] {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  return [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > innerWidth + 1 || element.getBoundingClientRect().left < -1).map((element) => element.outerHTML.slice(0, 120));
}

/** Without the announcer of React Aria: what it said may outlive what it named by some seconds. */
const SCOPE: axe.ContextObject = { include: ["body"], exclude: ["[data-live-announcer]"] };

async function faults(): Promise<string[]> {
  const { violations } = await axe.run(SCOPE, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: {
      region: { enabled: false },
      // Experimental: it also counts the letters on a key and the number on a badge, which stand beside the name.
      "label-content-name-mismatch": { enabled: false },
    },
  });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.html.slice(0, 160)} ${node.failureSummary?.split("\n")[1]?.trim() ?? ""}`));
}
