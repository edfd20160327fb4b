import { useEffect, useRef, useState } from "react";
import { CallStage } from "../features/calls/CallStage";
import { Ended } from "../features/calls/Ended";
import { IncomingCall } from "../features/calls/IncomingCall";
import { WaitingCall } from "../features/calls/WaitingCall";
import { History } from "../features/history/History";
import { PhoneAtRest } from "../features/phone/PhoneAtRest";
import { errorTitle } from "../i18n/errors";
import { useWords } from "../i18n/I18n";
import { Ask, closePops } from "../kit/Pop";
import { Toasts } from "../kit/Toasts";
import { incomingCall, stageCall } from "../state/calls";
import { useEngine } from "../state/Engine";
import { Announcer } from "./Announcer";
import styles from "./Frame.module.css";
import { CompactHead, TabBar } from "./Compact";
import { Rail } from "./Rail";
import { TopBar } from "./TopBar";
import { useKeyboard } from "./useKeyboard";

export type Section = "phone" | "history";

/** The window of someone who is signed in: rail, top bar, one sheet. */
export function Frame() {
  const { state, backend, run, dispatch } = useEngine();
  const { t } = useWords();
  const [section, setSection] = useState<Section>("phone");
  const [leaving, setLeaving] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const stage = stageCall(state.calls);
  const incoming = incomingCall(state.calls);
  const ringing = incoming?.value.id;
  useEffect(() => {
    if (ringing !== undefined) closePops();
  }, [ringing]);
  const inCall = section === "phone" && (stage !== null || incoming !== null);

  const signOut = () => {
    if (state.calls.length > 0) setLeaving(true);
    else run(backend.signOut());
  };
  useKeyboard({ stage: stage?.value ?? null, incoming: incoming?.value ?? null, search, section, onSection: setSection });

  return (
    <div className={styles.window} data-in-call={inCall || undefined}>
      <Announcer />
      <Rail section={section} onSection={setSection} onSignOut={signOut} />
      <TopBar section={section} search={search} onDialled={() => setSection("phone")} />
      <CompactHead section={section} onSignOut={signOut} />
      <main className={styles.sheet} data-region="sheet">
        {incoming && stage && <WaitingCall call={incoming} onShow={() => setSection("phone")} />}
        <div className={styles.content}>
          {section === "history" ? <History onDialled={() => setSection("phone")} /> : stage ? <CallStage call={stage} /> : <PhoneAtRest receding={incoming !== null} onHistory={() => setSection("history")} />}
        </div>
        {incoming && !stage && <IncomingCall call={incoming} />}
        {state.ended && !stage && !incoming && section === "phone" && <Ended call={state.ended} />}
        <Toasts
          items={state.problems.map(({ id, error }) => ({ id, title: errorTitle(t, error), detail: error.detail }))}
          closeLabel={t("close")}
          onClose={(id) => dispatch({ kind: "problemSeen", id })}
        />
      </main>
      <TabBar section={section} onSection={setSection} />
      {leaving && (
        <Ask
          title={t("session-logout-ask-title")} confirm={t("session-logout")} cancel={t("cancel")}
          onCancel={() => setLeaving(false)}
          onConfirm={() => { setLeaving(false); run(backend.signOut()); }}
        >
          {t("session-logout-ask-body")}
        </Ask>
      )}
      {state.closeAsked && (
        <Ask
          title={t("window-close-ask-title")} confirm={t("window-close-ask-confirm")} cancel={t("cancel")}
          onCancel={() => dispatch({ kind: "closeAnswered" })}
          onConfirm={() => run(backend.quit())}
        >
          {t("session-logout-ask-body")}
        </Ask>
      )}
    </div>
  );
}
