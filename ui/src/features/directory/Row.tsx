import { memo } from "react";
import type { DirectoryUser } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { cx } from "../../kit/cx";
import { Icon } from "../../kit/Icon";
import { PresenceShape } from "../../kit/Presence";
import { Name, PhoneNumber, SaidOnly } from "../../kit/Text";
import { PersonAvatar } from "../../state/faces";
import { SHAPES } from "../status/words";
import styles from "./Table.module.css";
import { useStatusName } from "../status/choices";

/** Height of a row and of the head, as in the style sheet. */
export const ROW = 40;
export const HEAD = 30;

export const rowId = (user: string): string => `directory-user-${user}`;

interface RowProps {
  user: DirectoryUser;
  /** Place in the list, from 0. */
  at: number;
  active: boolean;
  /** Its menu is open. */
  open: boolean;
  /** Else the server is not heard, and nobody knows who is there. */
  known: boolean;
}

/** A user: who, what they are, and what they are doing. The table has the keys and the pointer. */
export const Row = memo(function Row({ user, at, active, open, known }: RowProps) {
  const { t, format } = useWords();
  const nothing = <span className={styles.none} aria-hidden="true">–</span>;
  return (
    <div role="row" id={rowId(user.id)} data-user={user.id} aria-rowindex={at + 2} aria-selected={active} className={cx(styles.row, open && styles.open, active && styles.active)} style={{ insetBlockStart: HEAD + at * ROW }}>
      <div role="gridcell" className={styles.id}><PhoneNumber>{format.digits(user.extension)}</PhoneNumber></div>
      <div role="gridcell" className={styles.name}>
        <PersonAvatar numbers={[user.extension]} id={user.id} name={user.name} size={28} />
        <b><Name>{user.name}</Name></b>
        {!user.active && <span className={styles.locked} role="img" aria-label={t("directory-suspended")} title={t("directory-suspended")}><Icon name="prohibit" /></span>}
      </div>
      <div role="gridcell" className={cx(styles.second, styles.role)} title={t(`profile-role-${user.role}`)}>{t(`profile-role-${user.role}`)}</div>
      <div role="gridcell" className={cx(styles.centre, styles.agent)}>{user.agent ? <span className={styles.tick}><Icon name="check-bold" /></span> : nothing}<SaidOnly>{t(user.agent ? "directory-yes" : "directory-no")}</SaidOnly></div>
      <div role="gridcell" className={styles.onlineCell}>{known ? <span className={cx(styles.online, user.online && styles.yes)}><i /><span>{t(user.online ? "directory-yes" : "directory-no")}</span></span> : <Unknown />}</div>
      <div role="gridcell" className={styles.cc}>{!known ? <Unknown /> : user.cc === "none" ? nothing : <span className={cx(styles.tag, user.cc === "in" && styles.in)}>{t(`directory-cc-${user.cc}`)}</span>}</div>
      <div role="gridcell" className={cx(styles.second, styles.state)}>{known ? <State user={user} /> : <Unknown />}</div>
      <div role="gridcell">{known ? <Status user={user} /> : <span className={styles.status}><PresenceShape state="unknown" /><bdi>{t("presence-unknown")}</bdi></span>}</div>
      <div role="gridcell" className={cx(styles.second, styles.description)} title={known ? user.status.text : ""}>{known && user.status.text !== "" && <Name>{user.status.text}</Name>}</div>
      <div role="gridcell" className={styles.actions}>
        <button type="button" tabIndex={-1} data-menu aria-haspopup="menu" aria-expanded={open} aria-label={t("directory-actions", { person: user.name })} className={styles.more}><Icon name="dots-three-vertical-bold" /></button>
      </div>
    </div>
  );
});

function Unknown() {
  const { t } = useWords();
  return <><span className={styles.none} aria-hidden="true">–</span><SaidOnly>{t("presence-unknown")}</SaidOnly></>;
}

function State({ user: { state } }: { user: DirectoryUser }) {
  const { t } = useWords();
  if (state === "unregistered") return <span className={styles.none}>{t("directory-state-unregistered")}</span>;
  if (state === "busy") return <span className={styles.status}><PresenceShape state="onCall" /><bdi>{t("directory-state-busy")}</bdi></span>;
  return <>{t("directory-state-idle")}</>;
}

function Status({ user }: { user: DirectoryUser }) {
  const nameOf = useStatusName();
  return <span className={styles.status}><PresenceShape state={SHAPES[user.status.kind]} /><bdi>{nameOf(user.status)}</bdi></span>;
}
