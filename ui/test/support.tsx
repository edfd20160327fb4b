// Mounts the whole window over the scripted engine.
import "../src/styles/tokens.css";
import "../src/styles/base.css";
import { cleanup, render } from "vitest-browser-react";
import { page } from "vitest/browser";
import { App } from "../src/app/App";
import { FakeBackend } from "../src/backend/fake";
import { signedInSnapshot, signedOutSnapshot } from "../src/backend/fakeData";
import { follow } from "../src/backend/follow";
import { NoticeWindow } from "../src/features/notice/NoticeWindow";
import type { Digits, Language, Snapshot, Theme } from "../src/backend/generated";
import { type Translate, translator } from "../src/i18n/catalogue";
import { EngineProvider } from "../src/state/Engine";

export const WIDE = { width: 1040, height: 720 } as const;
export const MIDDLE = { width: 800, height: 640 } as const;
export const COMPACT = { width: 360, height: 560 } as const;

export interface Look {
  language?: Language;
  theme?: Theme;
  digits?: Digits;
  size?: { width: number; height: number };
  /** The small window, in place of the main one. */
  view?: "notice";
}

/** Of the small window with one call that rings (src-tauri/src/notice/place.rs). */
export const NOTICE = { width: 388, height: 176 } as const;

export interface Mounted {
  fake: FakeBackend;
  /** Words of the language that the window was opened in, without isolation marks. */
  t: Translate;
}

/** A fixed moment for days and times: Saturday, 21 November 2026, 10:48 local time. */
export const NOW = new Date(2026, 10, 21, 10, 48).getTime();

export async function mount(look: Look = {}, change: (snapshot: Snapshot) => Snapshot = (same) => same, signedIn = true): Promise<Mounted> {
  const { language = "en", theme = "light", digits = "latn", size = WIDE } = look;
  await cleanup();
  history.replaceState(null, "", location.pathname + location.search);
  await page.viewport(size.width, size.height);
  const base = signedIn ? signedInSnapshot() : signedOutSnapshot();
  const fake = new FakeBackend(change({ ...base, settings: { ...base.settings, language, theme, digits } }));
  await fontsReady;
  await render(
    <EngineProvider start={await follow(fake)}>
      {look.view === "notice" ? <NoticeWindow /> : <App />}
    </EngineProvider>,
    { container: root() },
  );
  const words = translator(language, digits);
  return { fake, t: ((...args: Parameters<Translate>) => plain(words(...args))) as Translate };
}

/** The element that fills the window, as in index.html. */
function root(): HTMLElement {
  document.getElementById("root")?.remove();
  const element = Object.assign(document.createElement("div"), { id: "root" });
  document.body.append(element);
  return element;
}

export const mountSignedOut = (look: Look = {}, change?: (snapshot: Snapshot) => Snapshot): Promise<Mounted> => mount(look, change, false);

/** Without the marks that Fluent puts around placeables. */
export function plain(text: string): string {
  return text.replace(/[\u2066-\u2069\u200e\u200f\u061c]/g, "");
}

/** Matches a whole text that may hold isolation marks. */
export function saying(text: string): RegExp {
  const mark = "[\\u2066-\\u2069]*";
  return new RegExp(`^${mark}${[...text].map((character) => character.replace(/[.*+?^${}()|[\]\\/]/, "\\$&")).join(mark)}${mark}$`);
}

/** All text that can be seen, in one line. */
export function visibleText(): string {
  return plain(document.body.innerText).replace(/\s+/g, " ");
}

/** Requests of one kind that the window has made. */
export function askedFor(fake: FakeBackend, command: FakeBackend["asked"][number]["command"]): unknown[] {
  return fake.asked.filter((asked) => asked.command === command).map((asked) => asked.request);
}

const fontsReady = Promise.all(
  [300, 400, 500, 600].flatMap((weight) => [document.fonts.load(`${weight} 16px "Plex"`, "a1"), document.fonts.load(`${weight} 16px "Plex Arabic"`, "ا")]),
);
