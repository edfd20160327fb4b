// Recordings of the fake, newest first.
import type { PlayerPeaks, RecordedCall, RecordingPolicy } from "./generated";

/** Recordings of a page. */
export const RECORDINGS_PAGE = 6;

const HOUR_MS = 3_600_000;
const PEOPLE = [
  { number: "17778732492", name: "Grace Hopper" }, { number: "966501234567", name: "ليلى منصور" }, { number: "2112", name: "Omar Nasser" }, { number: "447700900123", name: "" },
] as const;

export const RECORDINGS: readonly RecordedCall[] = Array.from({ length: 8 }, (_, n) => {
  const person = PEOPLE[n % PEOPLE.length] as (typeof PEOPLE)[number];
  const own = n % 3 !== 1;
  return {
    id: `recording-${n}`, user: own ? "u-2107" : "u-sami", userName: own ? "Noor Haddad" : "سامي بشارة", ...person,
    outgoing: n % 2 === 1, external: person.number.length > 6, queue: n % 4 === 0 ? "Sales" : null, startedAtMs: Date.now() - (n + 1) * 3 * HOUR_MS, durationMs: 61_000 + n * 73_000, byButton: n % 4 === 2,
  };
});

export const RECORDING_POLICY: RecordingPolicy = { consent: "none", retentionDays: 0, mayPause: true };

/** Who speaks, by turns. */
export function peaksOf(recording: string): PlayerPeaks {
  const voice = (speaks: (at: number) => boolean) => Array.from({ length: 240 }, (_, at) => (speaks(at) ? 45 + ((at * 37) % 50) : (at * 13) % 6));
  return { recording, far: voice((at) => Math.floor(at / 22) % 2 === 0), near: voice((at) => Math.floor(at / 22) % 2 === 1) };
}
