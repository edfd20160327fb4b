// A small contact centre in real windows: an owner makes a range of users, watches the live panel while a caller comes to a queue, listens to the
// agent, whispers and barges in, hears recordings, and takes a colleague's ringing call; a caller leaves a message (BK-01, LP-01 to LP-04, RG-08, RG-10,
// RG-12, EC-08).
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { By } from "selenium-webdriver";
import { Desk, root, until } from "./rig.mjs";
import { Key, Window } from "./window.mjs";

const PASSWORD = "Correct-horse-7";
const RANA = { email: "rana@care.example", name: "رنا خوري", extension: "900", administers: true };
const NOOR = { email: "noor@care.example", name: "Noor Haddad", extension: "101" };
const CALLER = { email: "caller@care.example", name: "Khaled Al-Amin", extension: "102" };
const QUEUE = { name: "خدمة العملاء", extension: "800" };
const CLI = join(root, "target", "debug", process.platform === "win32" ? "rannan-cli.exe" : "rannan-cli");

let desk, server, owner, agent, caller;

async function ask(token, method, path, body) {
  const answer = await fetch(`${server}${path}`, { method, headers: { authorization: `Bearer ${token}`, "content-type": "application/json" }, ...(body ? { body: JSON.stringify(body) } : {}) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function signIn(window, { email }) {
  await window.button("Sign in");
  for (const [label, value] of [["Server", server], ["Email", email], ["Password", PASSWORD]]) await window.fill(label, value);
  await window.press("Sign in");
  await window.says("Ready for calls", 30_000);
}

/** An item of an open menu. */
const choose = (window, word) => until(`the item ${word}`, async () => {
  const items = await window.session.findElements(By.xpath(`//*[@role='menuitem'][.//text()[normalize-space(.)=${JSON.stringify(word)}]]`));
  for (const item of items) {
    if (await item.isDisplayed()) {
      await item.click();
      return true;
    }
  }
  return false;
});

/** The phone without a window, as somebody who calls. */
function phone({ email }) {
  const data = join(desk.home, "caller");
  const child = desk.start(CLI, ["--server", server, "--email", email, "--password-env", "CALLER_PASSWORD", "--data", data, "--no-tones"], { stdio: ["pipe", "pipe", "ignore"], env: { ...desk.env, CALLER_PASSWORD: PASSWORD } });
  let said = "";
  child.stdout.on("data", (chunk) => (said += chunk));
  return {
    say: (line) => child.stdin.write(`${line}\n`),
    /** Waits for as many events of this name as there are then. */
    /** Waits until nothing has come from the other side for two seconds. */
    hearsNothing: () => {
      let last = [];
      return until("silence from the other side", () => {
        child.stdin.write("stats\n");
        last = [...last.slice(-39), Number([...said.matchAll(/"received_packets":(\d+)/g)].at(-1)?.[1] ?? 0)];
        return last.length === 40 && last[0] > 0 && last.every((count) => count === last[0]);
      }, 60_000);
    },
    hears: (event, times = 1) => until(`the caller's ${event}`, () => said.split(`"event":"${event}"`).length > times),
  };
}

before(async () => {
  desk = await Desk.open();
  server = await desk.teamServer([RANA, NOOR, CALLER], PASSWORD);
  const { token } = await ask("", "POST", "/v1/login", { email: RANA.email, password: PASSWORD, device: "test" });
  const { users } = await ask(token, "GET", "/v1/users");
  const idOf = ({ extension }) => users.find((user) => user.extension === extension).id;
  const card = await ask(token, "GET", `/v1/users/${idOf(NOOR)}`);
  await ask(token, "PATCH", `/v1/users/${idOf(NOOR)}`, { version: card.version, agent: { is_agent: true, wrap_up: 0, call_timeout: 60 }, use_voicemail: true });
  const queue = await ask(token, "POST", "/v1/queues", QUEUE);
  await ask(token, "PUT", `/v1/queues/${queue.id}/agents/${idOf(NOOR)}`, { level: 1, position: 1 });
  const rights = await ask(token, "GET", `/v1/users/${idOf(RANA)}/rights`);
  await ask(token, "PUT", `/v1/users/${idOf(RANA)}/rights`, { ...rights, switches: { ...rights.switches, monitoring: true, operations: true } });
  const noor = await ask(token, "GET", `/v1/users/${idOf(NOOR)}/rights`);
  await ask(token, "PUT", `/v1/users/${idOf(NOOR)}/rights`, { ...noor, switches: { ...noor.switches, recording: "all" } });
  owner = new Window(await desk.app());
  await signIn(owner, RANA);
  agent = new Window(await desk.app(["--profile", "second"]));
  await signIn(agent, NOOR);
  caller = phone(CALLER);
  await caller.hears("registered");
});
after(() => desk?.close());

test("a range of users is planned, made and can be seen (BK-01)", async () => {
  await owner.press("Directory");
  await owner.press("Create range");
  await owner.fill("First Id", "300");
  await owner.fill("Last Id", "399");
  await owner.press("Show what will happen");
  await owner.says("To create");
  await owner.screenshot("80-range-plan-en");
  await owner.press("Create 100 users");
  await owner.says("100 users done", 120_000);
  await owner.press("Save all");
  await owner.says("Saved:");
  await owner.screenshot("81-range-made-en");
  await owner.keys(Key.ESCAPE);
  await owner.says("103 users");
});

test("a table with mistakes is imported in Arabic: what is right is done, what is wrong is named and can be saved (BK-02)", async () => {
  const table = join(desk.home, "users.csv");
  // As a spreadsheet in Arabic writes it.
  writeFileSync(table, "\uFEFFid;name;email\r\n290;هالة ناصر;hala@care.example\r\n291;بلا بريد;not an address\r\n300;User 300 renamed;\r\n290;مكرر;again@care.example\r\n");
  await owner.press("Language");
  await owner.press("العربية");
  await owner.keys(Key.ESCAPE);
  await owner.press("استيراد CSV");
  const input = await until("a way to choose a file", async () => (await owner.session.findElements(By.css("[role=dialog] input[type='file']")))[0]);
  await input.sendKeys(table);
  await owner.says("users.csv");
  await owner.press("عرض ما سيحدث");
  await owner.says("للإنشاء");
  await owner.screenshot("81-import-plan-ar");
  const counts = await owner.text();
  for (const word of ["للتعديل", "أخطاء", "خطأ", "not an address"]) assert.ok(counts.includes(word), word);
  await owner.press("استيراد مستخدمَين");
  await owner.says("أُنجز مستخدمان", 60_000);
  await owner.press("حفظ الأخطاء");
  await owner.says("حُفظ الملف:");
  await owner.screenshot("81-import-made-ar");
  const path = async () => /\S+\.csv/.exec((await owner.text()).split("حُفظ الملف:")[1])[0];
  const saved = await path();
  const faults = readFileSync(saved, "utf8");
  assert.match(faults, /not an address/);
  assert.match(faults, /again@care\.example/);
  assert.ok(!faults.includes("hala@care.example"), faults);
  await owner.press("حفظ الكل");
  await until("the other file", async () => (await path()) !== saved);
  await owner.keys(Key.ESCAPE);
  await owner.says("هالة ناصر");
  await owner.says("User 300 renamed");
  await owner.press("اللغة");
  await owner.press("English");
  await owner.keys(Key.ESCAPE);
});

test("the live panel shows a caller, the agent who talks, and nobody to an agent (LP-01, LP-02, LP-03)", async () => {
  assert.ok(!(await agent.text()).includes("Live panel"));
  await owner.press("Live panel");
  await owner.says(QUEUE.name);
  await owner.says(NOOR.name);
  caller.say(`dial ${QUEUE.extension}`);
  await agent.says("Incoming call");
  await owner.says(CALLER.name);
  await owner.screenshot("82-panel-ringing-en");
  await agent.keys(Key.ENTER);
  await caller.hears("answered");
  await until("the other side", async () => (await owner.session.executeScript("return [...document.querySelectorAll('[data-agent]')].map((row) => row.textContent)")).some((row) => row.includes(NOOR.name) && row.includes(CALLER.name)));
  await owner.screenshot("83-panel-talking-en");
  await agent.says("Recording");
  await agent.screenshot("83-recorded-en");
});

test("the owner listens, whispers and barges in, and the window says who hears (RG-10)", async () => {
  await owner.press(`Actions for ${NOOR.name}`);
  await choose(owner, "Listen");
  await owner.says("Nobody hears you");
  await owner.screenshot("84-listening-en");
  await owner.press("Whisper");
  await owner.says(`Only ${NOOR.name} hears you`);
  await owner.press("Barge in");
  await owner.says("Both of them hear you");
  assert.ok(!(await agent.text()).includes(RANA.name), "the agent sees nothing of it unless the team has said so");
  await owner.press("Language");
  await owner.press("العربية");
  await owner.keys(Key.ESCAPE);
  await owner.says("كلاهما يسمعك");
  await owner.screenshot("85-barging-ar");
  await owner.press("مغادرة");
  await owner.stopsSaying("كلاهما يسمعك");
  await owner.press("اللغة");
  await owner.press("English");
  await owner.keys(Key.ESCAPE);
  await agent.press("End");
  await caller.hears("ended");
});

/** Listens to the first recording that is shown: the engine's clock moves on, and it rests when it is told to. */
async function listen(window, { list, listen: begin, player, pause }) {
  await window.press(list);
  const button = await until("a recording", async () => (await window.session.findElements(By.xpath(`//main//button[starts-with(translate(@aria-label, "\u2068\u2069", ""), ${JSON.stringify(begin)})]`)))[0]);
  // A note may lie over it for a moment.
  await until("the press", () => button.click().then(() => true, (fault) => { if (fault.name !== "ElementClickInterceptedError") throw fault; return false; }));
  const position = async () => Number(await window.session.executeScript("return document.querySelector('main input[type=range]')?.value ?? 0"));
  await until("the recording sounds", async () => (await position()) > 0);
  await window.press(pause);
  assert.ok((await window.session.findElements(By.css(`[role=group][aria-label=${JSON.stringify(player)}] svg`))).length > 0, "it has a picture");
}

test("the call was recorded, and is heard by the agent and by the owner, in both languages (RG-12)", async () => {
  await agent.press("History");
  await listen(agent, { list: "Recordings", listen: "Listen to the call with", player: "Player", pause: "Pause" });
  await agent.screenshot("87-recording-en");
  await owner.press("Language");
  await owner.press("العربية");
  await owner.keys(Key.ESCAPE);
  await owner.press("السجل");
  await listen(owner, { list: "التسجيلات", listen: "الاستماع إلى المكالمة مع", player: "المشغّل", pause: "إيقاف مؤقت" });
  assert.ok((await owner.text()).includes(NOOR.name), "whose call it is");
  await owner.screenshot("88-recording-ar");
  await owner.press("اللغة");
  await owner.press("English");
  await owner.keys(Key.ESCAPE);
});

test("a colleague's ringing call is picked up with one press, and answered by itself (RG-08)", async () => {
  caller.say(`dial ${NOOR.extension}`);
  await agent.says("Incoming call");
  await owner.press("Team");
  await owner.says("Needs you");
  await owner.screenshot("86-needs-you-en");
  await owner.press("Pick up");
  await caller.hears("answered", 2);
  await agent.stopsSaying("Decline");
  await owner.press("Phone");
  await owner.says(CALLER.name);
  await until("the talk", () => owner.timer().then(() => true));
  await owner.press("End");
  await caller.hears("ended", 2);
});

test("who is declined leaves a message, which is counted, heard and deleted, in both languages (EC-08)", async () => {
  caller.say(`dial ${NOOR.extension}`);
  await agent.says("Incoming call");
  await agent.press("Decline");
  await caller.hears("answered", 3);
  await caller.hearsNothing();
  caller.say("hangup");
  await caller.hears("ended", 3);
  await agent.press("History, 1 new message");
  await agent.screenshot("89-message-counted-en");
  await listen(agent, { list: "Voicemail1", listen: "Listen to the message from", player: "Player", pause: "Pause" });
  await agent.press("Language");
  await agent.press("العربية");
  await agent.keys(Key.ESCAPE);
  await agent.says("البريد الصوتي");
  await agent.says(CALLER.name);
  await agent.screenshot("90-message-ar");
  await agent.press(`حذف الرسالة من ${CALLER.name}`);
  await agent.press("حذف");
  await agent.says("لا توجد رسائل");
});
