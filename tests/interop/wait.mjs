// Waiting for things that happen elsewhere, always with a deadline.

const PAUSE_MS = 50;

/** Polls `probe` until it gives something; the failure says what was waited for. */
export async function until(what, probe, withinMs) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const got = await probe();
    if (got) return got;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** Whether two pitches are the same, as far as an FFT and a codec can tell. */
export function near(a, b) {
  return Math.abs(a - b) < 25;
}
