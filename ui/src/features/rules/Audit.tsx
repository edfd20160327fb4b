import { useState } from "react";
import type { AuditChange, AuditEntry } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Empty } from "../../kit/Empty";
import { Notice } from "../../kit/Notice";
import { Select } from "../../kit/Select";
import { SkeletonRows } from "../../kit/Skeleton";
import { Dot, Figures, Name, PhoneNumber } from "../../kit/Text";
import { ACTIONS, AREAS } from "./actions";
import styles from "./Audit.module.css";
import { useAudit } from "./useAudit";

const EVERYTHING = "all";

/** What administrators and supervisors have done, newest first: who, what, to whom, and what is different since. */
export function Audit() {
  const { t } = useWords();
  const [area, setArea] = useState(EVERYTHING);
  const { read, again, older } = useAudit(area === EVERYTHING ? null : area);
  const choices = [EVERYTHING, ...AREAS].map((value) => {
    const text = value === EVERYTHING ? t("audit-area-all") : t(`audit-area-${value as (typeof AREAS)[number]}`);
    return { value, text, label: text };
  });
  return (
    <section className={styles.page} aria-label={t("audit-page")}>
      <header className={styles.head}>
        <div className={styles.words}><h2>{t("audit-page")}</h2><p>{t("audit-note")}</p></div>
        <span className={styles.area}><Select label={t("audit-area")} value={area} choices={choices} onChange={setArea} /></span>
        <IconButton icon="arrow-clockwise" look="edge" label={t("audit-again")} onPress={again} />
      </header>
      {read.kind === "loading" && <SkeletonRows rows={8} label={t("loading")} />}
      {read.kind === "failed" && <Notice tone="bad" urgent title={t("audit-failed")} detail={read.error.detail} action={<Button size="sm" onPress={again}>{t("try-again")}</Button>}>{errorTitle(t, read.error)}</Notice>}
      {read.kind === "there" && read.entries.length === 0 && <div className={styles.middle}><Empty title={t("audit-none")} /></div>}
      {read.kind === "there" && read.entries.length > 0 && (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by key
        <div className={styles.scroll} role="group" aria-label={t("audit-note")} tabIndex={0}>
          <ul>{read.entries.map((entry) => <Entry key={entry.id} entry={entry} />)}</ul>
          {read.more === "failed" && <Notice tone="bad" urgent title={t("audit-failed")} />}
          {read.next !== null && <div className={styles.older}><Button busy={read.more === "asked"} onPress={older}>{t("audit-older")}</Button></div>}
        </div>
      )}
    </section>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { t, format } = useWords();
  const [open, setOpen] = useState(false);
  const word = ACTIONS[entry.action];
  const subject = entry.subject === "" ? t("audit-nobody") : entry.subject;
  const many = entry.changes.length;
  return (
    <li className={styles.entry}>
      <span className={styles.what}>
        <b>{word !== undefined ? t(word, { subject }) : <><bdi dir="ltr">{entry.action}</bdi> <Name>{entry.subject}</Name></>}</b>
        <small>
          {entry.by === "" ? t("audit-by-nobody") : <Name>{entry.by}</Name>}
          {entry.byExtension !== "" && <><Dot /><PhoneNumber>{format.digits(entry.byExtension)}</PhoneNumber></>}
          <Dot />{format.day(entry.atMs)} <Figures>{format.time(entry.atMs)}</Figures>
        </small>
      </span>
      {many > 0 && <Button size="sm" aria-expanded={open} onPress={() => setOpen(!open)}>{open ? t("audit-hide") : t("audit-changes", { count: many })}</Button>}
      {open && <Changes changes={entry.changes} whole={entry.subject} />}
    </li>
  );
}

/** What has no parts is called like the whole. */
function Changes({ changes, whole }: { changes: readonly AuditChange[]; whole: string }) {
  const { t } = useWords();
  return (
    <table className={styles.changes}>
      <thead><tr><th scope="col">{t("audit-column-what")}</th><th scope="col">{t("audit-column-before")}</th><th scope="col">{t("audit-column-after")}</th></tr></thead>
      <tbody>
        {changes.map(({ what, before, after }) => (
          <tr key={what}><th scope="row"><bdi dir="ltr">{what || whole}</bdi></th><td><bdi>{before}</bdi></td><td><bdi>{after}</bdi></td></tr>
        ))}
      </tbody>
    </table>
  );
}
