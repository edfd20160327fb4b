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

/** The bowl at rest, for empty states; broken, for failures. */
export function Bowl({ broken = false }: { broken?: boolean }) {
  return (
    <svg className={styles.rest} viewBox="0 0 160 96" aria-hidden="true">
      {broken ? (
        <>
          <path className={styles.restBowl} d="M24 36v4a56 56 0 0 0 38 53M136 36v4a56 56 0 0 1-38 53" />
          <path className={styles.restEcho} d="M56 40a24 24 0 0 0 14 22M104 40a24 24 0 0 1-14 22" />
          <path className={styles.restFault} d="M72 76l16 16M88 76l-16 16" />
        </>
      ) : (
        <>
          <path className={styles.restEcho} d="M40 40a40 40 0 0 0 80 0M56 40a24 24 0 0 0 48 0" />
          <path className={styles.restBowl} d="M24 36v4a56 56 0 0 0 112 0v-4" />
        </>
      )}
      <circle className={styles.dot} cx="80" cy="22" r="7" />
    </svg>
  );
}
