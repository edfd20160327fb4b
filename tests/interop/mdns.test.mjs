// Chromium as it comes hides its addresses behind names that only it can resolve (mDNS); we must find it all the same.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { Browser } from "./browser.mjs";
import { Server } from "./server.mjs";

let server;
let browser;
before(async () => {
  server = await Server.start();
  browser = await Browser.open({ mdns: true });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("echo reaches a browser that offers only .local names", async () => {
  const page = await browser.phone();
  assert.equal(await page.start(await server.agent("one"), { hz: 660 }), "registered");
  await page.call("*43");
  await page.says("confirmed");
  await page.hears(660);
  await page.hangUp();
  await page.says("ended local");
});
