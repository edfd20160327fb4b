// What a status keeps away, in a line.
import type { StatusBlocks } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";

export const CALLS = [["queue", "statuses-queue"], ["internal", "statuses-internal"], ["external", "statuses-external"]] as const satisfies readonly (readonly [keyof StatusBlocks, string])[];

export function useBlocked(): (blocks: StatusBlocks) => string {
  const { t, language } = useWords();
  return (blocks) => {
    const kept = CALLS.filter(([which]) => blocks[which]).map(([which]) => t(`statuses-blocks-${which}`));
    if (kept.length === 0) return t("statuses-blocks-nothing");
    if (kept.length === CALLS.length) return t("statuses-blocks-everything");
    return t("statuses-blocks", { calls: new Intl.ListFormat(language, { type: "conjunction" }).format(kept) });
  };
}
