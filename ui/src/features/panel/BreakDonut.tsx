import type { PanelBreak } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Name } from "../../kit/Text";
import { useStatusName } from "../status/choices";
import { Chart } from "./Chart";
import styles from "./Charts.module.css";

const SECOND_MS = 1000;
/** Circumference that the parts are counted in. */
const ROUND = 100;
const RADIUS = ROUND / (2 * Math.PI);
const TONES = 6;

/** Break time of today by reason (CH-03), from twelve o'clock on. */
export function BreakDonut({ breaks }: { breaks: readonly PanelBreak[] }) {
  const { t, format } = useWords();
  const nameOf = useStatusName();
  const all = breaks.reduce((sum, { ms }) => sum + ms, 0);
  const time = (ms: number) => format.duration(ms / SECOND_MS);
  const share = (ms: number) => (all === 0 ? 0 : (ms / all) * ROUND);
  let from = 0;
  const parts = breaks.map(({ status, ms }, at) => {
    const start = from;
    from += share(ms);
    return { id: status.id, name: nameOf(status), ms, start, tone: styles[`tone-${at % TONES}`] };
  });
  return (
    <Chart
      title={t("panel-chart-breaks")} columns={[t("panel-chart-reason"), t("panel-chart-duration"), t("panel-chart-share")]} rows={parts.map(({ name, ms }) => [name, time(ms), format.percent(Math.round(share(ms)))])}
      readings={parts.map(({ name, ms }) => t("panel-reading-break", { name, time: time(ms), share: format.percent(Math.round(share(ms))) }))} upright
    >
      {(at) => (
        <div className={styles.donut} aria-hidden="true">
          <svg viewBox="0 0 42 42">
            {parts.length === 0 && <circle className={styles.hollow} cx="21" cy="21" r={RADIUS} />}
            {parts.map(({ id, ms, start, tone }, part) => (
              <circle key={id} data-reading={part} className={`${tone} ${part === at ? styles.aimedPart : ""}`} cx="21" cy="21" r={RADIUS} pathLength={ROUND} strokeDasharray={`${Math.max(0, share(ms) - 0.6)} ${ROUND}`} strokeDashoffset={-start} transform="rotate(-90 21 21)" />
            ))}
          </svg>
          <ul>
            {parts.length === 0 && <li>{t("panel-no-breaks")}</li>}
            {parts.map(({ id, name, ms, tone }, part) => <li key={id} data-reading={part} className={part === at ? styles.aimed : undefined}><i className={tone} /><span><Name>{name}</Name></span><b>{time(ms)}</b></li>)}
          </ul>
        </div>
      )}
    </Chart>
  );
}
