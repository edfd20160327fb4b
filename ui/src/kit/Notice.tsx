import type { ReactNode, Ref } from "react";
import { cx } from "./cx";
import { Icon } from "./Icon";
import type { IconName } from "./iconPaths";
import styles from "./Notice.module.css";

interface NoticeProps {
  tone: "bad" | "warn" | "good";
  icon?: IconName;
  /** What happened, in one sentence. */
  title: ReactNode;
  /** What to do, in one sentence. */
  children?: ReactNode;
  /** The technical line: selectable, never translated. */
  detail?: string | null;
  /** At most one button. */
  action?: ReactNode;
  /** Lost connection and lost microphone are said at once; everything else waits its turn. */
  urgent?: boolean;
  ref?: Ref<HTMLDivElement>;
}

/** A soft strip that says what happened and what to do. */
export function Notice({ tone, icon = "warning-fill", title, children, detail, action, urgent = false, ref }: NoticeProps) {
  return (
    <div ref={ref} className={cx(styles.notice, styles[tone])} role={urgent ? "alert" : "status"}>
      <Icon name={icon} />
      <span className={styles.words}>
        <b>{title}</b>
        {children && <small>{children}</small>}
        {detail && <small className={styles.detail} dir="ltr">{detail}</small>}
      </span>
      {action}
    </div>
  );
}
