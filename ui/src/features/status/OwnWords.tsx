import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Field } from "../../kit/Field";
import { Name } from "../../kit/Text";
import styles from "./OwnWords.module.css";

/** As many characters as the server takes. */
const MOST = 40;

interface OwnWordsProps {
  /** What counts now, to change it. */
  current: string;
  recent: readonly string[];
  onSet(text: string): void;
}

/** A status in one's own words (ST-06), with the last three to take again. */
export function OwnWords({ current, recent, onSet }: OwnWordsProps) {
  const { t, format } = useWords();
  const [text, setText] = useState(current);
  const [tried, setTried] = useState(false);
  const length = [...text.trim()].length;
  const error = length > MOST ? t("status-words-long", { most: MOST }) : tried && length === 0 ? t("status-words-empty") : null;
  const set = () => {
    setTried(true);
    if (length > 0 && length <= MOST) onSet(text.trim());
  };
  return (
    <div className={styles.words}>
      <form className={styles.form} onSubmit={(event) => { event.preventDefault(); set(); }}>
        <Field label={t("status-words")} value={text} onChange={setText} error={error} autoFocus end={<Length text={t("status-words-length", { length, most: MOST })} shown={`${format.count(length)}/${format.count(MOST)}`} />} />
        <Button tone="primary" onPress={set}>{t("status-set")}</Button>
      </form>
      {recent.length > 0 && (
        <div className={styles.recent} role="group" aria-label={t("status-recent")}>
          {recent.map((words) => <AriaButton key={words} className={styles.chip ?? ""} onPress={() => onSet(words)}><Name>{words}</Name></AriaButton>)}
        </div>
      )}
    </div>
  );
}

function Length({ text, shown }: { text: string; shown: string }) {
  return <bdi dir="ltr" className={styles.length} role="img" aria-label={text}>{shown}</bdi>;
}
