// Figures of how a call sounds; what nobody has measured is a dash.
import type { Codec } from "../backend/generated";
import type { Grade } from "../state/quality";
import type { Translate } from "./catalogue";

export interface Figures {
  /** Of 0 to 1. */
  share(value: number | null): string;
  ms(value: number | null): string;
  /** Of the E-model, 1 to 4.5. */
  score(value: number | null): string;
}

export function qualityFigures(t: Translate): Figures {
  return {
    share: (value) => (value === null ? DASH : t("quality-share", { percent: value * 100 })),
    ms: (value) => (value === null ? DASH : t("quality-ms", { ms: value })),
    score: (value) => (value === null ? DASH : t("quality-score", { score: value })),
  };
}

/** What one direction is like. */
export function gradeWord(t: Translate, grade: Grade | null): string {
  return grade ? t(`quality-way-${grade}`) : t("quality-unknown");
}

const DASH = "–";

/** Names of codecs are the same in every language. */
export const CODECS: Readonly<Record<Codec, string>> = { opus: "Opus", g722: "G.722", pcmu: "G.711 µ-law", pcma: "G.711 A-law", comfortNoise: "CN" };
