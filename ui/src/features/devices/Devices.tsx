import { useEffect, useState } from "react";
import type { SaveDevices } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Empty } from "../../kit/Empty";
import { Icon } from "../../kit/Icon";
import { Notice } from "../../kit/Notice";
import { SkeletonRows } from "../../kit/Skeleton";
import { isBusy } from "../../state/calls";
import { useEngine } from "../../state/Engine";
import { isSame, savedChoice } from "./choice";
import styles from "./Devices.module.css";
import { MicrophoneRow } from "./MicrophoneRow";
import { RingerRow } from "./RingerRow";
import { SpeakerRow } from "./SpeakerRow";
import { SystemSettings } from "./SystemSettings";
import { VoiceProcessing } from "./VoiceProcessing";

interface DevicesProps {
  onDialled(): void;
  /** Whether something is chosen that is not saved. */
  onUnsaved(unsaved: boolean): void;
}

const ECHO = "*43";

/** Microphone, speaker and ringers with their tests (DV-01, DV-02). What is chosen is used once it is saved. */
export function Devices({ onDialled, onUnsaved }: DevicesProps) {
  const { state, backend, run } = useEngine();
  const { t } = useWords();
  const { devices } = state;
  const saved = savedChoice(devices);
  const [draft, setDraft] = useState<SaveDevices | null>(null);
  const choice = draft ?? saved;
  const unsaved = draft !== null && !isSame(draft, saved);
  useEffect(() => onUnsaved(unsaved), [unsaved, onUnsaved]);
  // The microphone is open for no longer than somebody looks.
  useEffect(() => {
    run(backend.devicesRefresh());
    return () => {
      onUnsaved(false);
      run(backend.endTest());
    };
  }, [backend, run, onUnsaved]);
  const save = () => {
    run(backend.saveDevices(choice));
    setDraft(null);
  };
  const dialEcho = () => run(backend.dial({ target: ECHO }).then(onDialled));
  const offline = state.system.value.webPhone.level === "bad";
  const rows = { choice, onChange: setDraft };

  if (!devices.listed) return <div className={styles.devices}><SkeletonRows rows={3} label={t("loading")} /></div>;
  if (devices.microphones.length === 0 && devices.speakers.length === 0) {
    const again = <Button icon="arrow-clockwise" onPress={() => run(backend.devicesRefresh())}>{t("try-again")}</Button>;
    return <Empty broken title={t("devices-none")} action={again}>{t("devices-none-cure")}</Empty>;
  }
  return (
    <section className={styles.devices} aria-label={t("devices")}>
      <div className={styles.scroll}>
        <div className={styles.column}>
          <h2 className={styles.title}>{t("devices-title")}</h2>
          {isBusy(state) && <Notice tone="warn" icon="info" title={t("devices-in-call")} />}
          {devices.microphones.length === 0 && <Notice tone="bad" icon="microphone-slash-fill" title={t("microphone-missing")}>{t("microphone-missing-cure")}</Notice>}
          <div className={styles.list}>
            <MicrophoneRow {...rows} />
            <SpeakerRow {...rows} />
            <RingerRow {...rows} />
          </div>
          {devices.test?.outcome === "noPermission" && <Notice tone="bad" icon="prohibit" title={t("microphone-noPermission")} action={<SystemSettings page="microphoneAccess" />}>{t("devices-permission-cure")}</Notice>}
          <h3 className={styles.heading}>{t("voice-processing")}</h3>
          <VoiceProcessing />
          <div className={styles.list}>
            <div className={styles.line}>
              <span className={styles.sign}><Icon name="waveform" /></span>
              <span className={styles.grow}>
                <b>{t("devices-echo")}</b>
                <small>{t(offline ? "devices-echo-offline" : "devices-echo-note")}</small>
              </span>
              <Button icon="phone" isDisabled={offline || isBusy(state)} onPress={dialEcho}>{t("call")}</Button>
            </div>
          </div>
        </div>
      </div>
      {unsaved && (
        <div className={styles.foot}>
          <span className={styles.grow} role="status">{t("devices-not-saved")}</span>
          <Button onPress={() => setDraft(null)}>{t("cancel")}</Button>
          <Button tone="primary" onPress={save}>{t("save")}</Button>
        </div>
      )}
    </section>
  );
}
