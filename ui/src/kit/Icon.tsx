import { cx } from "./cx";
import styles from "./Icon.module.css";
import { type IconName, PATHS } from "./iconPaths";

/** A drawing without a name of its own: the control that holds it has one. `flip` mirrors what points (design 7). */
export function Icon({ name, flip = false, className }: { name: IconName; flip?: boolean; className?: string }) {
  return (
    <svg className={cx(styles.icon, flip && "flip", className)} viewBox="0 0 256 256" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
