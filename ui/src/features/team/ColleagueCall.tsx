import { useEffect, useState } from "react";
import type { ColleagueCall as Call, ColleagueParty } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Icon } from "../../kit/Icon";
import { Name, PhoneNumber, SaidOnly } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import styles from "./Team.module.css";

/** A colleague's call as far as it is seen: with whom, or only that there is one (RG-02, RG-03). Nothing where calls are not seen (RG-07). */
export function ColleagueCall({ call }: { call: Call }) {
  const { t } = useWords();
  if (call.with) return <With party={call.with} />;
  if (call.ageMs === null) return null;
  return (
    <>
      {!call.ringing && <span className={styles.silent}>{t("presence-on-call")}</span>}
      <small>{t("team-shares-no-calls")}</small>
    </>
  );
}

function With({ party: { direction, number, name } }: { party: ColleagueParty }) {
  const { t, format } = useWords();
  const inBook = useNameInBook(number);
  const shown = inBook ?? name;
  const incoming = direction === "incoming";
  return (
    <>
      <span className={styles.party}>
        <Icon name={incoming ? "arrow-down-left-bold" : "arrow-up-right-bold"} flip />
        <SaidOnly>{t(incoming ? "team-called-by" : "team-calls-to")} </SaidOnly>
        {shown === "" ? <PhoneNumber>{format.digits(number)}</PhoneNumber> : <Name>{shown}</Name>}
      </span>
      <small>{shown === "" ? t("team-shares-calls") : <PhoneNumber>{format.digits(number)}</PhoneNumber>}</small>
    </>
  );
}

/** Whose the number is in the address book; null: nobody's. */
function useNameInBook(number: string): string | null {
  const { backend, state } = useEngine();
  const [found, setFound] = useState<{ number: string; name: string | null } | null>(null);
  useEffect(() => {
    let current = true;
    backend.contactOf({ number }).then(
      (look) => { if (current) setFound({ number, name: look?.contact.name ?? null }); },
      // The number says it as well.
      () => { if (current) setFound({ number, name: null }); },
    );
    return () => { current = false; };
  }, [backend, number, state.contactsVersion]);
  return found?.number === number ? found.name : null;
}
