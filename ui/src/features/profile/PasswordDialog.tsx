import { type FormEvent, useEffect, useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { asIpcError } from "../../backend/backend";
import type { IpcError, PasswordRules } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { cx } from "../../kit/cx";
import { PasswordField } from "../../kit/Field";
import { Icon } from "../../kit/Icon";
import { Notice } from "../../kit/Notice";
import { SaidOnly } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import styles from "./PasswordDialog.module.css";

const RULES = ["length", "upper", "lower", "number", "special"] as const;
const NONE: PasswordRules = { length: false, upper: false, lower: false, number: false, special: false };

/** Current, new, new again (PW-01). The rules are judged in Rust while one types (PW-02). */
export function PasswordDialog({ onDone, onCancel }: { onDone(): void; onCancel(): void }) {
  const { backend, run } = useEngine();
  const { t } = useWords();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [left, setLeft] = useState(false);
  const [judged, setJudged] = useState<{ of: string; rules: PasswordRules }>({ of: "", rules: NONE });
  const [saving, setSaving] = useState(false);
  const [failed, setFailed] = useState<IpcError | null>(null);
  useEffect(() => {
    let wanted = true;
    run(backend.passwordRules({ password: next }).then((rules) => { if (wanted) setJudged({ of: next, rules }); }));
    return () => { wanted = false; };
  }, [next, backend, run]);

  const same = next !== "" && next === again;
  // A judgement of what was typed before is no judgement of this.
  const ready = current !== "" && same && judged.of === next && RULES.every((rule) => judged.rules[rule]);
  const mismatch = again !== "" && again !== next && (left || !next.startsWith(again));
  const wrong = failed?.code === "wrongPassword";
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!ready || saving) return;
    setSaving(true);
    setFailed(null);
    backend.changePassword({ current, new: next }).then(onDone, (thrown: unknown) => {
      setSaving(false);
      setFailed(asIpcError(thrown));
    });
  };
  const shown = { showLabel: t("password-show"), hideLabel: t("password-hide") };
  return (
    <ModalOverlay isOpen isDismissable={false} isKeyboardDismissDisabled={saving} onOpenChange={(isOpen) => { if (!isOpen && !saving) onCancel(); }} className={styles.scrim ?? ""}>
      <Modal className={styles.modal ?? ""}>
        <Dialog className={styles.dialog ?? ""}>
          <header className={styles.head}>
            <Heading slot="title">{t("password-change")}</Heading>
            <IconButton icon="x" label={t("close")} isDisabled={saving} onPress={onCancel} />
          </header>
          {failed && !wrong && <Notice tone="bad" urgent title={errorTitle(t, failed)} detail={failed.detail} />}
          <form className={styles.form} noValidate onSubmit={save}>
            <div className={styles.fields}>
              <PasswordField
                {...shown} label={t("password-current")} value={current} autoFocus autoComplete="current-password"
                onChange={(value) => { setCurrent(value); setFailed(null); }}
                error={wrong ? (failed.triesLeft === null ? t("password-wrong") : t("password-wrong-tries", { count: failed.triesLeft })) : null}
              />
              <PasswordField {...shown} label={t("password-new")} value={next} onChange={setNext} autoComplete="new-password" />
              <PasswordField {...shown} label={t("password-confirm")} value={again} onChange={setAgain} autoComplete="new-password" onFocusChange={(focused) => setLeft(!focused)} error={mismatch ? t("password-mismatch") : null} />
            </div>
            <div className={styles.rules}>
              <b id="password-needs">{t("password-needs")}</b>
              <ul aria-labelledby="password-needs" aria-live="polite">
                {RULES.map((rule) => <Rule key={rule} text={t(`password-rule-${rule}`)} kept={judged.rules[rule]} />)}
                <Rule text={t("password-rule-same")} kept={same} />
              </ul>
            </div>
            <div className={styles.foot}>
              <Button size="lg" isDisabled={saving} onPress={onCancel}>{t("cancel")}</Button>
              <Button size="lg" type="submit" tone="primary" busy={saving} isDisabled={!ready}>{t("save")}</Button>
            </div>
          </form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Rule({ text, kept }: { text: string; kept: boolean }) {
  const { t } = useWords();
  return (
    <li className={cx(styles.rule, kept && styles.kept)} data-kept={kept}>
      <Icon name={kept ? "check-circle-fill" : "circle"} />
      <span aria-hidden="true">{text}</span>
      <SaidOnly>{t(kept ? "password-rule-kept" : "password-rule-missing", { rule: text })}</SaidOnly>
    </li>
  );
}
