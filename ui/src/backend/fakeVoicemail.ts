// Messages in the voice box of the fake, newest first.
import type { VoiceMessage } from "./generated";

const MINUTE_MS = 60_000;

export const MESSAGES: readonly VoiceMessage[] = [
  { id: "message-0", number: "966501234567", name: "ليلى منصور", startedAtMs: Date.now() - 4 * MINUTE_MS, durationMs: 21_400, heard: false },
  { id: "message-1", number: "17778732492", name: "Grace Hopper", startedAtMs: Date.now() - 50 * MINUTE_MS, durationMs: 8_200, heard: false },
  { id: "message-2", number: "447700900123", name: "", startedAtMs: Date.now() - 26 * 60 * MINUTE_MS, durationMs: 64_900, heard: true },
  { id: "message-3", number: "", name: "", startedAtMs: Date.now() - 27 * 60 * MINUTE_MS, durationMs: 3_100, heard: true },
];
