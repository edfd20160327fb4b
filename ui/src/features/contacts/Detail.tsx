import type { Contact, ContactStanding } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { PersonAvatar } from "../../state/faces";
import { Button, IconButton } from "../../kit/Button";
import { MenuRow } from "../../kit/MenuRow";
import { Notice } from "../../kit/Notice";
import { Pop } from "../../kit/Pop";
import { Dot, Name, PhoneNumber } from "../../kit/Text";
import { LatestCalls } from "../history/LatestCalls";
import styles from "./Detail.module.css";

interface DetailProps {
  contact: Contact;
  canCall: boolean;
  canEdit: boolean;
  /** How an edit of it stands at the server. */
  standing: ContactStanding;
  /** What the outside address book is called that it comes from. */
  source?: string | null;
  /** Further numbers whose calls are theirs. */
  numbers?: readonly string[];
  onCompare?(): void;
  onCall(target: string): void;
  onEdit?(): void;
  onDelete?(): void;
  onFavourite(favourite: boolean): void;
  onCopied(): void;
  /** Of an outside address book: into the agent's own. */
  onCopy?(): void;
  /** In the narrow window: to the list again. */
  onBack?(): void;
}

/** All that the book knows of somebody; one press calls. */
export function Detail({ contact, canCall, canEdit, standing, source = null, numbers = [], onCompare, onCall, onEdit, onDelete, onFavourite, onCopied, onCopy, onBack }: DetailProps) {
  const { t, format } = useWords();
  const callable = contact.numbers.length > 0 ? contact.numbers : [];
  const main = callable.find(({ primary }) => primary) ?? callable.find(({ kind }) => kind !== "fax") ?? callable[0];
  const copy = (text: string) => void navigator.clipboard.writeText(text).then(onCopied);
  return (
    <article className={styles.detail} aria-label={contact.name}>
      <header className={styles.head}>
        {onBack && <span className={styles.back}><IconButton icon="caret-left-bold" flip label={t("back")} onPress={onBack} /></span>}
        <PersonAvatar numbers={contact.numbers.map(({ number }) => number)} id={contact.id} name={contact.name} size={72} />
        <div className={styles.who}>
          <h2><Name>{contact.name}</Name></h2>
          <p>
            {contact.jobTitle && <Name>{contact.jobTitle}</Name>}
            {contact.jobTitle && contact.company && <Dot />}
            {contact.company && <Name>{contact.company}</Name>}
          </p>
        </div>
        <div className={styles.actions}>
          <span className={contact.favourite ? styles.starred : undefined}>
            <IconButton icon="star-fill" look="edge" label={t(contact.favourite ? "contact-unfavour" : "contact-favour")} aria-pressed={contact.favourite} onPress={() => onFavourite(!contact.favourite)} />
          </span>
          {source !== null && onCopy && <Button icon="user-plus" onPress={onCopy}>{t("contact-copy-to-mine")}</Button>}
          {canEdit && onEdit && <Button icon="pencil-simple" onPress={onEdit}>{t("contact-edit")}</Button>}
          {canEdit && onDelete && standing !== "conflict" && (
            <span>
              <Pop label={t("contact-more")} width="narrow" trigger={<IconButton icon="dots-three" look="edge" label={t("contact-more")} />}>
                {(close) => <MenuRow icon="trash" danger onPress={() => { close(); onDelete(); }}>{t("contact-delete")}</MenuRow>}
              </Pop>
            </span>
          )}
        </div>
      </header>
      {onCompare && (standing === "conflict" || standing === "refused") && (
        <Notice tone="warn" title={t(`contact-standing-${standing}`)} action={<Button size="sm" onPress={onCompare}>{t(standing === "conflict" ? "versions-compare" : "versions-look")}</Button>} />
      )}
      {(contact.book === "company" || source !== null || standing === "waiting") && (
        <p className={styles.groups}>
          {contact.book === "company" && <span className={styles.tag}>{t(canEdit ? "contact-company-book" : "contact-company-book-locked")}</span>}
          {source !== null && <span className={styles.tag}>{t("contact-from-source", { name: source })}</span>}
          {standing === "waiting" && <span className={styles.tag}>{t("contact-standing-waiting")}</span>}
        </p>
      )}
      {(callable.length > 0 || contact.sipAddresses.length > 0 || contact.emails.length > 0) && (
        <ul className={styles.lines}>
          {callable.map((number, at) => (
            // eslint-disable-next-line react/no-array-index-key -- two numbers may be alike
            <li key={at}>
              <span className={styles.two}>
                <small>{number.label ? <Name>{number.label}</Name> : t(`number-kind-${number.kind}`)}</small>
                <PhoneNumber>{format.digits(number.number)}</PhoneNumber>
              </span>
              {number.primary && <span className={styles.tag}>{t("number-primary")}</span>}
              <Button
                size="sm" tone={number === main ? "call" : "plain"} icon={number === main ? "phone-fill" : "phone"} isDisabled={!canCall} onPress={() => onCall(number.number)}
                aria-label={t("contact-call", { number: number.number })}
              >
                {t("call")}
              </Button>
            </li>
          ))}
          {contact.sipAddresses.map((address) => (
            <li key={`sip ${address}`}>
              <span className={styles.two}><small>{t("contact-sip")}</small><bdi dir="ltr">{address}</bdi></span>
              <Button size="sm" icon="phone" isDisabled={!canCall} onPress={() => onCall(`sip:${address}`)} aria-label={t("contact-call", { number: address })}>{t("call")}</Button>
            </li>
          ))}
          {contact.emails.map((email) => (
            <li key={email}>
              <span className={styles.two}><small>{t("email")}</small><bdi dir="ltr">{email}</bdi></span>
              <Button size="sm" icon="copy" onPress={() => copy(email)} aria-label={t("contact-copy", { text: email })}>{t("copy")}</Button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.columns}>
        {(contact.note || contact.groups.length > 0) && (
          <section>
            <h3>{t("contact-note")}</h3>
            {contact.note && <p className={styles.note} dir="auto">{contact.note}</p>}
            {contact.groups.length > 0 && <p className={styles.groups}>{contact.groups.map((group) => <span key={group} className={styles.tag}><Name>{group}</Name></span>)}</p>}
          </section>
        )}
        {contact.fields.length > 0 && (
          <section>
            <h3>{t("contact-fields")}</h3>
            <dl>
              {contact.fields.map(({ name, value }, at) => (
                // eslint-disable-next-line react/no-array-index-key -- two lines may be alike
                <div key={at}><dt><Name>{name}</Name></dt><dd><Name>{value}</Name></dd></div>
              ))}
            </dl>
          </section>
        )}
      </div>
      <LatestCalls numbers={[...callable.map(({ number }) => number), ...contact.sipAddresses, ...numbers]} canCall={canCall} onCall={onCall} />
    </article>
  );
}
