import { useState } from "react";
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
  const { backend, run } = useEngine();
  const { t, format } = useWords();
  const [sent, setSent] = useState("");
  const keys = useKeys();
  const press = (digit: string) => {
    run(backend.dtmf({ call: call.id, digits: digit }).then(() => setSent((before) => before + digit)));
  };
  return (
    <div className={styles.pad}>
      <div className={styles.sent}>
        <PhoneNumber>{format.digits(sent)}</PhoneNumber>
        <Button tone="ghost" size="sm" icon="dots-nine" onPress={onHide}>{t("keypad-hide")}</Button>
      </div>
      <Keypad keys={keys} dense onKey={press} />
    </div>
  );
}
