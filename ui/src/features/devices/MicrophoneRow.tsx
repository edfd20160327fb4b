import { useCallback } from "react";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Meter } from "../../kit/Meter";
import { Select } from "../../kit/Select";
import { isBusy } from "../../state/calls";
import { useEngine } from "../../state/Engine";
import { loudness } from "../../state/levels";
import styles from "./Devices.module.css";
import { DEFAULT, Live, Outcome, Result, Row, type RowProps, useChoices } from "./Row";

/** The microphone and its test: speak for four seconds, then hear what a caller hears. */
export function MicrophoneRow({ choice, onChange }: RowProps) {
  const { state, backend, run, levels } = useEngine();
  const { t } = useWords();
  const { microphones, microphone, test } = state.devices;
  const mine = test?.purpose === "microphone" ? test : null;
  const running = mine !== null && mine.phase !== "over";
  const follow = useCallback((listener: (loudness: number) => void) => levels.subscribe(({ microphoneDbfs }) => listener(loudness(microphoneDbfs))), [levels]);
  const begin = () => run(backend.testDevice({ purpose: "microphone", device: choice.microphone, speaker: choice.speaker }));
  const button = running
    ? <Button icon="stop-fill" onPress={() => run(backend.endTest())}>{t("test-stop")}</Button>
    : <Button isDisabled={isBusy(state)} onPress={begin}>{t(mine?.outcome ? "test-again" : "test")}</Button>;
  return (
    <Row
      icon="microphone" title={t("devices-microphone")}
      control={
        <>
          <Select
            label={t("devices-microphone")} value={choice.microphone ?? DEFAULT} choices={useChoices(microphones, microphone)}
            onChange={(id) => onChange({ ...choice, microphone: id === DEFAULT ? null : id })}
          />
          {button}
        </>
      }
    >
      {running && <span className={styles.meter}><Meter wide follow={follow} label={t("microphone-live")} /></span>}
      {running && <Result tone="run">{t(mine.phase === "opening" ? "test-opening" : mine.phase === "recording" ? "test-speak" : "test-listen")}</Result>}
      {!running && mine?.outcome ? <Outcome purpose="microphone" outcome={mine.outcome} /> : <Live purpose="microphone" slot={microphone} devices={microphones} />}
    </Row>
  );
}
