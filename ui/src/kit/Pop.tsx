import { type ReactElement, type ReactNode, useEffect, useRef, useState } from "react";
import { Dialog, DialogTrigger, Modal, ModalOverlay, Popover, type PopoverProps } from "react-aria-components";
import { Button } from "./Button";
import { cx } from "./cx";
import styles from "./Pop.module.css";

interface PopProps {
  /** The control that opens it. */
  trigger: ReactElement;
  label: string;
  placement?: PopoverProps["placement"];
  width?: "narrow" | "normal" | "wide";
  children: ReactNode | ((close: () => void) => ReactNode);
  onOpenChange?(open: boolean): void;
}

const opened = new Set<() => void>();

/** Closes every popover: something that must not be covered has come. */
export function closePops(): void {
  for (const close of opened) close();
}

/** Calls back when every popover shall close; for what is no `Pop` and must not cover either. Ends with the returned function. */
export function whenPopsClose(close: () => void): () => void {
  opened.add(close);
  return () => void opened.delete(close);
}

/** A popover with its own content. Closes on Esc, on a press outside and by `closePops`. */
export function Pop({ trigger, label, placement = "bottom end", width = "normal", children, onOpenChange }: PopProps) {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (!isOpen) return undefined;
    return whenPopsClose(() => setOpen(false));
  }, [isOpen]);
  const dialog = useRef<HTMLElement>(null);
  // Opened again while it still fades, it is the same dialog as before, which takes the focus only when it is new; without the focus, Esc would not reach it.
  useEffect(() => {
    const again = dialog.current;
    if (isOpen && again && !again.contains(document.activeElement)) again.focus();
  }, [isOpen]);
  const change = (next: boolean) => {
    setOpen(next);
    onOpenChange?.(next);
  };
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={change}>
      {trigger}
      <Popover placement={placement} offset={6} className={cx(styles.pop, styles[width])}>
        <Dialog ref={dialog} aria-label={label} className={styles.body ?? ""}>{({ close }) => (typeof children === "function" ? children(close) : children)}</Dialog>
      </Popover>
    </DialogTrigger>
  );
}

interface AskProps {
  title: string;
  children: ReactNode;
  /** Verb of the main button. */
  confirm: string;
  /** Something is lost by it, so it is red; unless told otherwise. */
  tone?: "end" | "primary";
  cancel: string;
  /** It is being done. */
  busy?: boolean;
  /** What came of it, if it was not done. */
  notice?: ReactNode;
  onConfirm(): void;
  onCancel(): void;
}

/** Asks before something is lost. */
export function Ask({ title, children, confirm, tone = "end", cancel, busy = false, notice, onConfirm, onCancel }: AskProps) {
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(open) => { if (!open) onCancel(); }} className={styles.scrim ?? ""}>
      <Modal className={styles.modal ?? ""}>
        <Dialog role="alertdialog" aria-label={title} className={styles.dialog ?? ""}>
          <h2>{title}</h2>
          <p>{children}</p>
          {notice}
          <div className={styles.buttons}>
            <Button size="lg" onPress={onCancel}>{cancel}</Button>
            <Button size="lg" tone={tone} busy={busy} onPress={onConfirm} autoFocus>{confirm}</Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
