import { useEffect, useRef } from "react";
import { cx } from "./cx";
import styles from "./Meter.module.css";

const CELLS = 16;
const WIDE_CELLS = 48;
/** A peak is held this long. */
const PEAK_MS = 1000;

interface MeterProps {
  /** Loudness 0..1, pushed as often as it is known. Returns how to stop. */
  follow(listener: (loudness: number) => void): () => void;
  /** Text for a screen reader: whether the microphone is heard, not how loud. */
  label: string;
  /** As wide as there is room. */
  wide?: boolean;
}

/** An amount of sound as cells: green, with one brass cell that holds the peak for a second. Mirrors. */
export function Meter({ follow, label, wide = false }: MeterProps) {
  const count = wide ? WIDE_CELLS : CELLS;
  const cells = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let peak = 0;
    let peakAt = 0;
    return follow((loudness) => {
      const now = performance.now();
      const lit = Math.round(loudness * count);
      if (lit >= peak || now - peakAt > PEAK_MS) {
        peak = lit;
        peakAt = now;
      }
      const all = cells.current?.children ?? [];
      for (let at = 0; at < all.length; at++) all[at]?.setAttribute("data-cell", at === peak - 1 && peak > lit ? "peak" : at < lit ? "on" : "off");
      cells.current?.setAttribute("data-lit", String(lit));
    });
  }, [follow, count]);
  return (
    <span className={cx(styles.meter, wide && styles.wide)} role="img" aria-label={label} ref={cells}>
      {Array.from({ length: count }, (_, at) => <i key={at} data-cell="off" />)}
    </span>
  );
}
