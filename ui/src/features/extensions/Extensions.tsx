import { useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { RegisteredPhone, IpcError } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Empty } from "../../kit/Empty";
import { Notice } from "../../kit/Notice";
import { Ask } from "../../kit/Pop";
import { SkeletonRows } from "../../kit/Skeleton";
import { Name, PhoneNumber, SaidOnly } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import styles from "./Extensions.module.css";
import { useExtensions } from "./useExtensions";

const COLUMNS = ["extension", "person", "device", "transport", "address", "since"] as const;

/** Which phones are registered, whose they are and from where; one can be sent away (EX-01). */
export function Extensions() {
  const { t } = useWords();
  const { read, again } = useExtensions();
  const [asking, setAsking] = useState<RegisteredPhone | null>(null);
  return (
    <section className={styles.page} aria-label={t("extensions-page")}>
      <header className={styles.head}>
        <div className={styles.words}><h2>{t("extensions-page")}</h2><p>{t("extensions-note")}</p></div>
        {read.kind === "there" && <IconButton icon="arrow-clockwise" look="edge" label={t("extensions-again")} onPress={again} />}
      </header>
      {read.kind === "loading" && <SkeletonRows rows={6} label={t("extensions-loading")} />}
      {read.kind === "failed" && <Notice tone="bad" urgent title={t("extensions-failed")} detail={read.error.detail} action={<Button size="sm" onPress={again}>{t("extensions-again")}</Button>}>{errorTitle(t, read.error)}</Notice>}
      {read.kind === "there" && read.devices.length === 0 && <div className={styles.middle}><Empty title={t("extensions-none")} /></div>}
      {read.kind === "there" && read.devices.length > 0 && <Devices devices={read.devices} onUnregister={setAsking} />}
      {asking && <Unregister device={asking} onClose={() => setAsking(null)} onDone={() => { setAsking(null); again(); }} />}
    </section>
  );
}

function Devices({ devices, onUnregister }: { devices: readonly RegisteredPhone[]; onUnregister(device: RegisteredPhone): void }) {
  const { t, format } = useWords();
  return (
    <>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by key */}
      <div className={styles.scroll} role="group" aria-label={t("extensions-note")} tabIndex={0}>
        <table className={styles.table}>
          <thead><tr>{COLUMNS.map((column) => <th key={column} scope="col">{t(`extensions-column-${column}`)}</th>)}<th scope="col"><SaidOnly>{t("directory-column-actions")}</SaidOnly></th></tr></thead>
          <tbody>
            {devices.map((device) => (
              <tr key={device.id}>
                <td className={styles.id}><PhoneNumber>{format.digits(device.extension)}</PhoneNumber></td>
                <td className={styles.who}><Name>{device.name}</Name></td>
                <td className={styles.second} title={device.agent}>{device.agent === "" ? t("extensions-no-device") : <bdi dir="ltr">{device.agent}</bdi>}</td>
                <td className={styles.second}><bdi dir="ltr">{device.transport.toUpperCase()}</bdi></td>
                <td className={styles.second} title={device.address}><PhoneNumber>{device.address}</PhoneNumber></td>
                <td className={styles.second}>{isToday(device.sinceMs) ? t("today") : format.date(device.sinceMs)} <span dir="ltr">{format.time(device.sinceMs)}</span></td>
                <td><IconButton size="sm" icon="plugs" label={t("extensions-unregister-of", { extension: format.digits(device.extension), person: device.name })} onPress={() => onUnregister(device)} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.foot} role="status">{t("extensions-count", { count: devices.length })}</p>
    </>
  );
}

function isToday(unixMs: number): boolean {
  return new Date(unixMs).toDateString() === new Date().toDateString();
}

function Unregister({ device, onClose, onDone }: { device: RegisteredPhone; onClose(): void; onDone(): void }) {
  const { backend } = useEngine();
  const { t, format } = useWords();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<IpcError | null>(null);
  const confirm = () => {
    if (busy) return;
    setBusy(true);
    setFailed(null);
    backend.extensionUnregister({ id: device.id }).then(onDone, (thrown: unknown) => {
      setBusy(false);
      setFailed(asIpcError(thrown));
    });
  };
  return (
    <Ask
      title={t("extensions-unregister-title", { extension: format.digits(device.extension) })} confirm={t("extensions-unregister")} cancel={t("cancel")} busy={busy} onCancel={onClose} onConfirm={confirm}
      notice={failed && <Notice tone="bad" urgent title={errorTitle(t, failed)} detail={failed.detail} />}
    >
      {t("extensions-unregister-body", { person: device.name })}
    </Ask>
  );
}
