import { useCallback, useEffect, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { IpcError, TeamRules as Rules } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Notice } from "../../kit/Notice";
import { SkeletonRows } from "../../kit/Skeleton";
import { useEngine } from "../../state/Engine";
import { Page } from "../settings/Page";
import settings from "../settings/Settings.module.css";
import { SwitchLine } from "../settings/SwitchLine";
import { ParkingRules } from "./ParkingRules";
import { RecordingRules } from "./RecordingRules";

type Read = { kind: "loading" } | { kind: "failed"; error: IpcError } | { kind: "there"; rules: Rules };

/** What holds for the whole team. Each switch is moved when the server has taken it, not before. */
export function TeamRules() {
  const { backend, run } = useEngine();
  const { t } = useWords();
  const [read, setRead] = useState<Read>({ kind: "loading" });
  const ask = useCallback(() => {
    setRead({ kind: "loading" });
    backend.teamRulesGet().then((rules) => setRead({ kind: "there", rules }), (thrown: unknown) => setRead({ kind: "failed", error: asIpcError(thrown) }));
  }, [backend]);
  useEffect(ask, [ask]);
  const put = (rules: Rules) => run(backend.teamRulesPut(rules).then((kept) => setRead({ kind: "there", rules: kept })));
  return (
    <Page title={t("rules-page")} note={t("rules-note")}>
      {read.kind === "loading" && <SkeletonRows rows={3} label={t("loading")} />}
      {read.kind === "failed" && <Notice tone="bad" urgent title={t("rules-failed")} detail={read.error.detail} action={<Button size="sm" onPress={ask}>{t("try-again")}</Button>}>{errorTitle(t, read.error)}</Notice>}
      {read.kind === "there" && (
        <section className={settings.group} aria-label={t("rules-supervision")}>
          <h3 className={settings.heading}>{t("rules-supervision")}</h3>
          <div className={settings.list}>
            <SwitchLine title={t("rules-agents-see")} note={t("rules-agents-see-note")} on={read.rules.agentsSeeSupervision} onChange={(agentsSeeSupervision) => put({ ...read.rules, agentsSeeSupervision })} />
          </div>
        </section>
      )}
      <RecordingRules />
      <ParkingRules />
    </Page>
  );
}
