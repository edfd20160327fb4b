import type { ReactNode } from "react";
import { Checkbox } from "react-aria-components";
import styles from "./Check.module.css";
import { Icon } from "./Icon";

export function Check({ checked, isDisabled = false, onChange, children }: { checked: boolean; isDisabled?: boolean; onChange(checked: boolean): void; children: ReactNode }) {
  return (
    <Checkbox isSelected={checked} isDisabled={isDisabled} onChange={onChange} className={styles.check ?? ""}>
      <span className={styles.box} aria-hidden="true">{checked && <Icon name="check-bold" />}</span>
      {children}
    </Checkbox>
  );
}
