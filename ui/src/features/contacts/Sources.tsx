import { useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import type { Source, SourceDraft } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Empty } from "../../kit/Empty";
import { Notice } from "../../kit/Notice";
import { SkeletonRows } from "../../kit/Skeleton";
import { Dot, Name } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import { SourceForm } from "./SourceForm";
import styles from "./Sources.module.css";
import { useSources } from "./useSources";

const NEW: SourceDraft = { id: "", kind: "cardDav", name: "", address: "", user: "", password: "", baseDn: "", filter: "", starttls: true, certificates: "" };

/** Outside address books: which there are, how they stand, and a form to add or change one. */
export function Sources({ onClose }: { onClose(): void }) {
  const { t } = useWords();
  const { found, again } = useSources();
  const [draft, setDraft] = useState<SourceDraft | null>(null);
  const add = <Button tone="primary" icon="plus" onPress={() => setDraft(NEW)}>{t("source-add")}</Button>;
  return (
    <ModalOverlay isOpen isDismissable={draft === null} onOpenChange={(isOpen) => { if (!isOpen) onClose(); }} className={styles.scrim ?? ""}>
      <Modal className={styles.modal ?? ""}>
        <Dialog className={styles.dialog ?? ""}>
          <header className={styles.head}>
            {draft && <IconButton icon="caret-left-bold" flip label={t("back")} onPress={() => setDraft(null)} />}
            <Heading slot="title">{t(!draft ? "sources" : draft.id === "" ? "source-add" : "source-edit")}</Heading>
            <IconButton icon="x" label={t("close")} onPress={onClose} />
          </header>
          {draft ? <SourceForm key={draft.id} start={draft} onDone={() => setDraft(null)} /> : (
            <>
              <p className={styles.note}>{t("sources-note")}</p>
              {found.kind === "loading" && <SkeletonRows rows={3} label={t("loading")} />}
              {found.kind === "failed" && <Empty broken title={errorTitle(t, found.error)} detail={found.error.detail} action={<Button onPress={again}>{t("try-again")}</Button>} />}
              {found.kind === "there" && found.sources.length === 0 && <Empty title={t("sources-empty")} action={add}>{t("sources-empty-note")}</Empty>}
              {found.kind === "there" && found.sources.length > 0 && (
                <>
                  <ul className={styles.list} aria-label={t("sources")}>
                    {found.sources.map((source) => <Row key={source.id} source={source} onEdit={() => setDraft(draftOf(source))} />)}
                  </ul>
                  <div className={styles.foot}>{add}</div>
                </>
              )}
            </>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Without the password, which never comes back from the keychain. */
function draftOf({ id, kind, name, address, user, baseDn, filter, starttls, certificates }: Source): SourceDraft {
  return { id, kind, name, address, user, password: "", baseDn, filter, starttls, certificates };
}

function isToday(ms: number): boolean {
  return new Date(ms).toDateString() === new Date().toDateString();
}

function Row({ source, onEdit }: { source: Source; onEdit(): void }) {
  const { backend, run } = useEngine();
  const { t, format } = useWords();
  const [asking, setAsking] = useState(false);
  const { id, name, readAtMs, fault } = source;
  return (
    <li className={styles.row}>
      <div className={styles.line}>
        <span className={styles.who}>
          <b><Name>{name}</Name></b>
          <small>{t(`source-kind-${source.kind}`)}<Dot /><bdi dir="ltr">{source.address}</bdi></small>
          <small role="status">
            {t("contacts-count", { count: source.count })}<Dot />
            {source.reading ? t("source-reading") : readAtMs === null ? t("source-never") : isToday(readAtMs) ? t("source-read", { time: format.time(readAtMs) }) : t("source-read-day", { day: format.day(readAtMs), time: format.time(readAtMs) })}
          </small>
        </span>
        <IconButton icon="arrow-clockwise" look="edge" label={t("source-refresh", { name })} isDisabled={source.reading} onPress={() => run(backend.sourceRefresh({ id }))} />
        <IconButton icon="pencil-simple" look="edge" label={t("source-edit-named", { name })} onPress={onEdit} />
        <IconButton icon="trash" look="edge" label={t("source-remove-named", { name })} onPress={() => setAsking(true)} />
      </div>
      {fault && <Notice tone="warn" title={t(`source-why-${fault.why}`)} detail={fault.detail || null}>{source.count > 0 && t("source-stays")}</Notice>}
      {asking && (
        <Notice tone="bad" urgent icon="trash" title={t("source-remove-ask", { name })} action={(
          <span className={styles.choice}>
            <Button size="sm" onPress={() => setAsking(false)} autoFocus>{t("cancel")}</Button>
            <Button size="sm" tone="decline" onPress={() => run(backend.sourceRemove({ id }))}>{t("source-remove")}</Button>
          </span>
        )}>
          {t("source-remove-note")}
        </Notice>
      )}
    </li>
  );
}
