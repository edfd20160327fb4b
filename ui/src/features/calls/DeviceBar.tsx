import { useCallback } from "react";
import { Button } from "react-aria-components";
import { useWords } from "../../i18n/I18n";
import { cx } from "../../kit/cx";
import { Icon } from "../../kit/Icon";
import { MenuLabel, MenuLine, MenuRow } from "../../kit/MenuRow";
import { Meter } from "../../kit/Meter";
import { Pop } from "../../kit/Pop";
import { Name, SaidOnly } from "../../kit/Text";
import { Volume } from "../../kit/Volume";
import { useEngine } from "../../state/Engine";
import { loudness } from "../../state/levels";
import styles from "./DeviceBar.module.css";

/** Which microphone and speaker are live, how loud the microphone is, how loud the caller is played. */
export function DeviceBar({ onSettings }: { onSettings(): void }) {
  const { state, backend, run, levels } = useEngine();
  const { t } = useWords();
  const { devices, muted } = state;
  const { microphone, speaker } = devices;
  const followMicrophone = useCallback((listener: (loudness: number) => void) => levels.subscribe(({ microphoneDbfs }) => listener(loudness(microphoneDbfs))), [levels]);
  const choose = (purpose: "microphone" | "speaker", id: string | null) => run(backend.chooseDevice({ purpose, id }));
  const volume = <Volume label={speaker.live ? t("volume-of", { device: speaker.live.name }) : t("volume")} percent={devices.volumePercent} onChange={(percent) => run(backend.volume({ percent }))} />;
  return (
    <div className={styles.bar}>
      <Pop
        label={t("devices")} placement="top" onOpenChange={(open) => { if (open) run(backend.devicesRefresh()); }}
        trigger={
          <Button className={styles.device ?? ""}>
            <Icon name="headset" />
            <SaidOnly>{t("devices-open")}</SaidOnly>
            <span className={styles.name}>{microphone.live ? <Name>{microphone.live.name}</Name> : t("devices-default")}</span>
            <Icon name="caret-down-bold" className={styles.caret ?? ""} />
          </Button>
        }
      >
        {(close) => (<>
        <MenuLabel>{t("devices-microphone")}</MenuLabel>
        <MenuRow chosen={microphone.wanted === null} onPress={() => choose("microphone", null)}>{t("devices-default")}</MenuRow>
        {devices.microphones.map((device) => <MenuRow key={device.id} chosen={device.id === (microphone.isFallback ? microphone.live : microphone.wanted)?.id} onPress={() => choose("microphone", device.id)}><Name>{device.name}</Name></MenuRow>)}
        <MenuLine />
        <MenuLabel>{t("devices-speaker")}</MenuLabel>
        <MenuRow chosen={speaker.wanted === null} onPress={() => choose("speaker", null)}>{t("devices-default")}</MenuRow>
        {devices.speakers.map((device) => <MenuRow key={device.id} chosen={device.id === (speaker.isFallback ? speaker.live : speaker.wanted)?.id} onPress={() => choose("speaker", device.id)}><Name>{device.name}</Name></MenuRow>)}
        <div className={styles.volumeInside}>
          <MenuLine />
          <MenuLabel>{t("volume")}</MenuLabel>
          <span className={styles.volumeRow}><Icon name="speaker-high" flip />{volume}</span>
        </div>
        <MenuLine />
        <MenuRow icon="sliders-horizontal" onPress={() => { close(); onSettings(); }}>{t("devices-settings")}</MenuRow>
        </>)}
      </Pop>
      <span className={styles.part}>
        <Icon name={muted ? "microphone-slash" : "microphone"} />
        <Meter label={t(muted ? "microphone-muted" : devices.microphoneFault ? "microphone-silent" : "microphone-live")} follow={followMicrophone} />
      </span>
      <span className={cx(styles.part, styles.volume)}>
        <Icon name="speaker-high" flip />
        {volume}
      </span>
    </div>
  );
}
