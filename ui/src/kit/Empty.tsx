import type { ReactNode } from "react";
import styles from "./Empty.module.css";
import { Bowl } from "./Mark";

/** Nothing here, or nothing could be had: the bowl, one sentence, the way forward. */
export function Empty({ broken = false, title, children, detail, action }: { broken?: boolean; title: string; children?: ReactNode; detail?: string | null; action?: ReactNode }) {
  return (
    <div className={styles.empty} role={broken ? "alert" : undefined}>
      <Bowl broken={broken} />
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
      {detail && <small dir="ltr">{detail}</small>}
    </div>
  );
}
