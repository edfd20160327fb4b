import { Switch as AriaSwitch } from "react-aria-components";
import styles from "./Switch.module.css";

/** On or off, at once. `label` is for a screen reader: what is seen stands beside it. */
export function Switch({ label, on, onChange }: { label: string; on: boolean; onChange(on: boolean): void }) {
  return (
    <AriaSwitch aria-label={label} isSelected={on} onChange={onChange} className={styles.switch ?? ""}>
      <i aria-hidden="true" />
    </AriaSwitch>
  );
}
