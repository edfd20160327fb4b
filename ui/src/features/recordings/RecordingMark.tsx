import type { Call } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { cx } from "../../kit/cx";
import { Icon } from "../../kit/Icon";
import { useEngine } from "../../state/Engine";
import styles from "./RecordingMark.module.css";

/** Whether the call is recorded, told at its corner as long as it is; with the pause for a card number. */
export function RecordingMark({ call }: { call: Call }) {
  const { backend, run } = useEngine();
  const { t } = useWords();
  const { state, mayPause } = call.recording;
  const paused = state === "paused";
  return (
    <div className={styles.corner}>
      <span role="status" className={cx(styles.mark, styles[state])}>
        {state !== "off" && <><Icon name="record-fill" /><span>{t(`recording-${state}`)}</span></>}
      </span>
      {mayPause && (state === "on" || paused) && (
        <Button size="sm" tone="ghost" icon={paused ? "play-fill" : "pause-fill"} onPress={() => run(backend.recordPause({ call: call.id, on: !paused }))}>{t(paused ? "recording-go-on" : "recording-pause")}</Button>
      )}
    </div>
  );
}
