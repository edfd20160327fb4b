import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Notice } from "../../kit/Notice";
import { useEngine } from "../../state/Engine";

/** The microphone or the speaker does not work: which, why, and the cure (SY-05). */
export function SoundNotice({ inCall = false }: { inCall?: boolean }) {
  const { state, backend, run } = useEngine();
  const { t } = useWords();
  const { microphoneFault, speakerFault } = state.devices;
  const again = <Button size="sm" onPress={() => run(backend.devicesRefresh())}>{t("try-again")}</Button>;
  return (
    <>
      {microphoneFault && <Notice tone="bad" icon="microphone-slash-fill" urgent title={t(`microphone-${microphoneFault}`)} action={again}>{t(`microphone-${microphoneFault}-cure`)} {inCall && t("microphone-not-heard")}</Notice>}
      {speakerFault && <Notice tone="bad" icon="warning-fill" urgent title={t(`speaker-${speakerFault}`)} action={again}>{t(`speaker-${speakerFault}-cure`)} {inCall && t("speaker-not-heard")}</Notice>}
    </>
  );
}
