import { type FormEvent, useState } from "react";
import { FileTrigger } from "react-aria-components";
import { asIpcError } from "../../backend/backend";
import type { IpcError, SourceDraft, SourceFault, SourceKind, SourceTrial } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Check } from "../../kit/Check";
import { Field, PasswordField } from "../../kit/Field";
import { Notice } from "../../kit/Notice";
import { Segments } from "../../kit/Segments";
import { Name } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import styles from "./Sources.module.css";

/** What LDAP is asked for when nothing else is typed (model::USUAL_FILTER). */
const USUAL_FILTER = "(&(objectClass=person)(|(telephoneNumber=*)(mobile=*)))";
const EXAMPLES: Record<SourceKind, string> = { cardDav: "https://cloud.example", ldap: "ldaps://ldap.example" };
/** Far more than a chain of certificates. */
const LARGEST_FILE = 256 * 1024;

type Outcome = { kind: "none" } | { kind: "tried"; trial: SourceTrial } | { kind: "refused"; fault: SourceFault } | { kind: "failed"; error: IpcError };

interface SourceFormProps {
  start: SourceDraft;
  onDone(): void;
}

/** An outside address book: *Test* tries what stands here and keeps nothing. */
export function SourceForm({ start, onDone }: SourceFormProps) {
  const { backend } = useEngine();
  const { t } = useWords();
  const [draft, setDraft] = useState(start);
  const [outcome, setOutcome] = useState<Outcome>({ kind: "none" });
  const [busy, setBusy] = useState<"test" | "save" | null>(null);
  const isLdap = draft.kind === "ldap";
  // What was found out is of what stood there then.
  const set = (more: Partial<SourceDraft>) => { setDraft({ ...draft, ...more }); setOutcome({ kind: "none" }); };
  const failed = (thrown: unknown) => setOutcome({ kind: "failed", error: asIpcError(thrown) });
  const test = async (tried: SourceDraft) => {
    setBusy("test");
    setOutcome({ kind: "none" });
    try {
      setOutcome({ kind: "tried", trial: await backend.sourceTest(tried) });
    } catch (thrown) {
      failed(thrown);
    } finally {
      setBusy(null);
    }
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy("save");
    try {
      const answer = await backend.sourceSave(draft);
      if (answer.kind === "kept") onDone();
      else setOutcome({ kind: "refused", fault: answer.fault });
    } catch (thrown) {
      failed(thrown);
    } finally {
      setBusy(null);
    }
  };
  const choose = (address: string, name: string) => {
    const chosen = { ...draft, address, name: draft.name || name };
    setDraft(chosen);
    void test(chosen);
  };
  const trust = (file: File | undefined) => {
    if (file && file.size <= LARGEST_FILE) void file.text().then((certificates) => set({ certificates }));
    else if (file) setOutcome({ kind: "refused", fault: { why: "badCertificateFile", detail: file.name } });
  };
  return (
    <form noValidate className={styles.form} onSubmit={(event) => void save(event)} aria-label={t(draft.id === "" ? "source-add" : "source-edit")}>
      <div className={styles.fields}>
        <Segments
          label={t("source-kind")} value={draft.kind} onChange={(kind) => set({ kind })}
          choices={[{ value: "cardDav", label: t("source-kind-cardDav") }, { value: "ldap", label: t("source-kind-ldap") }]}
        />
        <Field label={t("source-name")} value={draft.name} onChange={(name) => setDraft({ ...draft, name })} autoFocus />
        <Field label={t("source-address")} ltr value={draft.address} onChange={(address) => set({ address })} placeholder={EXAMPLES[draft.kind]} help={t(isLdap ? "source-address-ldap-help" : "source-address-help")} />
        {isLdap && <Check checked={draft.starttls} onChange={(starttls) => set({ starttls })}>{t("source-starttls")}</Check>}
        <div className={styles.pair}>
          <Field label={t("source-user")} ltr value={draft.user} onChange={(user) => set({ user })} autoComplete="off" help={t("source-user-help")} />
          <PasswordField
            label={t("password")} showLabel={t("password-show")} hideLabel={t("password-hide")} value={draft.password} onChange={(password) => set({ password })} autoComplete="off"
            help={draft.id !== "" && draft.user !== "" ? t("source-password-kept") : null}
          />
        </div>
        {isLdap && <Field label={t("source-base")} ltr value={draft.baseDn} onChange={(baseDn) => set({ baseDn })} placeholder="dc=example,dc=com" help={t("source-base-help")} />}
        {isLdap && <Field label={t("source-filter")} ltr value={draft.filter} onChange={(filter) => set({ filter })} placeholder={USUAL_FILTER} help={t("source-filter-help")} />}
        <div className={styles.trust}>
          <span>{t(draft.certificates === "" ? "source-certificate-none" : "source-certificate-there")}</span>
          {draft.certificates !== "" && <Button size="sm" onPress={() => set({ certificates: "" })}>{t("source-certificate-remove")}</Button>}
          <FileTrigger acceptedFileTypes={[".pem", ".crt", ".cer"]} onSelect={(files) => trust(files?.[0])}>
            <Button size="sm">{t("source-certificate")}</Button>
          </FileTrigger>
        </div>
      </div>
      {/* Below what scrolls: it is seen without looking for it. */}
      {outcome.kind !== "none" && <div className={styles.told}><Told outcome={outcome} busy={busy !== null} onChoose={choose} /></div>}
      <div className={styles.foot}>
        <Button size="lg" icon="plugs" busy={busy === "test"} isDisabled={busy !== null || draft.address.trim() === ""} onPress={() => void test(draft)}>{t("source-test")}</Button>
        <Button size="lg" onPress={onDone}>{t("cancel")}</Button>
        <Button size="lg" tone="primary" type="submit" busy={busy === "save"} isDisabled={busy !== null || draft.address.trim() === ""}>{t("save")}</Button>
      </div>
    </form>
  );
}

function Told({ outcome, busy, onChoose }: { outcome: Exclude<Outcome, { kind: "none" }>; busy: boolean; onChoose(address: string, name: string): void }) {
  const { t } = useWords();
  if (outcome.kind === "failed") return <Notice tone="bad" urgent title={errorTitle(t, outcome.error)} detail={outcome.error.detail} />;
  if (outcome.kind === "refused") return <Wrong fault={outcome.fault} />;
  const { trial } = outcome;
  switch (trial.kind) {
    case "fails": return <Wrong fault={trial.fault} />;
    case "works": return (
      <Notice tone="good" icon="check-circle-fill" title={t("source-works", { count: trial.count })}>
        {/* eslint-disable-next-line react/no-array-index-key -- two may be alike */}
        {trial.names.length > 0 && <span className={styles.names}>{trial.names.map((name, at) => <Name key={at}>{name}</Name>)}</span>}
      </Notice>
    );
    case "choose": return (
      <>
        <Notice tone="warn" icon="address-book" title={t("source-choose")} />
        <ul className={styles.books} aria-label={t("source-choose")}>
          {trial.books.map(({ address, name }) => <li key={address}><Button size="sm" isDisabled={busy} onPress={() => onChoose(address, name)}><Name>{name}</Name></Button></li>)}
        </ul>
      </>
    );
  }
}

function Wrong({ fault }: { fault: SourceFault }) {
  const { t } = useWords();
  return <Notice tone="bad" urgent title={t(`source-why-${fault.why}`)} detail={fault.detail || null} />;
}
