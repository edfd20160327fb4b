// The day of an agent in the real window with a real server: who one is, what works, what others see, and going home.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { By } from "selenium-webdriver";
import { Desk, until } from "./rig.mjs";
import { Key, Window } from "./window.mjs";

const PASSWORD = "Correct-horse-7";
const NEXT_PASSWORD = "Better-horse-8";
const RANA = { email: "rana@care.example", name: "Rana Khoury", extension: "900", administers: true };
const NOOR = { email: "noor@care.example", name: "Noor Haddad", extension: "101" };

let desk, server, noor, rana, token;

async function ask(path) {
  const answer = await fetch(`${server}${path}`, { headers: { authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

const login = (email, password) => fetch(`${server}/v1/login`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ email, password, device: "test" }) });

async function signIn(window, email, password) {
  await window.button("Sign in");
  for (const [label, value] of [["Server", server], ["Email", email], ["Password", password]]) await window.fill(label, value);
  await window.press("Sign in");
  await window.says("Ready for calls", 30_000);
}

/** Noor as administrators see her. */
const listed = async () => (await ask("/v1/users")).users.find(({ extension }) => extension === NOOR.extension);
const openMenu = (window, status) => window.press(`Your status: ${status}. Open the menu`);

before(async () => {
  desk = await Desk.open();
  server = await desk.teamServer([RANA, NOOR], PASSWORD);
  token = (await (await login(RANA.email, PASSWORD)).json()).token;
  noor = new Window(await desk.app());
  await signIn(noor, NOOR.email, PASSWORD);
  rana = new Window(await desk.app(["--profile", "second"]));
  await signIn(rana, RANA.email, PASSWORD);
});
after(() => desk?.close());

test("the system status names each part, and what it says is so (SY-02, SY-04, SY-05)", async () => {
  await noor.press("System status: Ready");
  await noor.says("Registered as 101, calls are encrypted");
  await noor.says("The server answers in");
  await noor.says("Sound");
  assert.match(await noor.text(), /The server answers in \d+ ms/);
  assert.equal((await listed()).registered, true);
  await noor.screenshot("60-system-status-en");
  await noor.keys(Key.ESCAPE);
});

test("the profile is opened from the menu: name, address, account, service and role; the address cannot be changed (ST-09, PR-01, PR-04, PR-05, PS-01, PS-02, PS-03, PS-04)", async () => {
  await openMenu(noor, "Available");
  await noor.press("Profile Settings");
  for (const said of ["Noor Haddad", NOOR.email, "set by your administrator", "Account status", "Active", "Voice calls", "User"]) await noor.says(said);
  const initials = await noor.session.findElement(By.css("[data-pane='profile']")).getText();
  assert.ok(initials.startsWith("NH"), initials);
  const fields = await noor.session.executeScript("return [...document.querySelectorAll('[data-pane=\"profile\"] input:not([type=file])')].map((field) => field.value)");
  assert.ok(!fields.includes(NOOR.email), "the address is text, not a field");
  await noor.button("Edit name");
  await noor.screenshot("61-profile-en");
});

test("a new password is discarded by Cancel and taken by Save (PW-04)", async () => {
  const type = async () => {
    await noor.press("Change…");
    for (const [label, value] of [["Current password", PASSWORD], ["New password", NEXT_PASSWORD], ["Confirm new password", NEXT_PASSWORD]]) await noor.fill(label, value);
  };
  await type();
  await noor.press("Cancel");
  await noor.stopsSaying("Confirm new password");
  assert.equal((await login(NOOR.email, NEXT_PASSWORD)).status, 401);
  await type();
  await noor.press("Save");
  await noor.says("Your password is changed.");
  assert.equal((await login(NOOR.email, PASSWORD)).status, 401);
  assert.equal((await login(NOOR.email, NEXT_PASSWORD)).status, 200);
});

test("the speaker is tested by ear: left, right and both (DV-02)", async () => {
  assert.ok((await desk.loudness(400)) < -80, "quiet before");
  await noor.press("Settings");
  await noor.press("Devices");
  const tests = await until("a test of the speaker", async () => {
    const found = await noor.session.findElements(By.xpath("//button[normalize-space(.)='Test']"));
    return found.length > 1 ? found : null;
  });
  await tests[1].click();
  for (const side of ["on the left", "on the right", "on both sides"]) {
    await noor.says(side);
    // What is played is heard at the loudspeaker of this computer.
    await until(`sound ${side}`, async () => (await desk.loudness(400)) > -50);
  }
  await noor.press("Yes");
  await noor.stopsSaying("Do you hear it?");
  await until("the answer kept", async () => (await noor.session.findElements(By.xpath("//button[normalize-space(.)='Test again']"))).length > 0);
  await noor.screenshot("62-speaker-tested-en");
  await noor.press("Phone");
});

test("colleagues and the directory see the status that is chosen, and Break keeps calls of queues away (ST-14, ST-15)", async () => {
  await openMenu(noor, "Available");
  await noor.press("Break");
  await until("Break at the server", async () => (await listed()).kind === "break");
  const { statuses } = await ask("/v1/statuses");
  assert.deepEqual(statuses.find(({ kind }) => kind === "break").blocks, { queue: true, internal: false, external: false });
  await rana.press("Team");
  await rana.says("Noor Haddad");
  await rana.says("Break");
  await rana.screenshot("63-colleague-on-break-en");
  await rana.press("Phone");
  await noor.press("Your status: Break. Open the menu");
  await noor.press("Available");
  await until("Available at the server", async () => (await listed()).kind === "available");
});

test("the client console shows who is on the line (ST-08)", async () => {
  await rana.type("Name or number", NOOR.extension, Key.ENTER);
  await noor.press("Answer");
  await until("the talk", () => noor.timer().then(() => true));
  await openMenu(noor, "On a call");
  await noor.press("Client Console");
  await noor.says("On the line now");
  await noor.says("Rana Khoury");
  await noor.screenshot("64-client-console-en");
  await noor.press("Show the call");
  await noor.press("End");
  await noor.says("Ready for calls");
});

test("logging out leads to the sign-in page, and calls do not come any more (ST-10, LO-01)", async () => {
  await openMenu(noor, "Available");
  await noor.press("Logout");
  await noor.button("Sign in");
  const gone = await until("nobody there", async () => ((at) => (at.registered || at.online ? null : at))(await listed()));
  assert.equal(gone.kind, "offline");
  await rana.type("Name or number", NOOR.extension, Key.ENTER);
  await rana.says("Nobody answered");
  await noor.screenshot("65-logged-out-en");
  assert.ok(!(await noor.text()).includes("Incoming call"));
});
