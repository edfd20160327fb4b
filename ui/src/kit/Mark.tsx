import { cx } from "./cx";
import styles from "./Mark.module.css";

/** The mark: the letter nun as a struck bowl. The same in both directions. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg className={cx(styles.mark, className)} viewBox="0 0 32 32" aria-hidden="true">
      <path className={styles.bowl} d="M7.6 11.4v2a8.4 8.4 0 0 0 16.8 0v-2" fill="none" strokeWidth="4" strokeLinecap="round" />
      <path className={styles.echo} d="M2.3 16.2a13.9 13.9 0 0 0 6.7 9.2M29.7 16.2a13.9 13.9 0 0 1-6.7 9.2" fill="none" strokeWidth="2.6" strokeLinecap="round" />
      <circle className={styles.dot} cx="16" cy="7.4" r="2.9" />
    </svg>
  );
}

/** The bowl at rest: nothing rings. For empty states; broken for failures. */
export function Bowl({ broken = false }: { broken?: boolean }) {
  return (
    <svg className={styles.rest} viewBox="0 0 32 32" aria-hidden="true">
      <path className={styles.restBowl} d={broken ? "M7.6 11.4v2a8.4 8.4 0 0 0 6.6 8.2l1.2-3.4M24.4 11.4v2a8.4 8.4 0 0 1-6.2 8.1l-.9-2.6" : "M7.6 11.4v2a8.4 8.4 0 0 0 16.8 0v-2"} fill="none" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" />
      <circle className={styles.restDot} cx="16" cy="7.4" r="1.9" />
    </svg>
  );
}
