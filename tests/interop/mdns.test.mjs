// Chromium as it comes hides its addresses behind names that only it can resolve (mDNS); we must find it all the same.
import { test } from "node:test";
import { Rig } from "./rig.mjs";

const rig = new Rig({ mdns: true });

test("echo reaches a browser that offers only .local names", async (t) => {
  const page = await rig.jssip(t, "one", { hz: 660 });
  await page.call("*43");
  await page.says("confirmed");
  await page.hears(660);
  await page.hangUp();
  await page.says("ended local");
});
