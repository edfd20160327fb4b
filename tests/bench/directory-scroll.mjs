// How smooth the directory scrolls with 10,000 users of whom twenty a second change. Prints one line of JSON.
//   CHROMIUM_BIN=/usr/bin/chromium node tests/bench/directory-scroll.mjs
import { createServer } from "vite";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

const CHROMIUM = process.env.CHROMIUM_BIN ?? "/usr/bin/chromium";
const PAGE = fileURLToPath(new URL("directory-scroll.tsx", import.meta.url));
const ui = fileURLToPath(new URL("../../ui/", import.meta.url));

// React as it is shipped.
process.env.NODE_ENV = "production";
const server = await createServer({ root: ui, configFile: `${ui}vite.config.ts`, logLevel: "error", mode: "production", cacheDir: `${ui}node_modules/.vite/bench`, server: { host: "127.0.0.1", port: 0, hmr: false, fs: { strict: false } } });
await server.listen();
const browser = await puppeteer.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"], defaultViewport: { width: 1040, height: 720 } });
try {
  const page = await browser.newPage();
  page.on("pageerror", (fault) => console.error(String(fault)));
  const [address] = server.resolvedUrls.local;
  // A page of the same origin with nothing on it.
  await page.setRequestInterception(true);
  page.on("request", (request) => void (request.url() === `${address}bench` ? request.respond({ contentType: "text/html", body: "<!doctype html><div id='root'></div>" }) : request.continue()));
  await page.goto(`${address}bench`);
  await page.addScriptTag({ type: "module", url: `${address}@fs${PAGE}` });
  await page.waitForFunction(() => "measure" in globalThis, { timeout: 120_000 });
  const { opened, frames, rows, sorted } = await page.evaluate(() => globalThis.measure());
  const inOrder = frames.toSorted((a, b) => a - b);
  const share = (part) => Math.round(inOrder[Math.min(inOrder.length - 1, Math.floor(inOrder.length * part))] * 10) / 10;
  console.log(JSON.stringify({ opened_ms: Math.round(opened), frame_ms_median: share(0.5), frame_ms_p95: share(0.95), frame_ms_longest: share(1), over_50_ms: frames.filter((ms) => ms > 50).length, of: frames.length, rows_drawn: rows, sorted_ms: Math.round(sorted) }));
} finally {
  await browser.close();
  await server.close();
}
