import type { Call } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Keypad } from "../../kit/Keypad";
import { PhoneNumber } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import { useKeys } from "../phone/useKeys";
import styles from "./DigitPad.module.css";

/** The keypad in place of the controls. The digits sent stay readable above it. */
export function DigitPad({ call, onHide }: { call: Call; onHide(): void }) {
  const { state, sendDigit } = useEngine();
  const { t, format } = useWords();
  const sent = state.sent?.call === call.id ? state.sent.digits : "";
  const keys = useKeys();
  return (
    <div className={styles.pad}>
      <div className={styles.sent}>
        <PhoneNumber>{format.digits(sent)}</PhoneNumber>
        <Button tone="ghost" size="sm" icon="dots-nine" onPress={onHide}>{t("keypad-hide")}</Button>
      </div>
      <Keypad keys={keys} dense onKey={(digit) => sendDigit(call.id, digit)} />
    </div>
  );
}
