import { useMemo } from "react";
import { useWords } from "../../i18n/I18n";
import { errorTitle } from "../../i18n/errors";
import { Button } from "../../kit/Button";
import { SkeletonRows } from "../../kit/Skeleton";
import { CallRow } from "./CallRow";
import styles from "./LatestCalls.module.css";
import { NoteAction } from "./Note";
import { ALL, useHistory } from "./useHistory";

/** As many at first, and each time that more are asked for. */
const AT_ONCE = 5;

/** Calls with somebody, newest first, whichever number was used. */
export function LatestCalls({ numbers, canCall, onCall }: { numbers: readonly string[]; canCall: boolean; onCall(number: string): void }) {
  const { t, format } = useWords();
  const key = JSON.stringify(numbers);
  const filter = useMemo(() => ({ ...ALL, numbers: JSON.parse(key) as string[] }), [key]);
  const { rows, loadMore, again } = useHistory(filter.numbers.length > 0 ? filter : null, AT_ONCE);
  if (numbers.length === 0) return null;
  return (
    <section className={styles.calls} aria-label={t("latest-calls")}>
      <h3>{t("latest-calls")}</h3>
      {rows.kind === "loading" && <SkeletonRows rows={2} label={t("loading")} />}
      {rows.kind === "failed" && <p role="alert">{errorTitle(t, rows.error)} <Button size="sm" onPress={again}>{t("try-again")}</Button></p>}
      {rows.kind === "there" && rows.rows.length === 0 && <p>{t("latest-calls-none")}</p>}
      {rows.kind === "there" && rows.rows.length > 0 && (
        <ul>
          {rows.rows.map((row) => (
            <CallRow key={row.id} row={row} day={format.day(row.startedAtMs)} canCall={canCall} onCall={() => onCall(row.person.number)} action={<NoteAction row={row} />} />
          ))}
        </ul>
      )}
      {rows.kind === "there" && rows.more && <Button size="sm" onPress={loadMore}>{t("latest-calls-more")}</Button>}
    </section>
  );
}
