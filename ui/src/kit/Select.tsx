import type { ReactNode } from "react";
import { Button, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from "react-aria-components";
import { cx } from "./cx";
import { Icon } from "./Icon";
import styles from "./Select.module.css";

interface SelectProps {
  label: string;
  value: string;
  /** `text` is what typing finds and a screen reader says; `label` what is seen. */
  choices: readonly { value: string; text: string; label: ReactNode }[];
  isDisabled?: boolean;
  onChange(value: string): void;
}

/** One of several: as a native list, with type-ahead. */
export function Select({ label, value, choices, isDisabled = false, onChange }: SelectProps) {
  return (
    <AriaSelect aria-label={label} isDisabled={isDisabled} value={value} onChange={(key) => onChange(String(key))} className={styles.select ?? ""}>
      <Button className={styles.button ?? ""}>
        <SelectValue className={styles.value ?? ""}>{choices.find((choice) => choice.value === value)?.label}</SelectValue>
        <Icon name="caret-down-bold" className={styles.caret ?? ""} />
      </Button>
      <Popover placement="bottom start" offset={4} className={styles.pop ?? ""}>
        <ListBox className={styles.list ?? ""} items={choices.map((choice) => ({ ...choice, id: choice.value }))}>
          {(choice) => (
            <ListBoxItem id={choice.id} textValue={choice.text} className={cx(styles.row)}>
              <span className={styles.words}>{choice.label}</span>
              {choice.id === value && <Icon name="check-bold" className={styles.tick ?? ""} />}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
