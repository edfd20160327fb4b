// Vitest in WebKitGTK, the engine of the real window on Linux: a display and a driver of our own, ended with the tests.
// Vitest's own provider for WebDriver brings a library of 60 MB that knows four other browsers; these are the acts that our scenes need.
import { spawn } from "node:child_process";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { assertBrowserApiWrite, defineBrowserProvider, parseKeyDef, resolveScreenshotPath } from "@vitest/browser";
import { PNG } from "pngjs";
import { Builder, By, Capabilities, error, Key } from "selenium-webdriver";

/** Larger than any window that is tried, with the browser's own bars around it. */
const SCREEN = { width: 1400, height: 1000 };
const WITHIN_MS = 20_000;
const KEYS = { Control: Key.CONTROL, Shift: Key.SHIFT, Alt: Key.ALT, Meta: Key.META, Enter: Key.ENTER, Escape: Key.ESCAPE, Tab: Key.TAB, Backspace: Key.BACK_SPACE, Delete: Key.DELETE,
  ArrowUp: Key.ARROW_UP, ArrowDown: Key.ARROW_DOWN, ArrowLeft: Key.ARROW_LEFT, ArrowRight: Key.ARROW_RIGHT, Home: Key.HOME, End: Key.END, PageUp: Key.PAGE_UP, PageDown: Key.PAGE_DOWN, F6: Key.F6 };

/** Tries until it works; the failure says what was tried. */
async function until(what, probe) {
  const deadline = Date.now() + WITHIN_MS;
  for (;;) {
    try {
      const got = await probe();
      if (got) return got;
      if (Date.now() > deadline) throw new Error("it did not come");
    } catch (fault) {
      if (Date.now() > deadline) throw new Error(`${what}: not within ${WITHIN_MS} ms (${fault.name} ${fault.message})`, { cause: fault });
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The browser that WebKitGTK ships for tests: `/usr/lib/<machine>/webkit2gtk-4.1/MiniBrowser`. */
async function miniBrowser() {
  for (const machine of await readdir("/usr/lib")) {
    const folder = join("/usr/lib", machine, "webkit2gtk-4.1");
    if (machine.includes("-linux-gnu") && (await readdir(folder).catch(() => [])).includes("MiniBrowser")) return join(folder, "MiniBrowser");
  }
  throw new Error("WebKitGTK is missing: npm test sets it up (libwebkit2gtk-4.1-dev, webkit2gtk-driver)");
}

class WebKitProvider {
  name = "webkit";
  supportsParallelism = false;
  initScripts = [fileURLToPath(new URL("locators.mjs", import.meta.url))];
  #children = [];
  #driver = null;

  constructor(project) {
    for (const [name, does] of Object.entries(acts)) project.browser.registerCommand(name, does);
  }

  getCommandsContext() {
    return { driver: this.#driver };
  }

  async openPage(_session, url) {
    this.#driver ??= await this.#open();
    await this.#driver.get(url);
  }

  async #open() {
    const display = await this.#firstLine("Xvfb", ["-displayfd", "1", "-screen", "0", `${SCREEN.width}x${SCREEN.height}x24`, "-nolisten", "tcp"], process.env);
    const port = await freePort();
    const env = { ...process.env, DISPLAY: `:${display}`, NO_AT_BRIDGE: "1" };
    delete env.WAYLAND_DISPLAY;
    this.#start("WebKitWebDriver", [`--port=${port}`], env, "ignore");
    const capabilities = new Capabilities({ browserName: "MiniBrowser", "webkitgtk:browserOptions": { binary: await miniBrowser(), args: ["--automation", `--geometry=${SCREEN.width}x${SCREEN.height}`] } });
    const driver = await until("WebKitWebDriver", () => new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(capabilities).build());
    await driver.manage().window().setRect({ x: 0, y: 0, ...SCREEN });
    return driver;
  }

  #start(program, args, env, out) {
    const child = spawn(program, args, { env, stdio: ["ignore", out, "ignore"] });
    child.on("error", (fault) => process.stderr.write(`${program}: ${fault.message}\n`));
    this.#children.push(child);
    return child;
  }

  #firstLine(program, args, env) {
    const child = this.#start(program, args, env, "pipe");
    let text = "";
    child.stdout.on("data", (chunk) => (text += chunk));
    return until(`${program} to say where it is`, () => (text.includes("\n") ? text.split("\n")[0] : null));
  }

  async close() {
    // The window may be gone already; what counts is that the programs end.
    await this.#driver?.quit().catch((fault) => process.stderr.write(`WebKitGTK did not close: ${fault.message}\n`));
    this.#driver = null;
    for (const child of this.#children.splice(0).toReversed()) child.kill();
  }
}

export const webkit = () => defineBrowserProvider({ name: "webkit", supportedBrowser: ["webkitgtk"], options: {}, providerFactory: (project) => new WebKitProvider(project) });

/** Every test file is a frame of its own. */
async function tested(driver) {
  await driver.switchTo().defaultContent();
  const frame = await driver.findElement(By.css("iframe[data-vitest]"));
  await driver.switchTo().frame(frame);
  return driver;
}

/** Brings an element into view; false while another one lies over its middle. */
const IS_FREE = `const [element] = arguments;
  element.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
  const { left, top, width, height } = element.getBoundingClientRect();
  const hit = document.elementFromPoint(left + width / 2, top + height / 2);
  const control = (of) => of?.closest("button, a, label, input, [role]");
  return width > 0 && hit !== null && (element.contains(hit) || hit.contains(element) || control(hit)?.control === element || control(hit) === control(element));`;

/**
 * Acts once nothing covers the element any more. WebDriver's own click refuses what is there for those who hover, and labels.
 * False: another element has taken its place meanwhile, so it has to be looked for again.
 */
async function act(driver, selector, how, { force = false } = {}) {
  await tested(driver);
  const done = await until(selector, async () => {
    try {
      const element = await driver.findElement(By.css(selector));
      if (!force && !(await driver.executeScript(IS_FREE, element))) return null;
      // The words of a button that has room for its icon only cannot be pointed at.
      await how(force ? await driver.executeScript("return arguments[0].closest('button') ?? arguments[0]", element) : element);
      return { acted: true };
    } catch (fault) {
      if ([error.StaleElementReferenceError, error.NoSuchElementError].some((kind) => fault instanceof kind)) return { acted: false };
      if (fault instanceof error.MoveTargetOutOfBoundsError) return null;
      throw fault;
    }
  });
  return done.acted;
}

const click = (driver, element) => driver.actions().move({ origin: element }).click().perform();
/** As an event only: the browser's own menu, which the page keeps away in the app, would hold the driver. */
const CONTEXT_MENU = `const [element] = arguments;
  const { left, top, width, height } = element.getBoundingClientRect();
  const [clientX, clientY] = [left + width / 2, top + height / 2];
  document.elementFromPoint(clientX, clientY).dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true, button: 2, clientX, clientY }));`;
const CLICKS = { right: (driver, element) => driver.executeScript(CONTEXT_MENU, element) };
const press = (driver, keys) => keys.reduce((actions, [down, key]) => (down ? actions.keyDown(key) : actions.keyUp(key)), driver.actions()).perform();

const acts = {
  __vitest_click: ({ driver }, selector, options) => act(driver, selector, (element) => (CLICKS[options?.button] ?? click)(driver, element), options),
  __vitest_dblClick: ({ driver }, selector) => act(driver, selector, (element) => driver.actions().doubleClick(element).perform()),
  __vitest_hover: ({ driver }, selector) => act(driver, selector, (element) => driver.actions().move({ origin: element }).perform()),
  __vitest_fill: ({ driver }, selector, text) => act(driver, selector, async (element) => {
    await click(driver, element);
    await press(driver, [[true, Key.CONTROL], [true, "a"], [false, "a"], [false, Key.CONTROL]]);
    await element.sendKeys(text === "" ? Key.BACK_SPACE : text);
  }),
  async __vitest_keyboard({ driver }, text) {
    await tested(driver);
    const keys = [];
    const held = new Set();
    for (const { releasePrevious, releaseSelf, repeat, keyDef } of parseKeyDef(text)) {
      const key = KEYS[keyDef.key] ?? keyDef.key;
      if (held.delete(key)) keys.push([false, key]);
      if (releasePrevious) continue;
      for (let time = 0; time < repeat; time++) keys.push([true, key]);
      if (releaseSelf) keys.push([false, key]);
      else held.add(key);
    }
    await press(driver, keys);
    return { unreleased: [...held] };
  },
  // The frame has been given its size by Vitest.
  async __vitest_viewport() {},
  async __vitest_cleanup({ driver }, state) {
    if (state.unreleased?.length) await press(driver, state.unreleased.map((key) => [false, key]));
  },
  async __vitest_takeScreenshot(context, name, options) {
    if (options.element) throw new Error("Only whole windows are taken here.");
    const path = resolveScreenshotPath(context.testPath, name, context.project.config, options.path);
    await context.driver.switchTo().defaultContent();
    const [x, y, width, height] = await context.driver.executeScript("const { x, y, width, height } = document.querySelector('iframe[data-vitest]').getBoundingClientRect(); return [x, y, width, height]");
    // Not the picture of the frame itself: WebKitGTK takes that from the wrong end of the window.
    const whole = PNG.sync.read(Buffer.from(await context.driver.takeScreenshot(), "base64"));
    const part = new PNG({ width, height });
    PNG.bitblt(whole, part, x, y, width, height, 0, 0);
    const buffer = PNG.sync.write(part);
    if (options.save) {
      assertBrowserApiWrite(context.project, path);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, buffer);
    }
    return { buffer, path };
  },
};
