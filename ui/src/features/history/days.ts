import type { HistoryRow } from "../../backend/generated";

export interface Day {
  /** Local midnight. */
  startMs: number;
  /** Days before today: 0 is today. */
  ago: number;
  rows: HistoryRow[];
}

const DAY_MS = 86_400_000;

/** Rows (newest first) in groups of local days. */
export function byDay(rows: readonly HistoryRow[], nowMs: number): Day[] {
  const today = midnight(nowMs);
  const days: Day[] = [];
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
