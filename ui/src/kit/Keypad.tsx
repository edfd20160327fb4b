import { useRef } from "react";
import { Button } from "react-aria-components";
import { cx } from "./cx";
import styles from "./Keypad.module.css";

export interface Key {
  digit: string;
  /** What is printed on it. */
  shown: string;
  /** Letters below. */
  letters: string;
  /** Name for a screen reader. */
  label: string;
}

/** Twelve keys, 1 2 3 from the left in both languages. A long press on 0 gives +. */
export function Keypad({ keys, dense = false, onKey, onHold }: { keys: readonly Key[]; dense?: boolean; onKey(digit: string): void; onHold?(digit: string): void }) {
  return (
    <div className={cx(styles.pad, dense && styles.dense)} dir="ltr">
      {keys.map((key) => <PadKey key={key.digit} pad={key} onKey={onKey} {...(onHold ? { onHold } : {})} />)}
    </div>
  );
}

const HOLD_MS = 500;

function PadKey({ pad, onKey, onHold }: { pad: Key; onKey(digit: string): void; onHold?(digit: string): void }) {
  // In a ref: a long press changes the number, and this renders again before the key is let go.
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; held: boolean } | null>(null);
  const start = () => {
    if (!onHold) return;
    const begun = { held: false, timer: setTimeout(() => { begun.held = true; onHold(pad.digit); }, HOLD_MS) };
    press.current = begun;
  };
  return (
    <Button className={styles.key ?? ""} aria-label={pad.label} onPressStart={start} onPressEnd={() => clearTimeout(press.current?.timer)} onPress={() => { if (!press.current?.held) onKey(pad.digit); }}>
      <span className={styles.digit}>{pad.shown}</span>
      {pad.letters && <span className={styles.letters} dir="auto">{pad.letters}</span>}
    </Button>
  );
}
