import { useEffect, useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay, Radio, RadioGroup } from "react-aria-components";
import { asIpcError } from "../../backend/backend";
import type { Contact, ContactVersions, IpcError } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Notice } from "../../kit/Notice";
import { SkeletonRows } from "../../kit/Skeleton";
import { Name, PhoneNumber } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import styles from "./Versions.module.css";
import { differing, merged, type Part, type Side } from "./versions";

const LABELS = {
  firstName: "versions-firstName", lastName: "versions-lastName", displayName: "versions-displayName", company: "versions-company", jobTitle: "versions-jobTitle", numbers: "versions-numbers",
  emails: "versions-emails", sipAddresses: "versions-sipAddresses", groups: "versions-groups", fields: "versions-fields", note: "versions-notes", favourite: "versions-favourite",
} as const satisfies Record<Part, string>;

interface VersionsProps {
  contact: Contact;
  onClose(): void;
}

/** A contact that was changed in two places, or whose change the server did not take: both versions, and the agent decides. */
export function Versions({ contact, onClose }: VersionsProps) {
  const { backend } = useEngine();
  const { t } = useWords();
  const [versions, setVersions] = useState<ContactVersions | null>(null);
  const [failed, setFailed] = useState<IpcError | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let current = true;
    backend.contactVersions({ id: contact.id }).then(
      (answer) => { if (current) setVersions(answer); },
      (thrown: unknown) => { if (current) setFailed(asIpcError(thrown)); },
    );
    return () => { current = false; };
  }, [backend, contact.id]);
  const decide = (decided: Contact | null) => {
    setBusy(true);
    setFailed(null);
    backend.contactResolve({ id: contact.id, contact: decided }).then(
      (answer) => {
        if (answer.kind === "kept") { onClose(); return; }
        // Both versions were kept before, so their parts can be: whatever this is, it is ours.
        setFailed(asIpcError(answer.faults.map(({ part, why }) => `${part} ${why}`).join(", ")));
        setBusy(false);
      },
      (thrown: unknown) => { setFailed(asIpcError(thrown)); setBusy(false); },
    );
  };
  return (
    <ModalOverlay isOpen isDismissable={!busy} onOpenChange={(isOpen) => { if (!isOpen) onClose(); }} className={styles.scrim ?? ""}>
      <Modal className={styles.modal ?? ""}>
        <Dialog className={styles.dialog ?? ""}>
          <header className={styles.head}>
            <Heading slot="title">{t("versions-title", { name: contact.name })}</Heading>
            <IconButton icon="x" label={t("close")} onPress={onClose} />
          </header>
          {failed && <Notice tone="bad" urgent title={errorTitle(t, failed)} detail={failed.detail} />}
          {versions ? <Choice versions={versions} busy={busy} onDecide={decide} onClose={onClose} /> : !failed && <SkeletonRows rows={3} label={t("loading")} />}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

interface ChoiceProps {
  versions: ContactVersions;
  busy: boolean;
  /** Null deletes. */
  onDecide(decided: Contact | null): void;
  onClose(): void;
}

function Choice({ versions: { mine, theirs, refused }, busy, onDecide, onClose }: ChoiceProps) {
  const { t } = useWords();
  if (refused) {
    return (
      <>
        <p className={styles.note}>{t(theirs ? "versions-refused" : "versions-refused-new")}</p>
        <div className={styles.foot}>
          <Button size="lg" onPress={onClose}>{t("cancel")}</Button>
          <Button size="lg" tone="end" busy={busy} onPress={() => onDecide(theirs)}>{t("versions-discard")}</Button>
        </div>
      </>
    );
  }
  if (!mine || !theirs) {
    return (
      <>
        <p className={styles.note}>{t(mine ? "versions-deleted-there" : "versions-deleted-here")}</p>
        <div className={styles.foot}>
          <Button size="lg" busy={busy} onPress={() => onDecide(null)}>{t("contact-delete")}</Button>
          <Button size="lg" tone="primary" busy={busy} onPress={() => onDecide(mine ?? theirs)}>{t("versions-keep")}</Button>
        </div>
      </>
    );
  }
  return <Parts mine={mine} theirs={theirs} busy={busy} onDecide={onDecide} onClose={onClose} />;
}

interface PartsProps {
  mine: Contact;
  theirs: Contact;
  busy: boolean;
  onDecide(decided: Contact): void;
  onClose(): void;
}

/** Each part that differs has its own choice. */
function Parts({ mine, theirs, busy, onDecide, onClose }: PartsProps) {
  const { t } = useWords();
  const [sides, setSides] = useState<Partial<Record<Part, Side>>>({});
  const parts = differing(mine, theirs);
  const sideOf = (part: Part): Side => sides[part] ?? "mine";
  const all = (side: Side) => setSides(Object.fromEntries(parts.map((part) => [part, side])));
  return (
    <>
      <p className={styles.note}>{t("versions-note")}</p>
      <div className={styles.all}>
        <Button size="sm" onPress={() => all("mine")}>{t("versions-all-mine")}</Button>
        <Button size="sm" onPress={() => all("theirs")}>{t("versions-all-theirs")}</Button>
      </div>
      <div className={styles.parts}>
        {parts.map((part) => (
          <RadioGroup key={part} aria-label={t(LABELS[part])} value={sideOf(part)} onChange={(side) => setSides((before) => ({ ...before, [part]: side as Side }))} className={styles.part ?? ""}>
            <span className={styles.label}>{t(LABELS[part])}</span>
            {(["mine", "theirs"] as const).map((side) => (
              <Radio key={side} value={side} className={styles.side ?? ""}>
                <small>{t(`versions-${side}`)}</small>
                <Value contact={side === "mine" ? mine : theirs} part={part} />
              </Radio>
            ))}
          </RadioGroup>
        ))}
      </div>
      <div className={styles.foot}>
        <Button size="lg" onPress={onClose}>{t("cancel")}</Button>
        <Button size="lg" tone="primary" busy={busy} onPress={() => onDecide(merged(mine, theirs, sideOf))}>{t("versions-save")}</Button>
      </div>
    </>
  );
}

function Value({ contact, part }: { contact: Contact; part: Part }) {
  const { t, format } = useWords();
  const nothing = <i>{t("versions-empty")}</i>;
  const lines = (values: readonly string[]) => (values.length > 0 ? values.map((value) => <Name key={value}>{value}</Name>) : nothing);
  switch (part) {
    case "numbers":
      // eslint-disable-next-line react/no-array-index-key -- two numbers may be alike
      return contact.numbers.length > 0 ? contact.numbers.map(({ number, kind, label }, at) => <span key={at}><PhoneNumber>{format.digits(number)}</PhoneNumber> <small>{label ? <Name>{label}</Name> : t(`number-kind-${kind}`)}</small></span>) : nothing;
    case "fields":
      return lines(contact.fields.map(({ name, value }) => `${name} ${value}`));
    case "emails":
    case "sipAddresses":
    case "groups":
      return lines(contact[part]);
    case "favourite":
      return <span>{t(contact.favourite ? "contact-is-favourite" : "versions-not-favourite")}</span>;
    default:
      return contact[part] ? <Name>{contact[part]}</Name> : nothing;
  }
}
