// People, devices and rows that the scripted engine begins with. Invented; the names mix both scripts on purpose (SPEC 4.3, proof set).
import { OWN_RIGHTS } from "./fakeRights";
import type { Call, CallDirection, CallPassport, CallQuality, ContactsSync, Device, Devices, DeviceSlot, EndReason, Face, HistoryRow, KnownDevice, Light, OwnStatus, Person, Profile, Settings, Snapshot, System, Team, User } from "./generated";

export const PROFILE: Profile = {
  firstName: "Noor", lastName: "Haddad", avatar: null, service: "contactCentre", role: "user", active: true, passwordChangedMs: new Date(2026, 8, 3, 9).getTime(),
};
export const NOOR: User = { id: "u-2107", name: "Noor Haddad", email: "noor@maydan.example", extension: "2107", server: "care.maydan.example", practice: false, profile: PROFILE };
export const PRACTICE: User = { ...NOOR, id: "practice-101", name: "Sami Bishara", email: "101@practice.invalid", extension: "101", server: "127.0.0.1", practice: true };

export const KHALED: Person = { number: "+966110000142", name: "Khaled Al-Amin" };
export const LINA: Person = { number: "+97140000188", name: "لينا بركات" };
export const RANA: Person = { number: "2104", name: "Rana Khoury" };
export const GRACE: Person = { number: "+442079460958", name: "Grace Whitfield" };
export const NOBODY: Person = { number: "+442079460321", name: "" };

/** The team: Rana has a picture. */
export const FACES: Face[] = [
  { id: "u-2107", extension: "2107", name: "Noor Haddad", avatar: null },
  { id: "u-2104", extension: "2104", name: "Rana Khoury", avatar: "rana-1" },
  { id: "u-2119", extension: "2119", name: "Layla Mansour", avatar: null },
];

export const HEADSET: Device = { id: "pulse:headset", name: "USB headset", isDefault: true, isMuted: false };
export const MICROPHONE: Device = { id: "pulse:mic", name: "Built-in microphone", isDefault: false, isMuted: false };
export const SPEAKERS: Device = { id: "pulse:speakers", name: "Built-in speakers", isDefault: false, isMuted: false };

export const OK: Light = { level: "ok", why: null, retryInMs: null, detail: null };
export const ALL_OK: System = { webPhone: OK, livePanel: OK, internet: OK, internetMs: 38, sound: OK };
/** The server is gone; the phone tries again in four seconds. */
export const LOST: System = {
  webPhone: { level: "bad", why: "unreachable", retryInMs: 4000, detail: "connection refused (os error 111)" },
  livePanel: { level: "bad", why: "unreachable", retryInMs: 4000, detail: null },
  internet: { level: "bad", why: "unreachable", retryInMs: null, detail: null },
  internetMs: null,
  sound: OK,
};

export const DEVICES: Devices = {
  listed: true, microphones: [HEADSET, MICROPHONE], speakers: [HEADSET, SPEAKERS], microphone: slotOf(null, HEADSET), speaker: slotOf(null, HEADSET),
  ringers: { withSpeaker: true, wanted: [], live: [known(HEADSET)], isFallback: false, percent: 80 }, microphoneFault: null, speakerFault: null, volumePercent: 70,
  voice: { noise: "standard", echo: "auto", gain: false }, speaksWhileMuted: false, test: null,
};

function known({ id, name }: Device): KnownDevice {
  return { id, name };
}

/** What was chosen (`null`: the default), and what is used. */
export function slotOf(wanted: Device | null, live: Device | null): DeviceSlot {
  const isFallback = wanted !== null && live !== null && wanted.id !== live.id;
  return { wanted: wanted && known(wanted), live: live && known(live), isFallback };
}

/** A call on a good link. */
export const GOOD_QUALITY: CallQuality = {
  heard: { codec: "opus", mos: 4.4, lost: 0, burst: null, jitterMs: 2.4 },
  spoken: { codec: "opus", mos: 4.3, lost: 0.002, burst: 1, jitterMs: 3 },
  rttMs: 41, delayMs: 118, bufferMs: 38, concealed: 0, repaired: 0, late: 0, fec: true, dred: false, red: false, fault: null,
};
/** The same over crowded Wi-Fi. */
export const CHOPPY_QUALITY: CallQuality = {
  ...GOOD_QUALITY,
  heard: { codec: "opus", mos: 2.9, lost: 0.081, burst: 3.2, jitterMs: 48 },
  rttMs: 310, delayMs: 290, bufferMs: 120, concealed: 0.041, repaired: 0.05, late: 0.01, fault: { side: "ownNetwork", cause: "lossIn" },
};

/** What is kept of a call on a good link. */
export const GOOD_PASSPORT: CallPassport = {
  seconds: 251,
  heard: { codec: "opus", packets: 12_540, lost: 3, mos: 4.4, mosLeast: 4.1, jitterMs: 3, jitterMostMs: 11 },
  spoken: { codec: "opus", packets: 12_549, lost: 25, mos: 4.3, mosLeast: 4, jitterMs: 3, jitterMostMs: 9 },
  rttMs: 41, rttMostMs: 63, bufferMs: 38, concealed: 0.001, repaired: 0, late: 0, microphoneS: 0, computerS: 0, ownNetworkS: 0, farEndS: 0, fault: null,
};
/** The same over crowded Wi-Fi. */
export const CHOPPY_PASSPORT: CallPassport = {
  ...GOOD_PASSPORT,
  heard: { codec: "opus", packets: 11_500, lost: 1040, mos: 2.9, mosLeast: 1.8, jitterMs: 48, jitterMostMs: 190 },
  rttMs: 310, rttMostMs: 820, bufferMs: 120, concealed: 0.041, repaired: 0.05, late: 0.01, ownNetworkS: 73, farEndS: 4, fault: { side: "ownNetwork", cause: "lossIn" },
};

/** A call as it is when it has just begun. */
export function freshCall(id: string, direction: CallDirection, person: Person): Call {
  return {
    id, direction, person, line: direction === "incoming" ? "ringingHere" : "preparing", media: "none", pending: false, ageMs: 0, talkMs: null, heldMs: null,
    heldByFarEnd: false, silenced: false, ended: null, sipCode: null, transfer: null, transferredBy: null, asksFor: null, queue: null, conference: false, recording: { state: "off", automatic: false, mayPress: false, mayPause: false },
  };
}

/** Available for 1:24:08. */
export const OWN_STATUS: OwnStatus = {
  choices: [{ id: "available", kind: "available", usual: true }, { id: "break", kind: "break", usual: true }, { id: "dnd", kind: "doNotDisturb", usual: true }, { id: "meeting", kind: "meeting", usual: true }, { id: "other", kind: "other", usual: true }],
  id: "available", kind: "available", text: "", ageMs: 5_048_000, markedOffline: false, offlineAtSignIn: false, offlineAtSignInPending: false,
  recentTexts: ["Training", "صلاة", "Customer email"], pending: null,
};

const nobody = { text: "", ageMs: 720_000, call: null, department: "care", hidden: false, may: { supervise: false, operate: false } } as const;

/** One of each kind. */
export const TEAM: Team = {
  known: true,
  colleagues: [
    { ...nobody, id: "u-omar", name: "Omar Nasser", extension: "2112", kind: "available", call: { ringing: false, ageMs: 221_000, with: { direction: "outgoing", number: "17778732492", name: "" } } },
    { ...nobody, id: "u-ziad", name: "زياد عبّود", extension: "2151", kind: "available", call: { ringing: true, ageMs: 14_000, with: { direction: "incoming", number: GRACE.number, name: "" } } },
    { ...nobody, id: "u-rana", name: "Rana Khoury", extension: "2104", kind: "available", ageMs: 2_890_000 },
    { ...nobody, id: "u-sami", name: "سامي بشارة", extension: "2145", kind: "available", ageMs: 391_000 },
    { ...nobody, id: "u-layla", name: "Layla Mansour", extension: "2119", kind: "break", ageMs: 725_000 },
    { ...nobody, id: "u-yousef", name: "يوسف قاسم", extension: "2121", kind: "doNotDisturb", ageMs: 1_600_000 },
    { ...nobody, id: "u-hana", name: "Hana Saleh", extension: "2126", kind: "meeting" },
    { ...nobody, id: "u-tariq", name: "Tariq Suleiman", extension: "2130", kind: "other", text: "في الطريق إلى الفرع", ageMs: 497_000 },
    { ...nobody, id: "u-marta", name: "Marta Lindqvist", extension: "2140", kind: "offline", ageMs: null },
  ],
};

export const SETTINGS: Settings = {
  language: "en", theme: "light", digits: "latn", keepRunning: true, keepRunningTold: false, noticeWhen: "unfocused", noticeCaller: true, noticeMissed: true,
};

export function signedInSnapshot(): Snapshot {
  return {
    version: "0.1.0", profile: "", session: { phase: "signedIn", user: NOOR }, calls: [], muted: false, system: ALL_OK, devices: DEVICES,
    settings: SETTINGS, notice: null, unseenMissed: 2, contactsSync: null, status: OWN_STATUS, faces: FACES, team: TEAM, rights: OWN_RIGHTS, agent: null, parked: [], recordingsWaiting: 0, voicemail: { enabled: false, messages: 0, new: 0 }, player: null, peaks: null,
  };
}

export function signedOutSnapshot(): Snapshot {
  const off: Light = { ...OK, level: "off" };
  return {
    ...signedInSnapshot(), session: { phase: "signedOut", why: null, server: "care.maydan.example", email: "noor@maydan.example" },
    system: { webPhone: off, livePanel: off, internet: off, internetMs: null, sound: OK }, unseenMissed: 0, contactsSync: null, status: null, faces: [], team: null, rights: null, agent: null, parked: [],
  };
}

const MINUTE_MS = 60_000;
type Sketch = readonly [direction: CallDirection, person: Person, minutesAgo: number, talkedS: number | null, reason: EndReason];

const SKETCHES: readonly Sketch[] = [
  ["incoming", KHALED, 6, null, "missed"],
  ["incoming", GRACE, 30, 252, "remoteHangUp"],
  ["outgoing", { number: "+96260000119", name: "Mariam Odeh" }, 52, 125, "localHangUp"],
  ["incoming", NOBODY, 77, 48, "remoteHangUp"],
  ["incoming", RANA, 96, 93, "localHangUp"],
  ["outgoing", { number: "+966110000163", name: "ليان الشمري" }, 111, null, "noAnswer"],
  ["incoming", { number: "+966110000177", name: "فهد الحربي" }, 124, null, "missed"],
  ["incoming", LINA, 137, 347, "remoteHangUp"],
  ["outgoing", { number: "2119", name: "Layla Mansour" }, 151, null, "busy"],
  ["outgoing", { number: "*43", name: "" }, 26 * 60, 31, "localHangUp"],
  ["incoming", { number: "+2348000000135", name: "Daniel Okafor" }, 27 * 60, 441, "remoteHangUp"],
  ["outgoing", { number: "+966110000156", name: "بشير توما" }, 29 * 60, 54, "remoteHangUp"],
  ["incoming", { number: "sip:100@pbx.example", name: "Noor نور (VIP)" }, 51 * 60, 12, "remoteHangUp"],
];

/** Rows of the history, newest first, as seen at `now` (Unix milliseconds). */
export function historyRows(now: number): HistoryRow[] {
  return SKETCHES.map(([direction, person, minutesAgo, talkedS, reason], at) => ({
    id: SKETCHES.length - at, direction, person, startedAtMs: now - minutesAgo * MINUTE_MS, talkedS, rangS: talkedS === null ? 38 : 7, reason,
    sipCode: reason === "busy" ? 486 : null, unseen: reason === "missed", transfer: null, note: "",
  }));
}

/** Contacts of an account of a team server, in step since twenty to eleven. */
export const IN_STEP: ContactsSync = { phase: { phase: "rested" }, syncedAtMs: new Date().setHours(10, 42, 0, 0), waiting: 0, open: 0, companyWritable: false };
