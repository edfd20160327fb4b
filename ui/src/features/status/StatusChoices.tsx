import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import type { OwnStatus, StatusChoice } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { cx } from "../../kit/cx";
import { Icon } from "../../kit/Icon";
import { PresenceShape } from "../../kit/Presence";
import { Name } from "../../kit/Text";
import styles from "./StatusChoices.module.css";
import { OwnWords } from "./OwnWords";
import { NOTES, SHAPES, useStatusWord } from "./words";

interface StatusChoicesProps {
  own: OwnStatus;
  onChoose(id: string, text: string): void;
}

/** All statuses that can be had. What counts is ticked; what was asked for says that it is on its way. */
export function StatusChoices({ own, onChoose }: StatusChoicesProps) {
  const { t } = useWords();
  const [writing, setWriting] = useState(own.kind === "other" && !own.markedOffline ? own.id : null);
  return (
    <div role="group" aria-label={t("status-choices")}>
      {own.choices.map((choice) => (
        <div key={choice.id}>
          <Row choice={choice} own={own} writing={writing === choice.id} onPress={() => (choice.kind === "other" ? setWriting(choice.id) : onChoose(choice.id, ""))} />
          {writing === choice.id && <OwnWords current={own.id === choice.id ? own.text : ""} recent={own.recentTexts} onSet={(text) => onChoose(choice.id, text)} />}
        </div>
      ))}
    </div>
  );
}

interface RowProps {
  choice: StatusChoice;
  own: OwnStatus;
  writing: boolean;
  onPress(): void;
}

function Row({ choice, own, writing, onPress }: RowProps) {
  const { t } = useWords();
  const wordOf = useStatusWord();
  const counts = own.id === choice.id && !own.markedOffline;
  const asked = own.pending?.id === choice.id;
  const isOther = choice.kind === "other";
  const text = (asked ? own.pending?.text : counts ? own.text : "") ?? "";
  return (
    <AriaButton onPress={onPress} aria-pressed={counts} {...(isOther ? { "aria-expanded": writing } : {})} className={cx(styles.row, counts && styles.current)}>
      <PresenceShape state={SHAPES[choice.kind]} className={styles.shape ?? ""} />
      <span className={styles.words}>
        <b><Name>{wordOf({ ...choice, text })}</Name></b>
        {asked ? <small>{t("status-asked")}</small> : choice.usual && choice.kind in NOTES && <small>{t(NOTES[choice.kind as keyof typeof NOTES])}</small>}
      </span>
      {counts && <Icon name="check-bold" className={styles.tick ?? ""} />}
    </AriaButton>
  );
}
