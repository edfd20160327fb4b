import type { PointerEvent } from "react";
import type { LetterCount } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { cx } from "../../kit/cx";
import styles from "./ContactList.module.css";

const LATIN = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const ARABIC = [..."أبتثجحخدذرزسشصضطظعغفقكلمنهوي"];

interface LetterIndexProps {
  letters: readonly LetterCount[];
  current: string | null;
  onJump(letter: string): void;
}

/** The alphabet beside the list, for the pointer: the keyboard has the search. The other script is one entry. Pale: nobody stands there. */
export function LetterIndex({ letters, current, onJump }: LetterIndexProps) {
  const { language } = useWords();
  const there = new Set(letters.map(({ letter }) => letter));
  const [own, other, sign] = language === "ar" ? [ARABIC, LATIN, "A-Z"] : [LATIN, ARABIC, "ع"];
  const otherFirst = letters.find(({ letter }) => other.includes(letter))?.letter ?? null;
  const entries = [
    ...own.map((letter) => ({ sign: letter, target: there.has(letter) ? letter : null, isCurrent: current === letter })),
    { sign, target: otherFirst, isCurrent: current !== null && other.includes(current) },
  ];
  // Pressed and drawn along, as one slides a finger down an index.
  const jump = (event: PointerEvent<HTMLElement>) => {
    if (event.buttons === 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    const entry = entries[Math.floor(((event.clientY - box.top) / box.height) * entries.length)];
    if (entry?.target) onJump(entry.target);
  };
  return (
    <div className={styles.index} aria-hidden="true">
      <div onPointerDown={jump} onPointerMove={jump}>
        {entries.map((entry) => <i key={entry.sign} className={cx(entry.target === null && styles.none, entry.isCurrent && styles.current)}>{entry.sign}</i>)}
      </div>
    </div>
  );
}
