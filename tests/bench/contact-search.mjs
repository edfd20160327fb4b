// From the key to the painted list in a book of 100,000, in the real window: imported as a person would, then searched letter by letter.
// Goal: 50 ms (99 of 100 keys).
//   RANNAN_APP=target/release/rannan node tests/bench/contact-search.mjs [contacts]
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { By } from "selenium-webdriver";
import { Desk, until } from "../desktop/rig.mjs";
import { Key, Window } from "../desktop/window.mjs";

const CONTACTS = Number(process.argv[2] ?? 100_000);
const PEOPLE = [["نورة", "القحطاني"], ["Khaled", "Al-Amin"], ["محمد", "العتيبي"], ["Grace", "Whitfield"], ["عبدالعزيز", "الحربي"], ["Mohammed", "Haddad"]];
const TYPED = ["mohammed", "نورة القحطاني", "055", "grace 99", "عبدالعزيز", "maydan", "khaled al", "zzzz"];
const FILE = join(mkdtempSync(join(tmpdir(), "rannan-people-")), "people.csv");

writeFileSync(FILE, ["First name;Last name;Company;Mobile", ...Array.from({ length: CONTACTS }, (_, at) => {
  const [first, last] = PEOPLE[at % PEOPLE.length];
  return `${first};${last} ${at};Maydan ${at % 97};05${String((at * 1871) % 99_999_989).padStart(8, "0")}`;
})].join("\r\n"));

/** Keeps, for each key, the time from the key to the second frame after Rust has answered: by then the list is painted. */
const WATCH = `
  window.searchTimes = [];
  let pressed = null;
  document.addEventListener("input", (event) => { pressed = { text: event.target.value, since: performance.now() }; }, true);
  // What the window asks of Rust goes by the scheme ipc:.
  const ask = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await ask(...asked);
    if (String(asked[0]?.url ?? asked[0]).endsWith("/contacts") && pressed !== null) {
      const { text, since } = pressed;
      pressed = null;
      const answered = performance.now() - since;
      requestAnimationFrame(() => requestAnimationFrame(() => { window.searchTimes.push({ text, answered, painted: performance.now() - since }); }));
    }
    return answer;
  };`;

const desk = await Desk.open();
try {
  const window = new Window(await desk.app([], { pictures: false }));
  await window.practise();
  await window.press("Contacts");
  await window.says("No contacts yet");
  await window.press("Import…");
  const input = await until("a way to choose a file", async () => (await window.session.findElements(By.css("input[type='file']")))[0]);
  await input.sendKeys(FILE);
  const confirm = await until("the preview", async () => {
    const found = await window.session.findElements(By.xpath("//*[@role='dialog']//button[starts-with(normalize-space(.), 'Import ')]"));
    return found[0] ?? null;
  }, 60_000);
  const begun = performance.now();
  await confirm.click();
  await window.says("contacts were imported", 300_000);
  const imported = performance.now() - begun;
  await window.press("Close");
  await window.session.executeScript(WATCH);
  const field = await window.session.findElement(By.css("input[aria-label='Search contacts']"));
  for (const text of TYPED) {
    // A space asks for nothing new: it goes with the letter after it.
    for (const letter of text.match(/ *[^ ]/gu)) {
      const before = await window.session.executeScript("return window.searchTimes.length");
      await field.sendKeys(letter);
      await until(`the list for ${text}`, () => window.session.executeScript("return window.searchTimes.length > arguments[0]", before));
    }
    await field.sendKeys(Key.ESCAPE);
    await until("the whole book", () => window.session.executeScript("return document.querySelector(\"input[aria-label='Search contacts']\").value === ''"));
  }
  const times = (await window.session.executeScript("return window.searchTimes")).filter(({ text }) => text !== "");
  const at = (what, share) => {
    const sorted = times.map((time) => time[what]).sort((a, b) => a - b);
    return Math.round(sorted[Math.floor((sorted.length - 1) * share)] * 10) / 10;
  };
  const of = (what) => ({ median: at(what, 0.5), p99: at(what, 0.99), slowest: at(what, 1) });
  console.log(JSON.stringify({ contacts: CONTACTS, imported_ms: Math.round(imported), keys: times.length, answered_ms: of("answered"), painted_ms: of("painted") }));
} finally {
  await desk.close();
}
