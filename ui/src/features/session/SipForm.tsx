import { type FormEvent, useState } from "react";
import { asciiDigits } from "../../i18n/format";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Check } from "../../kit/Check";
import { Field, PasswordField } from "../../kit/Field";
import { Notice } from "../../kit/Notice";
import { useEngine } from "../../state/Engine";
import styles from "./Form.module.css";
import { SharedComputer } from "./SharedComputer";
import { useAttempt } from "./useAttempt";

/** A plain SIP account at any exchange that speaks SIP over WebSocket. */
export function SipForm({ onBack }: { onBack(): void }) {
  const { backend } = useEngine();
  const { t } = useWords();
  const [url, setUrl] = useState("wss://");
  const [user, setUser] = useState("");
  const [domain, setDomain] = useState("");
  const [authUser, setAuthUser] = useState("");
  const [displayName, setDisplayName] = useState("");
  const [password, setPassword] = useState("");
  const [keep, setKeep] = useState(true);
  const [shared, setShared] = useState(false);
  const { running, error, attempt } = useAttempt<"sip">();
  const urlFault = /^(?:wss?:\/\/?)?$/.test(url) || /^wss?:\/\/[^\s/]+/.test(url) ? null : t("sip-url-fault");
  const complete = /^wss?:\/\/[^\s/]+/.test(url) && user !== "" && domain !== "" && password !== "";

  const connect = (event: FormEvent) => {
    event.preventDefault();
    if (complete) void attempt("sip", () => backend.signInSip({ url, user, domain, authUser, password, displayName, keep: keep && !shared, shared }));
  };
  const busy = running !== null;
  return (
    <form className={styles.form} onSubmit={connect}>
      <h2>{t("sip-account")}</h2>
      {error && <Notice tone="bad" icon="warning-circle-fill" urgent title={errorTitle(t, error)} detail={error.detail} />}
      <Field label={t("sip-url")} ltr value={url} onChange={setUrl} error={urlFault} placeholder="wss://pbx.example.com/ws" isDisabled={busy} autoFocus />
      <div className={styles.grid}>
        <Field label={t("extension")} ltr value={user} onChange={(value) => setUser(asciiDigits(value))} isDisabled={busy} />
        <Field label={t("sip-domain")} ltr value={domain} onChange={setDomain} placeholder="pbx.example.com" isDisabled={busy} />
      </div>
      <div className={styles.grid}>
        <Field label={t("sip-auth-user")} ltr value={authUser} onChange={(value) => setAuthUser(asciiDigits(value))} placeholder={user} isDisabled={busy} />
        <Field label={t("sip-display-name")} value={displayName} onChange={setDisplayName} isDisabled={busy} />
      </div>
      <PasswordField label={t("password")} showLabel={t("password-show")} hideLabel={t("password-hide")} value={password} onChange={setPassword} isDisabled={busy} />
      <div className={styles.keeping}>
        <Check checked={keep && !shared} isDisabled={shared} onChange={setKeep}>{t("keep-signed-in")}</Check>
        <SharedComputer shared={shared} onChange={setShared} />
      </div>
      <div className={styles.buttons}>
        <Button size="lg" onPress={onBack} isDisabled={busy}>{t("back")}</Button>
        <Button type="submit" size="lg" tone="primary" wide busy={busy} isDisabled={!complete}>{t(busy ? "sip-connecting" : "sip-connect")}</Button>
      </div>
    </form>
  );
}
