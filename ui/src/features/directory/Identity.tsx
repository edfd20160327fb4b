import { useState } from "react";
import type { Department } from "../../backend/generated";
import { asciiDigits } from "../../i18n/format";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Field } from "../../kit/Field";
import { Select } from "../../kit/Select";
import { Switch } from "../../kit/Switch";
import { TagField } from "../../kit/TagField";
import { Name } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import { useDepartmentName } from "../rights/words";
import type { Draft, Kept } from "./draft";
import type { Place } from "./faults";
import styles from "./UserDrawer.module.css";
import { ROLES } from "./words";

export interface PartProps {
  draft: Draft;
  /** The card may be looked at only. */
  fixed: boolean;
  onChange(more: Partial<Draft>): void;
}

interface IdentityProps extends PartProps {
  /** As it was read; null: of somebody new. */
  kept: Kept | null;
  departments: readonly Department[];
  fault(place: Place): string | null;
}

/** Who somebody is and how they sign in (EC-01 to EC-06, EC-08, EC-09). */
export function Identity({ draft, kept, fixed, departments, fault, onChange }: IdentityProps) {
  const { state } = useEngine();
  const { t, format } = useWords();
  const named = useDepartmentName();
  const places = departments.some(({ id }) => id === draft.department) ? departments : [{ id: draft.department, name: "" }, ...departments];
  const isNew = kept === null;
  // Nobody gives a role above their own; of somebody who is there, the server says which.
  const gives = kept?.rights.gives ?? ROLES.slice(0, ROLES.indexOf(state.rights?.role ?? "user") + 1);
  const roles = ROLES.filter((role) => role === draft.role || gives.includes(role));
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by key, when nothing in it can be changed
    <div role="group" tabIndex={fixed ? 0 : undefined} className={styles.column} aria-label={t("directory-identity")}>
      {isNew
        ? <Field label={t("directory-column-extension")} ltr value={draft.extension} isDisabled={fixed} onChange={(extension) => onChange({ extension: asciiDigits(extension) })} help={t("directory-id-help")} error={fault("extension")} inputMode="tel" maxLength={32} autoFocus />
        : <Field label={t("directory-column-extension")} ltr value={format.digits(draft.extension)} isReadOnly help={t("directory-id-fixed")} />}
      <Field label={t("directory-column-name")} value={draft.name} isDisabled={fixed} onChange={(name) => onChange({ name })} error={fault("name")} maxLength={200} autoFocus={!isNew && !fixed} />
      <Field label={t("email")} ltr type="email" value={draft.email} isDisabled={fixed} onChange={(email) => onChange({ email })} error={fault("email")} />
      <span className={styles.field}>
        <b>{t("directory-column-role")}</b>
        <Select label={t("directory-column-role")} isDisabled={fixed} value={draft.role} choices={roles.map((role) => ({ value: role, text: t(`profile-role-${role}`), label: t(`profile-role-${role}`) }))} onChange={(next) => { const role = roles.find((one) => one === next); if (role) onChange({ role }); }} />
        {fault("role") && <small role="alert" className={styles.fault}>{fault("role")}</small>}
      </span>
      {places.length > 1 && (
        <span className={styles.field}>
          <b>{t("rights-department")}</b>
          <Select label={t("rights-department")} isDisabled={fixed} value={draft.department} choices={places.map((place) => ({ value: place.id, text: named(place), label: <Name>{named(place)}</Name> }))} onChange={(department) => onChange({ department })} />
        </span>
      )}
      {!fixed && <Password draft={draft} isNew={isNew} error={fault("password")} onChange={onChange} />}
      {!fixed && <Pin draft={draft} hasPin={kept?.card.hasPin ?? false} error={fault("pin")} onChange={onChange} />}
      <TagField
        label={t("directory-acl")} ltr isDisabled={fixed} placeholder={t("directory-acl-any")} help={t("directory-acl-help")} error={fault("acl")} removeLabel={(address) => t("directory-remove", { what: address })}
        tags={draft.acl.map((address) => ({ id: address, name: address, content: <bdi dir="ltr">{address}</bdi> }))}
        onAdd={(text) => onChange({ acl: [...new Set([...draft.acl, ...asciiDigits(text).split(/[\s,;،]+/u).filter(Boolean)])] })}
        onRemove={(address) => onChange({ acl: draft.acl.filter((other) => other !== address) })}
      />
      <div className={styles.line}>
        <span className={styles.words}><b>{t("directory-voicemail")}</b><small>{t("directory-voicemail-note")}</small></span>
        <Switch label={t("directory-voicemail")} isDisabled={fixed} on={draft.useVoicemail} onChange={(useVoicemail) => onChange({ useVoicemail })} />
      </div>
      {!isNew && (
        <div className={styles.line}>
          <span className={styles.words}><b>{t("directory-active")}</b><small>{t("directory-active-note")}</small>{fault("active") && <small role="alert" className={styles.fault}>{fault("active")}</small>}</span>
          <Switch label={t("directory-active")} isDisabled={fixed} on={draft.active} onChange={(active) => onChange({ active })} />
        </div>
      )}
    </div>
  );
}

interface SecretProps {
  draft: Draft;
  error: string | null;
  onChange(more: Partial<Draft>): void;
}

/** Made in Rust so that it keeps the rules, and copied to be handed over (EC-03). It is never read. */
function Password({ draft, isNew, error, onChange }: SecretProps & { isNew: boolean }) {
  const { backend, run } = useEngine();
  const { t } = useWords();
  const [shown, setShown] = useState(false);
  const [copied, setCopied] = useState<string | null>(null);
  const make = () => run(backend.userPassword().then((password) => { setShown(true); onChange({ password }); }));
  const copy = () => void navigator.clipboard.writeText(draft.password).then(() => setCopied(draft.password));
  const isCopied = copied !== null && copied === draft.password;
  return (
    <Field
      label={t("password")} ltr type={shown ? "text" : "password"} autoComplete="new-password" placeholder={isNew ? "" : t("directory-password-same")} value={draft.password} onChange={(password) => onChange({ password })} error={error}
      help={<span role="status">{isCopied ? t("directory-password-copied") : draft.password && !isNew ? t("directory-password-ends") : t("directory-password-help")}</span>}
      end={
        <span className={styles.ends}>
          {draft.password && <IconButton size="sm" icon={shown ? "eye-slash" : "eye"} label={t(shown ? "password-hide" : "password-show")} onPress={() => setShown(!shown)} />}
          {draft.password && <IconButton size="sm" icon="copy" label={t("directory-password-copy")} onPress={copy} />}
          <Button size="sm" tone="ghost" onPress={make}>{t("directory-password-make")}</Button>
        </span>
      }
    />
  );
}

/** Kept as a hash: there is one, or there is none, and it is never shown again (EC-05). */
function Pin({ draft, hasPin, error, onChange }: SecretProps & { hasPin: boolean }) {
  const { t } = useWords();
  const removed = draft.pin === "" && hasPin;
  return (
    <Field
      label={t("directory-pin")} ltr type="password" inputMode="numeric" autoComplete="off" maxLength={12} value={draft.pin ?? ""} error={error}
      placeholder={removed ? t("directory-pin-removed") : hasPin ? "••••" : t("directory-pin-none")} help={t(removed ? "directory-pin-removing" : "directory-pin-help")}
      onChange={(typed) => onChange({ pin: typed === "" ? null : asciiDigits(typed) })}
      end={hasPin && draft.pin === null ? <Button size="sm" tone="ghost" onPress={() => onChange({ pin: "" })}>{t("directory-pin-remove")}</Button> : removed ? <Button size="sm" tone="ghost" onPress={() => onChange({ pin: null })}>{t("undo")}</Button> : undefined}
    />
  );
}
