// Display clocks: how many seconds a duration has now, between two events of Rust.
import { useEffect, useReducer } from "react";

const SECOND_MS = 1000;

/** Seconds of a duration that was `ms` long at `receivedAt`; renders again each second while `running`. */
export function useSeconds(ms: number, receivedAt: number, running: boolean): number {
  const [, again] = useReducer((count: number) => count + 1, 0);
  const total = ms + (running ? performance.now() - receivedAt : 0);
  useEffect(() => {
    if (!running) return undefined;
    // Wakes just after the next whole second of this very duration, so that no second is skipped or shown twice.
    const elapsed = ms + performance.now() - receivedAt;
    const timer = setTimeout(again, SECOND_MS - (elapsed % SECOND_MS) + 5);
    return () => clearTimeout(timer);
  });
  return Math.floor(total / SECOND_MS);
}

/** Whole seconds left of a wait that was `ms` long at `receivedAt`; 0 when over. */
export function useCountdown(ms: number | null, receivedAt: number): number {
  const [, again] = useReducer((count: number) => count + 1, 0);
  const left = ms === null ? 0 : Math.max(0, ms - (performance.now() - receivedAt));
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(again, (left % SECOND_MS) + 5);
    return () => clearTimeout(timer);
  });
  return Math.ceil(left / SECOND_MS);
}
