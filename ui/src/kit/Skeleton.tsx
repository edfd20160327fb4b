import { useEffect, useState } from "react";
import styles from "./Skeleton.module.css";

/** Below this a list just appears: a flash of grey would only disturb. */
const AFTER_MS = 150;

/** Grey bars in the layout of rows, after 150 ms, without shimmer. */
export function SkeletonRows({ rows, label }: { rows: number; label: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-label={label} className={styles.rows}>
      {late && Array.from({ length: rows }, (_, at) => (
        <div key={at} className={styles.row} aria-hidden="true">
          <i className={styles.disc} />
          <span><i className={styles.bar} style={{ inlineSize: `${30 + ((at * 37) % 30)}%` }} /><i className={styles.thin} style={{ inlineSize: `${18 + ((at * 23) % 22)}%` }} /></span>
        </div>
      ))}
    </div>
  );
}
