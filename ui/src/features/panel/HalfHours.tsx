import type { PanelHalfHour } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Chart, Plot } from "./Chart";
import styles from "./Charts.module.css";

/** Lines of the scale above zero. */
const STEPS = 3;
const BAR = 0.65;

/** End of the scale: the next of the round numbers that hold every bar. */
export function topOf(halfHours: readonly PanelHalfHour[]): number {
  const most = Math.max(1, ...halfHours.map(({ answered, abandoned }) => answered + abandoned));
  const step = Math.ceil(most / STEPS);
  const round = step <= 5 ? 1 : step <= 50 ? 5 : 50;
  return Math.ceil(step / round) * round * STEPS;
}

/** Whole hours have a label; every other half hour. With many, fewer. */
export function labelsOf(halfHours: readonly PanelHalfHour[], time: (ms: number) => string, every: number): readonly string[] {
  return halfHours.map(({ startsAt }, at) => (at % every === 0 ? time(startsAt) : ""));
}

/** Calls per half hour: answered, and above them abandoned. The half hour that still runs is paler. */
export function HalfHours({ halfHours, top }: { halfHours: readonly PanelHalfHour[]; top: number }) {
  const { t, format } = useWords();
  const wide = 100 / Math.max(1, halfHours.length);
  const share = (value: number) => (value / top) * 100;
  return (
    <Chart
      title={t("panel-chart-calls")} columns={[t("panel-chart-time"), t("panel-answered"), t("panel-abandoned")]}
      rows={halfHours.map(({ startsAt, answered, abandoned }) => [format.time(startsAt), format.count(answered), format.count(abandoned)])}
      readings={halfHours.map(({ startsAt, answered, abandoned }) => t("panel-reading-calls", { time: format.time(startsAt), answered, abandoned }))}
      legend={<><span className={styles.answered}>{t("panel-answered")}</span><span className={styles.abandoned}>{t("panel-abandoned")}</span></>}
    >
      {(at) => (
        <Plot scale={Array.from({ length: STEPS + 1 }, (_unused, step) => format.count((top / STEPS) * (STEPS - step)))} times={labelsOf(halfHours, format.time, Math.max(2, Math.ceil(halfHours.length / 12) * 2))}>
          <svg className={`${styles.drawing} flip`} width="100%" height="100%">
            {halfHours.map(({ startsAt, answered, abandoned }, bar) => {
              const x = `${bar * wide + (wide * (1 - BAR)) / 2}%`;
              const width = `${wide * BAR}%`;
              return (
                <g key={startsAt} data-reading={bar} className={bar === at ? styles.aimed : undefined}>
                  <rect className={styles.touch} x={`${bar * wide}%`} y="0" width={`${wide}%`} height="100%" />
                  <rect className={bar === halfHours.length - 1 ? styles.running : styles.answeredBar} x={x} width={width} y={`${100 - share(answered)}%`} height={`${share(answered)}%`} rx="1.5" />
                  {abandoned > 0 && <rect className={styles.abandonedBar} x={x} width={width} y={`${100 - share(answered + abandoned)}%`} height={`${share(abandoned)}%`} rx="1.5" />}
                </g>
              );
            })}
          </svg>
        </Plot>
      )}
    </Chart>
  );
}
