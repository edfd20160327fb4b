import type { ReactNode } from "react";
import { Bars, type Look } from "./Bars";
import styles from "./Findings.module.css";

export interface Verdict {
  /** What is judged. */
  name: string;
  look: Look | null;
  /** What it is like. */
  word: string;
}

interface FindingsProps {
  title: string;
  /** One sentence. */
  says: string;
  verdicts: readonly Verdict[];
  figures: readonly (readonly [label: string, value: ReactNode])[];
  /** Between the verdicts and the figures: what to do. */
  children?: ReactNode;
}

/** What was found out: in words, as bars for each part, and in figures. */
export function Findings({ title, says, verdicts, figures, children }: FindingsProps) {
  return (
    <div className={styles.findings}>
      <b className={styles.title}>{title}</b>
      <p>{says}</p>
      <div className={styles.verdicts}>
        {verdicts.map(({ name, look, word }) => (
          <div key={name} className={styles.verdict}>
            <span className={styles.name}>{name}</span>
            <Bars look={look} />
            <span className={styles.word}>{word}</span>
          </div>
        ))}
      </div>
      {children}
      <dl className={styles.figures}>
        {figures.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}
      </dl>
    </div>
  );
}
