import { useCallback, useEffect, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { IpcError, ParkingRules as Rules } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Notice } from "../../kit/Notice";
import { Select } from "../../kit/Select";
import { SkeletonRows } from "../../kit/Skeleton";
import { useEngine } from "../../state/Engine";
import settings from "../settings/Settings.module.css";
import styles from "./RecordingRules.module.css";

type Read = { kind: "loading" } | { kind: "failed"; error: IpcError } | { kind: "there"; rules: Rules };

/** Seconds that can be chosen; another one that is in force stands among them. */
const TIMES = [30, 60, 120, 180, 300, 600] as const;

/** After how long a parked call rings at the one who parked it (RG-08). It is changed when the server has taken it, not before. */
export function ParkingRules() {
  const { backend, run } = useEngine();
  const { t, format } = useWords();
  const [read, setRead] = useState<Read>({ kind: "loading" });
  const ask = useCallback(() => {
    setRead({ kind: "loading" });
    backend.parkingRulesGet().then((rules) => setRead({ kind: "there", rules }), (thrown: unknown) => setRead({ kind: "failed", error: asIpcError(thrown) }));
  }, [backend]);
  useEffect(ask, [ask]);
  const put = (ringBackS: number) => run(backend.parkingRulesPut({ ringBackS }).then((rules) => setRead({ kind: "there", rules })));
  const words = (seconds: number) => {
    const whole = seconds % 60 === 0;
    const count = whole ? seconds / 60 : seconds;
    return t(whole ? "rules-parking-minutes" : "rules-parking-seconds", { count, number: format.count(count) });
  };
  return (
    <section className={settings.group} aria-label={t("rules-parking")}>
      <h3 className={settings.heading}>{t("rules-parking")}</h3>
      {read.kind === "loading" && <SkeletonRows rows={1} label={t("loading")} />}
      {read.kind === "failed" && <Notice tone="bad" urgent title={t("rules-failed")} detail={read.error.detail} action={<Button size="sm" onPress={ask}>{t("try-again")}</Button>}>{errorTitle(t, read.error)}</Notice>}
      {read.kind === "there" && (
        <div className={settings.list}>
          <div className={settings.line}>
            <span className={settings.words}><b>{t("rules-parking-back")}</b><small>{t("rules-parking-back-note")}</small></span>
            <span className={styles.keep}>
              <Select label={t("rules-parking-back")} value={String(read.rules.ringBackS)} onChange={(value) => put(Number(value))} choices={[...new Set([...TIMES, read.rules.ringBackS])].toSorted((a, b) => a - b).map((count) => ({ value: String(count), text: words(count), label: words(count) }))} />
            </span>
          </div>
        </div>
      )}
    </section>
  );
}
