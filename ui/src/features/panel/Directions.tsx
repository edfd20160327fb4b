import type { PanelDirections } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Name, PhoneNumber } from "../../kit/Text";
import { Chart } from "./Chart";
import styles from "./Charts.module.css";

const KINDS = ["inbound", "outbound", "internal", "conference", "eavesdrop"] as const;
const WORDS = {
  inbound: "panel-direction-inbound", outbound: "panel-direction-outbound", internal: "panel-direction-internal", conference: "panel-direction-conference", eavesdrop: "panel-direction-eavesdrop",
} as const satisfies Record<(typeof KINDS)[number], string>;

/** The ten extensions with the most calls of today, by direction (CH-02). */
export function Directions({ directions }: { directions: readonly PanelDirections[] }) {
  const { t, format } = useWords();
  const sum = (one: PanelDirections) => KINDS.reduce((all, kind) => all + one[kind], 0);
  const most = Math.max(1, ...directions.map(sum));
  return (
    <Chart
      title={t("panel-chart-directions")} columns={[t("panel-chart-extension"), ...KINDS.map((kind) => t(WORDS[kind]))]} rows={directions.map((one) => [`${one.name} ${format.digits(one.extension)}`, ...KINDS.map((kind) => format.count(one[kind]))])}
      readings={directions.map((one) => t("panel-reading-directions", { name: one.name || one.extension, inbound: one.inbound, outbound: one.outbound, internal: one.internal, conference: one.conference, eavesdrop: one.eavesdrop }))}
      upright
    >
      {(at) => (
        <div className={styles.directions} aria-hidden="true">
          <div className={styles.keys}>{KINDS.map((kind) => <span key={kind} className={styles[`key-${kind}`]}>{t(WORDS[kind])}</span>)}</div>
          {directions.length === 0 && <p>{t("panel-no-calls-today")}</p>}
          {directions.map((one, row) => {
            let from = 0;
            return (
              <div key={one.extension} data-reading={row} className={row === at ? styles.aimed : undefined}>
                <span>{one.name ? <Name>{one.name}</Name> : <PhoneNumber>{format.digits(one.extension)}</PhoneNumber>}</span>
                <svg className="flip" width="100%" height="10">
                  {KINDS.filter((kind) => one[kind] > 0).map((kind) => {
                    const x = from;
                    from += (one[kind] / most) * 100;
                    return <rect key={kind} className={styles[kind]} x={`${x}%`} y="0" width={`${(one[kind] / most) * 100}%`} height="10" />;
                  })}
                </svg>
                <b>{format.count(sum(one))}</b>
              </div>
            );
          })}
        </div>
      )}
    </Chart>
  );
}
