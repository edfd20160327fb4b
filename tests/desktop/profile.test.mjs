// A photograph and a name in two real windows: chosen, cropped with the keyboard, seen in the other window, removed (PR-02, PR-06, PR-07, PR-12).
import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { By } from "selenium-webdriver";
import { Desk, until } from "./rig.mjs";
import { Key, Window } from "./window.mjs";

let desk, first, second;

before(async () => {
  desk = await Desk.open();
  first = new Window(await desk.app());
  await first.practise();
  second = new Window(await desk.app(["--profile", "second"]));
  await second.practise();
});
after(() => desk?.close());

/** A real photograph as far as anybody can tell: 1600 × 1200, left half red, right half blue, written by the web view's own encoder. */
async function photograph() {
  const base64 = await first.session.executeAsyncScript(`
    const done = arguments[arguments.length - 1];
    const canvas = Object.assign(document.createElement("canvas"), { width: 1600, height: 1200 });
    const paint = canvas.getContext("2d");
    paint.fillStyle = "#d02020"; paint.fillRect(0, 0, 800, 1200);
    paint.fillStyle = "#2020d0"; paint.fillRect(800, 0, 800, 1200);
    done(canvas.toDataURL("image/jpeg", 0.9).split(",")[1]);`);
  const path = join(mkdtempSync(join(tmpdir(), "rannan-photo-")), "noor.jpg");
  writeFileSync(path, Buffer.from(base64, "base64"));
  return path;
}

const choose = async (path) => {
  const input = await until("a way to choose a file", async () => (await first.session.findElements(By.css("[data-pane='profile'] input[type='file']")))[0]);
  await input.sendKeys(path);
};

/** Colours of the left and right quarter of the first picture below `selector`; null while there is none. */
const colours = (window, selector) => window.session.executeAsyncScript(`
  const done = arguments[arguments.length - 1];
  const shown = document.querySelector(${JSON.stringify(selector)} + " [data-picture]");
  if (!shown) { done(null); return; }
  const image = new Image();
  image.onload = () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    const paint = canvas.getContext("2d");
    paint.drawImage(image, 0, 0);
    const at = (part) => [...paint.getImageData(image.width * part, image.height / 2, 1, 1).data].slice(0, 3);
    done({ width: image.width, left: at(0.25), right: at(0.75) });
  };
  image.onerror = () => done(null);
  image.src = shown.style.backgroundImage.slice(5, -2);`);

const isRed = ([red, , blue]) => red > 150 && blue < 100;

test("a JPEG from disk is cropped with the keyboard and becomes the picture (PR-06, PR-07)", async () => {
  await first.chord("1");
  await first.session.executeScript("location.hash = '#profile'");
  await first.says("Voice calls");
  await first.screenshot("30-profile-en");
  await choose(await photograph());
  await first.says("Adjust your photo");
  await until("the circle to take the keys", async () => first.session.executeScript("return document.activeElement.hasAttribute('data-crop')"));
  // Twice as near, and as far to the red half as it goes.
  for (let at = 0; at < 10; at += 1) await first.keys("+");
  await first.says("200%");
  for (let at = 0; at < 20; at += 1) await first.session.actions().keyDown(Key.SHIFT).sendKeys(Key.ARROW_RIGHT).keyUp(Key.SHIFT).perform();
  await first.screenshot("31-photo-crop-en");
  await first.press("Save photo");
  await first.stopsSaying("Adjust your photo");
  const large = await until("the picture", () => colours(first, "[data-pane='profile']"));
  assert.equal(large.width, 512);
  assert.ok(isRed(large.left) && isRed(large.right), JSON.stringify(large));
  assert.ok(await until("the picture in the rail", () => colours(first, "[data-region='rail']")));
  await first.screenshot("32-profile-photo-en");
});

test("the other window shows name and picture in the next call (PR-02)", async () => {
  await first.press("Edit name");
  await first.fill("First name", "نور");
  await first.press("Save");
  await first.says("نور Haddad");
  const extension = /Extension\s+(\d+)/.exec(await (await second.press("Phone"), second.text()))[1];
  await first.press("Phone");
  await first.type("Name or number", extension, Key.ENTER);
  await second.says("نور Haddad");
  const seen = await until("the caller's picture", () => colours(second, "[role='alertdialog']"));
  assert.ok(isRed(seen.left), JSON.stringify(seen));
  await second.screenshot("33-caller-with-photo-en");
  await first.press("End");
  await second.says("Ready for calls");
});

test("a GIF called .jpg is refused by name, and the picture goes after a question (PR-08, PR-11, PR-12)", async () => {
  await first.session.executeScript("location.hash = ''; location.hash = '#profile'");
  await first.says("Voice calls");
  const path = join(mkdtempSync(join(tmpdir(), "rannan-photo-")), "kitten.jpg");
  writeFileSync(path, Buffer.from("474946383961010001008000000000ffffff2c00000000010001000002024401003b", "hex"));
  await choose(path);
  await first.says("kitten.jpg is a GIF file");
  await first.press("Remove");
  await first.says("Remove your photo?");
  await first.press("Remove photo");
  await until("the initials", async () => (await colours(first, "[data-region='rail']")) === null);
  await first.press("Language");
  await first.press("العربية");
  await first.keys(Key.ESCAPE);
  await first.says("الملف الشخصي");
  await first.screenshot("34-profile-ar");
});
