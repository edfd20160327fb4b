import { type FormEvent, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { IpcError, Profile } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Field } from "../../kit/Field";
import { Notice } from "../../kit/Notice";
import { useEngine } from "../../state/Engine";
import styles from "./Profile.module.css";

/** First and last name (PR-03). Enter saves, Escape discards; what is the same or empty cannot be saved. */
export function NameForm({ profile, onClose }: { profile: Profile; onClose(): void }) {
  const { backend } = useEngine();
  const { t } = useWords();
  const [firstName, setFirstName] = useState(profile.firstName);
  const [lastName, setLastName] = useState(profile.lastName);
  const [saving, setSaving] = useState(false);
  const [failed, setFailed] = useState<IpcError | null>(null);
  const changed = firstName.trim() !== profile.firstName || lastName.trim() !== profile.lastName;
  const empty = firstName.trim() === "" && lastName.trim() === "";
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!changed || empty || saving) return;
    setSaving(true);
    setFailed(null);
    backend.rename({ firstName, lastName }).then(onClose, (thrown: unknown) => {
      setSaving(false);
      setFailed(asIpcError(thrown));
    });
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape of any of its fields leaves it
    <form
      className={styles.nameForm} aria-label={t("profile-name-form")} onSubmit={save}
      onKeyDown={(event) => { if (event.key === "Escape" && !saving) { event.preventDefault(); onClose(); } }}
    >
      <div className={styles.names}>
        <Field label={t("profile-first-name")} value={firstName} onChange={setFirstName} autoFocus maxLength={100} />
        <Field label={t("profile-last-name")} value={lastName} onChange={setLastName} maxLength={100} />
      </div>
      {failed && <Notice tone="bad" urgent title={errorTitle(t, failed)} detail={failed.detail} />}
      <div className={styles.buttons}>
        <Button type="submit" tone="primary" busy={saving} isDisabled={!changed || empty}>{t("save")}</Button>
        <Button isDisabled={saving} onPress={onClose}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
