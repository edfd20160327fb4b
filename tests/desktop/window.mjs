// What a person does with the window: finds things by the words on them.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { By, Key } from "selenium-webdriver";
import { output, until } from "./rig.mjs";

export { Key };

/** An XPath text without the marks that isolate what is inserted into sentences. */
const plain = (path) => `normalize-space(translate(${path}, "\u2068\u2069", ""))`;

export class Window {
  constructor(session) {
    this.session = session;
  }

  /** The button with this word on it or as its name. */
  button(word) {
    const quoted = JSON.stringify(word);
    return until(`button ${word}`, async () => {
      const found = await this.session.findElements(By.xpath(`//button[${plain(".")}=${quoted} or ${plain("@aria-label")}=${quoted} or .//*[${plain("text()")}=${quoted}]]`));
      for (const button of found) if (await button.isDisplayed()) return button;
      return null;
    });
  }

  async press(word) {
    await until(`to press ${word}`, async () => {
      await (await this.button(word)).click();
      return true;
    });
  }

  async text() {
    // Not WebDriver's own text: it leaves out what is inside `content-visibility: auto`, which is there and is seen.
    return (await this.session.executeScript("return document.body.innerText")).replace(/[\u2066-\u2069\u200e\u200f]/g, "");
  }

  says(words, withinMs) {
    return until(`the window to say “${words}”`, async () => (await this.text()).includes(words), withinMs);
  }

  stopsSaying(words, withinMs) {
    return until(`the window to stop saying “${words}”`, async () => !(await this.text()).includes(words), withinMs);
  }

  async type(placeholder, ...keys) {
    const field = await until(`field ${placeholder}`, async () => (await this.session.findElements(By.css(`input[aria-label=${JSON.stringify(placeholder)}]`)))[0]);
    await field.sendKeys(...keys);
  }

  /** The field below a label. */
  #labelled(label) {
    return until(`field ${label}`, async () => (await this.session.findElements(By.xpath(`//label[normalize-space(.)=${JSON.stringify(label)}]/..//input`)))[0]);
  }

  async fill(label, value) {
    const field = await this.#labelled(label);
    await field.click();
    await this.chord("a");
    await this.keys(Key.BACK_SPACE);
    await field.sendKeys(value);
  }

  async valueOf(label) {
    return (await this.#labelled(label)).getAttribute("value");
  }

  keys(...keys) {
    return this.session.actions().sendKeys(...keys).perform();
  }

  chord(key) {
    return this.session.actions().keyDown(Key.CONTROL).sendKeys(key).keyUp(Key.CONTROL).perform();
  }

  /** Seconds on the big clock. */
  async timer() {
    const label = await this.session.findElement(By.css("[role='timer']")).getText();
    const parts = label.split(":").map(Number);
    return parts.reduce((sum, part) => sum * 60 + part, 0);
  }

  /** How loud the newest bar of each voice is on the resonance line, 0..1. */
  async voices() {
    const line = await this.session.findElement(By.css("canvas"));
    return { you: Number(await line.getAttribute("data-you-now")), caller: Number(await line.getAttribute("data-caller-now")) };
  }

  attribute(name) {
    return this.session.executeScript(`return document.documentElement.getAttribute(${JSON.stringify(name)})`);
  }

  async screenshot(name) {
    await this.session.executeAsyncScript("const done = arguments[arguments.length - 1]; document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(done)));");
    writeFileSync(join(output, `${name}.png`), Buffer.from(await this.session.takeScreenshot(), "base64"));
  }

  /** Practice account of this computer. */
  async practise() {
    await this.press("Try it on this computer");
    await this.says("Ready for calls", 30_000);
  }

  /** The voices of these tests are steady tones: those are noise, and each period is an echo of the one before. */
  async leaveTonesAlone() {
    await this.press("Settings");
    for (const treatment of ["Noise suppression", "Echo cancellation"]) {
      await until(`${treatment} to be off`, async () => {
        const off = await this.session.findElement(By.xpath(`//*[@role='radiogroup' and @aria-label=${JSON.stringify(treatment)}]//*[@role='radio'][1]`));
        await off.click();
        return (await off.getAttribute("aria-checked")) === "true";
      });
    }
    await this.press("Phone");
  }
}
