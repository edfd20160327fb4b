import styles from "./Rings.module.css";

/** The bowl of the mark, ringing behind the form. */
const RADII = [84, 140, 204, 276, 356, 444, 540, 644];
const CENTRE = 700;

export function Rings() {
  return (
    <div className={styles.clip} aria-hidden="true">
      <svg className={styles.rings} viewBox="0 0 1400 700">
        {RADII.map((radius, at) => <path key={radius} d={`M${CENTRE - radius} 0a${radius} ${radius} 0 0 0 ${2 * radius} 0`} style={{ opacity: 1 - at * 0.115 }} />)}
      </svg>
    </div>
  );
}
