/** Whatever began at some time. */
interface Begun {
  startedAtMs: number;
}

export interface Day<Row> {
  /** Local midnight. */
  startMs: number;
  /** Days before today: 0 is today. */
  ago: number;
  rows: Row[];
}

const DAY_MS = 86_400_000;

/** Rows (newest first) in groups of local days. */
export function byDay<Row extends Begun>(rows: readonly Row[], nowMs: number): Day<Row>[] {
  const today = midnight(nowMs);
  const days: Day<Row>[] = [];
  for (const row of rows) {
    const startMs = midnight(row.startedAtMs);
    const last = days.at(-1);
    if (last?.startMs === startMs) last.rows.push(row);
    // Rounded, since a day with a change of clocks has 23 or 25 hours.
    else days.push({ startMs, ago: Math.round((today - startMs) / DAY_MS), rows: [row] });
  }
  return days;
}

function midnight(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}
