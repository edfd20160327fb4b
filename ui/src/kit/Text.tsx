// Texts from outside: isolated, so that they never move their neighbours (design 7).
import type { ReactNode } from "react";
import { cx } from "./cx";
import styles from "./Text.module.css";

/** A person's name, in its own direction. Where the line is too short its end is left out, not its beginning. */
export function Name({ children, className }: { children: string; className?: string }) {
  return <bdi className={cx(styles.name, className)}>{children}</bdi>;
}

/** A phone number, extension, address or code: left to right in both languages. */
export function PhoneNumber({ children, className }: { children: string; className?: string }) {
  return <bdi dir="ltr" className={cx(styles.number, className)}>{children}</bdi>;
}

/** Figures of a clock. Western figures of Plex are all of one width; Arabic-Indic ones get a cell each, so that a ticking clock does not tremble. */
export function Figures({ children, className }: { children: string; className?: string }) {
  if (!ARABIC_INDIC.test(children)) return <PhoneNumber {...(className === undefined ? {} : { className })}>{children}</PhoneNumber>;
  return (
    <bdi dir="ltr" className={cx(styles.number, className)}>
      <SaidOnly>{children}</SaidOnly>
      <span aria-hidden="true">
        {[...children].map((figure, at) => (
          // eslint-disable-next-line react/no-array-index-key -- places of a clock, not things
          <span key={at} className={ARABIC_INDIC.test(figure) ? styles.figure : undefined}>{figure}</span>
        ))}
      </span>
    </bdi>
  );
}

const ARABIC_INDIC = /[\u0660-\u0669]/u;

/** Something only a screen reader says. */
export function SaidOnly({ children }: { children: ReactNode }) {
  return <span className={styles.saidOnly}>{children}</span>;
}

/** The drawn dot between two facts. */
export function Dot() {
  return <i className={styles.dot} aria-hidden="true" />;
}
