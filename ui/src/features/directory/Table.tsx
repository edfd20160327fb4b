import { type KeyboardEvent, type MouseEvent, type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import type { DirectoryUser } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { cx } from "../../kit/cx";
import { Icon } from "../../kit/Icon";
import type { Place } from "../../kit/Menu";
import { SaidOnly } from "../../kit/Text";
import { type Column, COLUMNS, type Order } from "./order";
import { HEAD, ROW, Row, rowId } from "./Row";
import styles from "./Table.module.css";

/** Rows drawn above and below those that are seen. */
const SPARE = 8;

const headId = (column: Column): string => `directory-column-${column}`;
const CELLS: Partial<Record<Column, string>> = { role: styles.role ?? "", agent: cx(styles.agent, styles.centre), online: styles.onlineCell ?? "", cc: styles.cc ?? "", state: styles.state ?? "", description: styles.description ?? "" };

interface TableProps {
  /** In their order. */
  users: readonly DirectoryUser[];
  /** What was asked for: another question begins at its top. */
  question: string;
  order: Order;
  known: boolean;
  /** Who is chosen, by id. */
  active: string | null;
  /** Whose menu is open, by id. */
  menu: string | null;
  gridRef: RefObject<HTMLDivElement | null>;
  onOrder(by: Column): void;
  onActive(user: string): void;
  onOpen(user: DirectoryUser): void;
  onMenu(user: DirectoryUser, at: Place): void;
}

/** Users in a table of any length: only what is seen is drawn. One stop for the keyboard, arrows move inside, also into the head. */
export function Table({ users, question, order, known, active, menu, gridRef, onOrder, onActive, onOpen, onMenu }: TableProps) {
  const { t } = useWords();
  const scroll = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ first: 0, count: 0 });
  /** The head that the arrow keys are at. */
  const [aimed, setAimed] = useState<Column | null>(null);
  const look = useCallback(() => {
    const box = scroll.current;
    if (!box) return;
    const [first, count] = [Math.floor(box.scrollTop / ROW), Math.ceil(box.clientHeight / ROW) + 1];
    setSeen((before) => (before.first === first && before.count === count ? before : { first, count }));
  }, []);
  useLayoutEffect(() => {
    const box = scroll.current;
    if (!box) return undefined;
    const observer = new ResizeObserver(look);
    observer.observe(box);
    look();
    return () => observer.disconnect();
  }, [look]);
  useKeptInPlace(scroll, users, question, seen.first, look);

  const place = active === null ? -1 : users.findIndex(({ id }) => id === active);
  const [from, to] = [Math.max(0, seen.first - SPARE), Math.min(users.length, seen.first + seen.count + SPARE)];
  const drawn = Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
  // What has the focus is always there, wherever one has scrolled.
  if (place >= 0 && (place < from || place >= to)) drawn.push(place);

  const go = (at: number) => {
    const user = users[at];
    if (!user || !scroll.current) return;
    setAimed(null);
    onActive(user.id);
    reveal(scroll.current, at);
  };
  const menuAt = (user: DirectoryUser) => {
    const row = document.getElementById(rowId(user.id));
    const box = (row?.querySelector("[data-menu]") ?? row)?.getBoundingClientRect();
    if (box) onMenu(user, box);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const chosen = users[place];
    const page = Math.max(1, seen.count - 3);
    if (aimed && (event.key === "ArrowLeft" || event.key === "ArrowRight")) setAimed(beside(aimed, (event.key === "ArrowRight") === (document.documentElement.dir !== "rtl") ? 1 : -1));
    else if (aimed && (event.key === "Enter" || event.key === " ")) onOrder(aimed);
    else if (event.key === "ArrowUp" && aimed === null && place <= 0) setAimed(order.by);
    else if (event.key === "ArrowDown") go(aimed ? Math.max(0, place) : place + 1);
    else if (event.key === "ArrowUp" && aimed === null) go(place - 1);
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(users.length - 1);
    else if (event.key === "PageDown") go(Math.min(users.length - 1, place + page));
    else if (event.key === "PageUp") go(Math.max(0, place - page));
    else if (event.key === "Enter" && chosen) onOpen(chosen);
    else if ((event.key === "ContextMenu" || (event.shiftKey && event.key === "F10")) && chosen) {
      reveal(scroll.current, place);
      menuAt(chosen);
    } else return;
    event.preventDefault();
  };
  const userOf = (event: MouseEvent) => {
    const id = (event.target as Element).closest<HTMLElement>("[data-user]")?.dataset["user"];
    return id === undefined ? undefined : users.find((user) => user.id === id);
  };
  const onClick = (event: MouseEvent) => {
    const user = userOf(event);
    if (!user) return;
    setAimed(null);
    onActive(user.id);
    gridRef.current?.focus({ preventScroll: true });
    if ((event.target as Element).closest("[data-menu]")) menuAt(user);
  };
  const onContextMenu = (event: MouseEvent) => {
    const user = userOf(event);
    if (!user) return;
    event.preventDefault();
    setAimed(null);
    onActive(user.id);
    gridRef.current?.focus({ preventScroll: true });
    onMenu(user, { left: event.clientX, top: event.clientY, width: 0, height: 0 });
  };
  const head = (column: Column) => (
    <div key={column} role="columnheader" id={headId(column)} aria-sort={order.by === column ? (order.down ? "descending" : "ascending") : "none"} className={CELLS[column]}>
      <button type="button" tabIndex={-1} className={cx(styles.sort, order.by === column && styles.sorted, aimed === column && styles.aimed)} onClick={() => { onOrder(column); gridRef.current?.focus({ preventScroll: true }); }}>
        <span>{t(`directory-column-${column}`)}</span>
        {order.by === column && <Icon name="caret-up-bold" className={order.down ? (styles.turned ?? "") : ""} />}
      </button>
    </div>
  );
  return (
    <div ref={scroll} className={styles.scroll} onScroll={look} tabIndex={-1}>
      {/* eslint-disable-next-line jsx-a11y/interactive-supports-focus, jsx-a11y/click-events-have-key-events -- it has the focus and the keys for its rows */}
      <div
        ref={gridRef} role="grid" tabIndex={0} aria-label={t("section-directory")} aria-rowcount={users.length + 1} className={styles.grid} style={{ blockSize: HEAD + users.length * ROW }}
        aria-activedescendant={aimed ? headId(aimed) : place >= 0 && active !== null ? rowId(active) : undefined}
        onKeyDown={onKeyDown} onClick={onClick} onContextMenu={onContextMenu}
        onDoubleClick={(event) => { const user = userOf(event); if (user && !(event.target as Element).closest("[data-menu]")) onOpen(user); }}
        onFocus={(event) => { if (event.target === event.currentTarget && place < 0 && !aimed && users[seen.first]) onActive(users[seen.first]?.id ?? ""); }}
      >
        <div role="row" aria-rowindex={1} className={styles.head}>
          {COLUMNS.map(head)}
          <div role="columnheader"><SaidOnly>{t("directory-column-actions")}</SaidOnly></div>
        </div>
        {drawn.map((at) => {
          const user = users[at];
          return user && <Row key={user.id} user={user} at={at} active={at === place && aimed === null} open={user.id === menu} known={known} />;
        })}
      </div>
    </div>
  );
}

/** The next column that is seen: a narrow window has fewer. */
function beside(column: Column, by: 1 | -1): Column {
  let at: number = COLUMNS.indexOf(column);
  for (;;) {
    at += by;
    const next = COLUMNS[at];
    if (!next) return column;
    if (document.getElementById(headId(next))?.offsetParent) return next;
  }
}

/** Scrolls no further than it must. */
function reveal(box: HTMLElement | null, at: number): void {
  if (!box) return;
  const top = at * ROW;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + HEAD + ROW > box.scrollTop + box.clientHeight) box.scrollTop = top + HEAD + ROW - box.clientHeight;
}

/** Users come, go and change places above what is seen: it stays where it is under the eyes. */
function useKeptInPlace(scroll: RefObject<HTMLDivElement | null>, users: readonly DirectoryUser[], question: string, first: number, look: () => void): void {
  const last = useRef({ users, question });
  useLayoutEffect(() => {
    const box = scroll.current;
    const before = last.current;
    last.current = { users, question };
    if (!box || before.users === users) return;
    if (before.question !== question) box.scrollTop = 0;
    else if (box.scrollTop > 0) {
      // Whoever has not changed is a landmark.
      for (let at = first; at < Math.min(before.users.length, first + 2 * SPARE); at += 1) {
        const landmark = before.users[at];
        const now = landmark ? users.indexOf(landmark) : -1;
        if (now < 0) continue;
        box.scrollTop += (now - at) * ROW;
        break;
      }
    }
    look();
  }, [users, question, scroll, first, look]);
}
