// What a score of the E-model (1 to 4.5) is called. Bars, words and colours all follow from the grade.

/** Best first. */
const GRADES = ["good", "fair", "unsteady", "bad"] as const;
export type Grade = (typeof GRADES)[number];

/** Lowest score of each grade (ITU-T G.107 Annex B: satisfied, some, many, nearly all dissatisfied). */
const LEAST: Readonly<Record<Grade, number>> = { good: 4, fair: 3.6, unsteady: 2.6, bad: 0 };

/** Null while nothing is known of this direction. */
export function gradeOf({ mos }: { mos: number | null }): Grade | null {
  return mos === null ? null : (GRADES.find((grade) => mos >= LEAST[grade]) ?? "bad");
}

export function worseOf(one: Grade | null, other: Grade | null): Grade | null {
  if (!one || !other) return one ?? other;
  return GRADES.indexOf(one) > GRADES.indexOf(other) ? one : other;
}
