import { type ComponentProps, type RefObject, useRef } from "react";
import { IconButton } from "./Button";
import { Icon } from "./Icon";
import styles from "./SearchBox.module.css";

interface SearchBoxProps extends Omit<ComponentProps<"input">, "onChange" | "ref" | "value"> {
  /** Inside the empty field, and its name for a screen reader unless `aria-label` says another. */
  placeholder: string;
  clearLabel: string;
  value: string;
  inputRef?: RefObject<HTMLInputElement | null>;
  onChange(text: string): void;
}

/** Finds as one types in the list below it. Cleared by a button, after which one types on. */
export function SearchBox({ clearLabel, value, inputRef, onChange, ...rest }: SearchBoxProps) {
  const own = useRef<HTMLInputElement>(null);
  const field = inputRef ?? own;
  return (
    <search className={styles.search}>
      <Icon name="magnifying-glass" />
      <input aria-label={rest.placeholder} {...rest} ref={field} value={value} dir={value === "" ? undefined : "auto"} onChange={(event) => onChange(event.target.value)} />
      {value && <IconButton size="sm" icon="x" label={clearLabel} onPress={() => { onChange(""); field.current?.focus(); }} />}
    </search>
  );
}
