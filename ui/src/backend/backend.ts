// The one door of the window. What is true comes through here; nothing else in `ui` knows Tauri.
import type { EditQueue, ManagedQueue, ParkingRules, PutQueueMember, QueueMemberRef, QueueRef, QueueSetup } from "./generated";
import type { AuditPage, AuditWish, TeamRules, Panel, PanelAct, PanelCharts, Supervise } from "./generated";
import type { MessageHeard, MessageRef, VoiceBox } from "./generated";
import type { CallSwitch, PlayerWish, RecordingPolicy, RecordingRef, RecordingsPage, RecordingsWish } from "./generated";
import type { Bulk, BulkFaults, BulkFile, BulkLook, BulkOf, BulkPage, BulkPlan, BulkRange, BulkRow, BulkRowOf, BulkTableOf, DirectoryExport } from "./generated";
import type { Directory, DirectorySearch, EditUser, ExtensionOf, RegisteredPhone, ForceStatus, NewUser, UserCard, DeleteUser, UserOf, ParkPlace, PickUpOf, SendCallOf } from "./generated";
import type {
  CallPassport, CallRef, ChangePassword, ChooseDevice, CompleteTransfer, Consult, Contact, ContactDecision, ContactFavourite, ContactLook, ContactRef, ContactSaved, ContactsExport, LoginStart, NumberRef,
  ContactsPage, ContactsQuery, ContactsRegion, ContactVersions, Dial, Dtmf, ForgotPassword, HistoryFilter, HistoryNote, HistoryPage, HistoryQuery, HistoryRef,
  ImportPreview, ImportReport, ImportWish, IpcError, Mute, OfflineAtSignIn, OpenSystemSettings, PasswordDraft, PasswordMail, PasswordRules, PhotoCrop, PhotoOpened,
  PhotoRef, PictureRef, PreviewImport, Rename, SaveDevices, ServerCheck, ServerState, SetStatus, Settings, SignIn, SignInSip, Snapshot, TestDevice, TestHeard, Transfer,
  Department, ManagedStatus, NewStatus, PutRights, StatusOrder, RightsCard, RightsOf,
  Source, SourceDraft, SourceRef, SourceSaved, SourceTrial,
  UiEvent,
  VoiceProcessing, Volume,
} from "./generated";

/** Requests answer or reject with an `IpcError`; see `asIpcError`. */
export interface Backend {
  snapshot(): Promise<Snapshot>;
  /** Calls back for each event, in order, until the returned function is called. */
  subscribe(listener: (event: UiEvent) => void): Promise<() => void>;

  checkServer(request: ServerCheck): Promise<ServerState>;
  signIn(request: SignIn): Promise<void>;
  /** A mail with a link to a new password; the answer is the same for known and unknown addresses. */
  forgotPassword(request: ForgotPassword): Promise<PasswordMail>;
  signInSip(request: SignInSip): Promise<void>;
  tryHere(): Promise<void>;
  signOut(): Promise<void>;
  retryNow(): Promise<void>;

  dial(request: Dial): Promise<string>;
  answer(request: CallRef): Promise<void>;
  decline(request: CallRef): Promise<void>;
  silence(request: CallRef): Promise<void>;
  hangUp(request: CallRef): Promise<void>;
  hold(request: CallRef): Promise<void>;
  resume(request: CallRef): Promise<void>;
  /** To somebody else, without asking there. How far it is, the call says. */
  transfer(request: Transfer): Promise<void>;
  /** Calls somebody to ask first; answers with the id of that call. */
  consult(request: Consult): Promise<string>;
  completeTransfer(request: CompleteTransfer): Promise<void>;
  mute(request: Mute): Promise<void>;
  dtmf(request: Dtmf): Promise<void>;

  history(request: HistoryQuery): Promise<HistoryPage>;
  historySeen(): Promise<void>;
  historyDelete(request: HistoryRef): Promise<void>;
  historyRestore(request: HistoryRef): Promise<void>;
  /** Writes a note to a call; an empty one takes it away. */
  historyNote(request: HistoryNote): Promise<void>;
  /** Writes the calls that fit to a file and answers with its path. */
  historyExport(request: HistoryFilter): Promise<string>;
  /** How a call sounded; null when no sound flowed in it. */
  historyQuality(request: HistoryRef): Promise<CallPassport | null>;
  /** Writes it to a file; answers with its path. */
  exportPassport(request: HistoryRef): Promise<string>;

  /** A page of the book, or of what was found in it. */
  contacts(request: ContactsQuery): Promise<ContactsPage>;
  contact(request: ContactRef): Promise<ContactLook>;
  /** Whose a number is; `null`: nobody's in the book. */
  contactOf(request: NumberRef): Promise<ContactLook | null>;
  /** Both versions of a contact that waits for a decision. */
  contactVersions(request: ContactRef): Promise<ContactVersions>;
  contactResolve(request: ContactDecision): Promise<ContactSaved>;
  contactSave(request: Contact): Promise<ContactSaved>;
  contactDelete(request: ContactRef): Promise<void>;
  contactRestore(request: ContactRef): Promise<void>;
  contactFavourite(request: ContactFavourite): Promise<void>;
  /** Copies somebody of an outside address book into the agent's own; answers with the copy's id. */
  contactCopy(request: ContactRef): Promise<string>;
  /** Outside address books. */
  sources(): Promise<Source[]>;
  /** Tries what stands in the form; nothing is kept. */
  sourceTest(request: SourceDraft): Promise<SourceTrial>;
  sourceSave(request: SourceDraft): Promise<SourceSaved>;
  sourceRemove(request: SourceRef): Promise<void>;
  sourceRefresh(request: SourceRef): Promise<void>;
  /** The bytes of a file, as they are. */
  contactsOpenFile(request: { name: string; bytes: Uint8Array }): Promise<ImportPreview>;
  contactsPreview(request: PreviewImport): Promise<ImportPreview>;
  contactsImport(request: ImportWish): Promise<ImportReport>;
  /** Writes the book to a file; answers with its path. */
  contactsExport(request: ContactsExport): Promise<string>;
  startAtLogin(): Promise<LoginStart>;
  setStartAtLogin(request: LoginStart): Promise<void>;
  contactsRegion(): Promise<ContactsRegion>;
  contactsSetRegion(request: ContactsRegion): Promise<void>;

  devicesRefresh(): Promise<void>;
  chooseDevice(request: ChooseDevice): Promise<void>;
  volume(request: Volume): Promise<void>;
  voiceProcessing(request: VoiceProcessing): Promise<void>;
  saveDevices(request: SaveDevices): Promise<void>;
  testDevice(request: TestDevice): Promise<void>;
  testHeard(request: TestHeard): Promise<void>;
  endTest(): Promise<void>;
  /** Shows the system's own settings. */
  openSystemSettings(request: OpenSystemSettings): Promise<void>;

  /** True once an event says so. */
  setStatus(request: SetStatus): Promise<void>;
  offlineAtSignIn(request: OfflineAtSignIn): Promise<void>;

  /** One's own name; true once the session says so. */
  rename(request: Rename): Promise<void>;
  /** The bytes of a file, as they are. */
  photoOpen(request: { bytes: Uint8Array }): Promise<PhotoOpened>;
  /** The open photograph, whole and upright: an address for `<img>`. */
  photoPreview(request: PhotoRef): Promise<string>;
  photoSave(request: PhotoCrop): Promise<void>;
  photoClose(request: PhotoRef): Promise<void>;
  photoRemove(): Promise<void>;
  /** Somebody's picture: an address for `<img>`; null when there is none. */
  picture(request: PictureRef): Promise<string | null>;
  passwordRules(request: PasswordDraft): Promise<PasswordRules>;
  changePassword(request: ChangePassword): Promise<void>;

  /** The departments that this person administers. */
  departments(): Promise<Department[]>;
  /** What somebody may see and do, for those who administer them. */
  rightsGet(request: RightsOf): Promise<RightsCard>;
  /** Answers with how it stands; `rightsChanged` when somebody was faster. */
  rightsPut(request: PutRights): Promise<RightsCard>;
  /** Every status of the team, retired ones too. */
  statusesGet(): Promise<ManagedStatus[]>;
  statusAdd(request: NewStatus): Promise<ManagedStatus>;
  statusEdit(request: ManagedStatus): Promise<ManagedStatus>;
  statusesOrder(request: StatusOrder): Promise<ManagedStatus[]>;

  /** Parks a call: answers with the place to which it is on its way. What becomes of it, the call and `parked` say. */
  park(request: CallRef): Promise<ParkPlace>;
  /** Takes a colleague's ringing call: it comes here and is answered when it comes. */
  colleaguePickUp(request: PickUpOf): Promise<void>;
  /** Sends a colleague's ringing call elsewhere. */
  colleagueDivert(request: SendCallOf): Promise<void>;
  /** Sends a colleague's running call elsewhere. */
  colleagueTransfer(request: SendCallOf): Promise<void>;

  /** Those whom this person administers; begins the watch over them, which `directoryLeave` ends. */
  directoryGet(): Promise<Directory>;
  directoryLeave(): Promise<void>;
  /** Ids of those whose extension, name, email or description has it. */
  directorySearch(request: DirectorySearch): Promise<string[]>;
  /** What a range, or the rows of a file, would do; nothing is done yet. */
  bulkRange(request: BulkRange): Promise<Bulk>;
  bulkOpenFile(request: { name: string; bytes: Uint8Array }): Promise<BulkFile>;
  bulkLook(request: BulkLook): Promise<BulkFile>;
  bulkPlan(request: BulkPlan): Promise<Bulk>;
  /** The job that is there; `bulk` events tell how far it is. */
  bulkGet(): Promise<Bulk | null>;
  bulkRows(request: BulkPage): Promise<BulkRow[]>;
  /** Carries out what is left of it. */
  bulkStart(request: BulkOf): Promise<void>;
  bulkStop(request: BulkOf): Promise<void>;
  /** Forgets it, with the passwords that it made. */
  bulkLeave(request: BulkOf): Promise<void>;
  bulkPassword(request: BulkRowOf): Promise<string>;
  /** Each answers with the path of the file. */
  bulkSavePasswords(request: BulkTableOf): Promise<string>;
  bulkSaveFaults(request: BulkFaults): Promise<string>;
  directoryExport(request: DirectoryExport): Promise<string>;
  userGet(request: UserOf): Promise<UserCard>;
  userAdd(request: NewUser): Promise<UserCard>;
  /** Answers with how it stands; `userChanged` when somebody was faster. */
  userEdit(request: EditUser): Promise<UserCard>;
  userDelete(request: DeleteUser): Promise<void>;
  userForceStatus(request: ForceStatus): Promise<void>;
  /** Signs somebody out everywhere. */
  userEndSessions(request: UserOf): Promise<void>;
  /** A password that keeps the rules. */
  userPassword(): Promise<string>;
  /** Phones that are registered. */
  extensionsGet(): Promise<RegisteredPhone[]>;
  extensionUnregister(request: ExtensionOf): Promise<void>;

  /** What was done by administrators and supervisors, newest first. */
  auditGet(request: AuditWish): Promise<AuditPage>;
  /** What holds for the whole team. */
  teamRulesGet(): Promise<TeamRules>;
  /** Answers with how they stand. */
  teamRulesPut(request: TeamRules): Promise<TeamRules>;
  /** When parked calls come back. */
  parkingRulesGet(): Promise<ParkingRules>;
  /** Answers with how they stand. */
  parkingRulesPut(request: ParkingRules): Promise<ParkingRules>;

  /** Every queue, by its number. */
  queuesGet(): Promise<ManagedQueue[]>;
  queueAdd(request: QueueSetup): Promise<ManagedQueue>;
  queueEdit(request: EditQueue): Promise<ManagedQueue>;
  queueRemove(request: QueueRef): Promise<void>;
  queueMemberPut(request: PutQueueMember): Promise<ManagedQueue>;
  queueMemberRemove(request: QueueMemberRef): Promise<ManagedQueue>;

  /** Begins the watch over queues and agents, which `panelLeave` ends; answers at once with what is known. */
  panelGet(): Promise<Panel>;
  panelLeave(): Promise<void>;
  /** Charts of today. */
  panelCharts(): Promise<PanelCharts>;
  /** Does something to an agent or a waiting caller; true once an event says so. */
  panelAct(request: PanelAct): Promise<void>;
  /** Listens, whispers or barges in to the call of somebody; changes how, where that runs already. */
  supervise(request: Supervise): Promise<void>;
  superviseLeave(): Promise<void>;
  /** Joins the call that is spoken on with the one that is held: all three hear each other. */
  conference(): Promise<void>;
  /** Records the call, or no longer; what is recorded by itself cannot be switched off. */
  record(request: CallSwitch): Promise<void>;
  /** Leaves out what is said, or goes on. */
  recordPause(request: CallSwitch): Promise<void>;
  recordings(request: RecordingsWish): Promise<RecordingsPage>;
  recordingDelete(request: RecordingRef): Promise<void>;
  /** The own voice box and what is in it. */
  voicemail(): Promise<VoiceBox>;
  messageHeard(request: MessageHeard): Promise<void>;
  messageDelete(request: MessageRef): Promise<void>;
  recordingPolicyGet(): Promise<RecordingPolicy>;
  /** How it stands then. */
  recordingPolicyPut(request: RecordingPolicy): Promise<RecordingPolicy>;
  /** What a listener wants; what becomes of it comes as `player`. */
  player(request: PlayerWish): Promise<void>;

  /** Ends wrap-up; true once an event says so. */
  agentReady(): Promise<void>;
  /** Makes wrap-up longer; true once an event says so. */
  agentExtend(): Promise<void>;

  setSettings(request: Settings): Promise<void>;
  /** Takes the window off the screen; the phone goes on, and it is not told again. */
  closeWindow(): Promise<void>;
  /** Brings the main window to the front. */
  showWindow(): Promise<void>;
  /** Calls back somebody whose missed call the small window shows. */
  noticeCallBack(request: CallRef): Promise<void>;
  /** The missed calls of the small window were seen. */
  noticeDismiss(): Promise<void>;
  /** Two frames after the first render; the cold start is measured with it. */
  painted(): Promise<void>;
  quit(): Promise<void>;
}

/** What a rejected request says. Anything that is no `IpcError` is a bug of ours and keeps its text. */
export function asIpcError(thrown: unknown): IpcError {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown) return thrown as IpcError;
  return { code: "internal", triesLeft: null, retryAfterS: null, detail: String(thrown) };
}
