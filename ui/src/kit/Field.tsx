import { type ReactNode, type Ref, useState } from "react";
import { FieldError, Input, Label, Text, TextField, type TextFieldProps } from "react-aria-components";
import { IconButton } from "./Button";
import { cx } from "./cx";
import styles from "./Field.module.css";
import { Icon } from "./Icon";

interface FieldProps extends Omit<TextFieldProps, "className" | "children" | "style"> {
  label: string;
  /** One sentence below that says how to mend it. */
  error?: string | null;
  help?: ReactNode;
  placeholder?: string;
  /** Numbers, addresses and passwords are typed from left to right in both languages. */
  ltr?: boolean;
  inputRef?: Ref<HTMLInputElement>;
  /** At the end of the field. */
  end?: ReactNode;
}

/** A field with its label above and its error below. */
export function Field({ label, error, help, placeholder, ltr = false, inputRef, end, ...rest }: FieldProps) {
  return (
    <TextField {...rest} isInvalid={Boolean(error)} className={styles.field ?? ""}>
      <Label className={styles.label ?? ""}>{label}</Label>
      <span className={cx(styles.box, Boolean(error) && styles.invalid)}>
        <Input ref={inputRef ?? null} className={cx(styles.input, ltr && styles.ltr)} dir={ltr ? "ltr" : "auto"} placeholder={placeholder ?? ""} />
        {end}
        {error && !end && <Icon name="warning-circle-fill" className={styles.mark ?? ""} />}
      </span>
      {help && !error && <Text slot="description" className={styles.help ?? ""}>{help}</Text>}
      <FieldError className={styles.error ?? ""}>{error}</FieldError>
    </TextField>
  );
}

interface PasswordFieldProps extends Omit<FieldProps, "type" | "end" | "ltr"> {
  showLabel: string;
  hideLabel: string;
}

/** A password with a button that shows it. */
export function PasswordField({ showLabel, hideLabel, ...rest }: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  const toggle = (
    <IconButton size="sm" icon={shown ? "eye-slash" : "eye"} label={shown ? hideLabel : showLabel} onPress={() => setShown(!shown)} />
  );
  return <Field {...rest} ltr type={shown ? "text" : "password"} end={toggle} />;
}
