import { useCallback, useEffect, useRef, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { ContactLine, ContactsWhich, IpcError, LetterCount } from "../../backend/generated";
import { useEngine } from "../../state/Engine";

export type Which = ContactsWhich;

/** Lines asked for at once. */
export const PAGE = 100;

export type Found =
  | { kind: "loading" }
  | { kind: "failed"; error: IpcError }
  | { kind: "there"; text: string; which: Which; total: number; more: boolean; letters: readonly LetterCount[]; pages: ReadonlyMap<number, readonly ContactLine[]> };

/** The book, or what was found in it, as far as it is looked at. What stands there stays until the newer answer comes. */
export function useContacts(text: string, which: Which): { found: Found; need(from: number, to: number): void; again(): void } {
  const { backend, state } = useEngine();
  const { language } = state.settings;
  const [found, setFound] = useState<Found>({ kind: "loading" });
  const [attempt, setAttempt] = useState(0);
  const asked = useRef(new Set<number>());
  const running = useRef(0);

  useEffect(() => {
    const mine = ++running.current;
    asked.current = new Set([0]);
    backend.contacts({ text, which, language, offset: 0, limit: PAGE }).then(
      ({ lines, total, more, letters }) => {
        if (mine !== running.current) return;
        setFound((before) => {
          const same = before.kind === "there" && before.text === text && before.which === which && before.total === total;
          return { kind: "there", text, which, total, more, letters, pages: new Map(same ? before.pages : []).set(0, lines) };
        });
      },
      (thrown: unknown) => {
        if (mine === running.current) setFound({ kind: "failed", error: asIpcError(thrown) });
      },
    );
  }, [backend, text, which, language, state.contactsVersion, attempt]);

  const need = useCallback(
    (from: number, to: number) => {
      for (let page = Math.floor(from / PAGE); page <= Math.floor(to / PAGE); page++) {
        if (asked.current.has(page)) continue;
        asked.current.add(page);
        const mine = running.current;
        backend.contacts({ text, which, language, offset: page * PAGE, limit: PAGE }).then(
          ({ lines }) => {
            if (mine !== running.current) return;
            setFound((now) => (now.kind === "there" ? { ...now, pages: new Map(now.pages).set(page, lines) } : now));
          },
          (thrown: unknown) => {
            if (mine === running.current) setFound({ kind: "failed", error: asIpcError(thrown) });
          },
        );
      }
    },
    [backend, text, which, language],
  );
  return { found, need, again: () => { setFound({ kind: "loading" }); setAttempt((count) => count + 1); } };
}

/** A line, once its page has come. */
export function lineOf(found: Found, at: number): ContactLine | undefined {
  return found.kind === "there" ? found.pages.get(Math.floor(at / PAGE))?.[at % PAGE] : undefined;
}
