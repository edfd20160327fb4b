// The address book in two real windows: an Arabic name is kept, found in Latin letters, and shown when the number calls (CT-01, CT-02).
import { after, before, test } from "node:test";
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

const extension = async (window) => /Extension\s+(\d+)/.exec(await window.text())[1];

test("a contact with an Arabic name is kept and found in both scripts (CT-01)", async () => {
  const number = await extension(second);
  await first.press("Contacts");
  await first.says("No contacts yet");
  await first.press("New contact");
  await first.fill("First name", "نور");
  await first.fill("Last name", "العتيبي");
  await first.fill("Number", number);
  await first.press("Save");
  await first.says("1 contact");
  for (const typed of ["noor", "العتيبى", number]) {
    await first.type("Search contacts", typed);
    await first.says("1 found");
    await first.keys(Key.ESCAPE);
    await first.says("1 contact");
  }
  await first.screenshot("20-contacts-en");
});

test("the name is shown when the number calls, and in the history (CT-02)", async () => {
  await first.press("Phone");
  await second.type("Name or number", await extension(first), Key.ENTER);
  await first.says("Incoming call");
  await first.says("نور العتيبي");
  await first.screenshot("21-caller-from-contacts-en");
  await second.press("End");
  await first.says("Ready for calls");
  await first.chord("4");
  await first.says("نور العتيبي");
  await first.chord("2");
  await first.type("Search contacts", "noor");
  await first.says("1 found");
  await first.keys(Key.ARROW_DOWN, Key.ENTER);
  await second.says("Incoming call");
  await first.chord("e");
  await until("the end of the call", async () => (await second.text()).includes("Ready for calls"));
});
