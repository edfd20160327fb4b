// What can go wrong at the real window: each says in words what it is, in both languages, and loses nothing.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { Desk, freePort, root, until } from "./rig.mjs";
import { Key, Window } from "./window.mjs";

const PASSWORD = "Correct-horse-7";
const [OURS_HZ, THEIRS_HZ] = [440, 700];
const AUDIBLE_DBFS = -30;
const binary = (name) => join(root, "target", "debug", name);

let desk, window, server, port, peer;

before(async () => {
  desk = await Desk.open();
  desk.speak(OURS_HZ, "room");
  desk.speak(THEIRS_HZ, "room2");
  port = await freePort();
  await addUser("noor@care.example", "Noor Haddad", "201");
  await addUser("rana@care.example", "رنا خوري", "202");
  await startServer();
  window = new Window(await desk.app());
});
after(() => desk?.close());

const data = () => {
  const dir = join(desk.home, "server");
  mkdirSync(dir, { recursive: true });
  return dir;
};

function addUser(email, name, extension) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary("rannan-server"), ["add-user", "--data", data(), "--email", email, "--name", name, "--extension", extension], { stdio: ["pipe", "ignore", "inherit"] });
    child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`add-user ended with ${code}`))));
    child.stdin.end(`${PASSWORD}\n`);
  });
}

async function startServer() {
  server = desk.start(binary("rannan-server"), ["--data", data(), "--bind", `127.0.0.1:${port}`], { stdio: ["ignore", "ignore", "inherit"] });
  await until("the server", async () => (await fetch(`http://127.0.0.1:${port}/v1/health`)).ok);
}

/** The same phone without a window, at the second seat. */
function startPeer() {
  const child = desk.start(binary("rannan-cli"), ["--server", `http://127.0.0.1:${port}`, "--email", "rana@care.example", "--password-env", "PEER_PASSWORD", "--mic", "microphone2", "--speaker", "speaker2", "--no-tones", "--noise", "off", "--echo", "off", "--data", join(desk.home, "peer")], {
    stdio: ["pipe", "pipe", "inherit"], env: { ...desk.env, PEER_PASSWORD: PASSWORD },
  });
  const events = [];
  createInterface({ input: child.stdout }).on("line", (line) => events.push(JSON.parse(line)));
  return {
    say: (line) => child.stdin.write(`${line}\n`),
    hears: (name, count = 1) => until(`the peer's event ${name}`, () => events.filter(({ event }) => event === name).length >= count, 30_000),
  };
}

async function signIn(address, password) {
  for (const [label, value] of [["Server", address], ["Email", "noor@care.example"], ["Password", password]]) await window.fill(label, value);
  await window.press("Sign in");
}

test("an unreachable server is named, in both languages, and what was typed stays", async () => {
  await signIn("http://127.0.0.1:1", PASSWORD);
  await window.says("The server cannot be reached");
  await window.press("Language");
  await window.press("العربية");
  await window.says("تعذّر الوصول إلى الخادم");
  await window.keys(Key.ESCAPE);
  await window.screenshot("01b-unreachable-ar");
  await window.press("اللغة");
  await window.press("English");
  await window.keys(Key.ESCAPE);
  assert.equal(await window.valueOf("Email"), "noor@care.example");
});

test("a wrong password counts the tries left, and the password can be typed again at once (PW-01)", async () => {
  await signIn(`http://127.0.0.1:${port}`, "wrong");
  await window.says("The email or the password is not right");
  assert.match(await window.text(), /4 tries are left/);
  await window.screenshot("01b-wrong-password-en");
  await window.keys(PASSWORD); // the refused one is selected
  await window.press("Sign in");
  await window.says("Ready for calls");
  await window.leaveTonesAlone();
});

test("nonsense in the number field is refused in words", async () => {
  await window.type("Name or number", "((( )))", Key.ENTER);
  await window.says("This cannot be called");
  await window.press("Close");
});

test("a number that nobody has", async () => {
  await window.type("Name or number", "9999", Key.ENTER);
  await window.says("Nobody has this number");
  await window.screenshot("04d-not-found-en");
});

test("the server is killed during a call: the call goes on, the window says so, and registers again by itself", async () => {
  peer = startPeer();
  await peer.hears("registered");
  peer.say("dial 201");
  await window.press("Answer");
  const bothWays = async () => {
    await until("the peer's voice", async () => (await desk.hear([THEIRS_HZ], 300, "speaker.monitor"))[THEIRS_HZ] > AUDIBLE_DBFS);
    await until("our voice at the peer", async () => (await desk.hear([OURS_HZ], 300, "speaker2.monitor"))[OURS_HZ] > AUDIBLE_DBFS);
  };
  await bothWays();
  server.kill("SIGKILL");
  await window.says("Your call goes on");
  await window.screenshot("13d-call-without-server-en");
  await bothWays();
  await startServer();
  await window.stopsSaying("Your call goes on", 60_000);
  await peer.hears("registered", 2);
  await bothWays();
  await window.press("End");
  await peer.hears("ended");
});

test("without the server there is no dialling, and the window says why", async () => {
  server.kill("SIGTERM");
  await window.says("The server cannot be reached", 40_000);
  await window.says("No connection");
  await window.screenshot("13d-offline-en");
  await startServer();
  await window.says("Ready for calls", 60_000);
});
