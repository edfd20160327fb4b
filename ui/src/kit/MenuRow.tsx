import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components";
import { cx } from "./cx";
import { Icon } from "./Icon";
import type { IconName } from "./iconPaths";
import styles from "./MenuRow.module.css";

interface MenuRowProps {
  icon?: IconName;
  flip?: boolean;
  /** The current choice: a tick at the end. `undefined` for a row that does something. */
  chosen?: boolean;
  danger?: boolean;
  onPress(): void;
  children: ReactNode;
}

/** A row of a menu: does something, or is one of several choices. */
export function MenuRow({ icon, flip = false, chosen, danger = false, onPress, children }: MenuRowProps) {
  return (
    <AriaButton onPress={onPress} className={cx(styles.row, danger && styles.danger)} {...(chosen === undefined ? {} : { "aria-pressed": chosen })}>
      {icon && <Icon name={icon} flip={flip} />}
      <span className={styles.words}>{children}</span>
      {chosen && <Icon name="check-bold" className={styles.tick ?? ""} />}
    </AriaButton>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <div className={styles.label}>{children}</div>;
}

export function MenuLine() {
  return <hr className={styles.line} />;
}
