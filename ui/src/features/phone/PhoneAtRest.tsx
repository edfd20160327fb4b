import { useState } from "react";
import { usePresence } from "../../app/presence";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { cx } from "../../kit/cx";
import { Empty } from "../../kit/Empty";
import { Notice } from "../../kit/Notice";
import { PresenceShape } from "../../kit/Presence";
import { Count, Segments } from "../../kit/Segments";
import { SkeletonRows } from "../../kit/Skeleton";
import { Name } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import { useCountdown } from "../../state/useTick";
import { errorTitle } from "../../i18n/errors";
import { CallRow } from "../history/CallRow";
import { ALL, MISSED, useHistory } from "../history/useHistory";
import { SoundNotice } from "../calls/SoundNotice";
import { WrapUp } from "../queues/WrapUp";
import { Dialler } from "./Dialler";
import { Favourites } from "./Favourites";
import { ParkedCalls } from "./ParkedCalls";
import styles from "./PhoneAtRest.module.css";

const RECENT = 50;

/** The phone between calls: dial pad beside recent calls. `receding`: a call rings in front of it. */
export function PhoneAtRest({ receding, onHistory, onContacts }: { receding: boolean; onHistory(): void; onContacts(): void }) {
  const { state, backend, run } = useEngine();
  const { t, format } = useWords();
  const [tab, setTab] = useState<"keypad" | "recent">("keypad");
  const [filter, setFilter] = useState<"all" | "missed">("all");
  // The dial pad wants the last number dialled whatever the list shows, so missed calls are a second question, asked when wanted.
  const all = useHistory(ALL, RECENT);
  const missed = useHistory(filter === "missed" ? MISSED : null, RECENT);
  const { rows, again } = filter === "missed" ? missed : all;
  const lastNumber = all.rows.kind === "there" ? (all.rows.rows.find((row) => row.direction === "outgoing")?.person.number ?? null) : null;
  const connected = state.system.value.webPhone.level === "ok";

  return (
    <div className={cx(styles.rest, receding && styles.receding)} data-tab={tab} inert={receding}>
      <div className={styles.tabs}>
        <Segments large label={t("section-phone")} value={tab} onChange={setTab} choices={[{ value: "keypad", label: t("keypad-dial") }, { value: "recent", label: t("recent") }]} />
      </div>
      <div className={styles.notices}>
        {!connected && <Offline />}
        <SoundNotice />
        <div className={styles.narrow}><WrapUp /></div>
      </div>
      <Dialler lastNumber={lastNumber} />
      <section className={styles.main}>
        {connected && <Ready />}
        {/* Below the line of the phone: the card of the call that has just ended lies above it and must not cover the buttons. */}
        <div className={styles.wide}><WrapUp /></div>
        <ParkedCalls />
        <Favourites onEdit={onContacts} />
        <div className={styles.head}>
          <h2>{t("recent")}</h2>
          <Segments
            label={t("recent-filter")} value={filter} onChange={setFilter}
            choices={[
              { value: "all", label: t("filter-all") },
              { value: "missed", label: <>{t("filter-missed")}{state.unseenMissed > 0 && <Count>{format.count(state.unseenMissed)}</Count>}</> },
            ]}
          />
        </div>
        {rows.kind === "loading" && <SkeletonRows rows={8} label={t("loading")} />}
        {rows.kind === "failed" && <Empty broken title={errorTitle(t, rows.error)} detail={rows.error.detail} action={<Button onPress={again}>{t("try-again")}</Button>} />}
        {rows.kind === "there" && rows.rows.length === 0 && (
          <Empty title={t(filter === "missed" ? "recent-none-missed" : "recent-empty")}>{t(filter === "missed" ? "recent-none-missed-note" : "recent-empty-note")}</Empty>
        )}
        {rows.kind === "there" && rows.rows.length > 0 && (
          <ul className={styles.rows} aria-label={t("recent")}>
            {rows.rows.map((row) => <CallRow key={row.id} row={row} canCall={connected} onCall={() => run(backend.dial({ target: row.person.number }))} />)}
            {rows.more && <li className={styles.more}><Button tone="ghost" size="sm" onPress={onHistory}>{t("recent-more")}</Button></li>}
          </ul>
        )}
      </section>
    </div>
  );
}

function Ready() {
  const { t } = useWords();
  const presence = usePresence();
  return (
    <div className={styles.shift}>
      <PresenceShape state={presence.state} />
      <b>{presence.state === "available" ? t("ready-for-calls") : <Name>{presence.word}</Name>}</b>
    </div>
  );
}

/** The server cannot be reached: nothing can ring here, nothing can be dialled. */
function Offline() {
  const { state, backend, run } = useEngine();
  const { t } = useWords();
  const light = state.system.value.webPhone;
  const left = useCountdown(light.retryInMs, state.system.receivedAt);
  // What mends itself is brass; what only a person can mend is red, and says how.
  const lost = light.why === null || light.why === "unreachable" || light.why === "noAnswer";
  const waiting = light.level === "warn";
  return (
    <Notice
      tone={lost || waiting ? "warn" : "bad"} icon="cloud-slash" urgent={!waiting}
      title={light.why && !lost ? t(`system-why-${light.why}`) : t("offline-title")}
      action={<Button size="sm" onPress={() => run(backend.retryNow())}>{t("retry-now")}</Button>}
    >
      {light.why && lost && t(`system-why-${light.why}`)} {t("offline-note")} <span aria-live="off">{left > 0 && t("system-retry-in", { seconds: left })}</span>
    </Notice>
  );
}
