import { cx } from "./cx";
import styles from "./Presence.module.css";

/** States that a person can be in, as far as this phone knows them (design 4). */
export type PresenceState = "available" | "break" | "doNotDisturb" | "meeting" | "other" | "onCall" | "ringing" | "wrapUp" | "offline" | "unknown";

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
  break: <path fillRule="evenodd" d="M6 .5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM4.35 3.4a.75.75 0 0 0-.75.75v3.7a.75.75 0 0 0 1.5 0v-3.7a.75.75 0 0 0-.75-.75Zm3.3 0a.75.75 0 0 0-.75.75v3.7a.75.75 0 0 0 1.5 0v-3.7a.75.75 0 0 0-.75-.75Z" />,
  doNotDisturb: <path fillRule="evenodd" d="M6 .5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM3.6 5.1a.9.9 0 1 0 0 1.8h4.8a.9.9 0 1 0 0-1.8H3.6Z" />,
  meeting: <path fillRule="evenodd" d="M3.2.9h5.6a2.3 2.3 0 0 1 2.3 2.3v5.6a2.3 2.3 0 0 1-2.3 2.3H3.2A2.3 2.3 0 0 1 .9 8.8V3.2A2.3 2.3 0 0 1 3.2.9Zm.3 2.3a.7.7 0 1 0 0 1.4h5a.7.7 0 1 0 0-1.4h-5Z" />,
  other: <rect x="2.1" y="2.1" width="7.8" height="7.8" rx="1.6" transform="rotate(45 6 6)" />,
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
  wrapUp: <path d="M2.3.9h7.4c.6 0 .9.7.5 1.1L7.1 5.5a.8.8 0 0 0 0 1l3.1 3.5c.4.4.1 1.1-.5 1.1H2.3c-.6 0-.9-.7-.5-1.1l3.1-3.5a.8.8 0 0 0 0-1L1.8 2C1.4 1.6 1.7.9 2.3.9Z" />,
  offline: <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  unknown: <circle cx="6" cy="6" r="4.7" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.2 2.03" />,
} as const;
