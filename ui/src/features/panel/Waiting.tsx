import { useState } from "react";
import { Button as Press } from "react-aria-components";
import type { Panel, PanelCaller, PanelQueue } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Avatar } from "../../kit/Avatar";
import { IconButton } from "../../kit/Button";
import { cx } from "../../kit/cx";
import { ContextMenu, MenuAction, type Place } from "../../kit/Menu";
import { Dot, Name, PhoneNumber } from "../../kit/Text";
import type { At } from "../../state/state";
import { useSeconds } from "../../state/useTick";
import { Clock } from "./Clock";
import { placeOf } from "./place";
import styles from "./Panel.module.css";
import { isLate } from "./words";

/** As many stand there before one asks for more. */
const FIRST = 4;
const SECOND_MS = 1000;

interface WaitingProps {
  at: At<Panel>;
  live: boolean;
  /** Of this queue only. */
  queue: string | null;
  onPull(caller: PanelCaller): void;
  onSend(caller: PanelCaller): void;
}

/** Callers without an agent, longest first, with what can be done for them (LP-03, LP-04). */
export function Waiting({ at: { value, receivedAt }, live, queue, onPull, onSend }: WaitingProps) {
  const { t, format } = useWords();
  const [all, setAll] = useState(false);
  const [menu, setMenu] = useState<{ caller: PanelCaller; at: Place } | null>(null);
  const callers = value.waiting.filter((caller) => queue === null || caller.queue === queue);
  const shown = all ? callers : callers.slice(0, FIRST);
  const left = callers.length - FIRST;
  const late = callers.some((caller) => { const of = value.queues.find(({ id }) => id === caller.queue); return of && isLate(of, caller.waitedMs); });
  return (
    <section aria-labelledby="panel-waiting">
      <div className={styles.sideHead}>
        <h2 id="panel-waiting">{t("panel-waiting")}</h2>
        <span className={cx(styles.count, !late && styles.quiet)}>{format.count(callers.length)}</span>
      </div>
      {callers.length === 0 && <p className={styles.none}>{t("panel-nobody-waits")}</p>}
      <ul className={styles.rows}>
        {shown.map((caller) => (
          <Caller
            key={caller.id} caller={caller} queue={value.queues.find(({ id }) => id === caller.queue)} rings={value.agents.find(({ id }) => id === caller.offeredTo)?.name ?? null}
            at={receivedAt} live={live} onMenu={(place) => setMenu({ caller, at: place })}
          />
        ))}
      </ul>
      {left > 0 && <Press className={styles.link ?? ""} onPress={() => setAll(!all)}>{all ? t("panel-show-fewer") : t("panel-show-more", { count: left })}</Press>}
      {menu && (
        <ContextMenu at={menu.at} label={t("panel-caller-actions", { person: menu.caller.name || menu.caller.number || t("panel-withheld") })} onClose={() => setMenu(null)}>
          <MenuAction icon="phone-incoming" onAction={() => onPull(menu.caller)}>{t("panel-pull")}</MenuAction>
          <MenuAction icon="phone-transfer" onAction={() => onSend(menu.caller)}>{t("panel-send")}</MenuAction>
        </ContextMenu>
      )}
    </section>
  );
}

function Caller({ caller, queue, rings, at, live, onMenu }: { caller: PanelCaller; queue: PanelQueue | undefined; rings: string | null; at: number; live: boolean; onMenu(at: Place): void }) {
  const { t, format } = useWords();
  const seconds = useSeconds(caller.waitedMs, at, live);
  const withinS = queue?.withinS ?? 0;
  const late = queue !== undefined && isLate(queue, seconds * SECOND_MS);
  const who = caller.name || caller.number || t("panel-withheld");
  return (
    <li className={cx(styles.row, late && styles.lateRow)}>
      <Avatar id={caller.id} name={caller.name} size={28} />
      <span className={styles.who}>
        <b><CallerName caller={caller} /></b>
        <small>{queue && <Name>{queue.name}</Name>}{rings !== null && <><Dot /><span>{t("panel-rings-at", { person: rings })}</span></>}</small>
      </span>
      <span className={styles.waitBar} aria-hidden="true"><i style={{ inlineSize: `${withinS > 0 ? Math.min(100, (seconds / withinS) * 100) : 100}%` }} /></span>
      <span className={cx(styles.time, late && styles.late)}><Clock ms={caller.waitedMs} at={at} live={live} /></span>
      <IconButton size="sm" icon="user-switch" flip label={t("panel-caller-actions", { person: caller.number && !caller.name ? format.digits(caller.number) : who })} onPress={(event) => onMenu(placeOf(event.target))} />
    </li>
  );
}

/** The name, the number, or that there is none to be seen. */
export function CallerName({ caller }: { caller: PanelCaller }) {
  const { t, format } = useWords();
  if (caller.name) return <Name>{caller.name}</Name>;
  return caller.number ? <PhoneNumber>{format.digits(caller.number)}</PhoneNumber> : <>{t("panel-withheld")}</>;
}
