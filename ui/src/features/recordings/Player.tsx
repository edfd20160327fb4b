import { Slider, SliderThumb, SliderTrack } from "react-aria-components";
import type { Player as Shown, PlayerPeaks, PlayerWish } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Notice } from "../../kit/Notice";
import { Select } from "../../kit/Select";
import { Figures } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import styles from "./Player.module.css";

const SPEEDS = [0.75, 1, 1.25, 1.5, 2] as const;
/** An arrow key goes so far; Page Up and Page Down a tenth of the whole. */
const STEP_MS = 1000;

/** Listening to a recording or a message: its picture to seek in, play, pause and speed. The sound is played by the engine. `again` asks for it anew. */
export function Player({ player, peaks, agent, again }: { player: Shown; peaks: PlayerPeaks | null; agent: string; again: PlayerWish }) {
  const { state, backend, run } = useEngine();
  const { t, format } = useWords();
  const clock = (ms: number) => format.duration(Math.floor(ms / 1000));
  if (player.state === "failed" || player.state === "gone") {
    const retry = <Button size="sm" onPress={() => run(backend.player(again))}>{t("try-again")}</Button>;
    return <div className={styles.player}><Notice tone="bad" urgent title={t(player.state === "gone" ? "player-gone" : "player-failed")} action={player.state === "failed" ? retry : null}>{t(player.state === "gone" ? "player-gone-note" : "player-failed-note")}</Notice></div>;
  }
  const loading = player.state === "loading";
  const playing = player.state === "playing";
  const share = player.durationMs > 0 ? player.positionMs / player.durationMs : 0;
  const speed = (factor: number) => t("player-speed-of", { factor: format.digits(String(factor)) });
  return (
    <div className={styles.player} role="group" aria-label={t("player")}>
      <IconButton
        icon={playing ? "pause-fill" : "play-fill"} look="call" label={t(playing ? "player-pause" : "player-play")} isDisabled={loading || (!playing && state.calls.length > 0)}
        onPress={() => run(backend.player({ wish: playing ? "pause" : "resume" }))}
      />
      {/* Time runs from the left in both languages, as on every recorder. */}
      <div className={styles.time} dir="ltr">
        {loading ? <p className={styles.loading} role="status">{t("player-loading")}</p> : (
          <Slider
            aria-label={t("player-position")} value={player.positionMs} minValue={0} maxValue={Math.max(player.durationMs, 1)} step={STEP_MS} className={styles.slider ?? ""}
            onChange={(ms) => run(backend.player({ wish: "seek", ms }))}
          >
            <SliderTrack className={styles.track ?? ""}>
              {peaks && <Picture peaks={peaks} share={share} />}
              {/* Where it is, to the millisecond; the thumb itself stands at whole seconds. */}
              <i className={styles.now} style={{ insetInlineStart: `${share * 100}%` }} aria-hidden="true" />
              <SliderThumb className={styles.thumb ?? ""} />
            </SliderTrack>
          </Slider>
        )}
        <p className={styles.clock}><Figures>{clock(player.positionMs)}</Figures><span className={styles.sides} dir="auto">{agent !== "" && t("player-sides", { person: agent })}</span><Figures>{clock(player.durationMs)}</Figures></p>
      </div>
      <span className={styles.speed}>
        <Select label={t("player-speed")} value={String(player.speed)} isDisabled={loading} onChange={(factor) => run(backend.player({ wish: "speed", factor: Number(factor) }))} choices={SPEEDS.map((factor) => ({ value: String(factor), text: speed(factor), label: speed(factor) }))} />
      </span>
    </div>
  );
}

/** The other side above the line, the agent below it. */
function Picture({ peaks, share }: { peaks: PlayerPeaks; share: number }) {
  const bars = peaks.far.length;
  const path = (sides: "above" | "below") => {
    const values = sides === "above" ? peaks.far : peaks.near;
    return values.map((peak, at) => `M${at + 0.5} 24V${sides === "above" ? 24 - peak * 0.23 : 24 + peak * 0.23}`).join("");
  };
  return (
    <svg className={styles.picture} viewBox={`0 0 ${bars} 48`} preserveAspectRatio="none" aria-hidden="true">
      <path className={styles.far} d={path("above")} />
      <path className={styles.near} d={path("below")} />
      <rect className={styles.ahead} x={share * bars} y="0" width={bars} height="48" />
    </svg>
  );
}
