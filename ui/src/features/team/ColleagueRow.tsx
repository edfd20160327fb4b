import type { Colleague } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { PersonAvatar } from "../../state/faces";
import { IconButton } from "../../kit/Button";
import { PresenceShape } from "../../kit/Presence";
import { Figures, Name, PhoneNumber } from "../../kit/Text";
import type { At } from "../../state/state";
import { useSeconds } from "../../state/useTick";
import { takesNoCall, useSeen } from "./presence";
import styles from "./Team.module.css";

const SECOND_MS = 1000;
const DAY_S = 86_400;

interface ColleagueRowProps {
  colleague: At<Colleague>;
  known: boolean;
  canCall: boolean;
  onCall(): void;
}

/** Somebody of the team: who, what they are doing and for how long, and a call with one press. */
export function ColleagueRow({ colleague, known, canCall, onCall }: ColleagueRowProps) {
  const { t, format } = useWords();
  const { value } = colleague;
  const seen = useSeen()(value, known);
  const blocked = known && takesNoCall(value);
  return (
    <li className={styles.row}>
      <PersonAvatar numbers={[value.extension]} id={value.id} name={value.name} size={32} presence={seen.state} />
      <span className={styles.who}>
        <b><Name>{value.name}</Name></b>
        <small>{t("extension")} <PhoneNumber>{format.digits(value.extension)}</PhoneNumber></small>
      </span>
      <span className={styles.state}>
        <span className={styles.word}><PresenceShape state={seen.state} className={styles.shape ?? ""} /><Name>{seen.word}</Name></span>
        {known && <small><Since colleague={colleague} /></small>}
      </span>
      <span className={styles.actions}>
        <IconButton icon="phone" look="edge" isDisabled={!canCall || blocked} label={t(blocked ? "team-takes-no-call" : "team-call", { person: value.name })} onPress={onCall} />
      </span>
    </li>
  );
}

/** For how long; of somebody who is away for more than a day, since when. */
function Since({ colleague: { value, receivedAt } }: { colleague: At<Colleague> }) {
  const { format } = useWords();
  const age = value.call ? value.call.ageMs : value.ageMs;
  const seconds = useSeconds(age ?? 0, receivedAt, age !== null);
  if (age === null) return null;
  if (seconds < DAY_S) return <Figures>{format.duration(seconds)}</Figures>;
  return <>{format.day(Date.now() - seconds * SECOND_MS)}</>;
}
