import { type RefObject, useLayoutEffect, useRef } from "react";
import styles from "./Rings.module.css";

const RADII = [84, 140, 204, 276, 356, 444, 540, 644];
const CENTRE = 700;

/** The bowl of the mark, ringing behind the form: the rings begin at the middle of `mark`, wherever the form leaves it. */
export function Rings({ mark }: { mark: RefObject<HTMLElement | null> }) {
  const rings = useRef<SVGSVGElement>(null);
  useLayoutEffect(() => {
    if (!mark.current || !rings.current) return undefined;
    const [struck, drawing] = [mark.current, rings.current];
    const follow = () => {
      const box = struck.getBoundingClientRect();
      drawing.style.insetBlockStart = `${box.top + box.height / 2}px`;
    };
    const observer = new ResizeObserver(follow);
    observer.observe(document.documentElement);
    // The column that holds mark and form: its height moves the mark.
    const column = struck.closest("[data-column]");
    if (column) observer.observe(column);
    follow();
    return () => observer.disconnect();
  }, [mark]);
  return (
    <div className={styles.clip} aria-hidden="true">
      <svg ref={rings} className={styles.rings} viewBox="0 0 1400 700">
        {RADII.map((radius, at) => <path key={radius} d={`M${CENTRE - radius} 0a${radius} ${radius} 0 0 0 ${2 * radius} 0`} style={{ opacity: 1 - at * 0.115 }} />)}
      </svg>
    </div>
  );
}
