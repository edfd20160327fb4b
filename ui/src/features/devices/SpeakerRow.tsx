import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Select } from "../../kit/Select";
import { isBusy } from "../../state/calls";
import { useEngine } from "../../state/Engine";
import styles from "./Devices.module.css";
import { DEFAULT, Live, Outcome, Result, Row, type RowProps, useChoices } from "./Row";

/** The speaker and its test: left, right, both, until the agent says whether it is heard. */
export function SpeakerRow({ choice, onChange }: RowProps) {
  const { state, backend, run } = useEngine();
  const { t } = useWords();
  const { speakers, speaker, test } = state.devices;
  const mine = test?.purpose === "speaker" ? test : null;
  const running = mine !== null && mine.phase !== "over";
  const begin = () => run(backend.testDevice({ purpose: "speaker", device: choice.speaker }));
  const button = running
    ? <Button icon="stop-fill" onPress={() => run(backend.endTest())}>{t("test-stop")}</Button>
    : <Button isDisabled={isBusy(state)} onPress={begin}>{t(mine?.outcome ? "test-again" : "test")}</Button>;
  return (
    <Row
      icon="speaker-high" flip title={t("devices-speaker")}
      control={
        <>
          <Select
            label={t("devices-speaker")} value={choice.speaker ?? DEFAULT} choices={useChoices(speakers, speaker)}
            onChange={(id) => onChange({ ...choice, speaker: id === DEFAULT ? null : id })}
          />
          {button}
        </>
      }
    >
      {running && (
        <span className={styles.asking}>
          <Result tone="run">{t(mine.phase === "soundingLeft" ? "test-hear-left" : mine.phase === "soundingRight" ? "test-hear-right" : "test-hear-both")}</Result>
          <Heard />
        </span>
      )}
      {!running && mine?.outcome ? <Outcome purpose="speaker" outcome={mine.outcome} /> : <Live purpose="speaker" slot={speaker} devices={speakers} />}
    </Row>
  );
}

/** Do you hear it? */
export function Heard() {
  const { backend, run } = useEngine();
  const { t } = useWords();
  return (
    <span className={styles.answers}>
      <Button size="sm" onPress={() => run(backend.testHeard({ heard: true }))}>{t("yes")}</Button>
      <Button size="sm" onPress={() => run(backend.testHeard({ heard: false }))}>{t("no")}</Button>
    </span>
  );
}
