import { useWords } from "../../i18n/I18n";
import { Figures } from "../../kit/Text";
import { useSeconds } from "../../state/useTick";

/** A duration that was told at a moment and goes on; it stands still while nothing is told. */
export function Clock({ ms, at, live, isLate, lateClass }: { ms: number; at: number; live: boolean; isLate?(seconds: number): boolean; lateClass?: string | undefined }) {
  const { format } = useWords();
  const seconds = useSeconds(ms, at, live);
  return <span className={isLate?.(seconds) ? lateClass : undefined}><Figures>{format.duration(seconds)}</Figures></span>;
}
