import { useSections } from "../../app/Rail";
import { shortcut } from "../../app/shortcuts";
import { useWords } from "../../i18n/I18n";
import { Page } from "./Page";
import styles from "./Settings.module.css";

/** Stands for the number of the last section. */
const LAST = "last";

const GROUPS = [
  {
    title: "settings-keys-anywhere",
    keys: [
      ["settings-key-search", shortcut("K")], ["settings-key-sections", [...shortcut("1"), "…", LAST]], ["settings-key-settings", shortcut(",")], ["settings-key-status", [...shortcut("Shift"), "S"]], ["settings-key-region", ["F6"]],
    ],
  },
  {
    title: "settings-keys-call",
    keys: [
      ["settings-key-answer", ["Enter"]], ["settings-key-decline", ["Esc"]], ["settings-key-mute", shortcut("M")], ["settings-key-hold", shortcut("H")], ["settings-key-transfer", shortcut("T")], ["settings-key-end", shortcut("E")], ["settings-key-tones", ["0–9", "*", "#"]],
    ],
  },
] as const;

/** What the keys do. They go by their place, so an Arabic layout has the same ones. */
export function Shortcuts() {
  const { t } = useWords();
  const last = String(useSections().length);
  return (
    <Page title={t("settings-shortcuts")} note={t("settings-shortcuts-note")}>
      {GROUPS.map(({ title, keys }) => (
        <section key={title} className={styles.group} aria-label={t(title)}>
          <h3 className={styles.heading}>{t(title)}</h3>
          <dl className={styles.list}>
            {keys.map(([word, caps]) => (
              <div key={word} className={styles.line}>
                <dt>{t(word)}</dt>
                <dd dir="ltr">{caps.map((cap) => (cap === "…" ? <span key={cap}>{cap}</span> : <kbd key={cap} className={styles.cap}>{cap === LAST ? last : cap}</kbd>))}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Page>
  );
}
