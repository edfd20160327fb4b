// Each state in both languages, both themes and both sizes: pictures to look at (tests/output), nothing wider than the window, no fault that axe can find.
// Three files share the looks, so that they run side by side. A window is opened once for both themes: the theme changes while it is open.
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import type { FakeBackend } from "../src/backend/fake";
import type { Language, Settings, Theme } from "../src/backend/generated";
import { SCENES, type Scene } from "./scenes";
import { COMPACT, type Look, mount, type Mounted, WIDE } from "./support";

export interface Shown {
  size: "wide" | "compact";
  language: Language;
  /** The first is that in which the window opens. */
  themes: readonly Theme[];
  /** In this theme axe looks too. Every screen is examined in each language, each theme and each size at least once. */
  examined: Theme | null;
  /** Where the pictures go, as seen from the test. */
  output?: string;
}

/** Shows every scene in the looks of one size and language. */
export function showAll({ size, language, themes, examined, output = "../../tests/output/ui" }: Shown): void {
  describe(`${size}, ${language}`, () => {
    it.each(SCENES.map((scene) => [scene.name, scene] as const))("%s", async (name, scene) => {
      const { fake } = await show(scene, { language, theme: themes[0] ?? "light", size: size === "wide" ? WIDE : COMPACT });
      for (const theme of themes) {
        const { settings } = await fake.snapshot();
        if (settings.theme !== theme) await turn(fake, { ...settings, theme });
        await page.screenshot({ path: `${output}/${size}-${language}-${theme}/${name}.png` });
        expect(overflowing(), `wider than the window, ${theme}`).toEqual([]);
        if (examined === theme) expect(await faults(), `axe, ${theme}`).toEqual([]);
      }
    });
  });
}

/** The window takes another theme while it is open. */
async function turn(fake: FakeBackend, settings: Settings): Promise<void> {
  fake.emit({ kind: "settings", settings });
  await expect.poll(() => document.documentElement.dataset["theme"]).toBe(settings.theme);
  await rest();
}

/** Opens the window, lets happen what the scene says, and waits until nothing moves any more. */
async function show(scene: Scene, look: Look): Promise<Mounted> {
  const mounted = await mount(scene.notice ? { ...look, view: "notice", size: scene.notice } : look, scene.before, scene.signedIn);
  await scene.then?.(mounted);
  await rest();
  return mounted;
}

/** Nothing loads and nothing moves any more. */
async function rest(): Promise<void> {
  await expect.poll(() => document.querySelector("[aria-busy='true']"), { message: "still loading" }).toBeNull();
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await Promise.all(document.getAnimations().filter((animation) => animation.effect?.getComputedTiming().iterations !== Infinity).map((animation) => animation.finished.catch(() => undefined)));
}

/** Elements that stick out of the window sideways. */
function overflowing(): string[] {
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
