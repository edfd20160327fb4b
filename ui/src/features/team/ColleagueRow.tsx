import type { Colleague } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { PersonAvatar } from "../../state/faces";
import { Button, IconButton } from "../../kit/Button";
import { MenuRow } from "../../kit/MenuRow";
import { Pop } from "../../kit/Pop";
import { PresenceShape } from "../../kit/Presence";
import { Dot, Figures, Name, PhoneNumber } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import type { At } from "../../state/state";
import { useSeconds } from "../../state/useTick";
import { MODES } from "../supervision/modes";
import { ColleagueCall } from "./ColleagueCall";
import { takesNoCall, useSeen } from "./presence";
import styles from "./Team.module.css";

const SECOND_MS = 1000;
const DAY_S = 86_400;

interface ColleagueRowProps {
  colleague: At<Colleague>;
  known: boolean;
  canCall: boolean;
  /** Beside the extension, where several departments are shown. */
  department: string | null;
  /** Their rights may be opened. */
  administered: boolean;
  /** Their calls may be taken and sent elsewhere (RG-08). */
  operated: boolean;
  onCall(): void;
  /** Opens the dialog; it is the list's, as a row moves to another group with every call. */
  onSend(): void;
  onRights(): void;
}

/** Somebody of the team: who, what they are doing and for how long, with whom they speak as far as they share it, and a call with one press. */
export function ColleagueRow({ colleague, known, canCall, department, administered, operated, onCall, onSend, onRights }: ColleagueRowProps) {
  const { t, format } = useWords();
  const { value } = colleague;
  const seen = useSeen()(value, known);
  const blocked = known && takesNoCall(value);
  const { backend, run } = useEngine();
  const call = operated && known ? value.call : null;
  const listens = known && value.may.supervise && value.call !== null && !value.call.ringing;
  return (
    <li className={styles.row}>
      <PersonAvatar numbers={[value.extension]} id={value.id} name={value.name} size={32} presence={seen.state} />
      <span className={styles.who}>
        <b><Name>{value.name}</Name></b>
        <small>{t("extension")} <PhoneNumber>{format.digits(value.extension)}</PhoneNumber>{department !== null && <><Dot /><Name>{department}</Name></>}</small>
      </span>
      <span className={styles.state}>
        <span className={styles.word}><PresenceShape state={seen.state} className={styles.shape ?? ""} /><Name>{seen.word}</Name></span>
        {known && <small>{value.hidden ? t("team-not-shared-note") : <Since colleague={colleague} />}</small>}
      </span>
      <span className={styles.call}>{known && value.call && <ColleagueCall call={value.call} />}</span>
      <span className={styles.actions}>
        {listens && MODES.map(({ mode, icon, word, label }) => (
          <span key={mode} className={styles.supervise}>
            <Button size="sm" icon={icon} aria-label={t(label, { person: value.name })} isDisabled={!canCall} onPress={() => run(backend.supervise({ user: value.id, mode }))}>{t(word)}</Button>
          </span>
        ))}
        {call?.ringing
          ? <Button size="sm" tone="call" icon="phone-incoming" aria-label={t("team-pick-up-from", { person: value.name })} isDisabled={!canCall} onPress={() => run(backend.colleaguePickUp({ user: value.id }))}>{t("team-pick-up")}</Button>
          : !listens && <IconButton icon="phone" look="edge" isDisabled={!canCall || blocked} label={t(blocked ? "team-takes-no-call" : "team-call", { person: value.name })} onPress={onCall} />}
        {(administered || call || listens) && (
          <Pop label={t("team-more", { person: value.name })} width="narrow" trigger={<IconButton icon="dots-three" label={t("team-more", { person: value.name })} />}>
            {(close) => (
              <>
                {listens && MODES.map(({ mode, icon, word }) => <MenuRow key={mode} icon={icon} onPress={() => { close(); run(backend.supervise({ user: value.id, mode })); }}>{t(word)}</MenuRow>)}
                {listens && canCall && !blocked && <MenuRow icon="phone" onPress={() => { close(); onCall(); }}>{t("call")}</MenuRow>}
                {call && <MenuRow icon="phone-transfer" onPress={() => { close(); onSend(); }}>{t("team-send")}</MenuRow>}
                {administered && <MenuRow icon="user-circle-gear" onPress={() => { close(); onRights(); }}>{t("rights-open")}</MenuRow>}
              </>
            )}
          </Pop>
        )}
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
