import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useWords } from "../../i18n/I18n";
import { PersonAvatar } from "../../state/faces";
import { cx } from "../../kit/cx";
import { Icon } from "../../kit/Icon";
import { Dot, Name, PhoneNumber } from "../../kit/Text";
import styles from "./ContactList.module.css";
import { LETTER, type Layout, layoutOf, lineAt, ROW, topOf } from "./layout";
import { LetterIndex } from "./LetterIndex";
import { type Found, lineOf } from "./useContacts";

/** Lines drawn above and below those that are seen. */
const SPARE = 8;

export const optionId = (at: number): string => `contact-line-${at}`;

interface ContactListProps {
  found: Extract<Found, { kind: "there" }>;
  /** Place of the line whose contact is shown. */
  chosen: number | null;
  listRef: RefObject<HTMLDivElement | null>;
  onChoose(at: number): void;
  onNeed(from: number, to: number): void;
  onKeyDown(event: KeyboardEvent): void;
}

/** A list of any length: only what is seen is drawn and asked for. One stop for the keyboard; arrows move inside. */
export function ContactList({ found, chosen, listRef, onChoose, onNeed, onKeyDown }: ContactListProps) {
  const { t, format } = useWords();
  const layout = useMemo(() => layoutOf(found.total, found.letters), [found.total, found.letters]);
  const scroll = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 0 });
  const look = () => {
    const box = scroll.current;
    if (box) setSeen((before) => (before.top === box.scrollTop && before.height === box.clientHeight ? before : { top: box.scrollTop, height: box.clientHeight }));
  };
  useLayoutEffect(() => {
    const box = scroll.current;
    if (!box) return undefined;
    look();
    const observer = new ResizeObserver(look);
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  // Another question begins at its best answer.
  useLayoutEffect(() => {
    if (scroll.current) scroll.current.scrollTop = 0;
    look();
  }, [found.text, found.which]);

  const first = Math.max(0, lineAt(layout, seen.top) - SPARE);
  const last = Math.min(found.total - 1, lineAt(layout, seen.top + seen.height) + SPARE);
  useEffect(() => { if (found.total > 0) onNeed(first, last); }, [found, first, last, onNeed]);
  useEffect(() => {
    if (chosen === null || !scroll.current) return;
    reveal(scroll.current, layout, chosen);
    look();
  }, [chosen, layout]);

  const drawn = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  const groups = layout.groups.filter(({ top, count }) => top + LETTER + count * ROW > seen.top - SPARE * ROW && top < seen.top + seen.height + SPARE * ROW);
  const active = chosen !== null && chosen >= first && chosen <= last ? optionId(chosen) : undefined;
  return (
    <div className={styles.pane}>
      <div ref={scroll} className={styles.scroll} onScroll={look} tabIndex={-1}>
        <div
          ref={listRef} role="listbox" tabIndex={0} aria-label={t("section-contacts")} aria-activedescendant={active} className={styles.list} style={{ blockSize: layout.height }}
          onKeyDown={onKeyDown}
        >
          {groups.map(({ letter, top }) => <div key={`${letter} ${top}`} role="presentation" className={styles.letter} style={{ insetBlockStart: top }}>{letter}</div>)}
          {drawn.map((at) => {
            const line = lineOf(found, at);
            return (
              // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the list has the focus and the keys
              <div
                key={at} id={optionId(at)} role="option" aria-selected={at === chosen} aria-setsize={found.total} aria-posinset={at + 1}
                className={cx(styles.row, at === chosen && styles.chosen)} style={{ insetBlockStart: topOf(layout, at) }}
                onClick={() => { onChoose(at); listRef.current?.focus({ preventScroll: true }); }}
              >
                {line ? (
                  <>
                    <PersonAvatar numbers={[line.number]} id={line.id} name={line.name} size={32} />
                    <span className={styles.who}>
                      <b><Name>{line.name}</Name></b>
                      <small>{line.company ? <Name>{line.company}</Name> : line.number !== line.name && <PhoneNumber>{format.digits(line.number)}</PhoneNumber>}{line.source && <><Dot /><Name>{line.source}</Name></>}</small>
                    </span>
                    {line.open && <span className={styles.open} role="img" aria-label={t("contact-is-open")}><Icon name="warning" /></span>}
                    {line.favourite && <span className={styles.star} role="img" aria-label={t("contact-is-favourite")}><Icon name="star-fill" /></span>}
                  </>
                ) : <span className={styles.blank} role="img" aria-label={t("loading")} />}
              </div>
            );
          })}
        </div>
      </div>
      {layout.groups.length > 0 && (
        <LetterIndex
          letters={found.letters} current={layout.groups.findLast(({ top }) => top <= seen.top)?.letter ?? null}
          onJump={(letter) => { const group = layout.groups.find((other) => other.letter === letter); if (group && scroll.current) scroll.current.scrollTop = group.top; }}
        />
      )}
    </div>
  );
}

/** Scrolls no further than it must. */
function reveal(box: HTMLElement, layout: Layout, at: number): void {
  const top = topOf(layout, at);
  if (top - LETTER < box.scrollTop) box.scrollTop = top - LETTER;
  else if (top + ROW > box.scrollTop + box.clientHeight) box.scrollTop = top + ROW - box.clientHeight;
}
