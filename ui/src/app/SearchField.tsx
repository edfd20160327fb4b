import { type FormEvent, type RefObject, useState } from "react";
import { asciiDigits } from "../i18n/format";
import { useWords } from "../i18n/I18n";
import { IconButton } from "../kit/Button";
import { Icon } from "../kit/Icon";
import { useEngine } from "../state/Engine";
import { shortcut } from "./shortcuts";
import styles from "./SearchField.module.css";

/** “Search or dial”: a number in any digits; Enter calls it, Esc clears. */
export function SearchField({ inputRef, onDialled }: { inputRef: RefObject<HTMLInputElement | null>; onDialled(): void }) {
  const { backend, run, state } = useEngine();
  const { t } = useWords();
  const [typed, setTyped] = useState("");
  const connected = state.system.value.webPhone.level === "ok";
  const target = asciiDigits(typed).trim();

  const call = (event: FormEvent) => {
    event.preventDefault();
    if (!target) return;
    run(backend.dial({ target }));
    setTyped("");
    inputRef.current?.blur();
    onDialled();
  };
  return (
    <search className={styles.search}>
      <form onSubmit={call} className={styles.form}>
        <Icon name="magnifying-glass" />
        <input
          ref={inputRef} className={styles.input} dir="auto" value={typed} placeholder={t("search-or-dial")} aria-label={t("search-or-dial")}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => { if (event.key === "Escape") { setTyped(""); event.currentTarget.blur(); } }}
        />
        {target && connected ? <IconButton size="sm" look="call" icon="phone-fill" label={t("call")} type="submit" /> : !typed && <span className={styles.keys} aria-hidden="true">{shortcut("K").map((key) => <kbd key={key} className={styles.key}>{key}</kbd>)}</span>}
      </form>
    </search>
  );
}
