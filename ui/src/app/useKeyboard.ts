// The keyboard map (design 9). By key position, so that it does not depend on the layout: an Arabic layout has the same keys.
import { type RefObject, useEffect, useRef } from "react";
import type { Call, Supervision } from "../backend/generated";
import { canTransfer, takesDigits } from "../state/calls";
import { useEngine } from "../state/Engine";
import type { Section } from "./Frame";
import { isMac } from "./shortcuts";

interface Desk {
  stage: Call | null;
  supervision: Supervision | null;
  incoming: Call | null;
  search: RefObject<HTMLInputElement | null>;
  section: Section;
  /** In the order of the rail. */
  sections: readonly Section[];
  onSection(section: Section): void;
  onTransfer(call: string): void;
}

const REGIONS = ["top", "rail", "sheet"] as const;

export function useKeyboard(desk: Desk): void {
  const engine = useEngine();
  const latest = useRef({ desk, engine });
  latest.current = { desk, engine };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat) return;
      if (press(event, latest.current.desk, latest.current.engine)) event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

/** Whether the key did something. */
function press(event: KeyboardEvent, desk: Desk, engine: ReturnType<typeof useEngine>): boolean {
  if (event.code === "F6") return nextRegion(event.shiftKey);
  const command = isMac ? event.metaKey : event.ctrlKey;
  if (command) return pressWithCommand(event, desk, engine);
  if (event.altKey || event.metaKey || event.ctrlKey || isTyping(event.target)) return false;
  const digit = digitOf(event);
  // At rest the number field takes it: with the focus moved now, the key types there by itself.
  if (digit && !desk.stage && !desk.incoming && desk.section === "phone") focusDialField(null);
  if (digit && desk.stage && takesDigits(desk.stage)) {
    engine.sendDigit(desk.stage.id, digit);
    return true;
  }
  return false;
}

function pressWithCommand(event: KeyboardEvent, { stage, supervision, search, sections, onSection, onTransfer }: Desk, { backend, run, state }: ReturnType<typeof useEngine>): boolean {
  // macOS keeps ⌘H and ⌘M for itself.
  const mine = !isMac || event.altKey;
  const nth = /^Digit([1-9])$/.exec(event.code)?.[1];
  if (nth) {
    const wanted = sections[Number(nth) - 1];
    if (wanted) onSection(wanted);
    return Boolean(wanted);
  }
  switch (event.code) {
    case "KeyK":
      focusDialField(search.current);
      return true;
    case "Comma":
      onSection("settings");
      return true;
    case "KeyS":
      return event.shiftKey && openStatusMenu();
    case "KeyM":
      if (!mine || !stage && (supervision === null || supervision.mode === "listen")) return false;
      run(backend.mute({ on: !state.muted }));
      return true;
    case "KeyH":
      if (!stage || !mine) return false;
      if (stage.line === "talking") run(backend.hold({ call: stage.id }));
      if (stage.line === "held") run(backend.resume({ call: stage.id }));
      return true;
    case "KeyT":
      if (!stage || !canTransfer(stage)) return false;
      onTransfer(stage.id);
      return true;
    case "KeyE":
      if (stage) run(backend.hangUp({ call: stage.id }));
      else if (supervision) run(backend.superviseLeave());
      return stage !== null || supervision !== null;
    default:
      return false;
  }
}

/** The tone of a key: by its character for * and #, which move between layouts; by its place for digits. */
export function digitOf(event: KeyboardEvent): string | null {
  if (event.key === "*" || event.key === "#") return event.key;
  if (event.shiftKey) return null;
  return /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1] ?? null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** The picture in the rail or in the head, whichever is there (ST-12). */
function openStatusMenu(): boolean {
  const opener = [...document.querySelectorAll<HTMLElement>("[data-opens-status]")].find((button) => button.offsetParent !== null);
  opener?.click();
  return Boolean(opener);
}

/** The narrow window has no search field: there the number field of the dial pad takes its place. */
function focusDialField(search: HTMLInputElement | null): void {
  const field = search?.offsetParent ? search : document.querySelector<HTMLInputElement>("[data-dial-field]");
  field?.focus();
}

function nextRegion(back: boolean): boolean {
  const regions = REGIONS.map((name) => document.querySelector<HTMLElement>(`[data-region="${name}"]`)).filter((region) => region !== null && region.offsetParent !== null);
  const at = regions.findIndex((region) => region?.contains(document.activeElement));
  const next = regions[(at + (back ? regions.length - 1 : 1)) % regions.length];
  const first = [...(next?.querySelectorAll<HTMLElement>("input, button, [tabindex='0']") ?? [])].find((element) => element.offsetParent !== null && !element.matches(":disabled"));
  first?.focus();
  return Boolean(first);
}
