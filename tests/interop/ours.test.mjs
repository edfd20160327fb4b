// A foreign client and our phone at our server: both directions of calling, both directions of sound.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Rig } from "./rig.mjs";

const rig = new Rig();

/** JsSIP says 440 Hz, our phone 1200 Hz. */
async function both(t, options) {
  return { theirs: await rig.jssip(t, "browser", { hz: 440, ...options }), ours: await rig.ours(t, "ours", 1200) };
}

test("our phone calls JsSIP", async (t) => {
  const { theirs, ours } = await both(t, { auto: true });
  ours.tell(`dial ${theirs.extension}`);
  await ours.says("answered");
  await theirs.says("confirmed");
  await theirs.hears(1200);
  ours.tell("mute");
  await theirs.hears(0);
  ours.tell("unmute");
  await theirs.hears(1200);
  ours.tell("hold");
  await ours.says("held");
  await theirs.says("hold remote");
  await theirs.hears(0);
  ours.tell("resume");
  await theirs.says("unhold remote");
  await theirs.hears(1200);
  ours.tell("hangup");
  await theirs.says("ended remote");
  await ours.says("ended", { reason: "local_hang_up" });
  const end = await ours.quit();
  assert.equal(end.code, 0);
  assert.ok(end.secondsOf(440) > 0.3, `heard JsSIP for ${end.secondsOf(440)} s`);
});

test("JsSIP calls our phone, holds it and hangs up", async (t) => {
  const { theirs, ours } = await both(t);
  await theirs.call(ours.extension);
  await ours.says("incoming", { from: theirs.extension });
  await theirs.says("progress");
  ours.tell("answer");
  await theirs.says("confirmed");
  await theirs.hears(1200);
  await theirs.hold();
  await ours.says("held_by_peer");
  await theirs.hears(0);
  await theirs.unhold();
  await ours.says("resumed_by_peer");
  await theirs.hears(1200);
  await theirs.hangUp();
  await ours.says("ended", { reason: "remote_hang_up" });
  const end = await ours.quit();
  assert.ok(end.secondsOf(440) > 0.3, `heard JsSIP for ${end.secondsOf(440)} s`);
});

test("our phone declines, and JsSIP gives up", async (t) => {
  const { theirs, ours } = await both(t);
  await theirs.call(ours.extension);
  await ours.says("incoming");
  ours.tell("decline");
  await theirs.says("failed 603");
  await ours.says("ended", { reason: "declined" });
  await theirs.call(ours.extension);
  await ours.says("incoming");
  await theirs.says("progress");
  await theirs.hangUp();
  await ours.says("ended", { reason: "missed" });
});

test("JsSIP declines our phone, and our phone gives up", async (t) => {
  const { theirs, ours } = await both(t);
  ours.tell(`dial ${theirs.extension}`);
  await theirs.says("session remote");
  await ours.says("ringing");
  await theirs.hangUp({ status_code: 486 });
  await ours.says("ended", { reason: "busy" });
  ours.tell(`dial ${theirs.extension}`);
  await theirs.says("session remote");
  await ours.says("ringing");
  ours.tell("hangup");
  await theirs.says("failed Canceled");
  await ours.says("ended", { reason: "cancelled" });
});
