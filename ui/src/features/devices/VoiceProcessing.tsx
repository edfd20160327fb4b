import type { ReactNode } from "react";
import { useWords } from "../../i18n/I18n";
import { Segments } from "../../kit/Segments";
import { Switch } from "../../kit/Switch";
import { useEngine } from "../../state/Engine";
import styles from "./Devices.module.css";

const NOISE = ["off", "standard", "strong"] as const;
const ECHO = ["off", "auto", "on"] as const;

/** How the voice is treated before it is sent. Acts at once, also during a call. */
export function VoiceProcessing() {
  const { state, backend, run } = useEngine();
  const { t } = useWords();
  const { voice } = state.devices;
  return (
    <div className={styles.list} role="group" aria-label={t("voice-processing")}>
      <Line title={t("voice-noise")} note={t("voice-noise-note")}>
        <Segments
          label={t("voice-noise")} value={voice.noise} choices={NOISE.map((value) => ({ value, label: t(`voice-noise-${value}`) }))}
          onChange={(noise) => run(backend.voiceProcessing({ ...voice, noise }))}
        />
      </Line>
      <Line title={t("voice-echo")} note={t("voice-echo-note")}>
        <Segments
          label={t("voice-echo")} value={voice.echo} choices={ECHO.map((value) => ({ value, label: t(`voice-echo-${value}`) }))}
          onChange={(echo) => run(backend.voiceProcessing({ ...voice, echo }))}
        />
      </Line>
      <Line title={t("voice-gain")} note={t("voice-gain-note")}>
        <Switch label={t("voice-gain")} on={voice.gain} onChange={(gain) => run(backend.voiceProcessing({ ...voice, gain }))} />
      </Line>
    </div>
  );
}

function Line({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <div className={styles.setting}>
      <span className={styles.grow}><b>{title}</b><small>{note}</small></span>
      {children}
    </div>
  );
}
