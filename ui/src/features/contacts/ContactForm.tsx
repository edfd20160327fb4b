import { type FormEvent, useEffect, useRef, useState } from "react";
import { TextArea, TextField, Label } from "react-aria-components";
import { asIpcError } from "../../backend/backend";
import type { Contact, ContactFault, ContactPart, IpcError, NumberKind } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Check } from "../../kit/Check";
import { Field } from "../../kit/Field";
import { Notice } from "../../kit/Notice";
import { Segments } from "../../kit/Segments";
import { Select } from "../../kit/Select";
import { useEngine } from "../../state/Engine";
import styles from "./ContactForm.module.css";

const KINDS: readonly NumberKind[] = ["mobile", "work", "home", "main", "extension", "fax", "other"];

export const NOBODY_YET: Contact = {
  id: "", book: "personal", name: "", firstName: "", lastName: "", displayName: "", company: "", jobTitle: "", numbers: [], emails: [], sipAddresses: [], groups: [], fields: [], note: "", favourite: false,
};

interface ContactFormProps {
  contact: Contact;
  /** What stands in the form now; called for the first time when something is changed. */
  onChange(draft: Contact): void;
  onSaved(contact: Contact): void;
  onCancel(): void;
}

/** Creates or changes somebody. What cannot be kept is said at its field, by Rust. */
export function ContactForm({ contact, onChange, onSaved, onCancel }: ContactFormProps) {
  const { backend, state } = useEngine();
  const { t } = useWords();
  const [draft, setDraft] = useState<Contact>(() => ({
    ...contact,
    numbers: contact.numbers.length > 0 ? contact.numbers : [{ number: "", kind: "mobile", label: "", primary: false }],
    emails: contact.emails.length > 0 ? contact.emails : [""],
  }));
  // As typed: a comma at the end is on its way to another group.
  const [groups, setGroups] = useState(contact.groups.join(", "));
  const [faults, setFaults] = useState<readonly ContactFault[]>([]);
  const [failed, setFailed] = useState<IpcError | null>(null);
  const [saving, setSaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const isNew = contact.id === "";
  const set = (more: Partial<Contact>) => {
    const next = { ...draft, ...more };
    setDraft(next);
    onChange({ ...next, groups: more.groups ?? groupsIn(groups) });
  };
  const fault = (part: ContactPart, place = 0) => {
    const found = faults.find((one) => one.part === part && (one.place === place || (place === 0 && one.why === "tooMany")));
    return found ? t(`contact-fault-${found.why}`) : null;
  };
  useEffect(() => {
    if (faults.length > 0) form.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
  }, [faults]);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setSaving(true);
    setFailed(null);
    try {
      const answer = await backend.contactSave({ ...draft, groups: groupsIn(groups) });
      if (answer.kind === "kept") onSaved(answer.contact);
      else setFaults(answer.faults);
    } catch (thrown) {
      setFailed(asIpcError(thrown));
    } finally {
      setSaving(false);
    }
  };
  const number = (at: number, more: Partial<Contact["numbers"][number]>) => set({ numbers: draft.numbers.map((other, place) => (place === at ? { ...other, ...more } : more.primary ? { ...other, primary: false } : other)) });
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape of any of its fields leaves it
    <form
      ref={form} noValidate className={styles.form} onSubmit={(event) => void save(event)} aria-label={t(isNew ? "contact-new" : "contact-edit")}
      onKeyDown={(event) => { if (event.key === "Escape" && !event.defaultPrevented) { event.preventDefault(); onCancel(); } }}
    >
      <h2>{t(isNew ? "contact-new" : "contact-edit")}</h2>
      {failed && <Notice tone="bad" urgent title={errorTitle(t, failed)} detail={failed.detail} />}
      {isNew && state.contactsSync?.companyWritable && (
        <Segments label={t("contact-book")} value={draft.book} onChange={(book) => set({ book })} choices={[{ value: "personal", label: t("contacts-mine") }, { value: "company", label: t("contacts-of-company") }]} />
      )}
      <div className={styles.pair}>
        <Field label={t("contact-first-name")} value={draft.firstName} onChange={(firstName) => set({ firstName })} error={fault("name")} autoFocus />
        <Field label={t("contact-last-name")} value={draft.lastName} onChange={(lastName) => set({ lastName })} />
        <Field label={t("contact-company")} value={draft.company} onChange={(company) => set({ company })} error={fault("company")} />
        <Field label={t("contact-job-title")} value={draft.jobTitle} onChange={(jobTitle) => set({ jobTitle })} error={fault("jobTitle")} />
      </div>
      <fieldset className={styles.several}>
        <legend>{t("contact-numbers")}</legend>
        {draft.numbers.map((line, at) => (
          // eslint-disable-next-line react/no-array-index-key -- a line is its place
          <div key={at} className={styles.line}>
            <span className={styles.kind}>
              <Select label={t("number-kind")} value={line.kind} choices={KINDS.map((kind) => ({ value: kind, text: t(`number-kind-${kind}`), label: t(`number-kind-${kind}`) }))} onChange={(kind) => number(at, { kind: kind as NumberKind })} />
            </span>
            <Field label={t("contact-number")} ltr value={line.number} onChange={(value) => number(at, { number: value })} error={fault("number", at)} />
            <span className={styles.main}><Check checked={line.primary} onChange={(primary) => number(at, { primary })}>{t("number-primary")}</Check></span>
            <IconButton icon="x" label={t("line-remove")} onPress={() => set({ numbers: draft.numbers.filter((_, place) => place !== at) })} />
          </div>
        ))}
        <Button size="sm" tone="ghost" icon="plus" onPress={() => set({ numbers: [...draft.numbers, { number: "", kind: "work", label: "", primary: false }] })}>{t("number-add")}</Button>
      </fieldset>
      <Several legend={t("email")} add={t("email-add")} values={draft.emails} onChange={(emails) => set({ emails })} fault={(at) => fault("email", at)} />
      <Several legend={t("contact-sip")} add={t("sip-add")} values={draft.sipAddresses} onChange={(sipAddresses) => set({ sipAddresses })} fault={(at) => fault("sipAddress", at)} />
      <fieldset className={styles.several}>
        <legend>{t("contact-fields")}</legend>
        {draft.fields.map((field, at) => {
          const change = (more: Partial<typeof field>) => set({ fields: draft.fields.map((other, place) => (place === at ? { ...other, ...more } : other)) });
          return (
            // eslint-disable-next-line react/no-array-index-key -- a line is its place
            <div key={at} className={styles.line}>
              <Field label={t("field-name")} value={field.name} onChange={(name) => change({ name })} error={fault("field", at)} />
              <Field label={t("field-value")} value={field.value} onChange={(value) => change({ value })} />
              <IconButton icon="x" label={t("line-remove")} onPress={() => set({ fields: draft.fields.filter((_, place) => place !== at) })} />
            </div>
          );
        })}
        <Button size="sm" tone="ghost" icon="plus" onPress={() => set({ fields: [...draft.fields, { name: "", value: "" }] })}>{t("field-add")}</Button>
      </fieldset>
      <Field label={t("contact-groups")} value={groups} onChange={(typed) => { setGroups(typed); set({ groups: groupsIn(typed) }); }} help={t("contact-groups-help")} error={fault("group")} />
      <TextField value={draft.note} onChange={(note) => set({ note })} className={styles.noteField ?? ""} isInvalid={fault("note") !== null}>
        <Label>{t("contact-note")}</Label>
        <TextArea className={styles.note ?? ""} dir="auto" rows={4} />
        {fault("note") && <small className={styles.fault}>{fault("note")}</small>}
      </TextField>
      <div className={styles.foot}>
        <Button size="lg" onPress={onCancel}>{t("cancel")}</Button>
        <Button size="lg" tone="primary" type="submit" busy={saving}>{t("save")}</Button>
      </div>
    </form>
  );
}

function groupsIn(typed: string): string[] {
  return typed.split(/[,،;]/u).map((group) => group.trim()).filter(Boolean);
}

interface SeveralProps {
  legend: string;
  add: string;
  values: readonly string[];
  onChange(values: string[]): void;
  fault(at: number): string | null;
}

/** Addresses, one in a line. */
function Several({ legend, add, values, onChange, fault }: SeveralProps) {
  const { t } = useWords();
  return (
    <fieldset className={styles.several}>
      <legend>{legend}</legend>
      {values.map((value, at) => (
        // eslint-disable-next-line react/no-array-index-key -- a line is its place
        <div key={at} className={styles.line}>
          <Field label={legend} ltr value={value} onChange={(next) => onChange(values.map((other, place) => (place === at ? next : other)))} error={fault(at)} />
          <IconButton icon="x" label={t("line-remove")} onPress={() => onChange(values.filter((_, place) => place !== at))} />
        </div>
      ))}
      <Button size="sm" tone="ghost" icon="plus" onPress={() => onChange([...values, ""])}>{add}</Button>
    </fieldset>
  );
}
