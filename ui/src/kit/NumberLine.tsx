import type { CSSProperties } from "react";
import { Input, Label, NumberField, Text } from "react-aria-components";
import styles from "./NumberLine.module.css";

interface NumberLineProps {
  label: string;
  /** What it means, and between which numbers it is. */
  note?: string;
  value: number;
  least: number;
  most: number;
  /** Behind the number. */
  unit?: string;
  isDisabled?: boolean;
  onChange(value: number): void;
}

/** A whole number in a line of its own. What is out of its range becomes the nearest that is not. */
export function NumberLine({ label, note, value, least, most, unit, isDisabled = false, onChange }: NumberLineProps) {
  return (
    <NumberField
      value={value} minValue={least} maxValue={most} formatOptions={{ useGrouping: false, maximumFractionDigits: 0 }} isDisabled={isDisabled} className={styles.number ?? ""}
      onChange={(next) => { if (!Number.isNaN(next)) onChange(Math.round(next)); }}
    >
      <span className={styles.words}>
        <Label>{label}</Label>
        {note && <Text slot="description">{note}</Text>}
      </span>
      <span className={styles.box} style={{ "--figures": `${String(most).length}ch` } as CSSProperties}>
        <Input className={styles.figure ?? ""} dir="ltr" />
        {unit && <span aria-hidden="true">{unit}</span>}
      </span>
    </NumberField>
  );
}
