import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { DirectoryUser, UserCard } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Notice } from "../../kit/Notice";
import { Ask } from "../../kit/Pop";
import { SkeletonRows } from "../../kit/Skeleton";
import { Name } from "../../kit/Text";
import { PersonAvatar } from "../../state/faces";
import { SHAPES } from "../status/words";
import { useCard } from "./useCard";
import { UserForm } from "./UserForm";
import styles from "./UserDrawer.module.css";

interface UserDrawerProps {
  /** Null: somebody new. */
  user: DirectoryUser | null;
  onUnsaved(unsaved: boolean): void;
  onClose(): void;
  onSaved(card: UserCard, isNew: boolean): void;
  onDelete(user: DirectoryUser): void;
}

/** The card of a user, over the list from the end side (DR-12, US-01). The rest of the window stays within reach: a call may come. */
export function UserDrawer({ user, onUnsaved, onClose, onSaved, onDelete }: UserDrawerProps) {
  const { t, format } = useWords();
  const title = useId();
  const drawer = useRef<HTMLElement>(null);
  const { read, again } = useCard(user?.id ?? null);
  const [unsaved, setUnsaved] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const close = () => (unsaved ? setLeaving(true) : onClose());
  const change = (next: boolean) => { setUnsaved(next); onUnsaved(next); };
  // Until the form has come, the focus waits in the drawer.
  useEffect(() => { if (!drawer.current?.contains(document.activeElement)) drawer.current?.focus(); }, []);
  const created = read.kind === "there" && read.kept ? read.kept.card.createdMs : null;
  let body: ReactNode = null;
  switch (read.kind) {
    case "loading":
      body = <div className={styles.loading}><SkeletonRows rows={7} label={t("loading")} /></div>;
      break;
    case "failed":
      body = <div className={styles.loading}><Notice tone="bad" urgent title={t("directory-card-failed")} detail={read.error.detail} action={<Button size="sm" onPress={again}>{t("try-again")}</Button>}>{errorTitle(t, read.error)}</Notice></div>;
      break;
    case "there":
      body = (
        <UserForm
          kept={read.kept} departments={read.departments} fixed={user !== null && !user.mayEdit} onUnsaved={change} onCancel={close} onReload={() => { change(false); again(); }}
          onSaved={onSaved} onDelete={user?.mayEdit ? () => onDelete(user) : null}
        />
      );
  }
  return (
    <div className={styles.scrim}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape of any of its fields leaves it */}
      <section
        ref={drawer} role="dialog" aria-labelledby={title} tabIndex={-1} className={styles.drawer}
        onKeyDown={(event) => { if (event.key === "Escape" && !event.defaultPrevented) { event.preventDefault(); close(); } }}
      >
        <header className={styles.head}>
          {user && <PersonAvatar numbers={[user.extension]} id={user.id} name={user.name} size={40} presence={SHAPES[user.status.kind]} />}
          <span className={styles.who}>
            <h2 id={title}>{user ? <Name>{user.name}</Name> : t("directory-new")}</h2>
            {created !== null && <small>{t("directory-created", { day: format.date(created) })}</small>}
          </span>
          <IconButton icon="x" label={t("close")} onPress={close} />
        </header>
        {body}
      </section>
      {leaving && (
        <Ask title={t("directory-unsaved")} confirm={t("directory-unsaved-discard")} cancel={t("directory-unsaved-stay")} onCancel={() => setLeaving(false)} onConfirm={onClose}>
          {t("directory-unsaved-note")}
        </Ask>
      )}
    </div>
  );
}
