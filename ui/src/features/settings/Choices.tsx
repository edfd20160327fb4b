import type { ReactNode } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import styles from "./Settings.module.css";

interface ChoicesProps<Value extends string> {
  label: string;
  /** The title of the page says what it is: the label is for a screen reader only. */
  isTitle?: boolean;
  value: Value;
  choices: readonly { value: NoInfer<Value>; label: ReactNode; note?: string }[];
  onChange(value: NoInfer<Value>): void;
}

/** One of a few, each with its words; acts at once. Arrow keys move. */
export function Choices<Value extends string>({ label, isTitle = false, value, choices, onChange }: ChoicesProps<Value>) {
  const choose = (wanted: string) => {
    const picked = choices.find((choice) => choice.value === wanted);
    if (picked && picked.value !== value) onChange(picked.value);
  };
  return (
    <RadioGroup value={value} onChange={choose} className={styles.group ?? ""} {...(isTitle ? { "aria-label": label } : {})}>
      {!isTitle && <Label className={styles.heading ?? ""}>{label}</Label>}
      <div className={styles.list}>
        {choices.map((choice) => (
          <Radio key={choice.value} value={choice.value} className={styles.choice ?? ""}>
            <i aria-hidden="true" />
            <span className={styles.words}><b>{choice.label}</b>{choice.note && <small>{choice.note}</small>}</span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
