// A server and a browser for the tests of a file, and the phones that belong to one test.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { Browser } from "./browser.mjs";
import { Cli } from "./cli.mjs";
import { Server } from "./server.mjs";

export class Rig {
  /** Begins before the first test of the file and ends after its last; the browser as `Browser.open` takes it. */
  constructor(options) {
    before(async () => {
      this.server = await Server.start();
      this.browser = await Browser.open(options);
    });
    after(async () => {
      await this.browser?.close();
      await this.server?.stop();
    });
  }

  /** JsSIP, registered as a ready-made agent; its page is closed when the test ends. */
  async jssip(t, profile, options) {
    const credentials = await this.server.agent(profile);
    const phone = await this.browser.phone();
    t.after(() => phone.close());
    assert.equal(await phone.start(credentials, options), "registered");
    phone.extension = credentials.extension;
    return phone;
  }

  /** Our phone, registered as a ready-made agent, saying this tone; it ends with the test. */
  async ours(t, profile, hz) {
    const phone = await Cli.start(await this.server.agent(profile), { hz });
    t.after(() => phone.kill());
    return phone;
  }
}
