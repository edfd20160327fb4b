// The directory in the real window of an administrator: who is there, a status that is forced, a user who is made, signed out and deleted; and an
// outside address book that does not answer (DR, EC, US-01, SPEC 2 row 15).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { By } from "selenium-webdriver";
import { Desk, freePort, until } from "./rig.mjs";
import { Key, Window } from "./window.mjs";

const PASSWORD = "Correct-horse-7";
const RANA = { email: "rana@care.example", name: "رنا خوري", extension: "900", administers: true };
const NOOR = { email: "noor@care.example", name: "Noor Haddad", extension: "101" };
const OMAR = { email: "omar@care.example", name: "Omar Nasser", extension: "102" };

let desk, server, noor, rana, made;

const login = (email, password) => fetch(`${server}/v1/login`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ email, password, device: "test" }) });

async function signIn(window, { email }) {
  await window.button("Sign in");
  for (const [label, value] of [["Server", server], ["Email", email], ["Password", PASSWORD]]) await window.fill(label, value);
  await window.press("Sign in");
  await window.says("Ready for calls", 30_000);
}

/** An item of an open menu. */
const choose = (window, word) => until(`the item ${word}`, async () => {
  const items = await window.session.findElements(By.xpath(`//*[@role='menuitem' or @role='menuitemradio'][.//text()[normalize-space(.)=${JSON.stringify(word)}]]`));
  for (const item of items) {
    if (await item.isDisplayed()) {
      await item.click();
      return true;
    }
  }
  return false;
});

before(async () => {
  desk = await Desk.open();
  server = await desk.teamServer([RANA, NOOR], PASSWORD);
  rana = new Window(await desk.app());
  await signIn(rana, RANA);
  noor = new Window(await desk.app(["--profile", "second"]));
  await signIn(noor, NOOR);
});
after(() => desk?.close());

test("only who administers somebody has the directory, and it shows who is there (DR-00, DR-01, DR-02, DR-05, DR-07)", async () => {
  assert.ok(!(await noor.text()).includes("Directory"));
  await rana.press("Directory");
  for (const said of ["2 users", "Noor Haddad", "101", "رنا خوري", "900", "Registered", "Available"]) await rana.says(said);
  await rana.screenshot("70-directory-en");
});

test("a status that is forced holds, and who has it is told by whom (DR-08, DR-11)", async () => {
  await rana.press("Actions for Noor Haddad");
  await choose(rana, "Force status");
  await choose(rana, "Break");
  await noor.says("رنا خوري has set your status to Break");
  await noor.screenshot("71-status-forced-en");
  await noor.press("Understood");
  await rana.says("Noor Haddad has the new status and was told.");
  await until("Break in the row", async () => (await rana.session.executeScript("return [...document.querySelectorAll('[role=row]')].map((row) => row.textContent)")).some((row) => row.includes("Noor Haddad") && row.includes("Break")));
});

test("a user is made with a password of the program's own, and signs in with it (US-01, EC-02, EC-03, EC-06)", async () => {
  await rana.press("New user");
  for (const [label, value] of [["Id", OMAR.extension], ["Name", OMAR.name], ["Email", OMAR.email]]) await rana.fill(label, value);
  await rana.press("Generate");
  made = await until("a password", async () => (await rana.valueOf("Password")) || null);
  assert.equal(made.length, 16);
  await rana.screenshot("72-new-user-en");
  await rana.press("Create");
  await rana.says("Omar Nasser can sign in now.");
  await rana.says("3 users");
  assert.equal((await login(OMAR.email, made)).status, 200);
});

test("in Arabic the card of a user stands the right way round (DR-12, LG-02)", async () => {
  await rana.press("Language");
  await rana.press("العربية");
  await rana.keys(Key.ESCAPE);
  await rana.says("الدليل");
  await rana.screenshot("73-directory-ar");
  await rana.press("إجراءات على Omar Nasser");
  await choose(rana, "تعديل");
  await until("the card", async () => (await rana.session.findElements(By.css("[role='dialog']"))).length > 0);
  await rana.screenshot("74-card-ar");
  await rana.keys(Key.ESCAPE);
  await rana.press("اللغة");
  await rana.press("English");
  await rana.keys(Key.ESCAPE);
  await rana.says("Directory");
});

test("who is deleted is gone, after a question that names the person (DR-10)", async () => {
  await rana.press("Actions for Omar Nasser");
  await choose(rana, "Delete…");
  await rana.says("Are you sure you want to delete Omar Nasser?");
  await rana.screenshot("75-delete-en");
  await rana.press("Delete");
  await rana.says("Omar Nasser was deleted.");
  await rana.says("2 users");
  assert.equal((await login(OMAR.email, made)).status, 401);
});

test("an outside address book that nobody keeps is named as that (SPEC 2 row 15)", async () => {
  await rana.press("Contacts");
  await rana.press("More about the contacts");
  await rana.press("Address books…");
  await rana.press("Add an address book");
  await rana.fill("Name", "Customers");
  await rana.fill("Address", `http://127.0.0.1:${await freePort()}/`);
  await rana.press("Test");
  await rana.says("Nobody answers at this address.");
  await rana.screenshot("76-address-book-en");
  await rana.press("Cancel");
  await rana.press("Close");
});

test("a session that is ended leads to the sign-in page (DR-05)", async () => {
  await rana.press("Directory");
  await rana.press("Actions for Noor Haddad");
  await choose(rana, "End the session");
  await rana.press("End the session");
  await noor.button("Sign in");
  await rana.says("Noor Haddad was signed out everywhere.");
  await until("no phone in the row", async () => (await rana.session.executeScript("return [...document.querySelectorAll('[role=row]')].map((row) => row.textContent)")).some((row) => row.includes("Noor Haddad") && row.includes("Not registered")));
  await noor.screenshot("77-signed-out-en");
});
