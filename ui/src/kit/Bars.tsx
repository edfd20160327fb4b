import styles from "./Bars.module.css";
import { cx } from "./cx";

/** Best first; each has its colour and one bar less. */
const LOOKS = ["good", "fair", "unsteady", "bad"] as const;
export type Look = (typeof LOOKS)[number];

/** Four rising bars, the more lit the better; none when it is not known. A word stands beside them: they are not read out. */
export function Bars({ look }: { look: Look | null }) {
  const lit = look ? LOOKS.length - LOOKS.indexOf(look) : 0;
  return <span className={cx(styles.bars, look && styles[look])} aria-hidden="true">{LOOKS.map((each, at) => <i key={each} className={at < lit ? styles.lit : undefined} />)}</span>;
}
