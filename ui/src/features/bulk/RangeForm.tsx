import { type FormEvent, useEffect, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { Bulk, BulkRange, Department, IpcError } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Field } from "../../kit/Field";
import { Icon } from "../../kit/Icon";
import { Notice } from "../../kit/Notice";
import { Select } from "../../kit/Select";
import { Name } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import { AgentOptions } from "../directory/AgentOptions";
import { newDraft, USUAL_AGENT } from "../directory/draft";
import { ROLES } from "../directory/words";
import { useDepartmentName } from "../rights/words";
import styles from "./Bulk.module.css";

/** At which field a refusal belongs. */
const PLACES: Partial<Record<IpcError["code"], "last" | "name" | "email">> = { badRange: "last", rangeTooLong: "last", badUserName: "name", badEmailPattern: "email" };

/** What is sent holds no marks of direction. */
const bare = (text: string) => text.replace(/[\u2066-\u2069]/g, "");

interface RangeFormProps {
  onPlanned(bulk: Bulk): void;
  onCancel(): void;
}

/** Users with one Id after the other (BK-01). Nothing is made before what would be made was shown. */
export function RangeForm({ onPlanned, onCancel }: RangeFormProps) {
  const { backend, state } = useEngine();
  const { t } = useWords();
  const named = useDepartmentName();
  const own = state.session.phase === "signedIn" ? state.session.user.email : "";
  const [draft, setDraft] = useState<BulkRange>(() => ({
    first: "", last: "", name: bare(t("bulk-name-pattern-usual", { mark: "{id}" })), email: `{id}${own.slice(own.lastIndexOf("@"))}`, role: "user", department: null, agent: USUAL_AGENT,
  }));
  const [departments, setDepartments] = useState<readonly Department[]>([]);
  const [failed, setFailed] = useState<IpcError | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let current = true;
    backend.departments().then((all) => { if (current) setDepartments(all); }, () => undefined);
    return () => { current = false; };
  }, [backend]);
  const set = (more: Partial<BulkRange>) => { setFailed(null); setDraft((now) => ({ ...now, ...more })); };
  const place = failed ? PLACES[failed.code] : undefined;
  const fault = (at: "last" | "name" | "email") => (failed && place === at ? errorTitle(t, failed) : null);
  const roles = ROLES.slice(0, ROLES.indexOf(state.rights?.role ?? "user") + 1);
  const plan = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    backend.bulkRange(draft).then(onPlanned, (thrown: unknown) => { setBusy(false); setFailed(asIpcError(thrown)); });
  };
  return (
    <form className={styles.form} noValidate onSubmit={plan}>
      <div className={styles.body}>
        {failed && !place && <Notice tone="bad" urgent title={errorTitle(t, failed)} detail={failed.detail} />}
        <div className={styles.bounds}>
          <Field label={t("bulk-first")} ltr inputMode="numeric" maxLength={32} value={draft.first} onChange={(first) => set({ first })} autoFocus />
          <Icon name="arrow-right" flip className={styles.arrow ?? ""} />
          <Field label={t("bulk-last")} ltr inputMode="numeric" maxLength={32} value={draft.last} onChange={(last) => set({ last })} error={fault("last")} />
        </div>
        <div className={styles.pair}>
          <span className={styles.field}>
            <b>{t("directory-column-role")}</b>
            <Select label={t("directory-column-role")} value={draft.role} choices={roles.map((role) => ({ value: role, text: t(`profile-role-${role}`), label: t(`profile-role-${role}`) }))} onChange={(next) => { const role = roles.find((one) => one === next); if (role) set({ role }); }} />
          </span>
          <Field label={t("bulk-name-pattern")} value={draft.name} onChange={(name) => set({ name })} error={fault("name")} />
        </div>
        <div className={styles.pair}>
          {departments.length > 1 && (
            <span className={styles.field}>
              <b>{t("rights-department")}</b>
              <Select label={t("rights-department")} value={draft.department ?? ""} choices={[{ value: "", text: t("bulk-own-department"), label: t("bulk-own-department") }, ...departments.map((one) => ({ value: one.id, text: named(one), label: <Name>{named(one)}</Name> }))]} onChange={(next) => set({ department: next || null })} />
            </span>
          )}
          <Field label={t("bulk-email-pattern")} ltr value={draft.email} onChange={(email) => set({ email })} error={fault("email")} help={t("bulk-pattern-help", { mark: "{id}" })} />
        </div>
        <div className={styles.agent}><AgentOptions draft={{ ...newDraft(""), agent: draft.agent }} fixed={false} onChange={({ agent }) => { if (agent) set({ agent }); }} /></div>
      </div>
      <div className={styles.foot}>
        <Button size="lg" onPress={onCancel}>{t("cancel")}</Button>
        <Button size="lg" type="submit" tone="primary" busy={busy} isDisabled={draft.first.trim() === "" || draft.last.trim() === ""}>{t("bulk-check")}</Button>
      </div>
    </form>
  );
}
