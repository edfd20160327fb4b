import { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useState } from "react";
import { useWords } from "../../i18n/I18n";
import { cx } from "../../kit/cx";
import styles from "./Charts.module.css";

interface ChartProps {
  title: string;
  legend?: ReactNode;
  /** The same as a table, for screen readers. */
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  /** One sentence of each value, for the tooltip. */
  readings: readonly string[];
  /** Values stand below each other. */
  upright?: boolean;
  /** Draws it; the value that is read now, if any, is told. Elements with `data-reading` are values. */
  children(at: number | null): ReactNode;
}

/** A chart: its drawing, which is read value by value with the arrow keys or the pointer, and the same as a table. */
export function Chart({ title, legend, columns, rows, readings, upright = false, children }: ChartProps) {
  const { t, language } = useWords();
  const [aimed, setAimed] = useState<number | null>(null);
  const id = useId();
  const at = aimed !== null && aimed < readings.length ? aimed : null;
  // Time runs from right to left in Arabic: the arrow goes where it points.
  const [ahead, back] = upright ? ["ArrowDown", "ArrowUp"] : language === "ar" ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
  const onKeyDown = (event: KeyboardEvent) => {
    const last = readings.length - 1;
    const next = event.key === ahead ? Math.min(last, (at ?? -1) + 1) : event.key === back ? Math.max(0, (at ?? last + 1) - 1) : event.key === "Home" ? 0 : event.key === "End" ? last : event.key === "Escape" ? null : undefined;
    if (next === undefined || last < 0) return;
    event.preventDefault();
    setAimed(next);
  };
  const onPointerMove = (event: PointerEvent) => {
    const value = event.target instanceof Element ? event.target.closest("[data-reading]")?.getAttribute("data-reading") : null;
    setAimed(value === null || value === undefined ? null : Number(value));
  };
  return (
    <figure className={styles.chart} aria-labelledby={id}>
      <figcaption><b id={id}>{title}</b>{legend && <span className={styles.legend}>{legend}</span>}</figcaption>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- arrow keys read it */}
      <div role="group" tabIndex={0} className={cx(styles.read, upright && styles.upright)} aria-label={t("panel-chart-read", { title })} onKeyDown={onKeyDown} onBlur={() => setAimed(null)} onPointerMove={onPointerMove} onPointerLeave={() => setAimed(null)}>
        {children(at)}
        <p role="status" className={cx(styles.reading, at === null && styles.silent)}>{at === null ? "" : readings[at]}</p>
      </div>
      <div className={styles.said}>
        <table>
          <caption>{title}</caption>
          <thead><tr>{columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr></thead>
          <tbody>{rows.map(([name, ...cells], row) => <tr key={row}><th scope="row">{name}</th>{cells.map((cell, column) => <td key={columns[column + 1]}>{cell}</td>)}</tr>)}</tbody>
        </table>
      </div>
    </figure>
  );
}

/** Scale, lines and room for a drawing over time. */
export function Plot({ scale, times, children }: { scale: readonly string[]; times: readonly string[]; children: ReactNode }) {
  return (
    <div aria-hidden="true" className={styles.whole}>
      <div className={styles.plot}>
        <div className={styles.scale}>{scale.map((value, at) => <span key={at}>{value}</span>)}</div>
        <div className={styles.grid}>{scale.map((value, at) => <i key={at} className={value === "" ? styles.noLine : undefined} />)}{children}</div>
      </div>
      <div className={styles.times}>{times.map((time, at) => <span key={at}>{time}</span>)}</div>
    </div>
  );
}
