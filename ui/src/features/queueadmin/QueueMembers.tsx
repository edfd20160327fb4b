import { useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { DirectoryUser, IpcError, ManagedQueue, QueueMember } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Notice } from "../../kit/Notice";
import { SearchBox } from "../../kit/SearchBox";
import { TagNumber } from "../../kit/TagField";
import { Name, PhoneNumber } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import { PersonAvatar } from "../../state/faces";
import { useDirectory } from "../directory/useDirectory";
import { useFound } from "../directory/useFound";
import drawer from "../directory/UserDrawer.module.css";
import styles from "./QueueMembers.module.css";

/** People that are shown of those whom a search finds. */
const SHOWN = 6;
const DEEPEST = 99;

interface QueueMembersProps {
  /** Null: it is not made yet. */
  queue: ManagedQueue | null;
  onChanged(queue: ManagedQueue): void;
  onAgain(): void;
}

/** Who serves a queue, in which order. Each change holds at once: it stands here when the server has taken it. */
export function QueueMembers({ queue, onChanged, onAgain }: QueueMembersProps) {
  const { backend } = useEngine();
  const { t } = useWords();
  const [failed, setFailed] = useState<IpcError | null>(null);
  const ask = (asked: Promise<ManagedQueue>) => {
    setFailed(null);
    asked.then(onChanged, (thrown: unknown) => setFailed(asIpcError(thrown)));
  };
  return (
    <div role="group" className={drawer.column} aria-label={t("queues-agents")}>
      <span className={styles.title}><b>{t("queues-agents")}</b><small>{t(queue ? "queues-agents-note" : "queues-agents-later")}</small></span>
      {failed && <Notice tone="bad" urgent title={errorTitle(t, failed)} detail={failed.detail} action={failed.code === "queueChanged" ? <Button size="sm" onPress={onAgain}>{t("rights-again")}</Button> : undefined} />}
      {queue && (
        <>
          <Add members={queue.members} onAdd={(user) => ask(backend.queueMemberPut({ queue: queue.id, user: user.id, ...after(queue.members) }))} />
          {queue.members.length === 0 && <Notice tone="warn" icon="info" title={t("queues-nobody")} />}
          <ul className={styles.list} aria-label={t("queues-agents")}>
            {queue.members.map((member) => (
              <Member
                key={member.user} member={member} onPlace={(place) => ask(backend.queueMemberPut({ queue: queue.id, user: member.user, level: member.level, position: member.position, ...place }))}
                onRemove={() => ask(backend.queueMemberRemove({ queue: queue.id, user: member.user }))}
              />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** The place behind all others of the last level. */
function after(members: readonly QueueMember[]): { level: number; position: number } {
  const level = Math.max(1, ...members.map((member) => member.level));
  return { level, position: Math.min(DEEPEST, Math.max(0, ...members.filter((member) => member.level === level).map((member) => member.position)) + 1) };
}

function Member({ member, onPlace, onRemove }: { member: QueueMember; onPlace(place: Partial<Pick<QueueMember, "level" | "position">>): void; onRemove(): void }) {
  const { t, format } = useWords();
  const person = member.name;
  return (
    <li className={styles.member}>
      <PersonAvatar numbers={[member.extension]} id={member.user} name={member.name} size={28} />
      <span className={drawer.words}>
        <b><Name>{member.name}</Name></b>
        <small>{member.isAgent ? <PhoneNumber>{format.digits(member.extension)}</PhoneNumber> : t("queues-agent-not")}</small>
      </span>
      <label className={styles.place}><small>{t("queues-level")}</small><TagNumber label={t("queues-level-of", { person })} value={member.level} least={1} most={DEEPEST} onChange={(level) => { if (level !== member.level) onPlace({ level }); }} /></label>
      <label className={styles.place}><small>{t("queues-position")}</small><TagNumber label={t("queues-position-of", { person })} value={member.position} least={0} most={DEEPEST} onChange={(position) => { if (position !== member.position) onPlace({ position }); }} /></label>
      <IconButton size="sm" icon="x" label={t("queues-agent-remove", { person })} onPress={onRemove} />
    </li>
  );
}

/** Finds agents by name, number or e-mail, in either script. */
function Add({ members, onAdd }: { members: readonly QueueMember[]; onAdd(user: DirectoryUser): void }) {
  const { t, format } = useWords();
  const { read } = useDirectory();
  const [text, setText] = useState("");
  const found = useFound(text, read.kind === "there" ? read.said : 0);
  const fit = read.kind === "there" && found ? [...read.users.values()].filter(({ id, agent }) => agent && found.has(id) && !members.some(({ user }) => user === id)).toSorted((a, b) => a.name.localeCompare(b.name)) : [];
  return (
    <div className={styles.add}>
      <span className={styles.find}><SearchBox placeholder={t("queues-agent-find")} clearLabel={t("directory-search-clear")} value={text} onChange={setText} onKeyDown={(event) => { if (event.key === "Enter") { event.preventDefault(); const [first] = fit; if (first) { onAdd(first); setText(""); } } else if (event.key === "Escape" && text !== "") { event.preventDefault(); setText(""); } }} /></span>
      {found && fit.length === 0 && <small className={drawer.hint} role="status">{t("queues-agent-none")}</small>}
      {fit.length > 0 && (
        <ul className={styles.list} aria-label={t("queues-agent-find")}>
          {fit.slice(0, SHOWN).map((user) => (
            <li key={user.id} className={styles.member}>
              <PersonAvatar numbers={[user.extension]} id={user.id} name={user.name} size={28} />
              <span className={drawer.words}><b><Name>{user.name}</Name></b><small><PhoneNumber>{format.digits(user.extension)}</PhoneNumber></small></span>
              <IconButton size="sm" icon="plus" label={t("queues-agent-add", { person: user.name })} onPress={() => { onAdd(user); setText(""); }} />
            </li>
          ))}
        </ul>
      )}
      {fit.length > SHOWN && <small className={drawer.hint}>{t("queues-agent-more", { count: fit.length - SHOWN, number: format.count(fit.length - SHOWN) })}</small>}
    </div>
  );
}
