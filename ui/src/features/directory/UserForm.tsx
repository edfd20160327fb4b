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
import { changesOf, disputed, type Draft, draftOf, isChanged, newDraft, newUserOf } from "./draft";
import { FAULTS, type Place } from "./faults";
import { Identity } from "./Identity";
import styles from "./UserDrawer.module.css";

interface UserFormProps {
  /** As it was read; null: of somebody new. */
  card: UserCard | null;
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
export function UserForm({ card, departments, fixed, onUnsaved, onSaved, onCancel, onReload, onDelete }: UserFormProps) {
  const { state, backend } = useEngine();
  const { t } = useWords();
  const form = useRef<HTMLFormElement>(null);
  const [empty] = useState(() => newDraft(state.rights?.department.id ?? departments[0]?.id ?? ""));
  const [base, setBase] = useState(card);
  const [draft, setDraft] = useState<Draft>(() => (card ? draftOf(card) : empty));
  const [saving, setSaving] = useState(false);
  const [failed, setFailed] = useState<IpcError | null>(null);
  const [tried, setTried] = useState(false);
  /** What somebody else has made of it meanwhile. */
  const [theirs, setTheirs] = useState<UserCard | null>(null);
  const unsaved = !fixed && isChanged(base, draft, empty);
  const latest = useRef(onUnsaved);
  latest.current = onUnsaved;
  useEffect(() => latest.current(unsaved), [unsaved]);
  useEffect(() => { if (failed || tried) form.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus(); }, [failed, tried]);

  const known = failed && FAULTS[failed.code];
  const missing = { extension: draft.extension, name: draft.name, email: draft.email, password: base ? "kept" : draft.password } as const satisfies Partial<Record<Place, string>>;
  const isMissing = Object.values(missing).some((value) => value.trim() === "");
  const fault = (place: Place): string | null => {
    if (known?.at === place) return t(known.word);
    return tried && place in missing && missing[place as keyof typeof missing].trim() === "" ? t("directory-fault-missing") : null;
  };
  const change = (more: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...more }));
    setFailed(null);
  };
  const refuse = (thrown: unknown) => {
    setSaving(false);
    setFailed(asIpcError(thrown));
  };
  const send = (on: UserCard | null, wanted: Draft): void => {
    setSaving(true);
    setFailed(null);
    if (!on) {
      backend.userAdd(newUserOf(wanted)).then((made) => onSaved(made, true), refuse);
      return;
    }
    backend.userEdit({ id: on.id, version: on.version, ...changesOf(on, wanted) }).then((saved) => onSaved(saved, false), (thrown: unknown) => {
      if (asIpcError(thrown).code !== "userChanged") refuse(thrown);
      else backend.userGet({ id: on.id }).then((now) => compare(on, wanted, now), refuse);
    });
  };
  const compare = (on: UserCard, wanted: Draft, now: UserCard) => {
    // What they have changed is of no concern to what was changed here.
    if (disputed(on, wanted, now).length === 0 && now.version !== on.version) {
      setBase(now);
      send(now, wanted);
      return;
    }
    setSaving(false);
    setTheirs(now);
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!saving && !fixed && unsaved && !isMissing) send(base, draft);
  };
  const decide = (merged: Draft) => {
    if (!theirs) return;
    setBase(theirs);
    setDraft(merged);
    setTheirs(null);
    if (isChanged(theirs, merged, empty)) send(theirs, merged);
  };

  if (theirs && base) return <Conflict base={base} draft={draft} theirs={theirs} departments={departments} busy={saving} onDecide={decide} onReload={onReload} />;
  return (
    <form ref={form} noValidate className={styles.form} onSubmit={save}>
      {fixed && <div className={styles.notice}><Notice tone="warn" icon="lock-simple" title={t("directory-read-only")} /></div>}
      {failed && !known && <div className={styles.notice}><Notice tone="bad" urgent title={errorTitle(t, failed)} detail={failed.detail} /></div>}
      <div className={styles.columns}>
        <Identity draft={draft} fixed={fixed} isNew={base === null} hasPin={base?.hasPin ?? false} departments={departments} fault={fault} onChange={change} />
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
