import type { PanelCharts } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Notice } from "../../kit/Notice";
import { SkeletonRows } from "../../kit/Skeleton";
import { BreakDonut } from "./BreakDonut";
import { Chart } from "./Chart";
import styles from "./Charts.module.css";
import { Directions } from "./Directions";
import { HalfHours, topOf } from "./HalfHours";
import { LevelLine } from "./LevelLine";
import { useCharts } from "./usePanel";

/** How the day goes (CH-01 to CH-03, design 6.8). */
export function Charts({ live, target }: { live: boolean; target: number }) {
  const { t } = useWords();
  const { read, again } = useCharts(live);
  if (read.kind === "loading") return <div className={styles.waits}><SkeletonRows rows={4} label={t("loading")} /></div>;
  if (read.kind === "failed") return <div className={styles.waits}><Notice tone="bad" title={t("panel-charts-failed")} detail={read.error.detail} action={<Button size="sm" onPress={again}>{t("try-again")}</Button>}>{errorTitle(t, read.error)}</Notice></div>;
  return <Drawn charts={read.at.value} target={target} />;
}

function Drawn({ charts, target }: { charts: PanelCharts; target: number }) {
  const { t, format } = useWords();
  const { halfHours, states } = charts;
  const rows = [
    { key: "idle", word: t("panel-state-idle"), value: states.idle, tone: styles.idle }, { key: "busy", word: t("panel-state-busy"), value: states.busy, tone: styles.busy },
    { key: "unregistered", word: t("panel-state-unregistered"), value: states.unregistered, tone: styles.unregistered },
  ];
  const most = Math.max(1, ...rows.map(({ value }) => value));
  return (
    <>
      <div className={styles.charts}>
        <HalfHours halfHours={halfHours} top={topOf(halfHours)} />
        <LevelLine halfHours={halfHours} target={target} />
      </div>
      <div className={styles.charts}>
        <Directions directions={charts.directions} />
        <div className={styles.column}>
          <Chart
            title={t("panel-chart-states")} columns={[t("panel-chart-state"), t("panel-chart-people")]} rows={rows.map(({ word, value }) => [word, format.count(value)])}
            readings={rows.map(({ word, value }) => t("panel-reading", { name: word, value: format.count(value) }))} upright
          >
            {(at) => (
              <div className={styles.states} aria-hidden="true">
                {rows.map(({ key, word, value, tone }, row) => (
                  <div key={key} className={row === at ? styles.aimed : undefined} data-reading={row}>
                    <span>{word}</span>
                    <svg className="flip" width="100%" height="10"><rect className={tone} x="0" y="0" width={`${(value / most) * 100}%`} height="10" rx="2" /></svg>
                    <b>{format.count(value)}</b>
                  </div>
                ))}
              </div>
            )}
          </Chart>
          <BreakDonut breaks={charts.breaks} />
        </div>
      </div>
    </>
  );
}
