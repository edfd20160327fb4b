import { type FormEvent, useState } from "react";
import type { PasswordMail } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Field } from "../../kit/Field";
import { Notice } from "../../kit/Notice";
import { useEngine } from "../../state/Engine";
import styles from "./Form.module.css";
import { useAttempt } from "./useAttempt";

interface ForgotFormProps {
  server: string;
  /** Null: the server is known and is shown elsewhere. */
  onServer: ((server: string) => void) | null;
  email: string;
  onEmail(email: string): void;
  onBack(): void;
}

/** Asks for a mail with a link to a new password. The answer is the same for every address, so that nobody learns who has an account. */
export function ForgotForm({ server, onServer, email, onEmail, onBack }: ForgotFormProps) {
  const { backend, state } = useEngine();
  const { t } = useWords();
  const [answer, setAnswer] = useState<PasswordMail | null>(null);
  const { running, error, attempt } = useAttempt<"forgot">();
  const complete = server.trim() !== "" && email.trim() !== "";
  const busy = running !== null;

  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!complete) return;
    void attempt("forgot", async () => setAnswer(await backend.forgotPassword({ server, email, language: state.settings.language })));
  };
  if (answer) return <Answered answer={answer} email={email} onBack={onBack} />;
  return (
    <form className={styles.form} onSubmit={send}>
      <h2>{t("forgot-title")}</h2>
      <p className={styles.said}>{t("forgot-help")}</p>
      {error && <Notice tone="bad" icon="warning-circle-fill" urgent title={errorTitle(t, error)} detail={error.detail} />}
      {onServer && <Field label={t("server")} ltr value={server} onChange={onServer} placeholder="phones.example.com" help={t("server-help")} autoComplete="url" isDisabled={busy} />}
      <Field label={t("email")} ltr type="email" value={email} onChange={onEmail} autoComplete="username" isDisabled={busy} autoFocus />
      <div className={styles.buttons}>
        <Button size="lg" onPress={onBack} isDisabled={busy}>{t("back")}</Button>
        <Button type="submit" size="lg" tone="primary" wide busy={busy} isDisabled={!complete}>{t(busy ? "forgot-sending" : "forgot-send")}</Button>
      </div>
    </form>
  );
}

function Answered({ answer, email, onBack }: { answer: PasswordMail; email: string; onBack(): void }) {
  const { t } = useWords();
  return (
    <section className={styles.form}>
      <h2>{t("forgot-title")}</h2>
      {answer.mail === "asked"
        ? <Notice tone="good" icon="check-circle-fill" title={t("forgot-sent", { email: email.trim() })}>{t("forgot-sent-note")}</Notice>
        : <Notice tone="warn" title={t("forgot-no-mail")}>{answer.ask ? t("forgot-ask", { who: answer.ask }) : t("forgot-ask-admin")}</Notice>}
      <Button size="lg" wide autoFocus onPress={onBack}>{t("back")}</Button>
    </section>
  );
}
