import { useRef, useState } from "react";
import { LanguageMenu } from "../../app/LanguageMenu";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Mark } from "../../kit/Mark";
import { Dot, PhoneNumber } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import { ForgotForm } from "./ForgotForm";
import { Rings } from "./Rings";
import { ServerLight } from "./ServerLight";
import styles from "./SignIn.module.css";
import { SipForm } from "./SipForm";
import { TeamForm } from "./TeamForm";

/** The page before the phone: a team account, any exchange, or practice on this computer. */
export function SignIn() {
  const { state } = useEngine();
  const { t } = useWords();
  const [form, setForm] = useState<"team" | "sip" | "forgot">("team");
  const mark = useRef<HTMLSpanElement>(null);
  const last = state.session.phase === "signedOut" ? state.session : null;
  const [server, setServer] = useState(last?.server ?? "");
  // Typed once: whoever forgot the password need not type the address again.
  const [email, setEmail] = useState(last?.email ?? "");
  // A server that is known stands at the foot; the field comes back on request.
  const [choosing, setChoosing] = useState(server === "");
  return (
    <main className={styles.page} data-region="sheet">
      <div className={styles.top}>
        <ServerLight server={form === "sip" ? "" : server} />
        <LanguageMenu long />
      </div>
      <div className={styles.column} data-column="">
        <div className={styles.brand}>
          <span ref={mark} className={styles.struck}><Mark className={styles.mark ?? ""} /></span>
          <h1>{t("product")}</h1>
        </div>
        {form === "team" && <TeamForm server={server} onServer={choosing ? setServer : null} email={email} onEmail={setEmail} onForgot={() => setForm("forgot")} onSip={() => setForm("sip")} />}
        {form === "sip" && <SipForm onBack={() => setForm("team")} />}
        {form === "forgot" && <ForgotForm server={server} onServer={choosing ? setServer : null} email={email} onEmail={setEmail} onBack={() => setForm("team")} />}
      </div>
      <footer className={styles.foot}>
        {form !== "sip" && !choosing && (
          <>
            {t("server-account")} <PhoneNumber>{server}</PhoneNumber> <Button tone="ghost" size="sm" onPress={() => setChoosing(true)}>{t("server-change")}</Button><Dot />
          </>
        )}
        {state.profile && <>{t("profile-name")} <PhoneNumber>{state.profile}</PhoneNumber><Dot /></>}
        {t("version")} <PhoneNumber>{state.version}</PhoneNumber>
      </footer>
      {/* After the mark: a layout effect meets only what was attached before it. */}
      <Rings mark={mark} />
    </main>
  );
}
