import type { ReactNode } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { cx } from "./cx";
import styles from "./Segments.module.css";

interface SegmentsProps<Value extends string> {
  label: string;
  value: Value;
  choices: readonly { value: NoInfer<Value>; label: ReactNode }[];
  /** As high as the fields beside it. */
  large?: boolean;
  onChange(value: NoInfer<Value>): void;
}

/** 2 to 5 choices that filter what is below; arrow keys move. */
export function Segments<Value extends string>({ label, value, choices, large = false, onChange }: SegmentsProps<Value>) {
  const choose = (keys: Set<string | number>) => {
    const picked = choices.find((choice) => keys.has(choice.value));
    if (picked) onChange(picked.value);
  };
  return (
    <ToggleButtonGroup aria-label={label} selectionMode="single" disallowEmptySelection selectedKeys={[value]} onSelectionChange={choose} className={cx(styles.segments, large && styles.large)}>
      {choices.map((choice) => (
        <ToggleButton key={choice.value} id={choice.value} className={styles.segment ?? ""}>{choice.label}</ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

/** A red count beside a word. */
export function Count({ children }: { children: string }) {
  return <span className={styles.count}>{children}</span>;
}
