import styles from "./Avatar.module.css";
import { cx } from "./cx";
import { Icon } from "./Icon";
import { PresenceShape, type PresenceState } from "./Presence";

const TINTS = 7;

/** Two letters in Latin, one in Arabic, where two would join; null when the name begins with no letter (PR-05). */
export function initials(name: string): string | null {
  const words = name.normalize("NFC").split(/\s+/u).map((word) => word.replace(/^[^\p{L}]+/u, "")).filter(Boolean);
  const first = [...(words[0] ?? "")][0];
  if (!first) return null;
  if (/\p{Script=Arabic}/u.test(first)) return first;
  const last = words.length > 1 ? [...(words.at(-1) ?? "")][0] : undefined;
  return (first + (last && !/\p{Script=Arabic}/u.test(last) ? last : "")).toLocaleUpperCase("en");
}

/** One of seven tints by a hash of the id (FNV-1a), never of the name in one language. */
export function tint(id: string): number {
  let hash = 0x811c9dc5;
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return (hash % TINTS) + 1;
}

export interface AvatarProps {
  id: string;
  name: string;
  /** Diameter in pixels. */
  size: 28 | 32 | 40 | 48 | 64 | 72 | 88;
  presence?: PresenceState;
  /** Address of a square picture; without one the initials are shown. */
  picture?: string | null;
  className?: string;
}

/** A person: their photograph, or their initials. Decoration: the name stands beside it. */
export function Avatar({ id, name, size, presence, picture = null, className }: AvatarProps) {
  const letters = initials(name);
  return (
    <span className={cx(styles.avatar, letters ? styles[`tint-${tint(id)}`] : styles.nobody, styles[`size-${size}`], className)} aria-hidden="true">
      {letters ? <i className={styles.letters}>{letters}</i> : <Icon name="user" className={styles.figure ?? ""} />}
      {picture && <i className={styles.picture} data-picture style={{ backgroundImage: `url("${picture}")` }} />}
      {presence && (
        <span className={styles.badge}>
          <PresenceShape state={presence} />
        </span>
      )}
    </span>
  );
}
