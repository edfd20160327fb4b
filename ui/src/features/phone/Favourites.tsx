import { Button as AriaButton } from "react-aria-components";
import { useWords } from "../../i18n/I18n";
import { PersonAvatar } from "../../state/faces";
import { Button } from "../../kit/Button";
import { Name, PhoneNumber } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import { lineOf, useContacts } from "../contacts/useContacts";
import { usePresenceOf } from "../team/presence";
import styles from "./Favourites.module.css";

/** As many as stand in two rows. */
const MOST = 6;

/** Favourites, called with one press; whoever of them is of the team shows what they are doing (ST-13). Absent while there are none. */
export function Favourites({ onEdit }: { onEdit(): void }) {
  const { state, backend, run } = useEngine();
  const { t, format } = useWords();
  const presenceOf = usePresenceOf();
  const { found } = useContacts("", "favourites");
  if (found.kind !== "there" || found.total === 0) return null;
  const lines = Array.from({ length: Math.min(found.total, MOST) }, (_, at) => lineOf(found, at)).filter((line) => line !== undefined);
  const connected = state.system.value.webPhone.level === "ok";
  return (
    <section className={styles.favourites} aria-label={t("contacts-favourites")}>
      <div className={styles.head}>
        <h2>{t("contacts-favourites")}</h2>
        <Button tone="ghost" size="sm" onPress={onEdit}>{t("favourites-edit")}</Button>
      </div>
      <ul className={styles.people}>
        {lines.map((line) => {
          const seen = presenceOf(line.number);
          return (
            <li key={line.id}>
              <AriaButton className={styles.person ?? ""} isDisabled={!connected || line.number === ""} onPress={() => run(backend.dial({ target: line.number }))}>
                <PersonAvatar numbers={[line.number]} id={line.id} name={line.name} size={40} {...(seen ? { presence: seen.state } : {})} />
                <span className={styles.who}>
                  <b><Name>{line.name}</Name></b>
                  <small>{seen ? <Name>{seen.word}</Name> : <PhoneNumber>{format.digits(line.number)}</PhoneNumber>}</small>
                </span>
              </AriaButton>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
