import { useWords } from "../../i18n/I18n";
import { Check } from "../../kit/Check";
import styles from "./Form.module.css";

/** Others use this computer: nothing shall stay on it (LO-02). */
export function SharedComputer({ shared, onChange }: { shared: boolean; onChange(shared: boolean): void }) {
  const { t } = useWords();
  return (
    <div className={styles.shared}>
      <Check checked={shared} onChange={onChange}>{t("shared-computer")}</Check>
      {shared && <small role="status">{t("shared-computer-note")}</small>}
    </div>
  );
}
