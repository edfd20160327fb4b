import type { ReactNode } from "react";
import styles from "./Settings.module.css";

/** A page of the settings: a title, and what can be set or read below it. */
export function Page({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by key
    <section className={styles.scroll} aria-label={title} tabIndex={0}>
      <div className={styles.column}>
        <h2 className={styles.title}>{title}</h2>
        {note && <p className={styles.note}>{note}</p>}
        {children}
      </div>
    </section>
  );
}
