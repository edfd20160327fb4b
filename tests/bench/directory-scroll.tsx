// The page of directory-scroll.mjs: ten thousand users, scrolled from end to end while some of them change.
import "../../ui/src/styles/tokens.css";
import "../../ui/src/styles/base.css";
import { createRoot } from "react-dom/client";
import { App } from "../../ui/src/app/App";
import { FakeBackend } from "../../ui/src/backend/fake";
import { signedInSnapshot } from "../../ui/src/backend/fakeData";
import { crowd } from "../../ui/src/backend/fakeDirectory";
import { ADMINISTRATOR } from "../../ui/src/backend/fakeRights";
import { follow } from "../../ui/src/backend/follow";
import { EngineProvider } from "../../ui/src/state/Engine";

const PEOPLE = 10_000;
/** In which the list passes from its top to its end. */
const FRAMES = 600;
/** Somebody changes in every frame of so many. */
const CHANGE_EVERY = 3;

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

async function there(selector: string, meanwhile: () => void = () => undefined): Promise<HTMLElement> {
  for (;;) {
    const found = document.querySelector<HTMLElement>(selector);
    if (found) return found;
    meanwhile();
    await frame();
  }
}

/** Milliseconds between frames, and how long it took until the list was there. */
export async function measure(): Promise<{ opened: number; frames: number[]; rows: number; sorted: number }> {
  const fake = new FakeBackend({ ...signedInSnapshot(), rights: ADMINISTRATOR });
  fake.directory.people = crowd(PEOPLE);
  createRoot(document.getElementById("root") ?? document.body).render(<EngineProvider start={await follow(fake)}><App /></EngineProvider>);
  await there("main");
  const begun = performance.now();
  // Until the window listens to its keys.
  const press = () => document.dispatchEvent(new KeyboardEvent("keydown", { code: "Digit5", ctrlKey: true }));
  const scroller = (await there("[role='grid']", press)).parentElement as HTMLElement;
  await frame();
  const opened = performance.now() - begun;
  const step = (scroller.scrollHeight - scroller.clientHeight) / FRAMES;
  const frames: number[] = [];
  let [before, rows] = [await frame(), 0];
  for (let at = 0; at < FRAMES; at += 1) {
    scroller.scrollTop += step;
    if (at % CHANGE_EVERY === 0) fake.setUser(`u-${(at * 7) % PEOPLE}`, { online: at % 2 === 0 });
    const now = await frame();
    frames.push(now - before);
    before = now;
    rows = Math.max(rows, document.querySelectorAll("[data-user]").length);
  }
  const pressed = performance.now();
  document.querySelectorAll<HTMLElement>("[role='columnheader'] button")[1]?.click();
  await frame();
  await frame();
  return { opened, frames, rows, sorted: performance.now() - pressed };
}

Object.assign(globalThis, { measure });
