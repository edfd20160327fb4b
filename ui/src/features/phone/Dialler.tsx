import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { asciiDigits } from "../../i18n/format";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Keypad } from "../../kit/Keypad";
import { useEngine } from "../../state/Engine";
import styles from "./Dialler.module.css";
import { useKeys } from "./useKeys";

/** Number field, dial pad, Call. An empty Call recalls the number that was called last. */
export function Dialler({ lastNumber }: { lastNumber: string | null }) {
  const { backend, run, state } = useEngine();
  const { t, format } = useWords();
  const [typed, setTyped] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const keys = useKeys();
  const connected = state.system.value.webPhone.level === "ok";

  const press = (digit: string) => {
    setTyped((before) => before + digit);
    run(backend.dtmf({ call: null, digits: digit }));
  };
  const call = (event: FormEvent) => {
    event.preventDefault();
    const target = asciiDigits(typed).trim();
    if (target) {
      run(backend.dial({ target }));
      setTyped("");
    } else if (lastNumber) {
      setTyped(lastNumber);
      field.current?.focus();
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") setTyped("");
  };
  return (
    <form className={styles.dialler} onSubmit={call}>
      <div className={styles.display}>
        <input
          ref={field} data-dial-field="" className={styles.number} dir="ltr" value={format.digits(typed)} placeholder={t("dial-placeholder")} aria-label={t("dial-placeholder")} data-empty={typed === "" || undefined}
          onChange={(event) => setTyped(asciiDigits(event.target.value))} onKeyDown={onKeyDown}
        />
        {typed && <span className={styles.erase}><IconButton icon="backspace" label={t("dial-erase")} onPress={() => { setTyped(typed.slice(0, -1)); field.current?.focus(); }} /></span>}
      </div>
      <Keypad keys={keys} onKey={press} onHold={(digit) => { if (digit === "0") setTyped((before) => `${before}+`); else press(digit); }} />
      {connected ? (
        <Button type="submit" tone="call" size="xl" wide icon="phone-fill" isDisabled={!typed && !lastNumber}>{t("call")}</Button>
      ) : (
        <Button size="xl" wide icon="phone-slash" isDisabled>{t("no-connection")}</Button>
      )}
    </form>
  );
}
