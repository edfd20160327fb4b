import { useEffect } from "react";
import { IconButton } from "./Button";
import { Icon } from "./Icon";
import styles from "./Toasts.module.css";

const SHOWN_MS = 7000;

interface ToastsProps {
  items: readonly { id: number; title: string; detail?: string | null; action?: { label: string; onPress(): void } }[];
  closeLabel: string;
  onClose(id: number): void;
}

/** Short news at the foot of the sheet. They leave by themselves; a pointer or focus on one does not hurry it. */
export function Toasts({ items, closeLabel, onClose }: ToastsProps) {
  return (
    <div className={styles.toasts} role="status" aria-live="polite">
      {items.map((item) => <Toast key={item.id} {...item} closeLabel={closeLabel} onClose={() => onClose(item.id)} />)}
    </div>
  );
}

type ToastProps = ToastsProps["items"][number] & { closeLabel: string; onClose(): void };

function Toast({ title, detail, action, closeLabel, onClose }: ToastProps) {
  useEffect(() => {
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => clearTimeout(timer);
    // The clock starts when the toast appears; a new `onClose` of the same toast must not start it again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (
    <div className={styles.toast}>
      <Icon name="info" />
      <span className={styles.words}>
        <b>{title}</b>
        {detail && <small dir="ltr">{detail}</small>}
      </span>
      {action && <button type="button" className={styles.action} onClick={action.onPress}>{action.label}</button>}
      <IconButton size="sm" icon="x" label={closeLabel} onPress={onClose} />
    </div>
  );
}
