// The tray over D-Bus, with a panel of our own: closing leaves the phone running, and everything can be done from the menu (SPEC 2 item 22).
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { Desk, root, until } from "./rig.mjs";
import { Key, Window } from "./window.mjs";

const run = promisify(execFile);
const PANEL = process.env.RANNAN_PANEL ?? join(root, "target", "debug", "examples", "panel");

let desk, agent, caller, panel, closing;

/** One command at a time, each answered with a line. */
class Panel {
  #child;
  #lines;

  static async open(ofDesk) {
    const child = ofDesk.start(PANEL, [], { stdio: ["pipe", "pipe", "inherit"] });
    const opened = new Panel();
    opened.#child = child;
    opened.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    assert.equal(await opened.#next(), "ready");
    return opened;
  }

  async #next() {
    return JSON.parse((await this.#lines.next()).value);
  }

  ask(command) {
    this.#child.stdin.write(`${command}\n`);
    return this.#next();
  }

  async labels() {
    return (await this.ask("menu")).map(({ label }) => label);
  }

  shows(label) {
    return until(`the tray to show “${label}”`, async () => (await this.labels()).includes(label));
  }

  ticks(label) {
    return until(`the tray to tick “${label}”`, async () => (await this.ask("menu")).some((row) => row.label === label && row.ticked));
  }

  /** The menu may be made anew between looking and clicking. */
  click(label) {
    return until(`the tray to take a click on “${label}”`, () => this.ask(`click ${label}`));
  }
}

const visible = async (name) => (await run("xdotool", ["search", "--onlyvisible", "--name", name], { env: desk.env }).catch(() => ({ stdout: "" }))).stdout.trim().split("\n").filter(Boolean);
const extension = async (window) => /Extension\s+(\d+)/.exec(await window.text())[1];

before(async () => {
  desk = await Desk.open();
  desk.start("openbox", [], { stdio: "ignore" });
  panel = await Panel.open(desk);
  agent = new Window(await desk.app());
  await agent.practise();
});
after(() => desk?.close());

async function closeMainWindow() {
  const [window] = await until("the main window", async () => { const found = await visible("^Rannan$"); return found.length > 0 && found; });
  await run("xdotool", ["windowactivate", "--sync", window, "key", "--clearmodifiers", "alt+F4"], { env: desk.env });
}

test("the tray ticks what the server confirmed, and a status is chosen there (ST-01, ST-12)", async () => {
  await panel.ticks("Available");
  await panel.click("Break");
  await panel.ticks("Break");
  await panel.click("Available");
  await panel.ticks("Available");
});

test("closing the window is told once and leaves the phone running; calls still come and are answered from the menu", async () => {
  const number = await extension(agent);
  await closeMainWindow();
  await agent.says("Rannan keeps running");
  // The driver has its answer only when the page is painted again.
  closing = agent.press("Close the window");
  await until("the window to be gone", async () => (await visible("^Rannan$")).length === 0);
  caller = new Window(await desk.app(["--profile", "second"]));
  await caller.practise();
  await caller.type("Name or number", number, Key.ENTER);
  await until("the call in the tray", async () => (await panel.labels()).some((label) => label.startsWith("Answer ")));
  await panel.click((await panel.labels()).find((label) => label.startsWith("Answer ")));
  await until("the talk", () => caller.timer().then(() => true));
  await panel.click("Mute");
  await panel.click("Unmute");
  const end = await until("a row that ends the call", async () => (await panel.labels()).find((label) => label.startsWith("End the call")));
  await panel.click(end);
  await caller.says("Ready for calls");
});

test("a missed call is counted in the menu until it is seen (SPEC 2 item 10)", async () => {
  await panel.click("Open Rannan");
  await until("the window to be back", async () => (await visible("^Rannan$")).length > 0);
  await closing;
  await caller.type("Name or number", await extension(agent), Key.ENTER);
  await caller.says("Ringing");
  await caller.press("End");
  await panel.shows("1 missed call");
  await agent.press("History, 1 missed call");
  await until("nothing missed in the tray", async () => !(await panel.labels()).includes("1 missed call"));
  await agent.press("Phone");
});

test("the menu speaks the language of the window at once (LG-02)", async () => {
  await agent.press("Language");
  await agent.press("العربية");
  await panel.shows("فتح رنّان");
  await panel.ticks("متاح");
});

test("the second closing asks no more, and the menu ends the program", async () => {
  const [window] = await visible("^رنّان$");
  await run("xdotool", ["windowactivate", "--sync", window, "key", "--clearmodifiers", "alt+F4"], { env: desk.env });
  await until("the window to be gone", async () => (await visible("^رنّان$")).length === 0);
  await panel.click("إنهاء رنّان");
  await until("the program to have ended", () => agent.session.getTitle().then(() => false, () => true));
});
