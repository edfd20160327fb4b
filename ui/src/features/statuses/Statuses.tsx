import { useState } from "react";
import type { ManagedStatus } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Notice } from "../../kit/Notice";
import { PresenceShape } from "../../kit/Presence";
import { SkeletonRows } from "../../kit/Skeleton";
import { Name } from "../../kit/Text";
import { Page } from "../settings/Page";
import settings from "../settings/Settings.module.css";
import { SHAPES, useStatusWord } from "../status/words";
import { StatusDialog } from "./StatusDialog";
import styles from "./Statuses.module.css";
import { useStatuses } from "./useStatuses";
import { useBlocked } from "./words";

/** The statuses of the team, for those who administer it: which there are, in which order, and what each keeps away (ST-05). */
export function Statuses() {
  const { t } = useWords();
  const { read, failed, again, move } = useStatuses();
  const [open, setOpen] = useState<ManagedStatus | "new" | null>(null);
  const close = () => setOpen(null);
  return (
    <Page title={t("statuses-page")} note={t("statuses-note")}>
      {read.kind === "loading" && <SkeletonRows rows={5} label={t("statuses-loading")} />}
      {read.kind === "failed" && <Notice tone="bad" urgent title={t("statuses-failed")} detail={read.error.detail} action={<Button size="sm" onPress={again}>{t("rights-again")}</Button>}>{errorTitle(t, read.error)}</Notice>}
      {failed && <Notice tone="bad" urgent title={errorTitle(t, failed)} detail={failed.detail} action={<Button size="sm" onPress={again}>{t("rights-again")}</Button>} />}
      {read.kind === "there" && (
        <>
          <List label={t("statuses-page")} statuses={read.statuses.filter(({ retired }) => !retired)} onOpen={setOpen} onMove={move} />
          <div><Button icon="plus" onPress={() => setOpen("new")}>{t("statuses-new")}</Button></div>
          {read.statuses.some(({ retired }) => retired) && (
            <section className={settings.group} aria-label={t("statuses-retired")}>
              <h3 className={settings.heading}>{t("statuses-retired")}</h3>
              <p className={settings.note}>{t("statuses-retired-note")}</p>
              <List label={t("statuses-retired")} statuses={read.statuses.filter(({ retired }) => retired)} onOpen={setOpen} />
            </section>
          )}
        </>
      )}
      {open && <StatusDialog status={open === "new" ? null : open} onSaved={() => { close(); again(); }} onClose={close} onAgain={() => { close(); again(); }} />}
    </Page>
  );
}

interface ListProps {
  label: string;
  statuses: readonly ManagedStatus[];
  onOpen(status: ManagedStatus): void;
  /** Without it, they have no order. */
  onMove?: (id: string, by: -1 | 1) => void;
}

function List({ label, statuses, onOpen, onMove }: ListProps) {
  const { t } = useWords();
  const wordOf = useStatusWord();
  const blocked = useBlocked();
  return (
    <ul className={settings.list} aria-label={label}>
      {statuses.map((status, at) => {
        const word = wordOf({ ...status, text: "" });
        return (
          <li key={status.id} className={settings.line}>
            <PresenceShape state={SHAPES[status.kind]} />
            <span className={settings.words}>
              <b><Name>{word}</Name></b>
              <small>{blocked(status.blocks)}</small>
            </span>
            {status.people > 0 && <span className={styles.people}>{t("statuses-people", { count: status.people })}</span>}
            {onMove && (
              <>
                <IconButton size="sm" icon="caret-up-bold" label={t("statuses-up", { status: word })} isDisabled={at === 0} onPress={() => onMove(status.id, -1)} />
                <IconButton size="sm" icon="caret-down-bold" label={t("statuses-down", { status: word })} isDisabled={at === statuses.length - 1} onPress={() => onMove(status.id, 1)} />
              </>
            )}
            <IconButton size="sm" icon="pencil-simple" label={t("statuses-edit", { status: word })} onPress={() => onOpen(status)} />
          </li>
        );
      })}
    </ul>
  );
}
