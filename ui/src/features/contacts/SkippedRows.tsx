import type { Skipped } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Name } from "../../kit/Text";
import styles from "./Import.module.css";

/** Which rows or cards are left out, and why; the first of many. */
export function SkippedRows({ skipped, header, all }: { skipped: readonly Skipped[]; header: readonly string[]; all: number }) {
  const { t, format } = useWords();
  if (skipped.length === 0) return null;
  return (
    <section className={styles.skipped} aria-label={t("import-skipped")}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by key */}
      <ul tabIndex={0}>
        {skipped.map(({ line, column, why }, at) => {
          const name = column === null ? undefined : header[column];
          return (
            // eslint-disable-next-line react/no-array-index-key -- a list that never changes
            <li key={at}>
              <b>{t("import-line", { line })}</b>
              <span>{t(`import-skip-${why}`)}{name && <> (<Name>{name}</Name>)</>}</span>
            </li>
          );
        })}
      </ul>
      {all > skipped.length && <small>{t("import-more-skipped", { shown: format.count(skipped.length), all: format.count(all) })}</small>}
    </section>
  );
}
