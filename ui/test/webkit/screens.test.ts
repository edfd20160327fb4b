// Every screen in the engine that draws the window on Linux, in both languages and both themes: pictures to look at (tests/output/webkit),
// nothing wider than the window. Each is opened once a language; the theme changes while it is open, as it does for a person.
import { describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import type { Language } from "../../src/backend/generated";
import { SCENES } from "../scenes";
import { overflowing, rest, show } from "../screens";
import { WIDE } from "../support";

describe.each<Language>(["en", "ar"])("%s", (language) => {
  it.each(SCENES.map((scene) => [scene.name, scene] as const))("%s", async (name, scene) => {
    const { fake } = await show(scene, { language, theme: "light", size: WIDE });
    await picture(`${language}-light/${name}`);
    const { settings } = await fake.snapshot();
    fake.emit({ kind: "settings", settings: { ...settings, theme: "dark" } });
    await expect.poll(() => document.documentElement.dataset["theme"]).toBe("dark");
    await rest();
    await picture(`${language}-dark/${name}`);
  });
});

async function picture(path: string): Promise<void> {
  await page.screenshot({ path: `../../../tests/output/webkit/${path}.png` });
  expect(overflowing(), "wider than the window").toEqual([]);
}
