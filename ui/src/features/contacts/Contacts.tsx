import { type DragEvent, type KeyboardEvent, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { Contact, ExportFormat } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { cx } from "../../kit/cx";
import { Empty } from "../../kit/Empty";
import { SkeletonRows } from "../../kit/Skeleton";
import { Toasts } from "../../kit/Toasts";
import { useEngine } from "../../state/Engine";
import { ContactForm, NOBODY_YET } from "./ContactForm";
import { ContactList } from "./ContactList";
import styles from "./Contacts.module.css";
import { Detail } from "./Detail";
import { Import } from "./Import";
import { ListHead } from "./ListHead";
import { Sources } from "./Sources";
import { SyncFoot, SyncNotices } from "./SyncState";
import { useContact } from "./useContact";
import { lineOf, PAGE, useContacts, type Which } from "./useContacts";
import { Versions } from "./Versions";

/** With what the screen opens, when somebody came from another one. */
export type Opening = { kind: "show"; id: string } | { kind: "new"; name: string; number: string };

interface ContactsProps {
  opening: Opening | null;
  /** What was changed and not saved: it outlives this screen, because a call may come at any time. */
  draft: RefObject<Contact | null>;
  onOpened(): void;
  onDialled(): void;
}

type Told = { id: number; title: string; detail?: string; action?: { label: string; onPress(): void } };

/** The agent's own book: find, call, keep. Works without a connection; only calling needs one. */
export function Contacts({ opening, draft, onOpened, onDialled }: ContactsProps) {
  const { state, backend, run } = useEngine();
  const { t } = useWords();
  const [text, setText] = useState("");
  const [which, setWhich] = useState<Which>("all");
  const [shown, setShown] = useState<string | null>(null);
  /** The arrow keys are faster than the pages: the line that is meant, until it has come. */
  const [moving, setMoving] = useState<number | null>(null);
  const [editing, setEditing] = useState<Contact | null>(draft.current);
  const [importing, setImporting] = useState<{ dropped: File | null } | null>(null);
  const [choosingSources, setChoosingSources] = useState(false);
  const [comparing, setComparing] = useState<Contact | null>(null);
  const [dropping, setDropping] = useState(false);
  const [told, setTold] = useState<Told | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const { found, need, again } = useContacts(text.trim(), which);
  const { looked, again: lookAgain } = useContact(shown);
  const sync = state.contactsSync;
  const connected = state.system.value.webPhone.level === "ok";
  const total = found.kind === "there" ? found.total : 0;
  const chosen = moving ?? placeOf(shown, found);

  const tell = useCallback((news: Omit<Told, "id">) => setTold((before) => ({ id: (before?.id ?? 0) + 1, ...news })), []);
  const leaveForm = useCallback(() => {
    const left = draft.current;
    draft.current = null;
    setEditing(null);
    const goOn = () => { setTold(null); draft.current = left; setEditing(left); };
    if (left) tell({ title: left.id === "" ? t("contact-new-left") : t("contact-left", { name: left.name }), action: { label: t("contact-go-on"), onPress: goOn } });
  }, [draft, t, tell]);

  useEffect(() => {
    if (!opening) return;
    leaveForm();
    if (opening.kind === "show") setShown(opening.id);
    else setEditing({ ...NOBODY_YET, ...nameParts(opening.name), numbers: [{ number: opening.number, kind: /^\d{1,6}$/.test(opening.number) ? "extension" : "other", label: "", primary: false }] });
    onOpened();
  }, [opening, onOpened, leaveForm]);
  const comes = moving === null ? undefined : lineOf(found, moving)?.id;
  useEffect(() => {
    if (comes === undefined) return;
    setShown(comes);
    setMoving(null);
  }, [comes]);

  const choose = (at: number) => {
    leaveForm();
    const line = lineOf(found, at);
    if (line) { setShown(line.id); setMoving(null); } else setMoving(at);
  };
  const call = (target: string) => { run(backend.dial({ target })); onDialled(); };
  const remove = (contact: Contact) => run(backend.contactDelete({ id: contact.id }).then(() => { setShown(null); tell({ title: t("contact-deleted", { name: contact.name }), action: { label: t("undo"), onPress: () => undo(contact.id) } }); }));
  const copyToMine = ({ id, name }: Contact) => run(backend.contactCopy({ id }).then((copy) => { setShown(copy); tell({ title: t("contact-copied-to-mine", { name }) }); }));
  const undo = (id: string) => { setTold(null); run(backend.contactRestore({ id }).then(() => setShown(id))); };
  const save = (format: ExportFormat) => run(backend.contactsExport({ format }).then((path) => tell({ title: t("contacts-exported"), detail: path })));
  const onKeyDown = (event: KeyboardEvent) => {
    // What stands there was found by what was typed before: whoever is quick must not call the wrong one.
    const isStale = found.kind === "there" && found.text !== text.trim();
    if (isStale && event.key !== "Escape") return;
    const next = nextPlace(event.key, chosen, total, event.currentTarget instanceof HTMLInputElement);
    if (next !== null) choose(next);
    else if (event.key === "Enter" && total > 0) {
      const line = chosen === null ? undefined : lineOf(found, chosen);
      if (!line) choose(0);
      else if (connected && line.number) call(line.number);
    } else if (event.key === "Escape") {
      setText("");
      search.current?.focus();
    } else return;
    event.preventDefault();
  };
  const drag = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setDropping(event.type === "dragover");
    const file = event.type === "drop" ? event.dataTransfer.files[0] : undefined;
    if (file) setImporting({ dropped: file });
  };
  const nobody = found.kind === "there" && total === 0;
  const isEmpty = nobody && found.text === "" && found.which === "all";
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- files are dropped here; the button does the same by key
    <section className={cx(styles.contacts, dropping && styles.dropping)} aria-label={t("section-contacts")} data-pane={editing || shown ? "detail" : "list"} onDragOver={drag} onDragLeave={drag} onDrop={drag}>
      <div className={styles.list}>
        <ListHead
          searchRef={search} text={text} which={which} synchronised={sync !== null} active={chosen === null ? undefined : chosen} onKeyDown={onKeyDown} onExport={isEmpty ? null : save}
          onText={(next) => { setText(next); setMoving(null); }} onWhich={setWhich} onNew={() => setEditing(NOBODY_YET)} onImport={() => setImporting({ dropped: null })} onSources={() => setChoosingSources(true)}
        />
        {sync && <SyncNotices sync={sync} which={which} onWhich={setWhich} />}
        {found.kind === "loading" && <div className={styles.loading}><SkeletonRows rows={9} label={t("loading")} /></div>}
        {found.kind === "failed" && <Empty broken title={errorTitle(t, found.error)} detail={found.error.detail} action={<Button onPress={again}>{t("try-again")}</Button>} />}
        {nobody && !isEmpty && <div className={styles.none}><Nobody which={found.text === "" ? found.which : "found"} /></div>}
        {isEmpty && <div className={styles.none} />}
        {found.kind === "there" && total > 0 && <ContactList found={found} chosen={chosen} listRef={list} onChoose={choose} onNeed={need} onKeyDown={onKeyDown} />}
        <div className={styles.foot} role="status">
          <span>{found.kind === "there" ? t(found.more ? "contacts-found-more" : found.text ? "contacts-found" : "contacts-count", { count: total }) : ""}</span>
          {sync && <SyncFoot sync={sync} />}
        </div>
      </div>
      <div className={styles.pane}>
        {editing ? (
          <ContactForm
            key={editing.id} contact={editing} onChange={(changed) => { draft.current = changed; }} onCancel={leaveForm}
            onSaved={(contact) => { draft.current = null; setEditing(null); setShown(contact.id); tell({ title: t("contact-saved", { name: contact.name }) }); }}
          />
        ) : isEmpty ? (
          <Empty
            title={t("contacts-empty")}
            action={<div className={styles.buttons}><Button tone="primary" icon="plus" onPress={() => setEditing(NOBODY_YET)}>{t("contact-new")}</Button><Button icon="tray-arrow-down" onPress={() => setImporting({ dropped: null })}>{t("import-open")}</Button></div>}
          >
            {t("contacts-empty-note")}
          </Empty>
        ) : looked.kind === "there" ? (
          <Detail
            key={looked.contact.id} contact={looked.contact} canEdit={looked.canEdit} standing={looked.standing} source={looked.source} canCall={connected} onCompare={() => setComparing(looked.contact)} onCall={call} onBack={() => setShown(null)} onEdit={() => setEditing(looked.contact)} onDelete={() => remove(looked.contact)}
            onFavourite={(favourite) => run(backend.contactFavourite({ id: looked.contact.id, favourite }))} onCopied={() => tell({ title: t("copied") })} onCopy={() => copyToMine(looked.contact)}
          />
        ) : looked.kind === "failed" ? (
          <Empty broken title={errorTitle(t, looked.error)} detail={looked.error.detail} action={<Button onPress={lookAgain}>{t("try-again")}</Button>} />
        ) : looked.kind === "loading" ? (
          <div className={styles.loading}><SkeletonRows rows={4} label={t("loading")} /></div>
        ) : found.kind === "there" && total > 0 && <Empty title={t("contact-choose")}>{t("contact-choose-note")}</Empty>}
      </div>
      {comparing && <Versions contact={comparing} onClose={() => setComparing(null)} />}
      {choosingSources && <Sources onClose={() => setChoosingSources(false)} />}
      {importing && <Import dropped={importing.dropped} onClose={() => setImporting(null)} />}
      <Toasts
        closeLabel={t("close")} onClose={() => setTold(null)}
        items={told ? [{ id: told.id, title: told.title, detail: told.detail ?? null, ...(told.action ? { action: told.action } : {}) }] : []}
      />
    </section>
  );
}

/** What is said when nobody is in a part of the book; the last: nobody was found. */
const NOBODY = {
  all: ["contacts-empty", "contacts-empty-note"], personal: ["contacts-empty", "contacts-empty-note"], favourites: ["contacts-no-favourites", "contacts-no-favourites-note"],
  company: ["contacts-no-company", "contacts-no-company-note"], open: ["contacts-none-open", "contacts-none-open-note"], found: ["contacts-none-found", "contacts-none-found-note"],
} as const satisfies Record<Which | "found", readonly [string, string]>;

function Nobody({ which }: { which: keyof typeof NOBODY }) {
  const { t } = useWords();
  const [title, note] = NOBODY[which];
  return <Empty title={t(title)}>{t(note)}</Empty>;
}

/** Where somebody stands in what has come of the list. */
function placeOf(id: string | null, found: ReturnType<typeof useContacts>["found"]): number | null {
  if (id === null || found.kind !== "there") return null;
  for (const [page, lines] of found.pages) {
    const at = lines.findIndex((line) => line.id === id);
    if (at >= 0) return page * PAGE + at;
  }
  return null;
}

/** Lines that Page Up and Page Down move by. */
const LEAP = 10;

function nextPlace(key: string, at: number | null, total: number, isTyping: boolean): number | null {
  if (total === 0) return null;
  const inside = (place: number) => Math.max(0, Math.min(total - 1, place));
  switch (key) {
    case "ArrowDown": return at === null ? 0 : inside(at + 1);
    case "ArrowUp": return at === null ? 0 : inside(at - 1);
    case "PageDown": return inside((at ?? 0) + LEAP);
    case "PageUp": return inside((at ?? 0) - LEAP);
    case "Home": return isTyping ? null : 0;
    case "End": return isTyping ? null : total - 1;
    default: return null;
  }
}

/** First and last name as the caller's name says them, to be mended by hand. */
function nameParts(name: string): { firstName: string; lastName: string } {
  const [firstName = "", ...rest] = name.trim().split(/\s+/u);
  return { firstName, lastName: rest.join(" ") };
}
