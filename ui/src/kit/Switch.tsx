import { Switch as AriaSwitch } from "react-aria-components";
import styles from "./Switch.module.css";

/** On or off, at once. `label` is for a screen reader: what is seen stands beside it. */
export function Switch({ label, on, isDisabled = false, onChange }: { label: string; on: boolean; isDisabled?: boolean; onChange(on: boolean): void }) {
  return (
    <AriaSwitch aria-label={label} isSelected={on} isDisabled={isDisabled} onChange={onChange} className={styles.switch ?? ""}>
      <i aria-hidden="true" />
    </AriaSwitch>
  );
}
