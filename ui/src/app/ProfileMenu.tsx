import type { ReactElement } from "react";
import { WrapUp } from "../features/queues/WrapUp";
import { WhyNoCalls } from "../features/queues/WhyNoCalls";
import { StatusChoices } from "../features/status/StatusChoices";
import { useWords } from "../i18n/I18n";
import { OwnAvatar } from "../state/faces";
import { MenuLine, MenuRow } from "../kit/MenuRow";
import { Pop } from "../kit/Pop";
import { Switch } from "../kit/Switch";
import { Dot, Name, PhoneNumber } from "../kit/Text";
import { useEngine } from "../state/Engine";
import type { At } from "../state/state";
import { useSeconds } from "../state/useTick";
import type { OwnStatus } from "../backend/generated";
import { usePresence } from "./presence";
import styles from "./ProfileMenu.module.css";

/** Who is signed in, their status, and the way out (ST-01). */
export function ProfileMenu({ trigger, onProfile, onClient, onSignOut }: { trigger: ReactElement; onProfile(): void; onClient(): void; onSignOut(): void }) {
  const { state, backend, run } = useEngine();
  const { t, format } = useWords();
  const presence = usePresence();
  if (state.session.phase !== "signedIn") return trigger;
  const { user } = state.session;
  const own = state.status?.value ?? null;
  return (
    <Pop trigger={trigger} label={t("profile-menu")} placement="top start">
      {(close) => (
        <>
          <div className={styles.me}>
            <OwnAvatar size={48} presence={presence.state} />
            <span className={styles.who}>
              <b><Name>{user.name}</Name></b>
              <small>{t("extension")} <PhoneNumber>{format.digits(user.extension)}</PhoneNumber><Dot />{state.status && presence.chosen ? <Since word={presence.word} status={state.status} /> : <Name>{presence.word}</Name>}</small>
              <small><PhoneNumber>{user.email || user.server}</PhoneNumber></small>
            </span>
          </div>
          {user.practice && <p className={styles.practice}>{t("profile-practice")}</p>}
          {own && (
            <>
              <MenuLine />
              <StatusChoices own={own} onChoose={(id, text) => { run(backend.setStatus({ id, text })); close(); }} />
              <MenuLine />
              <div className={styles.switch}>
                <span><b>{t("status-offline-sign-in")}</b><small>{own.offlineAtSignInPending ? t("status-asked") : t("status-offline-sign-in-note")}</small></span>
                <Switch label={t("status-offline-sign-in")} on={own.offlineAtSignIn} onChange={(on) => run(backend.offlineAtSignIn({ on }))} />
              </div>
            </>
          )}
          {state.agent && (
            <>
              <MenuLine />
              <WrapUp />
              <WhyNoCalls agent={state.agent} />
            </>
          )}
          <MenuLine />
          <MenuRow icon="monitor" onPress={() => { close(); onClient(); }}>{t("section-client")}</MenuRow>
          <MenuRow icon="user-circle-gear" onPress={() => { close(); onProfile(); }}>{t("profile-settings")}</MenuRow>
          <MenuRow icon="sign-out" flip danger onPress={() => { close(); onSignOut(); }}>{t("session-logout")}</MenuRow>
        </>
      )}
    </Pop>
  );
}

/** The status and for how long, ticking. */
function Since({ word, status }: { word: string; status: At<OwnStatus> }) {
  const { t, format } = useWords();
  const seconds = useSeconds(status.value.ageMs, status.receivedAt, true);
  return <>{t("status-since", { status: word, time: format.duration(seconds) })}</>;
}
