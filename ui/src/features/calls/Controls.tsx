import { Button } from "react-aria-components";
import type { Call } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { cx } from "../../kit/cx";
import { Icon } from "../../kit/Icon";
import type { IconName } from "../../kit/iconPaths";
import { canTransfer, takesDigits } from "../../state/calls";
import { useEngine } from "../../state/Engine";
import styles from "./Controls.module.css";

/** Mute, hold, keypad, transfer; record and park where that may be pressed; and beside a call that waits, the conference of three. A tile that is on has a soft colour and another word; what is not possible now is an outline. */
export function Controls({ call, muted, joins, onKeypad, transferring, onTransfer }: { call: Call; muted: boolean; joins: boolean; onKeypad(): void; transferring: boolean; onTransfer(): void }) {
  const { backend, run, state } = useEngine();
  const { t } = useWords();
  const held = call.line === "held";
  const recording = !call.recording.automatic && (call.recording.state === "on" || call.recording.state === "paused" || call.recording.state === "held");
  const canHold = (call.line === "talking" || held) && !call.pending;
  return (
    <div className={styles.controls}>
      <Tile icon={muted ? "microphone-slash-fill" : "microphone"} word={t(muted ? "unmute" : "mute")} on={muted ? "red" : null} onPress={() => run(backend.mute({ on: !muted }))} />
      <Tile
        icon={held ? "play-fill" : "pause"} word={t(held ? "resume" : "hold")} on={held ? "brass" : null} disabled={!canHold} pending={call.pending}
        onPress={() => run(held ? backend.resume({ call: call.id }) : backend.hold({ call: call.id }))}
      />
      <Tile icon="dots-nine" word={t("keypad")} on={null} disabled={!takesDigits(call)} onPress={onKeypad} />
      <Tile icon="phone-transfer" word={t("transfer")} on={transferring ? "lapis" : null} disabled={!canTransfer(call)} onPress={onTransfer} />
      {(call.recording.mayPress || recording) && (
        <Tile
          icon={recording ? "record-fill" : "record"} word={t(recording ? "record-stop" : "record")} on={recording ? "red" : null} disabled={!call.recording.mayPress}
          onPress={() => run(backend.record({ call: call.id, on: !recording }))}
        />
      )}
      {state.rights?.switches.parking && <Tile icon="parking" word={t("park")} on={null} disabled={!canTransfer(call)} onPress={() => run(backend.park({ call: call.id }))} />}
      {(joins || call.conference) && <Tile icon="users-three" word={t(call.conference ? "conference-on" : "conference")} on={call.conference ? "lapis" : null} disabled={!joins} onPress={() => run(backend.conference())} />}
    </div>
  );
}

interface TileProps {
  icon: IconName;
  word: string;
  on: "red" | "brass" | "lapis" | null;
  disabled?: boolean;
  /** On its way: the engine has not said yet that it is so. */
  pending?: boolean;
  onPress(): void;
}

function Tile({ icon, word, on, disabled = false, pending = false, onPress }: TileProps) {
  return (
    <Button className={cx(styles.tile, on && styles[on], pending && styles.pending)} isDisabled={disabled} aria-pressed={on !== null} onPress={onPress}>
      <Icon name={icon} />
      <span>{word}</span>
    </Button>
  );
}
