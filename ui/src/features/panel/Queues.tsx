import { useState } from "react";
import { Button } from "react-aria-components";
import type { Panel, PanelQueue } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { cx } from "../../kit/cx";
import { Icon } from "../../kit/Icon";
import { PresenceShape } from "../../kit/Presence";
import { Figures, Name, SaidOnly } from "../../kit/Text";
import type { At } from "../../state/state";
import { Clock } from "./Clock";
import styles from "./Panel.module.css";
import { isBroken, isLate, shapeOf } from "./words";

const COLUMNS = ["queue", "waiting", "longest", "agents", "ready", "level", "lost"] as const;
type Column = (typeof COLUMNS)[number];

const WORDS = {
  queue: "panel-column-queue", waiting: "panel-column-waiting", longest: "panel-column-longest", agents: "panel-column-agents", ready: "panel-column-ready", level: "panel-column-level", lost: "panel-column-lost",
} as const satisfies Record<Column, string>;

const SECOND_MS = 1000;

interface QueuesProps {
  at: At<Panel>;
  live: boolean;
  chosen: string | null;
  /** Absent: the rows are only read. */
  onChoose?(queue: string | null): void;
}

/** Queues of those who are shown (LP-03). A row that is chosen shows its callers and agents only. */
export function Queues({ at: { value, receivedAt }, live, chosen, onChoose }: QueuesProps) {
  const { t, language } = useWords();
  const [order, setOrder] = useState<{ by: Column; down: boolean } | null>(null);
  const agents = new Map(value.agents.map((agent) => [agent.id, agent]));
  const queues = order ? [...value.queues].sort((one, other) => compare(order.by, one, other, language) * (order.down ? -1 : 1)) : value.queues;
  return (
    <table className={styles.queues}>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" className={styles[column]} aria-sort={order?.by === column ? (order.down ? "descending" : "ascending") : undefined}>
              {onChoose ? (
                <Button className={cx(styles.sort, order?.by === column && styles.sorted)} onPress={() => setOrder((before) => ({ by: column, down: before?.by === column ? !before.down : column !== "queue" }))}>
                  <span>{t(WORDS[column])}</span>
                  {order?.by === column && <Icon name={order.down ? "caret-down-bold" : "caret-up-bold"} />}
                </Button>
              ) : t(WORDS[column])}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {queues.map((queue) => (
          <Row
            key={queue.id} queue={queue} shapes={queue.agents.flatMap((id) => { const agent = agents.get(id); return agent ? [{ id, shape: shapeOf(agent) }] : []; })}
            at={receivedAt} live={live} chosen={chosen === queue.id} onPress={onChoose && (() => onChoose(chosen === queue.id ? null : queue.id))}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  queue: PanelQueue;
  shapes: readonly { id: string; shape: ReturnType<typeof shapeOf> }[];
  at: number;
  live: boolean;
  chosen: boolean;
  onPress?: (() => void) | undefined;
}

function Row({ queue, shapes, at, live, chosen, onPress }: RowProps) {
  const { t, format } = useWords();
  const broken = isBroken(queue);
  return (
    <tr className={cx(broken && styles.alert, chosen && styles.chosen)} onClick={onPress}>
      <th scope="row" className={styles.queue}>
        {/* A press on it is a press on its row. */}
        {onPress ? <button type="button" aria-pressed={chosen} className={styles.choose}><Name>{queue.name}</Name></button> : <Name>{queue.name}</Name>}
        {broken && <SaidOnly>{t("panel-broken")}</SaidOnly>}
      </th>
      {/* eslint-disable-next-line jsx-a11y/control-has-associated-label -- a cell, not a control */}
      <td className={styles.waiting}><b><Figures>{format.count(queue.waiting)}</Figures></b></td>
      <td className={styles.longest}>{queue.longestWaitMs === null ? "–" : <Clock ms={queue.longestWaitMs} at={at} live={live} isLate={(seconds) => isLate(queue, seconds * SECOND_MS)} lateClass={styles.late} />}</td>
      <td className={styles.agents}>
        <span className={styles.strip} aria-hidden="true">{shapes.map(({ id, shape }) => <PresenceShape key={id} state={shape} />)}</span>
        <SaidOnly>{t("panel-queue-agents", { ready: queue.ready, busy: queue.busy, paused: queue.paused })}</SaidOnly>
      </td>
      <td className={styles.ready}><Figures>{format.count(queue.ready)}</Figures></td>
      <td className={styles.level}>
        <Level queue={queue} />
        <span className={styles.share}>{queue.serviceLevel === null ? "–" : <Figures>{format.percent(Math.round(queue.serviceLevel))}</Figures>}</span>
      </td>
      <td className={styles.lost}><Figures>{format.count(queue.abandoned)}</Figures></td>
    </tr>
  );
}

/** How many were answered in time, with a mark where it should be. */
function Level({ queue }: { queue: PanelQueue }) {
  return (
    <span className={styles.bar} aria-hidden="true">
      <i className={isBroken(queue) ? styles.low : undefined} style={{ inlineSize: `${queue.serviceLevel ?? 0}%` }} />
      <u style={{ insetInlineStart: `${queue.target}%` }} />
    </span>
  );
}

function compare(by: Column, one: PanelQueue, other: PanelQueue, language: string): number {
  switch (by) {
    case "queue": return one.name.localeCompare(other.name, language);
    case "waiting": return one.waiting - other.waiting;
    case "longest": return (one.longestWaitMs ?? -1) - (other.longestWaitMs ?? -1);
    case "agents": return one.agents.length - other.agents.length;
    case "ready": return one.ready - other.ready;
    case "level": return (one.serviceLevel ?? -1) - (other.serviceLevel ?? -1);
    case "lost": return one.abandoned - other.abandoned;
  }
}
