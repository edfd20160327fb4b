import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Check } from "../../kit/Check";
import { Field, PasswordField } from "../../kit/Field";
import { Icon } from "../../kit/Icon";
import type { IconName } from "../../kit/iconPaths";
import { Notice } from "../../kit/Notice";
import { useEngine } from "../../state/Engine";
import styles from "./Form.module.css";
import { SharedComputer } from "./SharedComputer";
import { useAttempt } from "./useAttempt";

interface TeamFormProps {
  server: string;
  /** Null: the server is known and is shown elsewhere. */
  onServer: ((server: string) => void) | null;
  email: string;
  onEmail(email: string): void;
  onForgot(): void;
  onSip(): void;
}

/** Why somebody is out who did not sign out. */
const SIGNED_OUT = { expired: "session-expired", suspended: "session-suspended", noKeychain: "session-no-keychain" } as const;

/** E-mail and password at a team server, and the two other ways in. */
export function TeamForm({ server, onServer, email, onEmail, onForgot, onSip }: TeamFormProps) {
  const { state, backend } = useEngine();
  const { t } = useWords();
  const last = state.session.phase === "signedOut" ? state.session : null;
  const [password, setPassword] = useState("");
  const [keep, setKeep] = useState(true);
  const [shared, setShared] = useState(false);
  const passwordField = useRef<HTMLInputElement>(null);
  const { running, error, attempt } = useAttempt<"team" | "practice">();
  const complete = server.trim() !== "" && email.trim() !== "" && password !== "";

  const signIn = async (event: FormEvent) => {
    event.preventDefault();
    if (!complete) return;
    await attempt("team", () => backend.signIn({ server, email, password, keep: keep && !shared, shared }));
  };
  // A refused password stays, selected: the next key replaces it, an arrow mends it. Only now the field can be written into again.
  useEffect(() => {
    if (error?.code !== "wrongPassword") return;
    passwordField.current?.focus();
    passwordField.current?.select();
  }, [error]);
  const why = last?.why;
  return (
    <form className={styles.form} onSubmit={(event) => void signIn(event)}>
      {error ? (
        <Notice tone="bad" icon="warning-circle-fill" urgent title={errorTitle(t, error)} detail={error.detail} />
      ) : why && (
        <Notice tone="warn" title={why.why === "failed" ? errorTitle(t, why.error) : t(SIGNED_OUT[why.why])} detail={why.why === "failed" ? why.error.detail : null} />
      )}
      {onServer && <Field label={t("server")} ltr value={server} onChange={onServer} placeholder="phones.example.com" help={t("server-help")} autoComplete="url" isDisabled={running !== null} autoFocus={server !== ""} />}
      <Field label={t("email")} ltr type="email" value={email} onChange={onEmail} autoComplete="username" isDisabled={running !== null} />
      <PasswordField label={t("password")} showLabel={t("password-show")} hideLabel={t("password-hide")} value={password} onChange={setPassword} inputRef={passwordField} autoComplete="current-password" isDisabled={running !== null} />
      <div className={styles.keeping}>
        <div className={styles.between}>
          <Check checked={keep && !shared} isDisabled={shared} onChange={setKeep}>{t("keep-signed-in")}</Check>
          <Button tone="ghost" size="sm" onPress={onForgot} isDisabled={running !== null}>{t("forgot-password")}</Button>
        </div>
        <SharedComputer shared={shared} onChange={setShared} />
      </div>
      <Button type="submit" tone="primary" size="lg" wide busy={running === "team"} isDisabled={!complete || running === "practice"}>{t(running === "team" ? "signing-in" : "sign-in")}</Button>
      <div className={styles.or}><span>{t("or")}</span></div>
      <div className={styles.others}>
        <Other icon="plugs" title={t("sip-use")} note={t("sip-use-note")} onPress={onSip} disabled={running !== null} />
        <Other
          icon="laptop" title={t("practice")} note={t(running === "practice" ? "practice-starting" : "practice-note")} busy={running === "practice"} disabled={running !== null}
          onPress={() => void attempt("practice", () => backend.tryHere())}
        />
      </div>
    </form>
  );
}

function Other({ icon, title, note, busy = false, disabled, onPress }: { icon: IconName; title: string; note: string; busy?: boolean; disabled: boolean; onPress(): void }) {
  return (
    <AriaButton className={styles.other ?? ""} onPress={onPress} isDisabled={disabled && !busy} isPending={busy}>
      {busy ? <span className={styles.spinner} aria-hidden="true" /> : <Icon name={icon} className={styles.otherIcon ?? ""} />}
      <span className={styles.two}>
        <b>{title}</b>
        <small>{note}</small>
      </span>
      <Icon name="caret-right-bold" flip className={styles.caret ?? ""} />
    </AriaButton>
  );
}
