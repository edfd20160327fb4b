import type { ParkedCall } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Icon } from "../../kit/Icon";
import { Figures, Name, PhoneNumber } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import type { At } from "../../state/state";
import { useSeconds } from "../../state/useTick";
import { useNameOf } from "../transfer/names";
import styles from "./ParkedCalls.module.css";

/** Calls that wait at a place for whoever takes them (RG-08). Absent while there are none, and for those who may not take any. */
export function ParkedCalls() {
  const { state } = useEngine();
  const { t } = useWords();
  const { value: parked, receivedAt } = state.parked;
  if (parked.length === 0) return null;
  return (
    <section className={styles.parked} aria-label={t("park-title")}>
      <h2>{t("park-title")}</h2>
      <ul>{parked.map((value) => <Row key={value.slot} call={{ value, receivedAt }} />)}</ul>
    </section>
  );
}

function Row({ call: { value: call, receivedAt } }: { call: At<ParkedCall> }) {
  const { backend, run, state } = useEngine();
  const { t, format } = useWords();
  const nameOf = useNameOf();
  const seconds = useSeconds(call.ageMs, receivedAt, true);
  const slot = format.count(call.slot);
  return (
    <li className={styles.row}>
      <span className={styles.slot}><Icon name="parking" />{slot}</span>
      <span className={styles.who}>
        <b>{call.person ? <Party name={call.person.name || nameOf(call.person)} number={format.digits(call.person.number)} /> : t("park-somebody")}</b>
        <small>{t(call.comesBack ? "park-comes-back" : "park-by", { person: call.byName })}</small>
      </span>
      <Figures>{format.duration(seconds)}</Figures>
      <Button size="sm" tone="call" icon="phone-incoming" aria-label={t("park-pick-up", { slot })} isDisabled={state.system.value.webPhone.level !== "ok"} onPress={() => run(backend.dial({ target: call.dial }))}>{t("team-pick-up")}</Button>
    </li>
  );
}

function Party({ name, number }: { name: string; number: string }) {
  return name === number ? <PhoneNumber>{number}</PhoneNumber> : <Name>{name}</Name>;
}
