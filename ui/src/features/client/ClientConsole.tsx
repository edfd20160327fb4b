import { useState } from "react";
import type { Person } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Empty } from "../../kit/Empty";
import { SkeletonRows } from "../../kit/Skeleton";
import { Name, PhoneNumber } from "../../kit/Text";
import { Toasts } from "../../kit/Toasts";
import { incomingCall, stageCall } from "../../state/calls";
import { useEngine } from "../../state/Engine";
import { PersonAvatar } from "../../state/faces";
import type { Opening } from "../contacts/Contacts";
import { Detail } from "../contacts/Detail";
import { LatestCalls } from "../history/LatestCalls";
import { ALL, useHistory } from "../history/useHistory";
import styles from "./ClientConsole.module.css";
import { useContactOf } from "./useContactOf";

interface ClientConsoleProps {
  onDialled(): void;
  onContact(opening: Opening): void;
  /** To the call itself. */
  onPhone(): void;
}

/** Who is on the line, or was last: what the book and the history know of them (ST-08). */
export function ClientConsole({ onDialled, onContact, onPhone }: ClientConsoleProps) {
  const { state, backend, run } = useEngine();
  const { t, format } = useWords();
  const call = stageCall(state.calls) ?? incomingCall(state.calls);
  const { rows, again } = useHistory(call ? null : ALL, 1);
  const last = rows.kind === "there" ? (rows.rows[0] ?? null) : null;
  const person: Person | null = call?.value.person ?? last?.person ?? null;
  const { owner, again: askAgain } = useContactOf(person?.number || null);
  const [copied, setCopied] = useState(false);
  const canCall = state.system.value.webPhone.level === "ok";
  const dial = (target: string) => { run(backend.dial({ target })); onDialled(); };

  if (!call && rows.kind === "loading") return <SkeletonRows rows={4} label={t("loading")} />;
  if (!call && rows.kind === "failed") return <Empty broken title={errorTitle(t, rows.error)} detail={rows.error.detail} action={<Button onPress={again}>{t("try-again")}</Button>} />;
  if (!person) return <Empty title={t("client-empty")}>{t("client-empty-note")}</Empty>;
  const known = owner.kind === "there" ? owner : null;
  return (
    <section className={styles.console} aria-label={t("section-client")}>
      <div className={styles.line}>
        <span>{call ? t("client-on-the-line") : last && t("client-last-call", { when: format.day(last.startedAtMs) })}</span>
        {call && <Button size="sm" icon="phone" onPress={onPhone}>{t("client-to-call")}</Button>}
        {known && <Button size="sm" icon="address-book" onPress={() => onContact({ kind: "show", id: known.contact.id })}>{t("history-show-contact")}</Button>}
      </div>
      {owner.kind === "loading" && person.number !== "" && <SkeletonRows rows={3} label={t("loading")} />}
      {owner.kind === "failed" && <Empty broken title={errorTitle(t, owner.error)} detail={owner.error.detail} action={<Button onPress={askAgain}>{t("try-again")}</Button>} />}
      {known && (
        <Detail
          contact={known.contact} canCall={canCall} canEdit={false} standing={known.standing} numbers={[person.number]}
          onCall={dial} onCopied={() => setCopied(true)} onFavourite={(favourite) => run(backend.contactFavourite({ id: known.contact.id, favourite }))}
        />
      )}
      {(owner.kind === "nobody" || person.number === "") && (
        <article className={styles.stranger} aria-label={person.name || person.number}>
          <header>
            <PersonAvatar numbers={[person.number]} id={person.number} name={person.name} size={72} />
            <div>
              <h2>{person.name ? <Name>{person.name}</Name> : <PhoneNumber>{format.digits(person.number)}</PhoneNumber>}</h2>
              {person.name && person.number && <p><PhoneNumber>{format.digits(person.number)}</PhoneNumber></p>}
              <p>{t("client-stranger")}</p>
            </div>
            {person.number !== "" && <Button icon="user-plus" onPress={() => onContact({ kind: "new", ...person })}>{t("history-add-contact")}</Button>}
          </header>
          <LatestCalls numbers={person.number ? [person.number] : []} canCall={canCall} onCall={dial} />
        </article>
      )}
      <Toasts closeLabel={t("close")} onClose={() => setCopied(false)} items={copied ? [{ id: 1, title: t("copied") }] : []} />
    </section>
  );
}
