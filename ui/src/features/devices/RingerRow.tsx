import { Button as AriaButton } from "react-aria-components";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Check } from "../../kit/Check";
import { Icon } from "../../kit/Icon";
import { Pop } from "../../kit/Pop";
import { Name } from "../../kit/Text";
import { Volume } from "../../kit/Volume";
import { isBusy } from "../../state/calls";
import { useEngine } from "../../state/Engine";
import { withRinger, withSpeakerRinging } from "./choice";
import styles from "./Devices.module.css";
import { Outcome, Result, Row, type RowProps } from "./Row";
import { Heard } from "./SpeakerRow";

/** Where it rings: the speaker, other devices, or all of them at once, with a loudness of its own. */
export function RingerRow({ choice, onChange }: RowProps) {
  const { state, backend, run } = useEngine();
  const { t, format } = useWords();
  const { speakers, ringers, speaker, test } = state.devices;
  const mine = test?.purpose === "ringer" ? test : null;
  const running = mine !== null && mine.phase !== "over";
  const absent = ringers.wanted.filter(({ id }) => !speakers.some((device) => device.id === id));
  const all = [...speakers, ...absent];
  const chosen = all.filter(({ id }) => choice.ringers.includes(id));
  const count = chosen.length + (choice.ringWithSpeaker ? 1 : 0);
  const begin = () => {
    const ofSpeaker = choice.ringWithSpeaker ? [choice.speaker ?? speaker.live?.id].filter((id) => id !== undefined) : [];
    run(backend.testDevice({ purpose: "ringer", devices: [...new Set([...choice.ringers, ...ofSpeaker])], percent: choice.ringPercent }));
  };
  const button = running
    ? <Button icon="stop-fill" onPress={() => run(backend.endTest())}>{t("test-stop")}</Button>
    : <Button isDisabled={isBusy(state)} onPress={begin}>{t(mine?.outcome ? "test-again" : "test")}</Button>;
  const [first] = chosen;
  return (
    <Row
      icon="bell-ringing" title={t("devices-ringer")}
      control={
        <>
          <Pop
            label={t("devices-ringer")} placement="bottom start" width="normal"
            trigger={
              <AriaButton className={styles.picker ?? ""} aria-label={t("devices-ringer-choose")}>
                <span className={styles.picked}>{count > 1 ? t("devices-ringer-several", { count: format.count(count) }) : first ? <Name>{first.name}</Name> : t("devices-ringer-speaker")}</span>
                <Icon name="caret-down-bold" className={styles.caret ?? ""} />
              </AriaButton>
            }
          >
            <div className={styles.checks}>
              <Check checked={choice.ringWithSpeaker} onChange={(rings) => onChange(withSpeakerRinging(choice, rings))}>{t("devices-ringer-speaker")}</Check>
              {all.map(({ id, name }) => (
                <Check key={id} checked={choice.ringers.includes(id)} onChange={(rings) => onChange(withRinger(choice, id, rings))}><span><Name>{name}</Name></span></Check>
              ))}
            </div>
          </Pop>
          {button}
        </>
      }
    >
      <span className={styles.volume}>
        <Icon name="bell-ringing" />
        <Volume label={t("devices-ringer-volume")} percent={choice.ringPercent} onChange={(ringPercent) => onChange({ ...choice, ringPercent })} />
      </span>
      {running && <span className={styles.asking}><Result tone="run">{t("test-ringing")}</Result><Heard /></span>}
      {!running && mine?.outcome && <Outcome purpose="speaker" outcome={mine.outcome} />}
      {!running && !mine?.outcome && ringers.isFallback && <Result tone="warn">{t("devices-ringer-fallback")}</Result>}
      {!running && !mine?.outcome && !ringers.isFallback && <small className={styles.help}>{t("devices-ringer-note")}</small>}
    </Row>
  );
}
