// A call comes while the agent works with another program: the small window shows it, is answered from, and never takes the keyboard.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { Desk, until } from "./rig.mjs";
import { Key, Window } from "./window.mjs";

const run = promisify(execFile);

let desk, agent, caller, mainHandle;

/** What the window manager says; without one there is no focus to lose. */
const ask = async (...words) => (await run("xdotool", words, { env: desk.env })).stdout.trim();
const extension = async (window) => /Extension\s+(\d+)/.exec(await window.text())[1];

before(async () => {
  desk = await Desk.open();
  desk.start("openbox", [], { stdio: "ignore" });
  agent = new Window(await desk.app());
  await agent.practise();
  mainHandle = await agent.session.getWindowHandle();
  caller = new Window(await desk.app(["--profile", "second"]));
  await caller.practise();
});
after(() => desk?.close());

/** Puts the caller's window in front: the agent works with another program. */
async function workElsewhere() {
  const [window] = (await ask("search", "--onlyvisible", "--name", "second")).split("\n");
  await ask("windowactivate", "--sync", window);
  await until("the other program to have the keyboard", async () => (await ask("getactivewindow")) === window);
  return window;
}

/** The small window of the agent. */
async function toNotice() {
  const handle = await until("the small window", async () => (await agent.session.getAllWindowHandles()).find((other) => other !== mainHandle));
  await agent.session.switchTo().window(handle);
}

/** Presses a button that takes the small window away: it may be gone before the driver has its answer. */
async function pressLast(word) {
  const button = await agent.button(word);
  await button.click().catch((error) => {
    if (error.name !== "NoSuchWindowError") throw error;
  });
}

async function noNotice() {
  await until("the small window to be gone", async () => (await agent.session.getAllWindowHandles()).length === 1);
  await agent.session.switchTo().window(mainHandle);
}

test("a call is answered from the small window, and the keyboard stays where it was (SPEC 2 items 9 and 21)", async () => {
  const number = await extension(agent);
  const elsewhere = await workElsewhere();
  await caller.type("Name or number", number, Key.ENTER);
  await toNotice();
  await agent.says("Incoming call");
  assert.equal(await ask("getactivewindow"), elsewhere, "the small window took the keyboard");
  await agent.screenshot("03b-notice-en");
  await pressLast("Answer");
  await until("the talk", () => caller.timer().then(() => true));
  await noNotice();
  await until("the talk in the main window", () => agent.timer().then(() => true));
  assert.equal(await ask("getactivewindow"), elsewhere, "answering took the keyboard");
  await caller.press("End");
  await agent.says("Ready for calls");
});

test("a call that is cancelled is missed, is told, and is called back from there (SPEC 2 item 10)", async () => {
  const number = await extension(agent);
  await workElsewhere();
  const [window] = (await ask("search", "--onlyvisible", "--name", "^Rannan$")).split("\n");
  await ask("windowminimize", "--sync", window);
  await caller.type("Name or number", number, Key.ENTER);
  await toNotice();
  await agent.says("Incoming call");
  await caller.press("End");
  await agent.says("Missed calls");
  await agent.screenshot("03b-notice-missed-en");
  await pressLast("Call back");
  await noNotice();
  await caller.says("Incoming call");
  await caller.press("Decline");
  await agent.says("The call was declined");
});

test("while the agent uses the main window no other one comes", async () => {
  const number = await extension(agent);
  const window = await until("the main window", async () => (await ask("search", "--onlyvisible", "--name", "^Rannan$")).split("\n")[0]);
  await ask("windowactivate", "--sync", window);
  await caller.type("Name or number", number, Key.ENTER);
  await agent.says("Incoming call");
  assert.equal((await agent.session.getAllWindowHandles()).length, 1);
  await agent.press("Decline");
  await caller.says("The call was declined");
});
