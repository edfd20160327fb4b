import { type ReactNode, useEffect, useRef } from "react";
import { cx } from "../../kit/cx";
import { useEngine } from "../../state/Engine";
import { loudness } from "../../state/levels";
import styles from "./Halo.module.css";

/** The halo follows the caller's loudness by at most this much. */
const REACH_PX = 6;

/** Two rings around the person: they follow the caller's voice, breathe while it rings, turn brass on hold. */
export function Halo({ held, ringing, children }: { held: boolean; ringing: boolean; children: ReactNode }) {
  const { levels } = useEngine();
  const halo = useRef<HTMLSpanElement>(null);
  useEffect(
    () => levels.subscribe(({ callerDbfs }) => halo.current?.style.setProperty("--voice", `${(loudness(callerDbfs) * REACH_PX).toFixed(1)}px`)),
    [levels],
  );
  return (
    <span ref={halo} className={cx(styles.halo, held && styles.held, ringing && styles.ringing)}>
      <i /><i />{ringing && <i />}
      {children}
    </span>
  );
}
