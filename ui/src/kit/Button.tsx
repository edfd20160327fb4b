import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps, Tooltip, TooltipTrigger } from "react-aria-components";
import styles from "./Button.module.css";
import { cx } from "./cx";
import { Icon } from "./Icon";
import type { IconName } from "./iconPaths";

export type Tone = "plain" | "primary" | "call" | "end" | "decline" | "ghost" | "danger";

interface ButtonProps extends Omit<AriaButtonProps, "className" | "children" | "style"> {
  tone?: Tone;
  size?: "sm" | "md" | "lg" | "xl";
  icon?: IconName;
  /** Fills the line. */
  wide?: boolean;
  /** Something is on its way: a spinner takes the icon's place and presses are ignored. */
  busy?: boolean;
  /** Key that does the same; shown on the button. */
  keyName?: string;
  children: ReactNode;
}

/** A button with words. The label is a verb. */
export function Button({ tone = "plain", size = "md", icon, wide = false, busy = false, keyName, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} isPending={busy} className={cx(styles.button, styles[tone], styles[size], wide && styles.wide)}>
      {busy ? <span className={styles.spinner} aria-hidden="true" /> : icon && <Icon name={icon} />}
      <span>{children}</span>
      {keyName && <kbd className={styles.key} aria-hidden="true">{keyName}</kbd>}
    </AriaButton>
  );
}

interface IconButtonProps extends Omit<AriaButtonProps, "className" | "children" | "style"> {
  icon: IconName;
  /** Name for a screen reader, and tooltip. */
  label: string;
  size?: "sm" | "md";
  look?: "plain" | "edge" | "call" | "end";
  flip?: boolean;
}

/** A button with a picture. It says its name in a tooltip. */
export function IconButton({ icon, label, size = "md", look = "plain", flip = false, ...rest }: IconButtonProps) {
  return (
    <TooltipTrigger delay={500}>
      <AriaButton {...rest} aria-label={label} className={cx(styles.iconButton, styles[`icon-${size}`], styles[`look-${look}`])}>
        <Icon name={icon} flip={flip} />
      </AriaButton>
      <Tooltip className={styles.tooltip ?? ""} offset={6}>{label}</Tooltip>
    </TooltipTrigger>
  );
}
