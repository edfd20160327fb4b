// Every state that a user can meet in this window, each one line of script for the engine.
import { ipcError } from "../src/backend/fake";
import { GRACE, KHALED, LINA, LOST, NOBODY, OK, RANA } from "../src/backend/fakeData";
import type { EndReason, IpcError, Snapshot } from "../src/backend/generated";
import { expect } from "vitest";
import type { Mounted } from "./support";

export interface Scene {
  name: string;
  signedIn: boolean;
  /** Before the window opens. */
  before?(snapshot: Snapshot): Snapshot;
  /** Pressed or happening after it has opened. */
  then?(mounted: Mounted): void | Promise<void>;
}

const TALK_MS = 267_000;
const talking = { line: "talking", media: "connected", talkMs: TALK_MS, ageMs: TALK_MS + 7000, direction: "incoming" } as const;

const why = (error: IpcError) => (snapshot: Snapshot): Snapshot =>
  snapshot.session.phase === "signedOut" ? { ...snapshot, session: { ...snapshot.session, why: { why: "failed", error } } } : snapshot;

export const ENDS: readonly { reason: EndReason; sipCode: number | null }[] = [
  { reason: "localHangUp", sipCode: null }, { reason: "remoteHangUp", sipCode: null }, { reason: "cancelled", sipCode: 487 }, { reason: "missed", sipCode: null },
  { reason: "answeredElsewhere", sipCode: null }, { reason: "declined", sipCode: 603 }, { reason: "busy", sipCode: 486 }, { reason: "rejected", sipCode: 603 },
  { reason: "noAnswer", sipCode: 480 }, { reason: "notFound", sipCode: 404 }, { reason: "badNumber", sipCode: 484 }, { reason: "forbidden", sipCode: 403 },
  { reason: "notAcceptable", sipCode: 488 }, { reason: "serverFailure", sipCode: 503 }, { reason: "offline", sipCode: null }, { reason: "timeout", sipCode: 408 },
  { reason: "mediaFailed", sipCode: null }, { reason: "internal", sipCode: null },
];

export const SCENES: readonly Scene[] = [
  { name: "sign-in", signedIn: false },
  { name: "sign-in-expired", signedIn: false, before: (snapshot) => (snapshot.session.phase === "signedOut" ? { ...snapshot, session: { ...snapshot.session, why: { why: "expired" } } } : snapshot) },
  { name: "sign-in-unreachable", signedIn: false, before: why(ipcError("serverUnreachable", { detail: "connection refused (os error 111)" })) },
  { name: "sign-in-bad-certificate", signedIn: false, before: why(ipcError("badCertificate", { detail: "invalid peer certificate: UnknownIssuer" })) },
  { name: "phone-at-rest", signedIn: true },
  { name: "phone-offline", signedIn: true, before: (snapshot) => ({ ...snapshot, system: LOST }) },
  { name: "phone-slow", signedIn: true, before: (snapshot) => ({ ...snapshot, system: { ...snapshot.system, internet: { ...OK, level: "warn", why: "slow" }, internetMs: 480 } }) },
  { name: "phone-no-microphone", signedIn: true, before: (snapshot) => ({ ...snapshot, devices: { ...snapshot.devices, microphoneFault: "missing" }, system: { ...snapshot.system, sound: { ...OK, level: "bad", why: "microphoneMissing" } } }) },
  { name: "phone-never-called", signedIn: true, then: ({ fake }) => { fake.rows = []; fake.emit({ kind: "history", unseenMissed: 0 }); } },
  { name: "incoming", signedIn: true, then: ({ fake }) => void fake.ring(KHALED) },
  { name: "incoming-unknown", signedIn: true, then: ({ fake }) => void fake.ring(NOBODY) },
  { name: "incoming-silenced", signedIn: true, then: ({ fake }) => void fake.ring(KHALED, { silenced: true }) },
  { name: "outgoing-preparing", signedIn: true, then: ({ fake }) => void fake.place(GRACE) },
  { name: "outgoing-calling", signedIn: true, then: ({ fake }) => void fake.place(GRACE, { line: "calling" }) },
  { name: "outgoing-ringing", signedIn: true, then: ({ fake }) => void fake.place(GRACE, { line: "ringingThere", ageMs: 7000 }) },
  { name: "outgoing-early-media", signedIn: true, then: ({ fake }) => void fake.place(GRACE, { line: "earlyMedia", media: "connected", ageMs: 9000 }) },
  { name: "talking", signedIn: true, then: async ({ fake }) => { const { id } = fake.place(KHALED, talking); await speak(fake); fake.change(id, {}); } },
  { name: "talking-muted", signedIn: true, before: (snapshot) => ({ ...snapshot, muted: true }), then: ({ fake }) => void fake.place(KHALED, talking) },
  { name: "held", signedIn: true, then: ({ fake }) => void fake.place(KHALED, { ...talking, line: "held", heldMs: 31_000 }) },
  { name: "held-by-far-end", signedIn: true, then: ({ fake }) => void fake.place(KHALED, { ...talking, heldByFarEnd: true }) },
  { name: "connecting-sound", signedIn: true, then: ({ fake }) => void fake.place(KHALED, { ...talking, media: "connecting", talkMs: 1000 }) },
  { name: "reconnecting", signedIn: true, then: ({ fake }) => void fake.place(KHALED, { ...talking, media: "reconnecting" }) },
  { name: "server-lost-in-call", signedIn: true, then: ({ fake }) => { fake.place(KHALED, talking); fake.setSystem(LOST); } },
  { name: "microphone-lost-in-call", signedIn: true, then: ({ fake }) => { fake.place(KHALED, talking); fake.setDevices({ microphoneFault: "lost" }); fake.setSystem({ sound: { ...OK, level: "bad", why: "microphoneLost" } }); } },
  { name: "two-calls", signedIn: true, then: ({ fake }) => { fake.place(LINA, { ...talking, line: "held", heldMs: 24_000 }); fake.place(KHALED, talking); } },
  { name: "second-call", signedIn: true, then: ({ fake }) => { fake.place(KHALED, talking); fake.ring(LINA, { ageMs: 9000 }); } },
  { name: "ended-busy", signedIn: true, then: ({ fake }) => { const { id } = fake.place(RANA, { line: "calling" }); fake.end(id, "busy", 486); } },
  { name: "ended-talked", signedIn: true, then: ({ fake }) => { const { id } = fake.place(KHALED, talking); fake.end(id, "remoteHangUp"); } },
  { name: "refused-command", signedIn: true, then: ({ fake }) => fake.emit({ kind: "problem", error: ipcError("farEndRefused", { detail: "488 Not Acceptable Here" }), call: null }) },
];

/** Twenty seconds of a conversation, in no time: the clock of the display is moved on with each pair of levels. */
async function speak(fake: Mounted["fake"]): Promise<void> {
  await expect.poll(() => document.querySelector("canvas[data-voices]")).not.toBeNull();
  const now = performance.now.bind(performance);
  let ahead = 0;
  performance.now = () => now() + ahead;
  for (let at = 0; at < 400; at += 1) {
    ahead += 50;
    const theyTalk = Math.floor(at / 90) % 2 === 0;
    const strength = -48 + 40 * Math.abs(Math.sin(at * 0.7)) * Math.abs(Math.sin(at * 0.11));
    fake.setLevels({ callerDbfs: theyTalk ? strength : -62, microphoneDbfs: theyTalk ? -64 : strength - 4 });
  }
}
