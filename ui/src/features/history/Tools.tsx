import type { HistoryFilter, HistoryKind } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { IconButton } from "../../kit/Button";
import { SearchBox } from "../../kit/SearchBox";
import { Count, Segments } from "../../kit/Segments";
import { Select } from "../../kit/Select";
import { useEngine } from "../../state/Engine";
import styles from "./Tools.module.css";

export const PERIODS = ["ever", "today", "week", "month"] as const;
/** Calls, or something else in their place. */
export type Shown = "calls" | "recordings" | "voicemail";
export type Period = (typeof PERIODS)[number];

/** Today among them. */
const DAYS = { today: 1, week: 7, month: 30 } as const;

/** Midnight at which the period begins, on this computer's calendar; null: no limit. */
export function beginOf(period: Period, now: number): number | null {
  if (period === "ever") return null;
  const midnight = new Date(now);
  midnight.setHours(0, 0, 0, 0);
  midnight.setDate(midnight.getDate() + 1 - DAYS[period]);
  return midnight.getTime();
}

interface ToolsProps {
  filter: HistoryFilter;
  period: Period;
  onKind(kind: HistoryKind): void;
  onPeriod(period: Period): void;
  onText(text: string): void;
  /** What is shown. */
  shown: Shown;
  onShown(shown: Shown): void;
  /** Null: there is nothing to export. */
  onExport: (() => void) | null;
}

/** Above the history: which calls, from when, by whom, and all of that as a file. */
export function Tools({ filter, period, shown, onShown, onKind, onPeriod, onText, onExport }: ToolsProps) {
  const { state } = useEngine();
  const { t, format } = useWords();
  const name = (value: Period) => (value === "ever" || value === "today" ? t(`history-period-${value}`) : t("history-period-days", { days: DAYS[value] }));
  const { enabled, messages, new: unheard } = state.voicemail;
  const choose = (value: HistoryKind | "recordings" | "voicemail") => {
    const other = value === "recordings" || value === "voicemail";
    onShown(other ? value : "calls");
    if (!other) onKind(value);
  };
  return (
    <div className={styles.tools}>
      <Segments
        large label={t("history-filter")} value={shown === "calls" ? filter.kind : shown} onChange={choose}
        choices={[
          { value: "all", label: t("filter-all") },
          { value: "missed", label: <>{t("filter-missed")}{state.unseenMissed > 0 && <Count>{format.count(state.unseenMissed)}</Count>}</> },
          { value: "incoming", label: t("filter-incoming") },
          { value: "outgoing", label: t("filter-outgoing") },
          // Also when a box is closed, what was left in it stays.
          ...(enabled || messages > 0 || shown === "voicemail" ? [{ value: "voicemail" as const, label: <>{t("filter-voicemail")}{unheard > 0 && <Count>{format.count(unheard)}</Count>}</> }] : []),
          // Without a team there is nobody to keep them.
          ...(state.team === null ? [] : [{ value: "recordings" as const, label: t("filter-recordings") }]),
        ]}
      />
      {shown === "calls" && <><span className={styles.period}>
        <Select label={t("history-period")} value={period} onChange={(value) => onPeriod(value as Period)} choices={PERIODS.map((value) => ({ value, text: name(value), label: name(value) }))} />
      </span>
      <span className={styles.search}>
        <SearchBox value={filter.text} placeholder={t("history-search")} clearLabel={t("contacts-search-clear")} onChange={onText} onKeyDown={(event) => { if (event.key === "Escape") onText(""); }} />
      </span>
      <IconButton icon="export" look="edge" isDisabled={onExport === null} label={t("history-export")} onPress={() => onExport?.()} /></>}
    </div>
  );
}
