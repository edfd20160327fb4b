import { type FormEvent, useEffect, useRef, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { IpcError, ManagedQueue, QueueSetup } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Notice } from "../../kit/Notice";
import { useEngine } from "../../state/Engine";
import styles from "../directory/UserDrawer.module.css";
import { QueueMembers } from "./QueueMembers";
import { QueueSettings } from "./QueueSettings";
import { type Lack, lacks, NEW, tidy } from "./setup";

interface QueueFormProps {
  queue: ManagedQueue | null;
  queues: readonly ManagedQueue[];
  onUnsaved(unsaved: boolean): void;
  onCancel(): void;
  onSaved(queue: ManagedQueue): void;
  onChanged(queue: ManagedQueue): void;
  onAgain(): void;
  onRemove: (() => void) | null;
}

/** How a queue is set up, which is saved; and who serves it, which holds at once. */
export function QueueForm({ queue, queues, onUnsaved, onCancel, onSaved, onChanged, onAgain, onRemove }: QueueFormProps) {
  const { backend } = useEngine();
  const { t } = useWords();
  const form = useRef<HTMLFormElement>(null);
  const base = queue?.setup ?? NEW;
  const [setup, setSetup] = useState<QueueSetup>(base);
  const [saving, setSaving] = useState(false);
  const [failed, setFailed] = useState<IpcError | null>(null);
  const [tried, setTried] = useState(false);
  const unsaved = JSON.stringify(tidy(setup)) !== JSON.stringify(base);
  const latest = useRef(onUnsaved);
  latest.current = onUnsaved;
  useEffect(() => latest.current(unsaved), [unsaved]);
  useEffect(() => { if (failed || tried) form.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus(); }, [failed, tried]);
  const missing = lacks(setup);
  const fault = (lack: Lack): string | null => {
    if (lack === "extension" && failed?.code === "extensionTaken") return errorTitle(t, failed);
    return tried && missing.includes(lack) ? t(`queues-lack-${lack}`) : null;
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (saving || !unsaved || missing.length > 0) return;
    setSaving(true);
    setFailed(null);
    const asked = queue ? backend.queueEdit({ id: queue.id, version: queue.version, setup: tidy(setup) }) : backend.queueAdd(tidy(setup));
    asked.then(onSaved, (thrown: unknown) => {
      setSaving(false);
      setFailed(asIpcError(thrown));
    });
  };
  return (
    <form ref={form} noValidate className={styles.form} onSubmit={save}>
      {failed && failed.code !== "extensionTaken" && <div className={styles.notice}><Notice tone="bad" urgent title={errorTitle(t, failed)} detail={failed.detail} action={failed.code === "queueChanged" ? <Button size="sm" onPress={onAgain}>{t("rights-again")}</Button> : undefined} /></div>}
      <div className={styles.columns}>
        <QueueSettings setup={setup} others={queues.filter(({ id }) => id !== queue?.id)} fault={fault} onChange={(more) => { setSetup((before) => ({ ...before, ...more })); setFailed(null); }} />
        <QueueMembers queue={queue} onChanged={onChanged} onAgain={onAgain} />
      </div>
      <footer className={styles.foot}>
        {onRemove && <Button size="lg" tone="danger" icon="trash" isDisabled={saving} onPress={onRemove}>{t("queues-remove")}</Button>}
        <span className={styles.grow} />
        <Button size="lg" isDisabled={saving} onPress={onCancel}>{t(queue && !unsaved ? "close" : "cancel")}</Button>
        <Button size="lg" type="submit" tone="primary" busy={saving} isDisabled={!unsaved}>{t(queue ? "save" : "queues-make")}</Button>
      </footer>
    </form>
  );
}
