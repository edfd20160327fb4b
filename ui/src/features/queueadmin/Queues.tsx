import { useEffect, useState } from "react";
import type { ManagedQueue } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Empty } from "../../kit/Empty";
import { Icon } from "../../kit/Icon";
import { Notice } from "../../kit/Notice";
import { SkeletonRows } from "../../kit/Skeleton";
import { Name, PhoneNumber } from "../../kit/Text";
import { Page } from "../settings/Page";
import settings from "../settings/Settings.module.css";
import { QueueDrawer } from "./QueueDrawer";
import { useQueues } from "./useQueues";

/** The queues of the team, for those who administer everybody: their numbers, who is asked in which order, and where callers go whom nobody takes (AO-01 to AO-07). */
export function Queues({ onUnsaved }: { onUnsaved(unsaved: boolean): void }) {
  const { t, format } = useWords();
  const { read, again, put } = useQueues();
  /** Its id; empty: a new one. */
  const [open, setOpen] = useState<string | null>(null);
  const close = () => { setOpen(null); onUnsaved(false); };
  useEffect(() => () => onUnsaved(false), [onUnsaved]);
  const queues = read.kind === "there" ? read.queues : [];
  const queue = queues.find(({ id }) => id === open) ?? null;
  return (
    <>
      <Page title={t("queues-page")} note={t("queues-note")}>
        {read.kind === "loading" && <SkeletonRows rows={5} label={t("loading")} />}
        {read.kind === "failed" && <Notice tone="bad" urgent title={t("queues-failed")} detail={read.error.detail} action={<Button size="sm" onPress={again}>{t("try-again")}</Button>}>{errorTitle(t, read.error)}</Notice>}
        {read.kind === "there" && queues.length === 0 && <Empty title={t("queues-none")} action={<Button icon="plus" onPress={() => setOpen("")}>{t("queues-new")}</Button>}>{t("queues-none-note")}</Empty>}
        {queues.length > 0 && (
          <>
            <ul className={settings.list} aria-label={t("queues-page")}>
              {queues.map((one) => <Line key={one.id} queue={one} onOpen={() => setOpen(one.id)} />)}
            </ul>
            <div><Button icon="plus" onPress={() => setOpen("")}>{t("queues-new")}</Button></div>
            <p className={settings.note} role="status">{t("queues-count", { count: queues.length, number: format.count(queues.length) })}</p>
          </>
        )}
      </Page>
      {open !== null && (
        <QueueDrawer
          key={queue?.id ?? ""} queue={queue} queues={queues} onUnsaved={onUnsaved} onClose={close} onChanged={put}
          onSaved={(saved) => { put(saved); onUnsaved(false); if (queue) setOpen(null); else setOpen(saved.id); }}
          onAgain={() => { close(); again(); }} onRemoved={() => { close(); again(); }}
        />
      )}
    </>
  );
}

function Line({ queue: { setup, members }, onOpen }: { queue: ManagedQueue; onOpen(): void }) {
  const { t, format } = useWords();
  const agents = members.filter(({ isAgent }) => isAgent).length;
  return (
    <li className={settings.line}>
      <Icon name="phone-incoming" />
      <span className={settings.words}>
        <b><Name>{setup.name}</Name></b>
        <small>{t(`queues-strategy-${setup.strategy}`)} · {agents > 0 ? t("queues-agents-count", { count: agents, number: format.count(agents) }) : t("queues-nobody")}</small>
      </span>
      <PhoneNumber>{format.digits(setup.extension)}</PhoneNumber>
      <IconButton size="sm" icon="pencil-simple" label={t("queues-edit", { queue: setup.name })} onPress={onOpen} />
    </li>
  );
}
