// An agent of a queue at the real window: the offer says which queue, wrap-up counts down and ends, why no calls come is said, and three missed calls
// end in a break; queues are made in the settings (AO-01 to AO-03).
import { after, before, test } from "node:test";
import { By } from "selenium-webdriver";
import { Desk, until } from "./rig.mjs";
import { Key, Window } from "./window.mjs";

const PASSWORD = "Correct-horse-7";
const RANA = { email: "rana@care.example", name: "رنا خوري", extension: "900", administers: true };
const NOOR = { email: "noor@care.example", name: "Noor Haddad", extension: "101" };
const QUEUE = { name: "خدمة العملاء", extension: "800" };

let desk, server, agent, caller;

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

before(async () => {
  desk = await Desk.open();
  server = await desk.teamServer([RANA, NOOR], PASSWORD);
  const { token } = await ask("", "POST", "/v1/login", { email: RANA.email, password: PASSWORD, device: "test" });
  const { users } = await ask(token, "GET", "/v1/users");
  const { id } = users.find(({ extension }) => extension === RANA.extension);
  const card = await ask(token, "GET", `/v1/users/${id}`);
  await ask(token, "PATCH", `/v1/users/${id}`, { version: card.version, agent: { is_agent: true, wrap_up: 300 } });
  const queue = await ask(token, "POST", "/v1/queues", QUEUE);
  await ask(token, "PUT", `/v1/queues/${queue.id}/agents/${id}`, { level: 1, position: 1 });
  agent = new Window(await desk.app());
  await signIn(agent, RANA);
  caller = new Window(await desk.app(["--profile", "second"]));
  await signIn(caller, NOOR);
});
after(() => desk?.close());

const callQueue = () => caller.type("Name or number", QUEUE.extension, Key.ENTER);

test("a call from a queue says which one, and wrap-up begins when it is over (AO-02)", async () => {
  await callQueue();
  await agent.says("Incoming call");
  await agent.says(QUEUE.name);
  await agent.screenshot("20-queue-incoming-en");
  await agent.keys(Key.ENTER);
  await until("the talk", () => caller.timer().then(() => true));
  await caller.press("End");
  await agent.says("Wrap-up");
  await agent.press("Your status: Wrap-up. Open the menu");
  await agent.says("Why am I not getting calls?");
  await agent.screenshot("20-queue-why-en");
  await agent.keys(Key.ESCAPE);
});

test("wrap-up is made longer and ended in Arabic, and the next caller comes (AO-02, LG-02)", async () => {
  await agent.press("Language");
  await agent.press("العربية");
  await agent.keys(Key.ESCAPE);
  await agent.says("ما بعد المكالمة");
  await agent.screenshot("20-queue-wrap-up-ar");
  await agent.press("أنا جاهز");
  await agent.stopsSaying("ما بعد المكالمة");
  await callQueue();
  await agent.says("مكالمة واردة");
  await agent.says(QUEUE.name);
  await agent.keys(Key.ESCAPE);
  await caller.press("End");
});

const MADE = { name: "الصيانة", extension: "810" };

test("a queue is made in the window, in Arabic, and the agent who is put into it is rung (AO-01, LG-02)", async () => {
  await agent.chord(",");
  await agent.press("الطوابير");
  await agent.says(QUEUE.name);
  await agent.press("طابور جديد");
  await agent.fill("الاسم", MADE.name);
  await agent.fill("الرقم", MADE.extension);
  await agent.press("إنشاء الطابور");
  await agent.type("إضافة وكيل", "rana");
  await agent.press(`إضافة ${RANA.name}`);
  await agent.says("المرتبة");
  await agent.screenshot("20-queue-made-ar");
  await agent.press("إغلاق");
  await agent.says("وكيل واحد");
  await caller.type("Name or number", MADE.extension, Key.ENTER);
  await agent.says("مكالمة واردة");
  await agent.says(MADE.name);
  await agent.keys(Key.ENTER);
  await until("the talk", () => caller.timer().then(() => true));
  await caller.press("End");
  // From where one is: not the phone.
  await agent.press("حالتك: ما بعد المكالمة. افتح القائمة");
  await agent.press("أنا جاهز");
  await agent.stopsSaying("ما بعد المكالمة");
  await agent.keys(Key.ESCAPE);
});

test("after three calls that nobody answered there is a break, which says why in both languages; who waits is rung when it is over (AO-03)", async () => {
  const { token } = await ask("", "POST", "/v1/login", { email: RANA.email, password: PASSWORD, device: "test" });
  const { users } = await ask(token, "GET", "/v1/users");
  const card = await ask(token, "GET", `/v1/users/${users.find(({ extension }) => extension === RANA.extension).id}`);
  await ask(token, "PATCH", `/v1/users/${card.id}`, { version: card.version, agent: { ...card.agent, call_timeout: 2, max_no_answer: 3, no_answer_delay: 0 } });
  await caller.type("Name or number", MADE.extension, Key.ENTER);
  await agent.press("حالتك: استراحة. افتح القائمة");
  await agent.says("استراحة إلزامية: 3 مكالمات متتالية لم تُجب");
  await agent.screenshot("20-queue-forced-break-ar");
  await agent.keys(Key.ESCAPE);
  await agent.press("اللغة");
  await agent.press("English");
  await agent.keys(Key.ESCAPE);
  await agent.press("Your status: Break. Open the menu");
  await agent.says("Forced break: 3 missed calls in a row");
  await agent.screenshot("20-queue-forced-break-en");
  await agent.press("Available");
  await agent.says("Incoming call");
  await agent.keys(Key.ENTER);
  await until("the talk", () => caller.timer().then(() => true));
  await caller.press("End");
});

test("an administrator sees the statuses of the team in the settings, and makes one that the team can choose (ST-05)", async () => {
  await agent.chord(",");
  await agent.press("Team statuses");
  await agent.press("New status");
  await agent.fill("Name in English", "Training");
  await agent.fill("Name in Arabic", "تدريب");
  await agent.press("Save");
  await agent.says("Training");
  await agent.screenshot("20-team-statuses-en");
  await caller.press("Your status: Available. Open the menu");
  await until("the new status in the caller's menu", async () => (await caller.session.findElements(By.xpath("//button[contains(., 'Training')]"))).length > 0);
});
