// Transfers with a foreign client: JsSIP sends our phone elsewhere, and is sent elsewhere by it (RFC 3515, RFC 3891).
import assert from "node:assert/strict";
import { test } from "node:test";
import { Rig } from "./rig.mjs";

const rig = new Rig();

test("JsSIP sends our phone to another one", async (t) => {
  const foreign = await rig.jssip(t, "one", { hz: 440 });
  const caller = await rig.ours(t, "two", 700);
  const target = await rig.jssip(t, "three", { hz: 1000, auto: true });
  await foreign.call(caller.extension);
  await caller.says("incoming");
  caller.tell("answer");
  await foreign.says("confirmed");
  await foreign.refer(target.extension);
  assert.equal((await caller.says("transferred_by")).with, target.extension);
  await foreign.says("refer accepted");
  await target.says("confirmed");
  await target.hears(700);
  await foreign.says("ended remote");
});

test("our phone sends JsSIP to another one, without asking and after asking", async (t) => {
  const agent = await rig.ours(t, "one", 440);
  const caller = await rig.jssip(t, "two", { hz: 700 });
  const target = await rig.jssip(t, "three", { hz: 1000, auto: true });
  for (const ask of [false, true]) {
    await caller.call(agent.extension);
    await agent.says("incoming");
    agent.tell("answer");
    await agent.says("answered");
    await caller.says("confirmed");
    if (ask) {
      agent.tell(`ask ${target.extension}`);
      await target.says("confirmed");
      const { call } = await agent.says("answered");
      agent.tell(`transfer-to ${call}`);
    } else {
      agent.tell(`transfer ${target.extension}`);
    }
    await caller.says("refer remote");
    await caller.says("confirmed");
    await agent.says("ended", { reason: "transferred" });
    await caller.hears(1000);
    await target.hears(700);
    await caller.hangUp();
    await target.says("ended");
  }
});
