// Two windows of one computer call each other, both ways, with sound both ways.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Desk, until } from "./rig.mjs";
import { Key, Window } from "./window.mjs";

const [FIRST_HZ, SECOND_HZ] = [440, 700];
const AUDIBLE_DBFS = -30;

let desk, first, second;

before(async () => {
  desk = await Desk.open();
  desk.speak(FIRST_HZ, "room");
  desk.speak(SECOND_HZ, "room2");
  first = new Window(await desk.app());
  await first.practise();
  second = new Window(await desk.app(["--profile", "second"]));
  await second.practise();
  for (const window of [first, second]) await window.leaveTonesAlone();
});
after(() => desk?.close());

const extension = async (window) => /Extension\s+(\d+)/.exec(await window.text())[1];

async function soundBothWays() {
  await until("the second voice at the first seat", async () => (await desk.hear([SECOND_HZ], 300, "speaker.monitor"))[SECOND_HZ] > AUDIBLE_DBFS);
  await until("the first voice at the second seat", async () => (await desk.hear([FIRST_HZ], 300, "speaker2.monitor"))[FIRST_HZ] > AUDIBLE_DBFS);
}

test("the second profile joins the same server as another agent", async () => {
  assert.notEqual(await extension(first), await extension(second));
});

test("the first window calls the second, which answers by key; its devices are switched in the call", async () => {
  await first.type("Name or number", await extension(second), Key.ENTER);
  await second.says("Incoming call");
  await second.screenshot("03-incoming-en");
  await second.keys(Key.ENTER);
  await until("the timer", () => second.timer().then(() => true));
  await second.press("Choose microphone and speaker");
  await second.press("Microphone2");
  await second.press("Speaker2");
  await second.keys(Key.ESCAPE);
  await soundBothWays();
  await first.chord("e");
  await second.says("Ready for calls");
});

test("the second window calls the first, which answers by button", async () => {
  await second.type("Name or number", await extension(first), Key.ENTER);
  await second.says("Ringing");
  await second.screenshot("04-ringing-en");
  await first.press("Answer");
  await soundBothWays();
  await second.press("End");
  await first.says("Ready for calls");
});

test("a call that is not answered is missed, counted, and seen in the history", async () => {
  await second.type("Name or number", await extension(first), Key.ENTER);
  await first.says("Incoming call");
  await second.press("End");
  await first.button("History, 1 missed call");
  await first.press("History, 1 missed call");
  await first.says("Missed");
  await first.button("History");
  await first.press("Phone");
});

test("declining says so on the other side", async () => {
  await second.type("Name or number", await extension(first), Key.ENTER);
  await first.press("Decline");
  await second.says("The call was declined");
});
