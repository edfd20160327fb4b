import { useEffect, useId, useRef, useState } from "react";
import type { ManagedQueue } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { IconButton } from "../../kit/Button";
import { Ask } from "../../kit/Pop";
import { Name } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import styles from "../directory/UserDrawer.module.css";
import { useConfirmed } from "../status/Asks";
import { QueueForm } from "./QueueForm";

interface QueueDrawerProps {
  /** Null: a new one. */
  queue: ManagedQueue | null;
  /** All of them, to overflow to. */
  queues: readonly ManagedQueue[];
  onUnsaved(unsaved: boolean): void;
  onClose(): void;
  onSaved(queue: ManagedQueue): void;
  /** Others serve it now. */
  onChanged(queue: ManagedQueue): void;
  /** Somebody was faster: all are read again. */
  onAgain(): void;
  onRemoved(): void;
}

/** One queue, over the list from the end side: how it is set up, and who serves it. */
export function QueueDrawer({ queue, queues, onUnsaved, onClose, onSaved, onChanged, onAgain, onRemoved }: QueueDrawerProps) {
  const { t } = useWords();
  const title = useId();
  const drawer = useRef<HTMLElement>(null);
  const [unsaved, setUnsaved] = useState(false);
  const [asking, setAsking] = useState<"leave" | "remove" | null>(null);
  const close = () => (unsaved ? setAsking("leave") : onClose());
  useEffect(() => { if (!drawer.current?.contains(document.activeElement)) drawer.current?.focus(); }, []);
  return (
    <div className={styles.scrim}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape of any of its fields leaves it */}
      <section
        ref={drawer} role="dialog" aria-labelledby={title} tabIndex={-1} className={styles.drawer}
        onKeyDown={(event) => { if (event.key === "Escape" && !event.defaultPrevented) { event.preventDefault(); close(); } }}
      >
        <header className={styles.head}>
          <span className={styles.who}><h2 id={title}>{queue ? <Name>{queue.setup.name}</Name> : t("queues-new")}</h2></span>
          <IconButton icon="x" label={t("close")} onPress={close} />
        </header>
        <QueueForm
          queue={queue} queues={queues} onUnsaved={(next) => { setUnsaved(next); onUnsaved(next); }} onCancel={close} onSaved={onSaved} onChanged={onChanged} onAgain={onAgain}
          onRemove={queue ? () => setAsking("remove") : null}
        />
      </section>
      {asking === "leave" && (
        <Ask title={t("queues-unsaved")} confirm={t("directory-unsaved-discard")} cancel={t("directory-unsaved-stay")} onCancel={() => setAsking(null)} onConfirm={onClose}>
          {t("queues-unsaved-note")}
        </Ask>
      )}
      {asking === "remove" && queue && <Remove queue={queue} onClose={() => setAsking(null)} onDone={onRemoved} />}
    </div>
  );
}

/** Names which, and what becomes of those who wait. */
function Remove({ queue, onClose, onDone }: { queue: ManagedQueue; onClose(): void; onDone(): void }) {
  const { backend } = useEngine();
  const { t, format } = useWords();
  const { busy, confirm, notice } = useConfirmed(() => backend.queueRemove({ id: queue.id }), onDone);
  return (
    <Ask title={t("queues-remove-title", { queue: queue.setup.name })} confirm={t("queues-remove")} cancel={t("cancel")} busy={busy} notice={notice} onCancel={onClose} onConfirm={confirm}>
      {t("queues-remove-note", { extension: format.digits(queue.setup.extension) })}
    </Ask>
  );
}
