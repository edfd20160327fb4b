import type { ReactNode } from "react";
import type { HistoryRow } from "../../backend/generated";
import { endWord, isMissed } from "../../i18n/ends";
import { useWords } from "../../i18n/I18n";
import { PersonAvatar } from "../../state/faces";
import { IconButton } from "../../kit/Button";
import { cx } from "../../kit/cx";
import { Icon } from "../../kit/Icon";
import { Dot, Figures, Name, PhoneNumber, SaidOnly } from "../../kit/Text";
import { useNameOf } from "../transfer/names";
import styles from "./CallRow.module.css";

interface CallRowProps {
  row: HistoryRow;
  /** The day, where no heading tells it. */
  day?: string;
  canCall: boolean;
  onCall(): void;
  onDelete?(): void;
  /** One more button, before the others. */
  action?: ReactNode;
}

/** A past call. Actions appear on hover and on focus, where the time stands. */
export function CallRow({ row, day, canCall, onCall, onDelete, action }: CallRowProps) {
  const { t, format } = useWords();
  const nameOf = useNameOf();
  const missed = isMissed(row.reason);
  const look = missed ? "missed" : row.direction;
  const named = row.person.name !== "";
  const note = row.talkedS === null ? endWord(t, row.reason) : null;
  return (
    <li className={cx(styles.row, missed && styles.isMissed)} tabIndex={-1}>
      <span className={cx(styles.direction, styles[look])}>
        <Icon name={row.direction === "incoming" ? "arrow-down-left-bold" : "arrow-up-right-bold"} flip />
        <SaidOnly>{t(missed ? "history-missed-call" : row.direction === "incoming" ? "history-incoming" : "history-outgoing")}</SaidOnly>
      </span>
      <PersonAvatar numbers={[row.person.number]} id={row.person.number} name={row.person.name} size={32} />
      <span className={styles.who}>
        <b>{named ? <Name>{row.person.name}</Name> : <PhoneNumber>{format.digits(row.person.number)}</PhoneNumber>}</b>
        <small>
          {note && <span>{note}</span>}
          {note && named && <Dot />}
          {named && <PhoneNumber>{format.digits(row.person.number)}</PhoneNumber>}
          {row.transfer && <span><Dot />{t(row.transfer.way === "to" ? "history-transferred-to" : "history-transferred-by", { person: nameOf(row.transfer.person) })}</span>}
          {row.note && <span className={styles.note}><Dot /><Icon name="note" /><SaidOnly>{t("history-note")}</SaidOnly><bdi>{row.note}</bdi></span>}
          {missed && row.rangS > 0 && <span className={styles.rang}><Dot />{t("history-rang")} <Figures>{format.duration(row.rangS)}</Figures></span>}
        </small>
      </span>
      <span className={styles.when}>
        <span>{day && <>{day} </>}<Figures>{format.time(row.startedAtMs)}</Figures></span>
        <small>{row.talkedS !== null && <Figures>{format.duration(row.talkedS)}</Figures>}</small>
      </span>
      <span className={styles.actions}>
        {action}
        {onDelete && <IconButton icon="trash" label={t("history-delete")} onPress={onDelete} />}
        {canCall && <IconButton icon="phone-fill" look="call" label={t("call-back", { person: row.person.name || row.person.number })} onPress={onCall} />}
      </span>
    </li>
  );
}
