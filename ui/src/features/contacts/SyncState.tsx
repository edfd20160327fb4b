import type { ContactsSync } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Icon } from "../../kit/Icon";
import { Notice } from "../../kit/Notice";
import styles from "./SyncState.module.css";
import type { Which } from "./useContacts";

/** Fewer than these are exchanged before anybody could read about it. */
const WORTH_TELLING = 100;

/** Hour and minute; with the day, when that was not today. */
function useMoment(): (ms: number) => string {
  const { t, format } = useWords();
  return (ms) => (new Date(ms).toDateString() === new Date().toDateString() ? format.time(ms) : t("contacts-day-time", { day: format.day(ms), time: format.time(ms) }));
}

/** At the foot of the list: how the books stand at the server. */
export function SyncFoot({ sync }: { sync: ContactsSync }) {
  const { t } = useWords();
  const moment = useMoment();
  if (sync.phase.phase === "working" && sync.phase.total >= WORTH_TELLING) {
    return <span className={styles.foot}><Icon name="arrow-clockwise" />{t("contacts-sync-working", { done: sync.phase.done, total: sync.phase.total })}</span>;
  }
  if (sync.waiting > 0) return <span className={styles.foot}><Icon name="cloud-slash" />{t("contacts-sync-waiting", { count: sync.waiting })}</span>;
  if (sync.phase.phase === "offline") return <span className={styles.foot}><Icon name="cloud-slash" />{t("contacts-sync-offline")}</span>;
  if (sync.syncedAtMs === null) return null;
  return <span className={styles.foot}><Icon name="check-circle-fill" className={styles.good ?? ""} />{t("contacts-sync-done", { time: moment(sync.syncedAtMs) })}</span>;
}

interface SyncNoticesProps {
  sync: ContactsSync;
  which: Which;
  onWhich(which: Which): void;
}

/** Above the list: what is shown is a copy; something waits for a decision. */
export function SyncNotices({ sync, which, onWhich }: SyncNoticesProps) {
  const { t } = useWords();
  const moment = useMoment();
  const offline = sync.phase.phase === "offline";
  if (!offline && sync.open === 0) return null;
  return (
    <div className={styles.notices}>
      {offline && (
        <Notice tone="warn" icon="cloud-slash" title={sync.syncedAtMs === null ? t("contacts-offline-never") : t("contacts-offline", { time: moment(sync.syncedAtMs) })}>
          {t("contacts-offline-note")}
        </Notice>
      )}
      {sync.open > 0 && (
        <Notice
          tone="warn" icon="warning" title={t("contacts-open", { count: sync.open })}
          action={<Button size="sm" onPress={() => onWhich(which === "open" ? "all" : "open")}>{t(which === "open" ? "contacts-open-all" : "contacts-open-show")}</Button>}
        />
      )}
    </div>
  );
}
