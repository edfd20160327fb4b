// What the window knows. Everything in it was said by Rust; times of arrival are added, so that clocks can tick between two events.
import type { BoxState, Player, PlayerPeaks } from "../backend/generated";
import type { Call, CallQuality, Colleague, ContactsSync, DevicePurpose, Devices, Face, IpcError, MoveWhy, Notice, OwnAgent, OwnRights, OwnStatus, ParkedCall, SeenStatus, Session, Settings, Snapshot, System, Team as TeamTold, UiEvent } from "../backend/generated";

/** A value with the moment (`performance.now()`) at which Rust said it: durations in it count from there. */
export interface At<Value> {
  value: Value;
  receivedAt: number;
}

/** Something that failed and is shown for a while. */
export interface Problem {
  id: number;
  error: IpcError;
}

/** Another device is used, though nobody chose it. */
export interface Moved {
  id: number;
  purpose: DevicePurpose;
  name: string;
  why: MoveWhy;
}

/** A status that somebody else has set. */
export interface Forced {
  /** Name of who did it; isolate it. */
  by: string;
  status: SeenStatus;
}

/** The team. Each colleague has a time of their own, from which their durations count. */
export interface Team {
  /** Else nobody knows who is there, and no presence may be shown. */
  known: boolean;
  colleagues: readonly At<Colleague>[];
}

export interface State {
  version: string;
  profile: string;
  session: Session;
  /** Running calls, oldest first; what is supervised is none of them. */
  calls: readonly At<Call>[];
  /** This person listens to a colleague's call, or speaks into it. */
  supervision: At<Call> | null;
  /** A supervision that ended, or never began, without this person's doing, until it was seen. */
  supervisionOver: Call | null;
  /** The call that ended last, until it is dismissed or another begins. */
  ended: At<Call> | null;
  /** Tones sent into a running call, newest last. */
  sent: { call: string; digits: string } | null;
  /** How each running call sounds, by its id; nothing before its first second. */
  quality: Readonly<Record<string, CallQuality>>;
  muted: boolean;
  system: At<System>;
  devices: Devices;
  settings: Settings;
  /** One's own status as the server confirmed it; null: this account has none, or it is not known yet. */
  status: At<OwnStatus> | null;
  /** Name and picture of everybody of the team, by extension. */
  faces: Readonly<Record<string, Face>>;
  /** Null: this account has no team. */
  team: Team | null;
  /** What this account may see and do; null: it has no team, or it is not known yet. */
  rights: OwnRights | null;
  /** A status that an administrator has set, until it was seen. */
  forced: Forced | null;
  /** How this account stands with the queues; null: it is no agent, or it is not known. */
  agent: At<OwnAgent> | null;
  /** The parked calls that this account may take, by place. */
  parked: At<readonly ParkedCall[]>;
  /** Recordings that this computer has not handed over yet. */
  recordingsWaiting: number;
  /** Counts changes of the recordings: whoever shows them asks again. */
  recordingsVersion: number;
  /** How the own voice box stands. */
  voicemail: BoxState;
  /** Counts changes of it: whoever shows messages asks again. */
  voicemailVersion: number;
  /** The recording or message that is listened to. */
  player: Player | null;
  /** Its picture, once it is known. */
  peaks: PlayerPeaks | null;
  unseenMissed: number;
  /** Counts changes of the history: whoever shows it asks again. */
  historyVersion: number;
  /** Counts changes of the address book. */
  contactsVersion: number;
  /** Counts changes of outside address books, and of how they stand. */
  sourcesVersion: number;
  /** How contacts stand at the team server; null: they are on this computer only. */
  contactsSync: ContactsSync | null;
  /** How far the import is that runs, in bytes. */
  importProgress: { done: number; total: number } | null;
  problems: readonly Problem[];
  /** Changes of devices that are told for a while; the newest of each purpose. */
  moved: readonly Moved[];
  /** The window's close button was pressed during a call. */
  closeAsked: boolean;
  /** It was pressed for the first time where the phone goes on without a window. */
  keepRunningTold: boolean;
  /** What the small window shows. */
  notice: At<Notice> | null;
}

/** What happens inside the window, beside the events of Rust. */
export type Action =
  | { kind: "rust"; event: UiEvent; at: number }
  | { kind: "failed"; error: IpcError }
  | { kind: "digitSent"; call: string; digit: string }
  | { kind: "problemSeen"; id: number }
  | { kind: "movedSeen"; id: number }
  | { kind: "endedSeen"; call: string }
  | { kind: "forcedSeen" }
  | { kind: "supervisionOverSeen" }
  | { kind: "closeAnswered" };

const MOST_PROBLEMS = 4;
/** As many as fit above the keypad. */
const MOST_DIGITS = 24;

export function initialState(snapshot: Snapshot, at: number): State {
  return {
    version: snapshot.version,
    profile: snapshot.profile,
    session: snapshot.session,
    calls: snapshot.calls.filter((call) => !call.supervision).map((value) => ({ value, receivedAt: at })),
    supervision: snapshot.calls.filter((call) => call.supervision).map((value) => ({ value, receivedAt: at }))[0] ?? null,
    supervisionOver: null,
    ended: null,
    sent: null,
    quality: {},
    muted: snapshot.muted,
    system: { value: snapshot.system, receivedAt: at },
    devices: snapshot.devices,
    settings: snapshot.settings,
    status: snapshot.status && { value: snapshot.status, receivedAt: at },
    faces: byExtension(snapshot.faces),
    team: teamAt(snapshot.team, at),
    rights: snapshot.rights,
    forced: null,
    agent: snapshot.agent && { value: snapshot.agent, receivedAt: at },
    parked: { value: snapshot.parked, receivedAt: at },
    recordingsWaiting: snapshot.recordingsWaiting,
    recordingsVersion: 0,
    voicemail: snapshot.voicemail,
    voicemailVersion: 0,
    player: snapshot.player,
    peaks: snapshot.peaks,
    unseenMissed: snapshot.unseenMissed,
    historyVersion: 0,
    contactsVersion: 0,
    sourcesVersion: 0,
    contactsSync: snapshot.contactsSync,
    importProgress: null,
    problems: [],
    moved: [],
    closeAsked: false,
    keepRunningTold: false,
    notice: snapshot.notice && { value: snapshot.notice, receivedAt: at },
  };
}

export function reduce(state: State, action: Action): State {
  switch (action.kind) {
    case "rust":
      return onEvent(state, action.event, action.at);
    case "failed":
      return withProblem(state, action.error);
    case "digitSent":
      return { ...state, sent: { call: action.call, digits: ((state.sent?.call === action.call ? state.sent.digits : "") + action.digit).slice(-MOST_DIGITS) } };
    case "problemSeen":
      return { ...state, problems: state.problems.filter((problem) => problem.id !== action.id) };
    case "movedSeen":
      return { ...state, moved: state.moved.filter((moved) => moved.id !== action.id) };
    case "endedSeen":
      return state.ended?.value.id === action.call ? { ...state, ended: null } : state;
    case "forcedSeen":
      return { ...state, forced: null };
    case "supervisionOverSeen":
      return { ...state, supervisionOver: null };
    case "closeAnswered":
      return { ...state, closeAsked: false, keepRunningTold: false };
  }
}

function onEvent(state: State, event: UiEvent, at: number): State {
  switch (event.kind) {
    case "session":
      return { ...state, session: event.session, forced: event.session.phase === "signedIn" ? state.forced : null, ended: event.session.phase === "signedIn" ? state.ended : null };
    case "call":
      if (event.call.supervision) return { ...state, supervision: { value: event.call, receivedAt: at }, supervisionOver: null };
      return { ...state, calls: withCall(state.calls, { value: event.call, receivedAt: at }), ended: state.ended?.value.id === event.call.id ? null : newerCall(state, event.call) };
    case "callEnded":
      if (event.call.id === state.supervision?.value.id || event.call.supervision) return { ...state, supervision: null, supervisionOver: event.call.ended === "localHangUp" ? null : event.call, quality: without(state.quality, event.call.id) };
      return { ...state, quality: without(state.quality, event.call.id), calls: state.calls.filter(({ value }) => value.id !== event.call.id), ended: { value: event.call, receivedAt: at }, closeAsked: state.closeAsked && state.calls.length > 1 };
    case "quality":
      return { ...state, quality: { ...state.quality, [event.call]: event.quality } };
    case "muted":
      return { ...state, muted: event.muted };
    case "system":
      return { ...state, system: { value: event.system, receivedAt: at } };
    case "levels":
      return state; // twenty a second: they go to the meters directly, see levels.ts
    case "directoryChanged":
      return state; // to whoever shows the directory, see directory.ts
    case "panel":
      return state; // to whoever shows the live panel, see panel.ts
    case "bulk":
      return state; // to whoever shows the job, see bulk.ts
    case "directoryStale":
      return state; // Rust asks again by itself, and the light of the live panel says that nothing is heard
    case "statusForced":
      return { ...state, forced: { by: event.by, status: event.status } };
    case "devices":
      return { ...state, devices: event.devices };
    case "deviceMoved": {
      const { purpose, name, why } = event;
      const id = (state.moved.at(-1)?.id ?? 0) + 1;
      return { ...state, moved: [...state.moved.filter((before) => before.purpose !== purpose), { id, purpose, name, why }] };
    }
    case "settings":
      return { ...state, settings: event.settings };
    case "history":
      return { ...state, unseenMissed: event.unseenMissed, historyVersion: state.historyVersion + 1 };
    case "recordingsWaiting":
      return { ...state, recordingsWaiting: event.waiting };
    case "recordings":
      return { ...state, recordingsVersion: state.recordingsVersion + 1 };
    case "voicemail":
      return { ...state, voicemail: event.state, voicemailVersion: state.voicemailVersion + 1 };
    case "player":
      return { ...state, player: event.player, peaks: event.player ? state.peaks : null };
    case "playerPeaks":
      return { ...state, peaks: event.peaks };
    case "contacts":
      // Rows of the history stand under the names of the book.
      return { ...state, contactsVersion: state.contactsVersion + 1, historyVersion: state.historyVersion + 1, importProgress: null };
    case "sources":
      return { ...state, sourcesVersion: state.sourcesVersion + 1 };
    case "contactsSync":
      return { ...state, contactsSync: event.sync };
    case "contactsImport":
      return { ...state, importProgress: { done: event.done, total: event.total } };
    case "problem":
      return withProblem(state, event.error);
    case "status":
      return { ...state, status: event.status && { value: event.status, receivedAt: at }, forced: stillForced(state.forced, event.status) };
    case "faces":
      return { ...state, faces: byExtension(event.faces) };
    case "face":
      return { ...state, faces: { ...state.faces, [event.face.extension]: event.face } };
    case "team":
      return { ...state, team: teamAt(event.team, at) };
    case "rights":
      return { ...state, rights: event.rights };
    case "agent":
      return { ...state, agent: event.agent && { value: event.agent, receivedAt: at } };
    case "parked":
      return { ...state, parked: { value: event.parked, receivedAt: at } };
    case "colleague":
      return { ...state, team: state.team && { ...state.team, colleagues: withColleague(state.team.colleagues, { value: event.colleague, receivedAt: at }) } };
    case "closeAsked":
      return { ...state, closeAsked: true };
    case "keepRunningTold":
      return { ...state, keepRunningTold: true };
    case "notice":
      return { ...state, notice: event.notice && { value: event.notice, receivedAt: at } };
  }
}

function byExtension(faces: readonly Face[]): State["faces"] {
  return Object.fromEntries(faces.map((face) => [face.extension, face]));
}

function teamAt(team: TeamTold | null, at: number): Team | null {
  return team && { known: team.known, colleagues: team.colleagues.map((value) => ({ value, receivedAt: at })) };
}

function withColleague(colleagues: Team["colleagues"], colleague: At<Colleague>): Team["colleagues"] {
  const known = colleagues.some(({ value }) => value.id === colleague.value.id);
  return known ? colleagues.map((other) => (other.value.id === colleague.value.id ? colleague : other)) : [...colleagues, colleague];
}

/** A status that somebody has chosen since says that the other one was seen. */
function stillForced(forced: Forced | null, own: OwnStatus | null): Forced | null {
  if (!forced || !own) return null;
  const counts = own.markedOffline ? "offline" : own.kind;
  return counts === forced.status.kind && own.text === forced.status.text ? forced : null;
}

function without(quality: State["quality"], call: string): State["quality"] {
  const { [call]: _, ...rest } = quality;
  return rest;
}

/** A call that is new puts away the one that ended before it. */
function newerCall(state: State, call: Call): State["ended"] {
  return state.calls.some(({ value }) => value.id === call.id) ? state.ended : null;
}

function withCall(calls: State["calls"], call: At<Call>): State["calls"] {
  const known = calls.some(({ value }) => value.id === call.value.id);
  return known ? calls.map((other) => (other.value.id === call.value.id ? call : other)) : [...calls, call];
}

function withProblem(state: State, error: IpcError): State {
  const id = (state.problems.at(-1)?.id ?? 0) + 1;
  return { ...state, problems: [...state.problems, { id, error }].slice(-MOST_PROBLEMS) };
}
