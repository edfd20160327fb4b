// A shared computer at the real window: every file of the profile is searched, also those of the web view (LO-02).
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { By } from "selenium-webdriver";
import { Desk, until } from "./rig.mjs";
import { Window } from "./window.mjs";

const PASSWORD = "Correct-horse-7";
const EMAIL = "noor@care.example";
const CONTACT = "Zubaydah";
/** What somebody would look for who uses the computer next. */
const TRACES = [EMAIL, "Noor Haddad", CONTACT, "70455013"];

let desk, window, server;

before(async () => {
  desk = await Desk.open();
  server = await desk.teamServer([{ email: EMAIL, name: "Noor Haddad", extension: "201" }], PASSWORD);
});
after(() => desk?.close());

/** Traces in the files of the program and of its web view. */
function traces() {
  return ["data", "config", "cache"].flatMap((folder) => {
    const dir = join(desk.home, folder);
    let files = [];
    try {
      files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
    return files.flatMap((file) => {
      let text;
      try {
        text = readFileSync(file, "latin1").toLowerCase();
      } catch (error) {
        // A write-ahead log may go while we look.
        if (error.code === "ENOENT") return [];
        throw error;
      }
      return TRACES.filter((trace) => text.includes(trace.toLowerCase())).map((trace) => `${trace} in ${file}`);
    });
  });
}

async function signInShared() {
  await window.button("Sign in");
  // A server that was used before stands at the foot of the page.
  const first = (await window.session.findElements(By.xpath("//label[normalize-space(.)='Server']"))).length > 0;
  for (const [label, value] of [...(first ? [["Server", server]] : []), ["Email", EMAIL], ["Password", PASSWORD]]) await window.fill(label, value);
  await (await window.session.findElement(By.xpath("//label[contains(., 'This is a shared computer')]"))).click();
  await window.says("Nothing is kept here");
  await window.press("Sign in");
  await window.says("Ready for calls", 30_000);
}

test("after logout no file tells who was here (LO-02)", async () => {
  window = new Window(await desk.app());
  await signInShared();
  await window.press("Contacts");
  await window.press("New contact");
  await window.fill("First name", CONTACT);
  await window.fill("Number", "70455013");
  await window.press("Save");
  await window.says("1 contact");
  assert.notDeepEqual(traces(), [], "while the agent works, the search finds what is there");
  await window.press("Your status: Available. Open the menu");
  await window.press("Logout");
  await window.says("This is a shared computer");
  await until("everything to be erased", () => traces().length === 0);
  assert.equal(await window.valueOf("Email"), "");
});

test("after a program that was killed the next start erases what it left (LO-02)", async () => {
  await signInShared();
  await window.press("Contacts");
  await window.says(CONTACT);
  await window.session.quit();
  assert.notDeepEqual(traces(), [], "it could not clean up");
  window = new Window(await desk.app());
  await window.says("This is a shared computer");
  assert.deepEqual(traces(), []);
  assert.equal(await window.valueOf("Email"), "");
});
