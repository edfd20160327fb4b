import { Button } from "react-aria-components";
import type { Call, CallQuality, Codec, WayQuality } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { cx } from "../../kit/cx";
import { Pop } from "../../kit/Pop";
import { SaidOnly } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import { GRADES, type Grade, gradeOf, worseOf } from "../../state/quality";
import styles from "./Quality.module.css";

/** How the call sounds: bars and a word; behind them which direction suffers, what to try, and the numbers, live. */
export function Quality({ call }: { call: Call }) {
  const { state } = useEngine();
  const { t } = useWords();
  const quality = state.quality[call.id];
  const grade = quality ? worseOf(gradeOf(quality.heard), gradeOf(quality.spoken)) : null;
  if (!quality || !grade || call.line !== "talking") return null;
  return (
    <div className={styles.corner}>
      <Pop
        label={t("quality")}
        trigger={
          <Button className={cx(styles.chip, styles[grade])}>
            <SaidOnly>{t("quality")}</SaidOnly>
            <Bars grade={grade} />
            <span aria-live="polite">{t(`quality-${grade}`)}</span>
          </Button>
        }
      >
        <Explanation quality={quality} grade={grade} />
      </Pop>
    </div>
  );
}

function Explanation({ quality, grade }: { quality: CallQuality; grade: Grade }) {
  const { t } = useWords();
  const { fault } = quality;
  return (
    <div className={styles.body}>
      <b className={styles.head}>{t(`quality-head-${grade}`)}</b>
      <p>{fault ? t(`quality-cause-${fault.cause}`) : t(`quality-well-${grade}`)}</p>
      <div className={styles.ways}>
        <Way name={t("quality-heard")} way={quality.heard} />
        <Way name={t("quality-spoken")} way={quality.spoken} />
      </div>
      {fault && <p className={styles.cure}><b>{t("quality-try")}</b> {t(`quality-cure-${fault.side}`)}</p>}
      <Numbers quality={quality} />
    </div>
  );
}

function Way({ name, way }: { name: string; way: WayQuality }) {
  const { t } = useWords();
  const grade = gradeOf(way);
  return (
    <div className={styles.way}>
      <span className={styles.wayName}>{name}</span>
      <Bars grade={grade} />
      <span className={styles.wayWord}>{grade ? t(`quality-way-${grade}`) : t("quality-unknown")}</span>
    </div>
  );
}

/** Numbers as they are now; what nobody has measured is a dash. */
function Numbers({ quality }: { quality: CallQuality }) {
  const { t } = useWords();
  const share = (value: number | null) => (value === null ? DASH : t("quality-share", { percent: value * 100 }));
  const ms = (value: number | null) => (value === null ? DASH : t("quality-ms", { ms: value }));
  const score = (value: number | null) => (value === null ? DASH : t("quality-score", { score: value }));
  const rows: readonly [label: string, value: string][] = [
    [t("quality-lost-in"), share(quality.heard.lost)],
    [t("quality-lost-out"), share(quality.spoken.lost)],
    [t("quality-jitter"), ms(quality.heard.jitterMs)],
    [t("quality-rtt"), ms(quality.rttMs)],
    [t("quality-delay"), ms(quality.delayMs)],
    [t("quality-buffer"), ms(quality.bufferMs)],
    [t("quality-concealed"), share(quality.concealed)],
    [t("quality-repaired"), share(quality.repaired)],
    [t("quality-mos-in"), score(quality.heard.mos)],
    [t("quality-mos-out"), score(quality.spoken.mos)],
  ];
  const codec = quality.heard.codec ?? quality.spoken.codec;
  return (
    <dl className={styles.numbers}>
      {rows.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}
      {codec && <div><dt>{t("quality-codec")}</dt><dd><bdi dir="ltr">{CODECS[codec]}</bdi></dd></div>}
    </dl>
  );
}

function Bars({ grade }: { grade: Grade | null }) {
  const lit = grade ? GRADES.length - GRADES.indexOf(grade) : 0;
  return <span className={cx(styles.bars, grade && styles[grade])} aria-hidden="true">{GRADES.map((each, at) => <i key={each} className={at < lit ? styles.lit : undefined} />)}</span>;
}

const DASH = "–";

/** Names of codecs are the same in every language. */
const CODECS: Readonly<Record<Codec, string>> = { opus: "Opus", g722: "G.722", pcmu: "G.711 µ-law", pcma: "G.711 A-law", comfortNoise: "CN" };
