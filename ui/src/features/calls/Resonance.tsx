import { useEffect, useRef } from "react";
import { useWords } from "../../i18n/I18n";
import { useEngine } from "../../state/Engine";
import { loudness } from "../../state/levels";
import styles from "./Resonance.module.css";

/** 20 s of both voices, a bar for each tenth of a second. */
const BARS = 200;
const BAR_MS = 100;
const SLOW_BAR_MS = 1000;
const CALLER_SHARE = 0.6;

/**
 * The resonance line: the caller above in lapis, the agent below in brass, newest at the right in both languages.
 * A dead microphone is seen in two seconds. `data-caller` and `data-you` count the bars that are not silent.
 */
export function Resonance({ quiet, small = false }: { quiet: boolean; small?: boolean }) {
  const { levels } = useEngine();
  const { t } = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const slow = globalThis.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const caller = Array.from({ length: BARS }, () => 0);
    const you = Array.from({ length: BARS }, () => 0);
    const element = canvas.current;
    if (element) draw(element, caller, you);
    let loudest = { caller: 0, you: 0 };
    let drawnAt = performance.now();
    return levels.subscribe(({ callerDbfs, microphoneDbfs }) => {
      loudest = { caller: Math.max(loudest.caller, loudness(callerDbfs)), you: Math.max(loudest.you, loudness(microphoneDbfs)) };
      const now = performance.now();
      if (now - drawnAt < (slow ? SLOW_BAR_MS : BAR_MS)) return;
      drawnAt = now;
      caller.push(loudest.caller);
      you.push(loudest.you);
      caller.shift();
      you.shift();
      loudest = { caller: 0, you: 0 };
      if (canvas.current) draw(canvas.current, caller, you);
    });
  }, [levels]);
  return (
    <div className={small ? styles.small : styles.line} dir="ltr" aria-hidden="true" data-quiet={quiet || undefined}>
      {!small && (
        <div className={styles.labels}>
          <span className={styles.them}>{t("voice-caller")}</span>
          <span className={styles.you}>{t("voice-you")}</span>
        </div>
      )}
      <canvas ref={canvas} className={styles.canvas} data-voices="" />
    </div>
  );
}

function draw(canvas: HTMLCanvasElement, caller: readonly number[], you: readonly number[]): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const scale = globalThis.devicePixelRatio;
  const [width, height] = [canvas.clientWidth * scale, canvas.clientHeight * scale];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  context.clearRect(0, 0, width, height);
  const look = getComputedStyle(canvas);
  const [step, middle, thin] = [width / BARS, Math.round(height * CALLER_SHARE), Math.max(1, Math.round(scale))];
  const bar = Math.max(thin, Math.floor(step * 0.6));
  const bars = (values: readonly number[], colour: string, room: number, sign: 1 | -1) => {
    context.fillStyle = colour;
    values.forEach((value, at) => {
      const length = Math.max(thin, Math.round(value * room));
      // On whole pixels: a blurred bar would join its neighbours to a band.
      const x = Math.round(width - (values.length - at) * step);
      context.fillRect(x, sign > 0 ? middle + thin : middle - thin - length, bar, length);
    });
  };
  bars(caller, look.getPropertyValue("--lapis-ink"), middle - 2 * thin, -1);
  bars(you, look.getPropertyValue("--brass-badge"), height - middle - 2 * thin, 1);
  const sounding = (values: readonly number[]) => String(values.filter((value) => value > 0.05).length);
  Object.assign(canvas.dataset, { caller: sounding(caller), you: sounding(you), youNow: (you.at(-1) ?? 0).toFixed(2), callerNow: (caller.at(-1) ?? 0).toFixed(2) });
}
