import { Button as AriaButton } from "react-aria-components";
import type { Light, LightLevel, System } from "../backend/generated";
import { useWords } from "../i18n/I18n";
import { Button } from "../kit/Button";
import { cx } from "../kit/cx";
import { Icon } from "../kit/Icon";
import type { IconName } from "../kit/iconPaths";
import { Pop } from "../kit/Pop";
import { SaidOnly } from "../kit/Text";
import { useEngine } from "../state/Engine";
import { useCountdown } from "../state/useTick";
import styles from "./SystemStatus.module.css";

type Part = "webPhone" | "livePanel" | "internet" | "sound";

const PARTS: readonly { part: Part; icon: IconName; word: "system-web-phone" | "system-live-panel" | "system-internet" | "system-sound" }[] = [
  { part: "webPhone", icon: "phone", word: "system-web-phone" },
  { part: "livePanel", icon: "chart-bar", word: "system-live-panel" },
  { part: "internet", icon: "wifi-high", word: "system-internet" },
  { part: "sound", icon: "speaker-high", word: "system-sound" },
];

const SIGNS: Record<LightLevel, IconName> = { ok: "check-circle-fill", off: "circle", warn: "warning-fill", bad: "x-circle-fill" };
/** Where the fault is: the shape tells it before the word. */
const FAULTS: Record<Part, IconName> = { webPhone: "cloud-slash-fill", livePanel: "cloud-slash-fill", internet: "cloud-slash-fill", sound: "x-circle-fill" };
const GRAVITY: readonly LightLevel[] = ["bad", "warn", "ok", "off"];

/** The worst of the four; parts that this account does not use do not count (SY-01). */
export function worst(system: System): { part: Part; level: LightLevel } {
  for (const level of GRAVITY) {
    const found = PARTS.find(({ part }) => system[part].level === level);
    if (found) return { part: found.part, level };
  }
  return { part: "webPhone", level: "off" };
}

/** One button: icon, colour and word of the worst of the four. Opens what each is like and what to do (SY-01…05). */
export function SystemStatus({ iconOnly = false }: { iconOnly?: boolean }) {
  const { state } = useEngine();
  const { t } = useWords();
  const system = state.system.value;
  const { part, level } = worst(system);
  const { why, retryInMs } = system[part];
  const word = level === "ok" || level === "off" ? t("system-ready") : retryInMs === null ? t(`system-short-${why ?? "serverError"}`) : t("system-reconnecting");
  const sign = level !== "bad" ? SIGNS[level] : why?.startsWith("microphone") ? "microphone-slash-fill" : FAULTS[part];
  return (
    <Pop
      label={t("system-title")} width="wide"
      trigger={
        <AriaButton className={cx(styles.button, styles[level], iconOnly && styles.iconOnly)} aria-label={t("system-open", { state: word })}>
          <Icon name={sign} className={styles.sign ?? ""} />
          {!iconOnly && <span>{word}</span>}
        </AriaButton>
      }
    >
      <h2 className={styles.title}>{t("system-title")}</h2>
      <ul>
        {PARTS.map((row) => <Row key={row.part} {...row} light={system[row.part]} />)}
      </ul>
    </Pop>
  );
}

function Row({ part, icon, word, light }: (typeof PARTS)[number] & { light: Light }) {
  const { state, backend, run } = useEngine();
  const { t } = useWords();
  const left = useCountdown(light.retryInMs, state.system.receivedAt);
  const says = useSentence(part, light);
  return (
    <li className={cx(styles.row, styles[`row-${light.level}`])}>
      <Icon name={icon} />
      <span className={styles.words}>
        <b>{t(word)}</b>
        <small>{says}</small>
        {left > 0 && <small>{t("system-retry-in", { seconds: left })}</small>}
        {light.detail && <small className={styles.detail} dir="ltr">{light.detail}</small>}
        {part === "webPhone" && light.level === "bad" && <span className={styles.action}><Button size="sm" onPress={() => run(backend.retryNow())}>{t("retry-now")}</Button></span>}
      </span>
      <Icon name={SIGNS[light.level]} className={cx(styles.sign, styles[light.level])} />
      <SaidOnly>{t(`system-level-${light.level}`)}</SaidOnly>
    </li>
  );
}

/** One sentence that says how it is, or what is wrong and what to do. */
function useSentence(part: Part, light: Light): string {
  const { state } = useEngine();
  const { t } = useWords();
  const extension = state.session.phase === "signedIn" ? state.session.user.extension : "";
  if (light.why) return t(`system-why-${light.why}`);
  if (light.level === "off") return t(part === "sound" ? "system-off-sound" : "system-off");
  switch (part) {
    case "webPhone":
      return t("system-ok-web-phone", { extension });
    case "livePanel":
      return t("system-ok-live-panel");
    case "internet":
      return t("system-ok-internet", { ms: state.system.value.internetMs ?? 0 });
    case "sound":
      return t("system-ok-sound");
  }
}
