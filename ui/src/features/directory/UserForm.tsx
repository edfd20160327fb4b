import { type FormEvent, useEffect, useRef, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { Department, IpcError, UserCard } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Notice } from "../../kit/Notice";
import { useEngine } from "../../state/Engine";
import { AgentOptions } from "./AgentOptions";
import { Conflict } from "./Conflict";
import { changesOf, disputed, type Draft, draftOf, isChanged, type Kept, movedOf, newDraft, newUserOf } from "./draft";
import { faultWords, type Place, placeOf } from "./faults";
import { Identity } from "./Identity";
import { readKept } from "./useCard";
import styles from "./UserDrawer.module.css";

interface UserFormProps {
  /** As it was read; null: of somebody new. */
  kept: Kept | null;
  departments: readonly Department[];
  /** It may be looked at only. */
  fixed: boolean;
  onUnsaved(unsaved: boolean): void;
  onSaved(card: UserCard, isNew: boolean): void;
  onCancel(): void;
  /** Everything that was typed is forgotten, and the card is read again. */
  onReload(): void;
  onDelete: (() => void) | null;
}

/** Everything that is said of a user, to be changed. The server judges it; each refusal stands at its field. */
export function UserForm({ kept, departments, fixed, onUnsaved, onSaved, onCancel, onReload, onDelete }: UserFormProps) {
  const { state, backend } = useEngine();
  const { t } = useWords();
  const form = useRef<HTMLFormElement>(null);
  const [empty] = useState(() => newDraft(state.rights?.department.id ?? departments[0]?.id ?? ""));
  const [base, setBase] = useState(kept);
  const [draft, setDraft] = useState<Draft>(() => (kept ? draftOf(kept.card) : empty));
  const [saving, setSaving] = useState(false);
  const [failed, setFailed] = useState<IpcError | null>(null);
  const [tried, setTried] = useState(false);
  /** What somebody else has made of it meanwhile. */
  const [theirs, setTheirs] = useState<Kept | null>(null);
  const unsaved = !fixed && isChanged(base, draft, empty);
  const latest = useRef(onUnsaved);
  latest.current = onUnsaved;
  useEffect(() => latest.current(unsaved), [unsaved]);
  useEffect(() => { if (failed || tried) form.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus(); }, [failed, tried]);

  const failedAt = placeOf(failed);
  const missing = missingIn(draft, base !== null);
  const fault = (place: Place): string | null => {
    if (failed && failedAt === place) return faultWords(t, failed);
    return tried && missing.includes(place) ? t("directory-fault-missing") : null;
  };
  const change = (more: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...more }));
    setFailed(null);
  };
  const refuse = (thrown: unknown) => {
    setSaving(false);
    setFailed(asIpcError(thrown));
  };
  const send = async (on: Kept | null, wanted: Draft): Promise<void> => {
    setSaving(true);
    setFailed(null);
    let [at, rest] = [on, wanted];
    try {
      if (!at) {
        onSaved(await backend.userAdd(newUserOf(rest)), true);
        return;
      }
      const edit = changesOf(at.card, rest);
      if (Object.keys(edit).length > 0) {
        // What is saved is saved, whatever becomes of the rights.
        at = { ...at, card: await backend.userEdit({ id: at.card.id, version: at.card.version, ...edit }) };
        rest = { ...rest, password: "", pin: null };
        setBase(at);
        setDraft(rest);
      }
      const moved = movedOf(at, rest);
      if (moved) await backend.rightsPut({ user: at.card.id, card: moved });
      onSaved(at.card, false);
    } catch (thrown) {
      const { code } = asIpcError(thrown);
      if (at && (code === "userChanged" || code === "rightsChanged")) compare(at, rest, await readKept(backend, at.card.id).catch((again: unknown) => { refuse(again); return null; }));
      else refuse(thrown);
    }
  };
  const compare = (on: Kept, wanted: Draft, now: Kept | null) => {
    if (!now) return;
    const isNewer = now.card.version !== on.card.version || now.rights.version !== on.rights.version;
    // What they have changed is of no concern to what was changed here.
    if (isNewer && disputed(on.card, wanted, now.card).length === 0) {
      setBase(now);
      void send(now, wanted);
      return;
    }
    setSaving(false);
    setTheirs(now);
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!saving && !fixed && unsaved && missing.length === 0) void send(base, draft);
  };
  const decide = (merged: Draft) => {
    if (!theirs) return;
    setBase(theirs);
    setDraft(merged);
    setTheirs(null);
    if (isChanged(theirs, merged, empty)) void send(theirs, merged);
  };

  if (theirs && base) return <Conflict base={base.card} draft={draft} theirs={theirs.card} departments={departments} busy={saving} onDecide={decide} onReload={onReload} />;
  return (
    <form ref={form} noValidate className={styles.form} onSubmit={save}>
      {fixed && <div className={styles.notice}><Notice tone="warn" icon="lock-simple" title={t("directory-read-only")} /></div>}
      {failed && !failedAt && <div className={styles.notice}><Notice tone="bad" urgent title={errorTitle(t, failed)} detail={failed.detail} /></div>}
      <div className={styles.columns}>
        <Identity draft={draft} kept={base} fixed={fixed} departments={departments} fault={fault} onChange={change} />
        <AgentOptions draft={draft} fixed={fixed} onChange={change} />
      </div>
      <footer className={styles.foot}>
        {onDelete && <Button size="lg" tone="danger" icon="trash" isDisabled={saving} onPress={onDelete}>{t("directory-delete")}</Button>}
        <span className={styles.grow} />
        <Button size="lg" isDisabled={saving} onPress={onCancel}>{t(fixed ? "close" : "cancel")}</Button>
        {!fixed && <Button size="lg" type="submit" tone="primary" busy={saving} isDisabled={!unsaved}>{t(base ? "save" : "directory-make")}</Button>}
      </footer>
    </form>
  );
}

/** Fields that nobody can go without. A password that is not written stays as it is, unless there is none yet. */
function missingIn({ extension, name, email, password }: Draft, exists: boolean): readonly Place[] {
  const needed = [["extension", extension], ["name", name], ["email", email], ["password", exists ? "kept" : password]] as const;
  return needed.filter(([, value]) => value.trim() === "").map(([place]) => place);
}
