// Draws the app's icons from app.svg: `CHROMIUM_BIN=$(command -v chromium) node icons/make.mjs`. The results are committed; run it when the drawing changes.
import { readFileSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";

const here = new URL("./", import.meta.url);
const svg = readFileSync(new URL("app.svg", here), "utf8");
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
/** In an .ico, small pictures are bitmaps, since not every reader of installers knows PNG there; the large one is PNG. */
const ICO_BITMAPS = [16, 24, 32, 48, 64];
const ICO_PNG = 256;
/** Types of an .icns, each a PNG of this many pixels. */
const ICNS = { icp4: 16, icp5: 32, ic11: 32, ic12: 64, ic07: 128, ic08: 256, ic13: 256, ic09: 512, ic14: 512, ic10: 1024 };

const drawn = await draw();
const png = (size) => drawn.get(size).png;
for (const [name, size] of [["32x32.png", 32], ["128x128.png", 128], ["128x128@2x.png", 256], ["icon.png", 512]]) writeFileSync(new URL(name, here), png(size));
writeFileSync(new URL("icon.ico", here), ico());
writeFileSync(new URL("icon.icns", here), icns());

/** Each size as PNG and as RGBA, drawn by the browser from the vector: small ones stay sharp. */
async function draw() {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_BIN, args: ["--no-sandbox"] });
  const page = await browser.newPage();
  const pictures = new Map();
  for (const size of SIZES) {
    const { url, rgba } = await page.evaluate(async ({ source, side }) => {
      const image = new Image(side, side);
      image.src = `data:image/svg+xml;base64,${btoa(source)}`;
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
      const context = canvas.getContext("2d");
      context.drawImage(image, 0, 0, side, side);
      return { url: canvas.toDataURL("image/png"), rgba: [...context.getImageData(0, 0, side, side).data] };
    }, { source: svg, side: size });
    pictures.set(size, { png: Buffer.from(url.split(",")[1], "base64"), rgba: Buffer.from(rgba) });
  }
  await browser.close();
  return pictures;
}

function ico() {
  const pictures = [...ICO_BITMAPS.map((size) => [size, bitmap(size)]), [ICO_PNG, png(ICO_PNG)]];
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [at, [size, data]] of pictures.entries()) {
    const entry = 6 + 16 * at;
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(data.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += data.length;
  }
  return Buffer.concat([head, ...pictures.map(([, data]) => data)]);
}

/** BITMAPINFOHEADER of twice the height, rows of BGRA from the bottom up, then the mask, which the alpha channel makes needless. */
function bitmap(size) {
  const { rgba } = drawn.get(size);
  const head = Buffer.alloc(40);
  head.writeUInt32LE(40, 0);
  head.writeInt32LE(size, 4);
  head.writeInt32LE(size * 2, 8);
  head.writeUInt16LE(1, 12);
  head.writeUInt16LE(32, 14);
  const rows = Buffer.alloc(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const from = (y * size + x) * 4;
      const to = ((size - 1 - y) * size + x) * 4;
      rows[to] = rgba[from + 2];
      rows[to + 1] = rgba[from + 1];
      rows[to + 2] = rgba[from];
      rows[to + 3] = rgba[from + 3];
    }
  }
  return Buffer.concat([head, rows, Buffer.alloc(Math.ceil(size / 32) * 4 * size)]);
}

function icns() {
  const parts = Object.entries(ICNS).map(([type, size]) => {
    const head = Buffer.from(`${type}\0\0\0\0`, "latin1");
    head.writeUInt32BE(8 + png(size).length, 4);
    return Buffer.concat([head, png(size)]);
  });
  const head = Buffer.from("icns\0\0\0\0", "latin1");
  head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0), 4);
  return Buffer.concat([head, ...parts]);
}
