import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { cx } from "./cx";
import { Icon } from "./Icon";
import styles from "./TagField.module.css";

export interface Tag {
  id: string;
  /** What it is called, for its buttons. */
  name: string;
  /** What is seen in it. */
  content: ReactNode;
}

interface TagFieldProps {
  label: string;
  tags: readonly Tag[];
  help: string;
  error?: string | null;
  /** What is typed is read from left to right in both languages, and ends with a space too. */
  ltr?: boolean;
  placeholder?: string;
  isDisabled?: boolean;
  removeLabel(name: string): string;
  onAdd(text: string): void;
  onRemove(id: string): void;
}

/** Several short things. Enter or a comma adds what is typed, also leaving the field; Backspace in the empty field takes the last one away. */
export function TagField({ label, tags, help, error, ltr = false, placeholder = "", isDisabled = false, removeLabel, onAdd, onRemove }: TagFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const add = () => {
    if (text.trim() !== "") onAdd(text.trim());
    setText("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = tags.at(-1);
    if (event.key === "Backspace" && text === "" && last) onRemove(last.id);
    else if (text.trim() !== "" && (event.key === "Enter" || (ends(event.key) || (ltr && event.key === " ")))) add();
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>{label}</label>
      <div className={cx(styles.box, Boolean(error) && styles.invalid)}>
        {tags.map((tag) => (
          <span key={tag.id} className={cx(styles.tag, isDisabled && styles.fixed)}>
            {tag.content}
            <button type="button" disabled={isDisabled} className={styles.remove} aria-label={removeLabel(tag.name)} onClick={() => { onRemove(tag.id); input.current?.focus(); }}><Icon name="x-bold" /></button>
          </span>
        ))}
        <input
          ref={input} id={id} className={styles.input} dir={ltr ? "ltr" : "auto"} value={text} placeholder={tags.length === 0 ? placeholder : ""} disabled={isDisabled} aria-invalid={Boolean(error)} aria-describedby={`${id}-says`}
          onChange={(event) => setText(event.target.value)} onKeyDown={onKeyDown} onBlur={add}
        />
      </div>
      <span id={`${id}-says`} className={error ? styles.error : styles.help}>{error ?? help}</span>
    </div>
  );
}

function ends(key: string): boolean {
  return key === "," || key === "،" || key === ";";
}

/** A small number inside a tag. */
export function TagNumber({ label, value, least, most, isDisabled = false, onChange }: { label: string; value: number; least: number; most: number; isDisabled?: boolean; onChange(value: number): void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const leave = () => {
    const number = Number.parseInt(typed ?? "", 10);
    if (!Number.isNaN(number)) onChange(Math.min(most, Math.max(least, number)));
    setTyped(null);
  };
  return (
    <input
      className={styles.level} dir="ltr" inputMode="numeric" aria-label={label} disabled={isDisabled} value={typed ?? String(value)}
      onChange={(event) => setTyped(event.target.value)} onBlur={leave} onKeyDown={(event) => { if (event.key === "Enter") { event.preventDefault(); leave(); } }}
    />
  );
}
