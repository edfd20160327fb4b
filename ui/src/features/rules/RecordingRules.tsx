import { useCallback, useEffect, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { Consent, IpcError, RecordingPolicy } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Notice } from "../../kit/Notice";
import { Ask } from "../../kit/Pop";
import { Select } from "../../kit/Select";
import { SkeletonRows } from "../../kit/Skeleton";
import { useEngine } from "../../state/Engine";
import settings from "../settings/Settings.module.css";
import { SwitchLine } from "../settings/SwitchLine";
import styles from "./RecordingRules.module.css";

type Read = { kind: "loading" } | { kind: "failed"; error: IpcError } | { kind: "there"; policy: RecordingPolicy };

const CONSENTS = ["none", "tone", "words", "wordsEn", "wordsAr"] as const satisfies readonly Consent[];

/** Days that can be chosen; 0 keeps them. */
const DAYS = [30, 90, 180, 365, 1095, 0] as const;

/** What holds for recordings. Each line is changed when the server has taken it, not before; what deletes recordings asks first. */
export function RecordingRules() {
  const { backend, run } = useEngine();
  const { t, format } = useWords();
  const [read, setRead] = useState<Read>({ kind: "loading" });
  const [asked, setAsked] = useState<RecordingPolicy | null>(null);
  const ask = useCallback(() => {
    setRead({ kind: "loading" });
    backend.recordingPolicyGet().then((policy) => setRead({ kind: "there", policy }), (thrown: unknown) => setRead({ kind: "failed", error: asIpcError(thrown) }));
  }, [backend]);
  useEffect(ask, [ask]);
  const put = (policy: RecordingPolicy) => run(backend.recordingPolicyPut(policy).then((kept) => setRead({ kind: "there", policy: kept })));
  const keep = (before: RecordingPolicy, retentionDays: number) => {
    const policy = { ...before, retentionDays };
    const shorter = retentionDays !== 0 && (before.retentionDays === 0 || retentionDays < before.retentionDays);
    if (shorter) setAsked(policy);
    else put(policy);
  };
  const days = (count: number) => (count === 0 ? t("rules-recording-for-ever") : t("rules-recording-days", { count, number: format.count(count) }));
  return (
    <section className={settings.group} aria-label={t("rules-recording")}>
      <h3 className={settings.heading}>{t("rules-recording")}</h3>
      {read.kind === "loading" && <SkeletonRows rows={3} label={t("loading")} />}
      {read.kind === "failed" && <Notice tone="bad" urgent title={t("rules-failed")} detail={read.error.detail} action={<Button size="sm" onPress={ask}>{t("try-again")}</Button>}>{errorTitle(t, read.error)}</Notice>}
      {read.kind === "there" && (
        <div className={settings.list}>
          <div className={settings.line}>
            <span className={settings.words}><b>{t("rules-recording-said")}</b><small>{t("rules-recording-said-note")}</small></span>
            <span className={styles.keep}>
              <Select label={t("rules-recording-said")} value={read.policy.consent} onChange={(value) => { const consent = CONSENTS.find((one) => one === value); if (consent) put({ ...read.policy, consent }); }} choices={CONSENTS.map((value) => ({ value, text: t(`rules-recording-said-${value}`), label: t(`rules-recording-said-${value}`) }))} />
            </span>
          </div>
          <SwitchLine title={t("rules-recording-pause")} note={t("rules-recording-pause-note")} on={read.policy.mayPause} onChange={(mayPause) => put({ ...read.policy, mayPause })} />
          <div className={settings.line}>
            <span className={settings.words}><b>{t("rules-recording-keep")}</b><small>{t("rules-recording-keep-note")}</small></span>
            <span className={styles.keep}>
              <Select label={t("rules-recording-keep")} value={String(read.policy.retentionDays)} onChange={(value) => keep(read.policy, Number(value))} choices={[...new Set([...DAYS, read.policy.retentionDays])].map((count) => ({ value: String(count), text: days(count), label: days(count) }))} />
            </span>
          </div>
        </div>
      )}
      {asked && (
        <Ask title={t("rules-recording-shorter")} confirm={t("rules-recording-shorter-confirm")} cancel={t("cancel")} onConfirm={() => { put(asked); setAsked(null); }} onCancel={() => setAsked(null)}>
          {t("rules-recording-shorter-note", { days: days(asked.retentionDays) })}
        </Ask>
      )}
    </section>
  );
}
