import type { ReactNode } from "react";
import type { Panel } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { cx } from "../../kit/cx";
import { Figures } from "../../kit/Text";
import type { At } from "../../state/state";
import { useSeconds } from "../../state/useTick";
import styles from "./Panel.module.css";
import { isBroken, isLate } from "./words";

const SECOND_MS = 1000;

/** Six figures (LP-01): who waits, who is there, and how the day goes. */
export function Sums({ at: { value, receivedAt }, live }: { at: At<Panel>; live: boolean }) {
  const { t, format } = useWords();
  const { sums } = value;
  const longest = useSeconds(sums.longestWaitMs ?? 0, receivedAt, live && sums.longestWaitMs !== null);
  const late = value.queues.some((queue) => isLate(queue, queue.longestWaitMs));
  const share = sums.offered > 0 ? (sums.abandoned / sums.offered) * 100 : null;
  return (
    <ul className={styles.sums} aria-label={t("panel-sums")}>
      <Sum title={t("panel-sum-waiting")} value={format.count(sums.waiting)} late={late}>{sums.longestWaitMs !== null && t("panel-longest", { time: format.duration(longest) })}</Sum>
      <Sum title={t("panel-sum-ready")} value={format.count(sums.ready)}>{t("panel-signed-in", { count: sums.signedIn })}</Sum>
      <Sum title={t("panel-sum-calls")} value={format.count(sums.onCalls)}>{sums.averageTalkMs !== null && t("panel-average", { time: format.duration(sums.averageTalkMs / SECOND_MS) })}</Sum>
      <Sum title={t("panel-sum-answered")} value={format.count(sums.answered)}>{t("panel-yesterday", { count: sums.answeredYesterday })}</Sum>
      <Sum title={t("panel-sum-abandoned")} value={format.count(sums.abandoned)}>{share !== null && t("panel-of-calls", { share: format.percent(share) })}</Sum>
      <Sum title={t("panel-sum-level")} value={sums.serviceLevel === null ? "–" : format.percent(Math.round(sums.serviceLevel))} broken={isBroken(sums)}>{t("panel-target", { share: format.percent(sums.target), seconds: sums.withinS })}</Sum>
    </ul>
  );
}

function Sum({ title, value, late = false, broken = false, children }: { title: string; value: string; late?: boolean; broken?: boolean; children: ReactNode }) {
  return (
    <li>
      <small>{title}</small>
      <b className={broken ? styles.late : undefined}><Figures>{value}</Figures></b>
      <span className={cx(styles.sub, late && styles.late)}>{children}</span>
    </li>
  );
}
