import type { PanelHalfHour } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Chart, Plot } from "./Chart";
import styles from "./Charts.module.css";
import { labelsOf } from "./HalfHours";

const HUNDRED = 100;

/** Service level per half hour, with the target as a dashed line. A half hour without calls leaves a gap. */
export function LevelLine({ halfHours, target }: { halfHours: readonly PanelHalfHour[]; target: number }) {
  const { t, format } = useWords();
  const levels = halfHours.map(({ serviceLevel }) => serviceLevel);
  // From 50 per cent, unless something lies below.
  const low = Math.min(target, ...levels.filter((level) => level !== null)) < 50 ? 0 : 50;
  const wide = HUNDRED / Math.max(1, halfHours.length);
  const y = (level: number) => HUNDRED - ((level - low) / (HUNDRED - low)) * HUNDRED;
  const said = (level: number | null) => (level === null ? t("panel-no-calls") : format.percent(Math.round(level)));
  return (
    <Chart
      title={t("panel-sum-level")} columns={[t("panel-chart-time"), t("panel-sum-level")]} rows={halfHours.map(({ startsAt, serviceLevel }) => [format.time(startsAt), said(serviceLevel)])}
      readings={halfHours.map(({ startsAt, serviceLevel }) => t("panel-reading", { name: format.time(startsAt), value: said(serviceLevel) }))}
      legend={<span>{t("panel-chart-target", { share: format.percent(target) })}</span>}
    >
      {(at) => (
        <Plot scale={[format.count(HUNDRED), "", "", format.count(low)]} times={labelsOf(halfHours, format.time, Math.max(4, Math.ceil(halfHours.length / 12) * 4))}>
          <svg className={`${styles.drawing} flip`} width="100%" height="100%" viewBox="0 0 100 100" preserveAspectRatio="none">
            <line className={styles.target} x1="0" x2="100" y1={y(target)} y2={y(target)} />
            {runs(levels).map((run) => <polyline key={run[0]?.at} className={styles.line} points={run.map(({ at: place, level }) => `${(place + 0.5) * wide},${y(level)}`).join(" ")} />)}
            {halfHours.map(({ startsAt }, bar) => <rect key={startsAt} data-reading={bar} className={bar === at ? styles.aimedBand : styles.touch} x={bar * wide} y="0" width={wide} height="100" />)}
          </svg>
        </Plot>
      )}
    </Chart>
  );
}

/** What hangs together between the gaps. A value alone is drawn as a point. */
function runs(levels: readonly (number | null)[]): { at: number; level: number }[][] {
  const found: { at: number; level: number }[][] = [[]];
  levels.forEach((level, at) => {
    if (level === null) found.push([]);
    else found.at(-1)?.push({ at, level });
  });
  return found.filter((run) => run.length > 0).map((run) => (run.length === 1 && run[0] ? [run[0], run[0]] : run));
}
