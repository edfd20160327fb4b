// Transfers with a foreign client: JsSIP sends our phone elsewhere, and is sent elsewhere by it (RFC 3515, RFC 3891).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Browser } from "./browser.mjs";
import { Cli } from "./cli.mjs";
import { Server } from "./server.mjs";

let server;
let browser;
before(async () => {
  server = await Server.start();
  browser = await Browser.open();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function jssip(t, profile, options) {
  const credentials = await server.agent(profile);
  const phone = await browser.phone();
  t.after(() => phone.close());
  assert.equal(await phone.start(credentials, options), "registered");
  phone.extension = credentials.extension;
  return phone;
}

async function ours(t, profile, hz) {
  const cli = await Cli.start(await server.agent(profile), { hz });
  t.after(() => cli.kill());
  return cli;
}

test("JsSIP sends our phone to another one", async (t) => {
  const foreign = await jssip(t, "one", { hz: 440 });
  const caller = await ours(t, "two", 700);
  const target = await jssip(t, "three", { hz: 1000, auto: true });
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
  const agent = await ours(t, "one", 440);
  const caller = await jssip(t, "two", { hz: 700 });
  const target = await jssip(t, "three", { hz: 1000, auto: true });
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
