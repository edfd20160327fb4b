import { type FormEvent, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { Department, IpcError, RightsCard, Switches } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Check } from "../../kit/Check";
import { Notice } from "../../kit/Notice";
import { Segments } from "../../kit/Segments";
import { Select } from "../../kit/Select";
import { SkeletonRows } from "../../kit/Skeleton";
import { Switch } from "../../kit/Switch";
import { Name } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import styles from "./RightsForm.module.css";
import { useRights } from "./useRights";
import { useDepartmentName } from "./words";

type OnOff = Exclude<keyof Switches, "recording">;
const SEES = [["presence", "presence"], ["calls", "calls"], ["showMyCalls", "show-my-calls"]] as const satisfies readonly (readonly [OnOff, string])[];
const DOES = [["operations", "operations"], ["parking", "parking"], ["ivr", "ivr"], ["intercom", "intercom"], ["monitoring", "monitoring"]] as const satisfies readonly (readonly [OnOff, string])[];

interface RightsFormProps {
  /** Whose, by id. */
  user: string;
  onSaved(card: RightsCard): void;
  onCancel(): void;
}

/** What one person may see and do (RG-01, RG-08, RG-09, RG-12, RG-13). For those who administer them; the server judges every change. */
export function RightsForm({ user, onSaved, onCancel }: RightsFormProps) {
  const { t } = useWords();
  const { read, again } = useRights(user);
  switch (read.kind) {
    case "loading":
      return <SkeletonRows rows={5} label={t("rights-loading")} />;
    case "failed":
      return <Notice tone="bad" urgent title={t("rights-failed")} detail={read.error.detail} action={<Button size="sm" onPress={again}>{t("rights-again")}</Button>}>{errorTitle(t, read.error)}</Notice>;
    case "there":
      return <Edited key={read.card.version} user={user} card={read.card} departments={read.departments} onSaved={onSaved} onCancel={onCancel} onAgain={again} />;
  }
}

interface EditedProps extends RightsFormProps {
  card: RightsCard;
  departments: readonly Department[];
  onAgain(): void;
}

function Edited({ user, card, departments, onSaved, onCancel, onAgain }: EditedProps) {
  const { backend } = useEngine();
  const { t } = useWords();
  const named = useDepartmentName();
  const [draft, setDraft] = useState(card);
  const [saving, setSaving] = useState(false);
  const [failed, setFailed] = useState<IpcError | null>(null);
  const fixed = card.gives.length === 0;
  const set = (more: Partial<RightsCard>) => setDraft((before) => ({ ...before, ...more }));
  const turn = (more: Partial<Switches>) => set({ switches: { ...draft.switches, ...more } });
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (saving || fixed) return;
    setSaving(true);
    setFailed(null);
    backend.rightsPut({ user, card: draft }).then(onSaved, (thrown: unknown) => {
      setSaving(false);
      setFailed(asIpcError(thrown));
    });
  };
  // The department that they belong to is always among the choices, also when it is not the administrator's.
  const places = departments.some(({ id }) => id === draft.department) ? departments : [{ id: draft.department, name: "" }, ...departments];
  const others = departments.filter(({ id }) => id !== draft.department);
  const roles = card.gives.includes(card.role) ? card.gives : [card.role, ...card.gives];
  const line = ([name, words]: (typeof SEES)[number] | (typeof DOES)[number]) => (
    <div key={name} className={styles.line}>
      <span className={styles.words}><b>{t(`rights-${words}`)}</b><small>{t(`rights-${words}-note`)}</small></span>
      <Switch label={t(`rights-${words}`)} on={draft.switches[name]} onChange={(on) => turn({ [name]: on })} />
    </div>
  );
  return (
    <form className={styles.form} noValidate onSubmit={save}>
      {fixed && <Notice tone="warn" icon="lock-simple" title={t("rights-read-only")} />}
      {failed && <Notice tone="bad" urgent title={errorTitle(t, failed)} detail={failed.detail} action={failed.code === "rightsChanged" ? <Button size="sm" onPress={onAgain}>{t("rights-again")}</Button> : undefined} />}
      <fieldset disabled={fixed} className={styles.group}>
        <legend>{t("rights-place")}</legend>
        <div className={styles.pair}>
          <span className={styles.field}><b>{t("rights-department")}</b><Select label={t("rights-department")} value={draft.department} choices={places.map((place) => ({ value: place.id, text: named(place), label: <Name>{named(place)}</Name> }))} onChange={(department) => set({ department })} /></span>
          <span className={styles.field}><b>{t("rights-role")}</b><Select label={t("rights-role")} value={draft.role} choices={roles.map((role) => ({ value: role, text: t(`profile-role-${role}`), label: t(`profile-role-${role}`) }))} onChange={(next) => { const role = roles.find((one) => one === next); if (role) set({ role }); }} /></span>
        </div>
        {others.length > 0 && (
          <div role="group" aria-label={t("rights-watches")} className={styles.watches}>
            <b>{t("rights-watches")}</b>
            {others.map((place) => (
              <Check key={place.id} checked={draft.watches.includes(place.id)} onChange={(on) => set({ watches: on ? [...draft.watches, place.id] : draft.watches.filter((id) => id !== place.id) })}><Name>{named(place)}</Name></Check>
            ))}
          </div>
        )}
      </fieldset>
      <fieldset disabled={fixed} className={styles.group}><legend>{t("rights-sees")}</legend><div className={styles.list}>{SEES.map(line)}</div></fieldset>
      <fieldset disabled={fixed} className={styles.group}><legend>{t("rights-does")}</legend><div className={styles.list}>{DOES.map(line)}</div></fieldset>
      <fieldset disabled={fixed} className={styles.group}>
        <legend>{t("rights-records")}</legend>
        <div className={styles.list}>
          <div className={styles.line}>
            <span className={styles.words}><b>{t("rights-recording")}</b></span>
            <Segments label={t("rights-recording")} value={draft.switches.recording} onChange={(recording) => turn({ recording })} choices={(["off", "external", "all"] as const).map((value) => ({ value, label: t(`rights-recording-${value}`) }))} />
          </div>
          <div className={styles.line}>
            <span className={styles.words}><b>{t("rights-press-record")}</b><small>{t("rights-press-record-note")}</small></span>
            <Switch label={t("rights-press-record")} on={draft.switches.pressRecord} onChange={(pressRecord) => turn({ pressRecord })} />
          </div>
        </div>
      </fieldset>
      <div className={styles.foot}>
        <Button size="lg" isDisabled={saving} onPress={onCancel}>{t(fixed ? "close" : "cancel")}</Button>
        {!fixed && <Button size="lg" type="submit" tone="primary" busy={saving}>{t("save")}</Button>}
      </div>
    </form>
  );
}
