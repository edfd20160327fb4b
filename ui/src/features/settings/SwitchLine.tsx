import { Switch } from "../../kit/Switch";
import styles from "./Settings.module.css";

interface SwitchLineProps {
  title: string;
  note: string;
  on: boolean;
  onChange(on: boolean): void;
}

/** A setting that is on or off, with what it does. */
export function SwitchLine({ title, note, on, onChange }: SwitchLineProps) {
  return (
    <div className={styles.line}>
      <span className={styles.words}><b>{title}</b><small>{note}</small></span>
      <Switch label={title} on={on} onChange={onChange} />
    </div>
  );
}
