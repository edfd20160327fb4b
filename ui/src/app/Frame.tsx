import { useCallback, useEffect, useRef, useState } from "react";
import { CallStage } from "../features/calls/CallStage";
import { Ended } from "../features/calls/Ended";
import { IncomingCall } from "../features/calls/IncomingCall";
import { WaitingCall } from "../features/calls/WaitingCall";
import { personOf } from "../features/calls/words";
import { ClientConsole } from "../features/client/ClientConsole";
import type { Contact } from "../backend/generated";
import { Contacts, type Opening } from "../features/contacts/Contacts";
import { Directory } from "../features/directory/Directory";
import { administersSomebody } from "../features/directory/words";
import { History } from "../features/history/History";
import { Panel } from "../features/panel/Panel";
import { PhoneAtRest } from "../features/phone/PhoneAtRest";
import { Team } from "../features/team/Team";
import type { SettingsPage } from "../features/settings/pages";
import { Settings } from "../features/settings/Settings";
import { ForcedBanner } from "../features/status/ForcedBanner";
import { OfflineBanner } from "../features/status/OfflineBanner";
import { overWord } from "../features/supervision/modes";
import { SuperviseBar } from "../features/supervision/SuperviseBar";
import { errorTitle } from "../i18n/errors";
import { useWords } from "../i18n/I18n";
import { Ask, closePops } from "../kit/Pop";
import { Toasts } from "../kit/Toasts";
import { incomingCall, isBusy, stageCall } from "../state/calls";
import { useEngine } from "../state/Engine";
import { Announcer } from "./Announcer";
import styles from "./Frame.module.css";
import { CompactHead, TabBar } from "./Compact";
import { Rail, useSections } from "./Rail";
import { TopBar } from "./TopBar";
import { useKeyboard } from "./useKeyboard";

export type Section = "phone" | "contacts" | "team" | "history" | "panel" | "directory" | "settings" | "client";

/** The address `#profile` leads to the profile, from wherever it stands (PS-01). */
const PROFILE_ADDRESS = "#profile";

/** The place of its news among the toasts; problems count from 1, moved devices below 0. */
const SUPERVISION_OVER = 0;

/** The window of someone who is signed in: rail, top bar, one sheet. */
export function Frame() {
  const { state, backend, run, dispatch } = useEngine();
  const { t } = useWords();
  const [wanted, showSection] = useState<Section>(() => (location.hash === PROFILE_ADDRESS ? "settings" : "phone"));
  // One may lose a section while it is open.
  const section = wanted === "directory" && !administersSomebody(state.rights) || wanted === "panel" && !state.rights?.livePanel ? "phone" : wanted;
  /** Something on the screen is not saved; leaving it is asked about. */
  const [unsaved, setUnsaved] = useState(false);
  const [leavingFor, setLeavingFor] = useState<(() => void) | null>(null);
  const [page, showPage] = useState<SettingsPage>(() => (location.hash === PROFILE_ADDRESS ? "profile" : "devices"));
  const leave = (go: () => void) => {
    if (unsaved) setLeavingFor(() => go);
    else go();
  };
  const setSection = (next: Section) => { if (next !== section) leave(() => showSection(next)); };
  const setPage = (next: SettingsPage) => { if (next !== page) leave(() => showPage(next)); };
  const toDevices = () => leave(() => { showPage("devices"); showSection("settings"); });
  const toProfile = () => leave(() => { showPage("profile"); showSection("settings"); });
  const toClient = () => setSection("client");
  const goTo = useRef(toProfile);
  goTo.current = toProfile;
  useEffect(() => {
    const onAddress = () => { if (location.hash === PROFILE_ADDRESS) goTo.current(); };
    addEventListener("hashchange", onAddress);
    return () => removeEventListener("hashchange", onAddress);
  }, []);
  const [opening, setOpening] = useState<Opening | null>(null);
  const draft = useRef<Contact | null>(null);
  const opened = useCallback(() => setOpening(null), []);
  const openContact = (next: Opening) => { setOpening(next); setSection("contacts"); };
  const [leaving, setLeaving] = useState(false);
  /** The call for which it is being chosen where it goes. */
  const [transferOf, setTransferOf] = useState<string | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const stage = stageCall(state.calls);
  const incoming = incomingCall(state.calls);
  const ringing = incoming?.value.id;
  useEffect(() => {
    if (ringing !== undefined) closePops();
  }, [ringing]);
  const inCall = section === "phone" && (stage !== null || incoming !== null);

  const signOut = () => {
    if (isBusy(state)) setLeaving(true);
    else run(backend.signOut());
  };
  const sections = useSections().map((item) => item.section);
  useKeyboard({ stage: stage?.value ?? null, supervision: state.supervision?.value.supervision ?? null, incoming: incoming?.value ?? null, search, section, sections, onSection: setSection, onTransfer: (call) => { setSection("phone"); setTransferOf((open) => (open === call ? null : call)); } });

  const overOf = (call: typeof state.supervisionOver) => call === null ? [] : [{ id: SUPERVISION_OVER, title: t(overWord(call), { person: call.supervision?.name ?? personOf(call) }), detail: call.sipCode === null ? null : `SIP ${call.sipCode}` }];

  return (
    <div className={styles.window} data-in-call={inCall || undefined}>
      <Announcer />
      <Rail section={section} onSection={setSection} onProfile={toProfile} onClient={toClient} onSignOut={signOut} />
      <TopBar section={section} search={search} onDialled={() => setSection("phone")} />
      <CompactHead section={section} onProfile={toProfile} onClient={toClient} onSignOut={signOut} />
      <main className={styles.sheet} data-region="sheet">
        {incoming && stage && <WaitingCall call={incoming} onShow={() => setSection("phone")} />}
        {state.status?.value.markedOffline && !inCall && <OfflineBanner own={state.status.value} />}
        {!inCall && <ForcedBanner />}
        <div className={styles.content}>
          {section === "settings" ? <Settings page={page} onPage={setPage} onDialled={() => setSection("phone")} onUnsaved={setUnsaved} /> : section === "client" ? <ClientConsole onDialled={() => setSection("phone")} onContact={openContact} onPhone={() => setSection("phone")} /> : section === "contacts" ? <Contacts opening={opening} draft={draft} onOpened={opened} onDialled={() => setSection("phone")} /> : section === "team" && state.team ? <Team team={state.team} onDialled={() => setSection("phone")} /> : section === "directory" ? <Directory onUnsaved={setUnsaved} /> : section === "panel" ? <Panel /> : section === "history" ? <History onDialled={() => setSection("phone")} onContact={openContact} /> : stage ? <CallStage call={stage} onSettings={toDevices} transferring={transferOf === stage.value.id} onTransferring={(open) => setTransferOf(open ? stage.value.id : null)} /> : <PhoneAtRest receding={incoming !== null} onHistory={() => setSection("history")} onContacts={() => setSection("contacts")} />}
        </div>
        {state.supervision?.value.supervision && <SuperviseBar call={state.supervision} supervision={state.supervision.value.supervision} />}
        {incoming && !stage && <IncomingCall call={incoming} />}
        {state.ended && !stage && !incoming && section === "phone" && <Ended call={state.ended} />}
        <Toasts
          items={[...overOf(state.supervisionOver), ...state.problems.map(({ id, error }) => ({ id, title: errorTitle(t, error), detail: error.detail })), ...state.moved.map(({ id, purpose, name, why }) => ({ id: -id, title: t(`device-moved-${purpose}-${why}`, { device: name }) }))]}
          closeLabel={t("close")}
          onClose={(id) => dispatch(id === SUPERVISION_OVER ? { kind: "supervisionOverSeen" } : id < 0 ? { kind: "movedSeen", id: -id } : { kind: "problemSeen", id })}
        />
      </main>
      <TabBar section={section} onSection={setSection} />
      {leavingFor && (
        <Ask
          title={t(section === "directory" ? "directory-unsaved" : "devices-unsaved-title")} confirm={t(section === "directory" ? "directory-unsaved-discard" : "devices-unsaved-discard")} cancel={t(section === "directory" ? "directory-unsaved-stay" : "devices-unsaved-stay")}
          onCancel={() => setLeavingFor(null)}
          onConfirm={() => { setUnsaved(false); setLeavingFor(null); leavingFor(); }}
        >
          {t(section === "directory" ? "directory-unsaved-note" : "devices-unsaved-body")}
        </Ask>
      )}
      {leaving && (
        <Ask
          title={t("session-logout-ask-title")} confirm={t("session-logout")} cancel={t("cancel")}
          onCancel={() => setLeaving(false)}
          onConfirm={() => { setLeaving(false); run(backend.signOut()); }}
        >
          {t("session-logout-ask-body")}
        </Ask>
      )}
      {state.keepRunningTold && (
        <Ask
          title={t("keep-running-title")} confirm={t("keep-running-confirm")} tone="primary" cancel={t("cancel")}
          onCancel={() => dispatch({ kind: "closeAnswered" })}
          onConfirm={() => { dispatch({ kind: "closeAnswered" }); run(backend.closeWindow()); }}
        >
          {t("keep-running-body")}
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
