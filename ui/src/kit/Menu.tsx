import { type ReactNode, useEffect } from "react";
import { Button, Menu, MenuItem, MenuTrigger, Popover, Separator, SubmenuTrigger } from "react-aria-components";
import { cx } from "./cx";
import { Icon } from "./Icon";
import type { IconName } from "./iconPaths";
import styles from "./Menu.module.css";
import { whenPopsClose } from "./Pop";
import { type PresenceState, PresenceShape } from "./Presence";

/** Where a menu opens, in the window: beside what was pressed, or at the pointer. */
export interface Place {
  left: number;
  top: number;
  width: number;
  height: number;
}

interface ContextMenuProps {
  at: Place;
  /** Its name for a screen reader. */
  label: string;
  onClose(): void;
  /** `MenuAction`, `MenuMore` and `MenuRule`. */
  children: ReactNode;
}

/** A menu of what is pressed on: opened by its button, by the other mouse button or by key. Whoever shows it takes it away when it closes. */
export function ContextMenu({ at, label, onClose, children }: ContextMenuProps) {
  useEffect(() => whenPopsClose(onClose), [onClose]);
  return (
    <MenuTrigger isOpen onOpenChange={(open) => { if (!open) onClose(); }}>
      <Button excludeFromTabOrder aria-label={label} className={styles.anchor ?? ""} style={{ left: at.left, top: at.top, width: at.width, height: at.height }} />
      <Popover placement="bottom end" offset={4} className={styles.pop ?? ""}>
        <Menu autoFocus="first" className={styles.menu ?? ""}>{children}</Menu>
      </Popover>
    </MenuTrigger>
  );
}

interface MenuActionProps {
  icon: IconName;
  flip?: boolean;
  danger?: boolean;
  /** Key that does the same; shown at the end. */
  keyName?: string;
  onAction(): void;
  children: string;
}

/** Does something. */
export function MenuAction({ icon, flip = false, danger = false, keyName, onAction, children }: MenuActionProps) {
  return (
    <MenuItem textValue={children} onAction={onAction} className={cx(styles.row, danger && styles.danger)}>
      <Icon name={icon} flip={flip} className={styles.icon ?? ""} />
      <span className={styles.words}>{children}</span>
      {keyName && <kbd className={styles.key} aria-hidden="true">{keyName}</kbd>}
    </MenuItem>
  );
}

/** A line between two groups. */
export function MenuRule() {
  return <Separator className={styles.line ?? ""} />;
}

interface MenuMoreProps {
  icon: IconName;
  flip?: boolean;
  title: string;
  /** What holds now; null: none of them. */
  chosen: string | null;
  choices: readonly { id: string; shape: PresenceState; text: string }[];
  /** Below the choices: what follows from one. */
  note: ReactNode;
  onChoose(id: string): void;
}

/** Opens a further menu beside it: one of several. */
export function MenuMore({ icon, flip = false, title, chosen, choices, note, onChoose }: MenuMoreProps) {
  // Beside the first menu there is no room in a narrow window: it opens over it then.
  const narrow = matchMedia("(max-width: 719px)").matches;
  return (
    <SubmenuTrigger>
      <MenuItem textValue={title} className={styles.row ?? ""}>
        <Icon name={icon} flip={flip} className={styles.icon ?? ""} />
        <span className={styles.words}>{title}</span>
        <Icon name="caret-right-bold" flip className={styles.caret ?? ""} />
      </MenuItem>
      <Popover {...(narrow ? { placement: "bottom start" as const } : {})} className={styles.pop ?? ""}>
        <Menu aria-label={title} selectionMode="single" selectedKeys={chosen === null ? [] : [chosen]} onAction={(key) => onChoose(String(key))} className={styles.menu ?? ""}>
          {choices.map(({ id, shape, text }) => (
            <MenuItem key={id} id={id} textValue={text} className={styles.row ?? ""}>
              <PresenceShape state={shape} />
              <bdi className={styles.words}>{text}</bdi>
              {id === chosen && <Icon name="check-bold" className={styles.end ?? ""} />}
            </MenuItem>
          ))}
        </Menu>
        <p className={styles.note}>{note}</p>
      </Popover>
    </SubmenuTrigger>
  );
}
