import { useState } from "react";
import { Label, TextArea, TextField } from "react-aria-components";
import type { HistoryRow } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Pop } from "../../kit/Pop";
import { useEngine } from "../../state/Engine";
import styles from "./Note.module.css";

/** As many characters as Rust keeps. */
const MOST = 2000;

/** On a row of the history: what the agent wants to remember of the call. */
export function NoteAction({ row }: { row: HistoryRow }) {
  const { t } = useWords();
  const label = t(row.note ? "history-note-edit" : "history-note-add");
  return (
    <Pop label={label} trigger={<IconButton icon="note" label={label} />}>
      {(close) => <NoteForm row={row} label={label} onDone={close} />}
    </Pop>
  );
}

function NoteForm({ row, label, onDone }: { row: HistoryRow; label: string; onDone(): void }) {
  const { backend, run } = useEngine();
  const { t } = useWords();
  const [text, setText] = useState(row.note);
  const changed = text.trim() !== row.note;
  return (
    <form className={styles.form} onSubmit={(event) => { event.preventDefault(); if (changed) run(backend.historyNote({ id: row.id, note: text })); onDone(); }}>
      <TextField value={text} onChange={setText} maxLength={MOST} className={styles.field ?? ""} autoFocus>
        <Label>{label}</Label>
        <TextArea dir="auto" rows={4} className={styles.text ?? ""} />
      </TextField>
      <div className={styles.buttons}>
        <Button size="sm" onPress={onDone}>{t("cancel")}</Button>
        <Button size="sm" tone="primary" type="submit" isDisabled={!changed}>{t("save")}</Button>
      </div>
    </form>
  );
}
