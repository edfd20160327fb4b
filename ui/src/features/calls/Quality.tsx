import { Button } from "react-aria-components";
import type { Call, CallQuality } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { CODECS, gradeWord, qualityFigures } from "../../i18n/quality";
import { Bars } from "../../kit/Bars";
import { cx } from "../../kit/cx";
import { Findings } from "../../kit/Findings";
import { Pop } from "../../kit/Pop";
import { SaidOnly } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import { type Grade, gradeOf, worseOf } from "../../state/quality";
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
            <Bars look={grade} />
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
  const { heard, spoken, fault } = quality;
  const { share, ms, score } = qualityFigures(t);
  const verdict = (name: string, look: Grade | null) => ({ name, look, word: gradeWord(t, look) });
  const codec = heard.codec ?? spoken.codec;
  return (
    <Findings
      title={t(`quality-head-${grade}`)}
      says={fault ? t(`quality-cause-${fault.cause}`) : t(`quality-well-${grade}`)}
      verdicts={[
        verdict(t("quality-heard"), gradeOf(heard)),
        verdict(t("quality-spoken"), gradeOf(spoken)),
      ]}
      figures={[
        [t("quality-lost-in"), share(heard.lost)],
        [t("quality-lost-out"), share(spoken.lost)],
        [t("quality-jitter"), ms(heard.jitterMs)],
        [t("quality-rtt"), ms(quality.rttMs)],
        [t("quality-delay"), ms(quality.delayMs)],
        [t("quality-buffer"), ms(quality.bufferMs)],
        [t("quality-concealed"), share(quality.concealed)],
        [t("quality-repaired"), share(quality.repaired)],
        [t("quality-mos-in"), score(heard.mos)],
        [t("quality-mos-out"), score(spoken.mos)],
        ...(codec ? [[t("quality-codec"), <bdi key="codec" dir="ltr">{CODECS[codec]}</bdi>] as const] : []),
      ]}
    >
      {fault && <p className={styles.cure}><b>{t("quality-try")}</b> {t(`quality-cure-${fault.side}`)}</p>}
    </Findings>
  );
}
