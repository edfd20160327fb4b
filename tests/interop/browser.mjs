// Chromium without a window, and pages in it that are JsSIP phones.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import puppeteer from "puppeteer-core";
import { near, until } from "./wait.mjs";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--allow-loopback-in-peer-connection", "--disable-gpu", "--disable-dev-shm-usage"];

export class Browser {
  #chromium;
  #site;
  #url;

  static async open({ mdns = false } = {}) {
    const browser = new Browser();
    const bundle = await build({
      entryPoints: [fileURLToPath(new URL("phone.js", import.meta.url))], bundle: true, format: "iife", write: false, logLevel: "error",
    });
    const script = bundle.outputFiles[0].text;
    browser.#site = createServer((request, response) => {
      const isScript = request.url === "/phone.js";
      response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
      response.end(isScript ? script : '<!doctype html><meta charset="utf-8"><script src="/phone.js"></script>');
    });
    await new Promise((resolve) => browser.#site.listen(0, "127.0.0.1", resolve));
    browser.#url = `http://127.0.0.1:${browser.#site.address().port}/`;
    const args = mdns ? FLAGS : [...FLAGS, "--disable-features=WebRtcHideLocalIpsWithMdns"];
    browser.#chromium = await puppeteer.launch({ executablePath: CHROMIUM, headless: true, args });
    return browser;
  }

  /** A page that is a phone; not registered yet. */
  async phone() {
    const page = await this.#chromium.newPage();
    await page.goto(this.#url);
    return new Phone(page);
  }

  async close() {
    await this.#chromium?.close();
    this.#site?.close();
  }
}

/** A JsSIP phone in a page. */
export class Phone {
  constructor(page) {
    this.page = page;
    this.seen = 0;
  }

  /** Registers; gives "registered" or "failed CODE". */
  start(credentials, { hz = 440, auto = false } = {}) {
    const { ws, aor, user, password } = credentials;
    return this.page.evaluate((all) => window.P.start(all), { ws: ws[0], aor, user, password, hz, auto });
  }

  call(extension) { return this.page.evaluate((to) => window.P.call(to), extension); }
  answer() { return this.page.evaluate(() => window.P.answer()); }
  hangUp(options = {}) { return this.page.evaluate((o) => window.P.hangUp(o), options); }
  refer(extension) { return this.page.evaluate((to) => window.P.refer(to), extension); }
  hold() { return this.page.evaluate(() => window.P.hold()); }
  unhold() { return this.page.evaluate(() => window.P.unhold()); }
  speak(hz) { return this.page.evaluate((f) => window.P.speak(f), hz); }
  unregister() { return this.page.evaluate(() => window.P.unregister()); }
  log() { return this.page.evaluate(() => window.P.log); }
  close() { return this.page.close(); }

  /** Waits for the next line of the log that begins with `start`, passing over others. */
  async says(start, withinMs = 15_000) {
    return until(`the page to say "${start}"`, async () => {
      const log = await this.log();
      const at = log.findIndex((line, index) => index >= this.seen && line.startsWith(start));
      if (at < 0) return null;
      this.seen = at + 1;
      return log[at];
    }, withinMs).catch(async (error) => { throw new Error(`${error.message}; its log: ${JSON.stringify(await this.log())}`); });
  }

  /** Waits until this pitch is the loudest; 0 is silence. */
  async hears(hz, withinMs = 15_000) {
    let last;
    return until(`to hear ${hz} Hz`, async () => {
      last = await this.page.evaluate(() => window.P.hear());
      return near(last, hz) ? true : null;
    }, withinMs).catch((error) => { throw new Error(`${error.message}; heard ${last} Hz`); });
  }
}
