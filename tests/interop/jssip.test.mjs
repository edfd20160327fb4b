// A foreign client at our server: JsSIP in Chromium registers, hears itself through *43, and talks to a second one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Rig } from "./rig.mjs";

const rig = new Rig();

test("registers, and not with a wrong password or as somebody else", async (t) => {
  const good = await rig.server.agent("one");
  const other = await rig.server.agent("two");
  for (const [credentials, expected] of [
    [good, "registered"],
    [{ ...good, password: "nope" }, "failed 401"],
    [{ ...good, user: good.user.replace(/^\d+/, "1000000000") }, "failed 401"],
    [{ ...good, user: other.user, password: other.password }, "failed 403"],
  ]) {
    const page = await rig.browser.phone();
    t.after(() => page.close());
    assert.equal(await page.start(credentials), expected);
  }
});

test("hears itself through the echo, also after hold", async (t) => {
  const a = await rig.jssip(t, "one", { hz: 440 });
  await a.call("*43");
  await a.says("confirmed");
  await a.hears(440);
  await a.speak(1250);
  await a.hears(1250);
  await a.hold();
  await a.says("hold local");
  await a.hears(0);
  await a.unhold();
  await a.says("unhold local");
  await a.hears(1250);
  await a.hangUp();
  await a.says("ended local");
});

test("two browsers talk in both directions, and either may hang up", async (t) => {
  const a = await rig.jssip(t, "one", { hz: 440 });
  const b = await rig.jssip(t, "two", { hz: 700, auto: true });
  for (const whoEnds of [a, b]) {
    await a.call(b.extension);
    await a.says("confirmed");
    await b.says("confirmed");
    await a.hears(700);
    await b.hears(440);
    await whoEnds.hangUp();
    await a.says("ended");
    await b.says("ended");
  }
});

test("decline, cancel, nobody there and unknown are told apart", async (t) => {
  const a = await rig.jssip(t, "one");
  const b = await rig.jssip(t, "two");
  await a.call(b.extension);
  await b.says("session remote");
  await a.says("progress");
  await b.hangUp({ status_code: 603 });
  await a.says("failed 603");
  await a.call(b.extension);
  await b.says("session remote");
  await a.says("progress");
  await a.hangUp();
  await b.says("failed Canceled");
  await b.unregister();
  await a.call(b.extension);
  await a.says("failed 480");
  await a.call("9999");
  await a.says("failed 404");
});

test("two devices of one agent ring, one answers, the other stops", async (t) => {
  const a = await rig.jssip(t, "one", { hz: 440 });
  const b = await rig.jssip(t, "two", { hz: 700 });
  const c = await rig.jssip(t, "two", { hz: 900 });
  await a.call(b.extension);
  await b.says("session remote");
  await c.says("session remote");
  await c.answer();
  await b.says("failed");
  await a.says("confirmed");
  await a.hears(900);
  await c.hears(440);
  await c.hangUp();
  await a.says("ended");
});

test("a call goes on when the server is killed, and ends properly when it is back", async (t) => {
  const a = await rig.jssip(t, "one", { hz: 440 });
  const b = await rig.jssip(t, "two", { hz: 700, auto: true });
  await a.call(b.extension);
  await b.says("confirmed");
  await a.hears(700);
  await rig.server.crashAndRestart();
  await a.hears(700);
  await b.hears(440);
  await a.says("registered", 30_000);
  await b.says("registered", 30_000);
  await b.hangUp();
  await a.says("ended remote");
});
