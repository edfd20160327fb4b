import { cx } from "./cx";
import styles from "./Presence.module.css";

/** States that a person can be in, as far as this phone knows them (design 4). */
export type PresenceState = "available" | "onCall" | "ringing" | "offline" | "unknown";

/** The shape: colour never speaks alone. The word stands beside it or in the label of what holds it. */
export function PresenceShape({ state, className }: { state: PresenceState; className?: string }) {
  return (
    <svg className={cx(styles.shape, styles[state], className)} viewBox="0 0 12 12" aria-hidden="true">
      {DRAWINGS[state]}
    </svg>
  );
}

const DRAWINGS = {
  available: <circle cx="6" cy="6" r="5.5" />,
  onCall: (
    <>
      <path fillRule="evenodd" d="M6 .5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Zm0 1.8a3.7 3.7 0 1 0 0 7.4 3.7 3.7 0 0 0 0-7.4Z" />
      <circle cx="6" cy="6" r="2.1" />
    </>
  ),
  ringing: (
    <>
      <circle cx="6" cy="6" r="2" />
      <path fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" d="M2.9 2.4a5 5 0 0 0 0 7.2M9.1 2.4a5 5 0 0 1 0 7.2" />
    </>
  ),
  offline: <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  unknown: <circle cx="6" cy="6" r="4.7" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.2 2.03" />,
} as const;
