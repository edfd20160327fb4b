import type { ReactNode } from "react";
import type { Device, DeviceSlot, SaveDevices, TestOutcome } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { cx } from "../../kit/cx";
import { Icon } from "../../kit/Icon";
import type { IconName } from "../../kit/iconPaths";
import { Name } from "../../kit/Text";
import styles from "./Devices.module.css";
import { SystemSettings } from "./SystemSettings";

export interface RowProps {
  choice: SaveDevices;
  onChange(choice: SaveDevices): void;
}

/** One purpose: its sign, its name, its control with the test beside it, and what there is to say. */
export function Row({ icon, flip = false, title, control, children }: { icon: IconName; flip?: boolean; title: string; control: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles.row} role="group" aria-label={title}>
      <span className={styles.sign}><Icon name={icon} flip={flip} /></span>
      <div className={styles.main}>
        <b>{title}</b>
        <div className={styles.control}>{control}</div>
        {children}
      </div>
    </div>
  );
}

/** The value of the default in a list of devices; no device has an empty id. */
export const DEFAULT = "";

/** Choices of a list: the default, what is there, and what is wanted though it is not there. */
export function useChoices(devices: readonly Device[], slot: DeviceSlot): { value: string; text: string; label: ReactNode }[] {
  const { t } = useWords();
  const absent = slot.wanted && !devices.some(({ id }) => id === slot.wanted?.id) ? slot.wanted : null;
  const whole = devices.find(({ isDefault }) => isDefault);
  return [
    { value: DEFAULT, text: t("devices-default"), label: whole ? <>{t("devices-default")} (<Name>{whole.name}</Name>)</> : t("devices-default") },
    ...devices.map(({ id, name }) => ({ value: id, text: name, label: <Name>{name}</Name> })),
    ...(absent ? [{ value: absent.id, text: absent.name, label: <><Name>{absent.name}</Name> {t("devices-absent")}</> }] : []),
  ];
}

/** Which device is used now, when it is not the one that was chosen; and whether the system has muted it. */
export function Live({ slot, devices, purpose }: { slot: DeviceSlot; devices: readonly Device[]; purpose: "microphone" | "speaker" }) {
  const { t } = useWords();
  const live = devices.find(({ id }) => id === slot.live?.id);
  if (live?.isMuted) {
    return (
      <span className={styles.asking}>
        <Result tone="bad">{t(`${purpose}-muted-by-system`, { device: live.name })}</Result>
        <SystemSettings page="sound" />
      </span>
    );
  }
  if (slot.isFallback && slot.wanted && slot.live) return <Result tone="warn">{t("devices-fallback", { wanted: slot.wanted.name, live: slot.live.name })}</Result>;
  return null;
}

const SIGNS: Record<"good" | "warn" | "bad", IconName> = { good: "check-circle-fill", warn: "warning-fill", bad: "x-circle-fill" };

/** A result: shape, colour and words. */
export function Result({ tone, children }: { tone: "good" | "warn" | "bad" | "run"; children: ReactNode }) {
  return (
    <span className={cx(styles.result, styles[tone])} role="status">
      {tone === "run" ? <i className={styles.spinner} aria-hidden="true" /> : <Icon name={SIGNS[tone]} />}
      <span className={styles.resultWords}>{children}</span>
    </span>
  );
}

const TONES: Record<Exclude<TestOutcome, "stopped">, "good" | "warn" | "bad"> = {
  heard: "good", silent: "warn", notHeard: "bad", noPermission: "bad", busy: "warn", gone: "bad", failed: "bad", inUse: "warn",
};

/** What came of a test, and the cure. */
export function Outcome({ purpose, outcome }: { purpose: "microphone" | "speaker"; outcome: TestOutcome }) {
  const { t } = useWords();
  if (outcome === "stopped") return null;
  return <Result tone={TONES[outcome]}>{t(`test-${purpose}-${outcome}`)}</Result>;
}
