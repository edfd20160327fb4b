import type { RefObject } from "react";
import { Header, ListBox, ListBoxItem, ListBoxSection } from "react-aria-components";
import { useWords } from "../../i18n/I18n";
import { cx } from "../../kit/cx";
import { Name, PhoneNumber } from "../../kit/Text";
import { PersonAvatar } from "../../state/faces";
import type { Target } from "./targets";
import styles from "./TransferPanel.module.css";

interface TargetListProps {
  listRef: RefObject<HTMLDivElement | null>;
  targets: readonly Target[];
  /** Whom it goes to as it stands. */
  target: Target | null;
  typed: string;
  onChoose(key: string | null): void;
  onSend(): void;
}

/** Those to whom a call can be sent, by kind; Enter and a double click send it. */
export function TargetList({ listRef, targets, target, typed, onChoose, onSend }: TargetListProps) {
  const { t } = useWords();
  const groups = ([["typed", "transfer-number"], ["colleague", "transfer-colleagues"], ["contact", "transfer-contacts"]] as const)
    .map(([kind, word]) => ({ kind, title: t(word), of: targets.filter((other) => other.kind === kind) }))
    .filter(({ of }) => of.length > 0);
  if (targets.length === 0) return <p className={styles.none} role="status">{t(typed.trim() === "" ? "transfer-nobody" : "transfer-none-found")}</p>;
  return (
    <ListBox
      ref={listRef} aria-label={t("transfer-targets")} className={styles.list ?? ""} selectionMode="single" selectionBehavior="replace" disallowEmptySelection
      selectedKeys={target ? [target.key] : []} onSelectionChange={(keys) => { if (keys !== "all") onChoose([...keys].map(String)[0] ?? null); }} onAction={onSend}
    >
      {groups.map(({ kind, title, of }) => (
        <ListBoxSection key={kind} id={`group ${kind}`}>
          <Header className={styles.group ?? ""}>{title}</Header>
          {of.map((other) => <Row key={other.key} target={other} chosen={other.key === target?.key} />)}
        </ListBoxSection>
      ))}
    </ListBox>
  );
}

function Row({ target, chosen }: { target: Target; chosen: boolean }) {
  const { t, format } = useWords();
  const shown = target.name || format.digits(target.number);
  const state = target.blocked ? t("team-takes-no-call", { person: shown }) : (target.seen?.word ?? "");
  return (
    <ListBoxItem id={target.key} textValue={[shown, state].filter(Boolean).join(", ")} className={cx(styles.row, chosen && styles.chosen, target.blocked && styles.blocked)}>
      <PersonAvatar numbers={[target.number]} id={target.key} name={target.name} size={32} {...(target.seen ? { presence: target.seen.state } : {})} />
      <span className={styles.who}>
        <b>{target.name ? <Name>{target.name}</Name> : <PhoneNumber>{format.digits(target.number)}</PhoneNumber>}</b>
        {target.seen && <small>{target.blocked ? <>{t("transfer-blocked")} · <Name>{target.seen.word}</Name></> : <Name>{target.seen.word}</Name>}</small>}
      </span>
      {target.name && <span className={styles.number}><PhoneNumber>{format.digits(target.number)}</PhoneNumber></span>}
    </ListBoxItem>
  );
}
