// A scripted engine behind the one door: for tests, and for the window in a browser without Rust (`npm run dev`).
// It answers requests as the engine does, by events a moment later, never by believing the window. Tests drive the rest: `ring`, `change`, `end`.
import { drawnFace, drawnPhoto, judged, openedAs } from "./fakePhotos";
import type { EditQueue, ManagedQueue, ParkingRules, PutQueueMember, QueueMemberRef, QueueRef, QueueSetup } from "./generated";
import type { Backend } from "./backend";
import { answersTo, FakeBook } from "./fakeBook";
import { READY, wrapUp } from "./fakeAgent";
import { FakeBulk } from "./fakeBulk";
import { FakeDirectory } from "./fakeDirectory";
import { FakePanel } from "./fakePanel";
import { FakeRights } from "./fakeRights";
import { FakeSources } from "./fakeSources";
import { FakeQueues } from "./fakeQueues";
import { FakeStatuses } from "./fakeStatuses";
import { ALL_OK, freshCall, historyRows, NOOR, OWN_STATUS, PRACTICE, signedInSnapshot, slotOf } from "./fakeData";
import { AUDIT, AUDIT_PAGE } from "./fakeAudit";
import { peaksOf, RECORDING_POLICY, RECORDINGS, RECORDINGS_PAGE } from "./fakeRecordings";
import { MESSAGES } from "./fakeVoicemail";
import type { CallSwitch, MessageHeard, MessageRef, Player, PlayerWish, RecordedCall, RecordingPolicy, RecordingRef, RecordingsPage, RecordingsWish, VoiceBox, VoiceMessage } from "./generated";
import type { AuditEntry, AuditPage, AuditWish, TeamRules } from "./generated";
import type { Panel, PanelAct, PanelCharts, Supervise } from "./generated";
import type { Directory, DirectorySearch, EditUser, ExtensionOf, RegisteredPhone, ForceStatus, NewUser, UserCard, DeleteUser, UserOf, DirectoryUser, ParkedCall, ParkPlace, PickUpOf, SendCallOf } from "./generated";
import type { Bulk, BulkFaults, BulkFile, BulkLook, BulkOf, BulkPage, BulkPhase, BulkPlan, BulkRange, BulkRow, BulkRowOf, BulkTableOf, DirectoryExport } from "./generated";
import type {
  Call, CallPassport, CallQuality, CallRef, ChangePassword, ChooseDevice, Colleague, CompleteTransfer, Consult, Contact, ContactDecision, ContactFavourite, ContactLook, ContactRef, LoginStart, NumberRef,
  ContactSaved, ContactsExport, ContactsPage, ContactsQuery, ContactsRegion, ContactsSync, ContactVersions, Devices, Dial, Dtmf, EndReason, ErrorCode,
  ForgotPassword, HistoryFilter, HistoryNote, HistoryPage, HistoryQuery, HistoryRef, HistoryRow, ImportPreview, ImportReport, ImportWish, IpcError, Levels, Mute, Notice,
  OfflineAtSignIn, OpenSystemSettings, OwnStatus, PasswordDraft, PasswordMail, PasswordRules, Person, PhotoCrop, PhotoOpened, PhotoRef, PictureRef, PreviewImport,
  Profile, Rename, SaveDevices, ServerState, Session, SetStatus, Settings, SignIn, Snapshot, System, Team, TestDevice, TestHeard, TestOutcome, Transfer, UiEvent,
  Department, ManagedStatus, NewStatus, OwnAgent, OwnRights, PutRights, StatusOrder, RightsCard, RightsOf,
  Source, SourceDraft, SourceRef, SourceSaved, SourceTrial,
  VoiceProcessing, Volume,
} from "./generated";

/** A request as it came in, for tests that ask what the window wanted. */
export interface Asked {
  command: keyof Backend;
  request: unknown;
}

export function ipcError(code: ErrorCode, more: Partial<IpcError> = {}): IpcError {
  return { code, triesLeft: null, retryAfterS: null, detail: null, ...more };
}

function refuse(code: ErrorCode): never {
  throw ipcError(code);
}

export class FakeBackend implements Backend {
  #startsAtLogin = false;
  readonly asked: Asked[] = [];
  rows: HistoryRow[];
  /** How calls of the history sounded, by row. */
  /** What a server says to a forgotten password. */
  passwordMail: PasswordMail = { mail: "asked" };
  readonly passports = new Map<number, CallPassport>();
  /** When set, a page of the history is not answered before it resolves. */
  slowHistory: Promise<void> | null = null;
  /** The address book. */
  readonly book = new FakeBook();
  readonly sourceBooks = new FakeSources();
  /** Rights of everybody, as the server keeps them. */
  readonly rights = new FakeRights();
  /** Users, as the server keeps them. */
  readonly directory = new FakeDirectory();
  audit: readonly AuditEntry[] = AUDIT;
  rules: TeamRules = { agentsSeeSupervision: false };
  parkingRules: ParkingRules = { ringBackS: 180 };
  recorded: readonly RecordedCall[] = RECORDINGS;
  recordingPolicy: RecordingPolicy = RECORDING_POLICY;
  messages: readonly VoiceMessage[] = MESSAGES;
  /** Queues and agents, as those who watch over them see them. */
  readonly panel = new FakePanel();
  /** The job over many users. */
  readonly bulk = new FakeBulk();
  /** Statuses of the team, as the server keeps them. */
  readonly statuses = new FakeStatuses();
  readonly queues = new FakeQueues();
  /** What the next file turns out to be; null: what its bytes say. */
  nextPhoto: PhotoOpened | null = null;
  #state: Snapshot;
  #listeners = new Set<(event: UiEvent) => void>();
  #failures = new Map<keyof Backend, IpcError>();
  #held = new Set<keyof Backend>();
  #hanging = new Set<keyof Backend>();
  #deleted = new Map<number, HistoryRow>();
  #lastId = 0;

  constructor(snapshot: Snapshot = signedInSnapshot(), now: number = Date.now()) {
    this.#state = snapshot;
    this.rows = historyRows(now);
  }

  // What a test or a demonstration does to the phone.

  emit(event: UiEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** The next request of this name is refused. */
  failNext(command: keyof Backend, error: IpcError): void {
    this.#failures.set(command, error);
  }

  /** Requests of this name are accepted and lead to nothing: the far end is slow. */
  holdBack(command: keyof Backend): void {
    this.#held.add(command);
  }

  /** Requests of this name are never answered. */
  hang(command: keyof Backend): void {
    this.#hanging.add(command);
  }

  /** Someone calls. */
  ring(person: Person, more: Partial<Call> = {}): Call {
    return this.#put({ ...freshCall(this.#nextId(), "incoming", person), ...more });
  }

  /** A call that is already in some state. */
  place(person: Person, more: Partial<Call> = {}): Call {
    return this.#put({ ...freshCall(this.#nextId(), "outgoing", person), ...more });
  }

  change(id: string, more: Partial<Call>): Call {
    return this.#put({ ...this.#call(id), ...more });
  }

  /** The call is over; it gets its row. */
  end(id: string, reason: EndReason, sipCode: number | null = null): void {
    const call: Call = { ...this.#call(id), line: "ended", ended: reason, sipCode, pending: false };
    this.#state = { ...this.#state, calls: this.#state.calls.filter((other) => other.id !== id) };
    const unseen = reason === "missed";
    this.rows = [
      {
        id: (this.rows[0]?.id ?? 0) + 1, direction: call.direction, person: call.person, startedAtMs: Date.now() - call.ageMs,
        talkedS: call.talkMs === null ? null : Math.round(call.talkMs / 1000), rangS: Math.round(call.ageMs / 1000), reason, sipCode, unseen, transfer: null, note: "",
      },
      ...this.rows,
    ];
    this.emit({ kind: "callEnded", call });
    this.#seen(this.#state.unseenMissed + (unseen ? 1 : 0));
  }

  setSession(session: Session): void {
    this.#state = { ...this.#state, session };
    this.emit({ kind: "session", session });
  }

  setSystem(more: Partial<System>): void {
    this.#state = { ...this.#state, system: { ...this.#state.system, ...more } };
    this.emit({ kind: "system", system: this.#state.system });
  }

  setDevices(more: Partial<Devices>): void {
    this.#state = { ...this.#state, devices: { ...this.#state.devices, ...more } };
    this.emit({ kind: "devices", devices: this.#state.devices });
  }

  /** The test that runs is over. */
  endTestWith(outcome: TestOutcome): void {
    const { test } = this.#state.devices;
    if (test) this.setDevices({ test: { ...test, phase: "over", outcome } });
  }

  /** The engine's measurement of the last second. */
  setQuality(call: string, quality: CallQuality): void {
    this.emit({ kind: "quality", call, quality });
  }

  /** What the server says of one's own status. */
  setOwnStatus(more: Partial<OwnStatus> | null): void {
    const status = more && { ...OWN_STATUS, ...this.#state.status, ...more };
    this.#state = { ...this.#state, status };
    this.emit({ kind: "status", status });
  }

  /** What the server says of the team. */
  setTeam(team: Team | null): void {
    this.#state = { ...this.#state, team };
    this.emit({ kind: "team", team });
  }

  /** What the server says of one colleague. */
  setColleague(id: string, more: Partial<Colleague>): void {
    const { team } = this.#state;
    const before = team?.colleagues.find((other) => other.id === id);
    if (!team || !before) throw new Error(`no colleague ${id}`);
    const colleague = { ...before, ...more };
    this.#state = { ...this.#state, team: { ...team, colleagues: team.colleagues.map((other) => (other.id === id ? colleague : other)) } };
    this.emit({ kind: "colleague", colleague });
  }

  /** What the server says of the own rights. */
  setRights(rights: OwnRights | null): void {
    this.#state = { ...this.#state, rights };
    this.emit({ kind: "rights", rights });
  }

  /** What the server says of the own place at the queues. */
  setAgent(agent: OwnAgent | null): void {
    this.#state = { ...this.#state, agent };
    this.emit({ kind: "agent", agent });
  }

  setLevels(levels: Levels): void {
    this.emit({ kind: "levels", levels });
  }

  calls(): readonly Call[] {
    return this.#state.calls;
  }

  // What the window asks.

  async snapshot(): Promise<Snapshot> {
    return this.#state;
  }

  async subscribe(listener: (event: UiEvent) => void): Promise<() => void> {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async checkServer(request: { server: string }): Promise<ServerState> {
    await this.#take("checkServer", request);
    return { version: "0.1.0", rttMs: 38 };
  }

  async signIn(request: SignIn): Promise<void> {
    if (await this.#take("signIn", request)) this.#enter({ ...NOOR, email: request.email, server: request.server });
  }

  async forgotPassword(request: ForgotPassword): Promise<PasswordMail> {
    await this.#take("forgotPassword", request);
    return this.passwordMail;
  }

  async signInSip(request: { user: string; domain: string; displayName: string }): Promise<void> {
    if (await this.#take("signInSip", request)) {
      this.#enter({ ...NOOR, id: `sip-${request.user}`, name: request.displayName || request.user, email: "", extension: request.user, server: request.domain });
    }
  }

  async tryHere(): Promise<void> {
    if (await this.#take("tryHere", undefined)) this.#enter(PRACTICE);
  }

  async signOut(): Promise<void> {
    if (!(await this.#take("signOut", undefined))) return;
    this.setSession({ phase: "signingOut" });
    for (const { id } of this.#state.calls) this.end(id, "localHangUp");
    this.setOwnStatus(null);
    this.setSession({ phase: "signedOut", why: null, server: NOOR.server, email: NOOR.email });
  }

  async retryNow(): Promise<void> {
    if (await this.#take("retryNow", undefined)) this.setSystem(ALL_OK);
  }

  async dial(request: Dial): Promise<string> {
    const accepted = await this.#take("dial", request);
    for (const call of this.#state.calls) if (call.line === "talking") this.change(call.id, { line: "held", heldMs: 0 });
    const call = this.place({ number: request.target, name: "" });
    if (accepted) this.change(call.id, { line: "calling" });
    return call.id;
  }

  async answer(request: CallRef): Promise<void> {
    if (!(await this.#take("answer", request))) return;
    for (const call of this.#state.calls) if (call.line === "talking") this.change(call.id, { line: "held", heldMs: 0 });
    this.change(request.call, { line: "answering", media: "connecting" });
    this.change(request.call, { line: "talking", media: "connected", talkMs: 0 });
  }

  async decline(request: CallRef): Promise<void> {
    if (await this.#take("decline", request)) this.end(request.call, "declined", 603);
  }

  async silence(request: CallRef): Promise<void> {
    if (await this.#take("silence", request)) this.change(request.call, { silenced: true });
  }

  async hangUp(request: CallRef): Promise<void> {
    if (await this.#take("hangUp", request)) this.end(request.call, this.#call(request.call).talkMs === null ? "cancelled" : "localHangUp");
  }

  async hold(request: CallRef): Promise<void> {
    this.change(request.call, { pending: true });
    if (await this.#take("hold", request)) this.change(request.call, { line: "held", heldMs: 0, pending: false });
  }

  async resume(request: CallRef): Promise<void> {
    if (!(await this.#take("resume", request))) return;
    for (const call of this.#state.calls) if (call.line === "talking") this.change(call.id, { line: "held", heldMs: 0 });
    this.change(request.call, { line: "talking", heldMs: null });
  }

  async transfer(request: Transfer): Promise<void> {
    if (!(await this.#take("transfer", request))) return;
    const transfer = { to: { number: request.target, name: "" }, stage: "asked", fault: null, reason: null, sipCode: null } as const;
    this.change(request.call, { line: "held", heldMs: 0, transfer });
  }

  async consult(request: Consult): Promise<string> {
    const accepted = await this.#take("consult", request);
    this.change(request.about, { line: "held", heldMs: 0, transfer: null });
    const call = this.place({ number: request.target, name: "" }, { asksFor: request.about });
    if (accepted) this.change(call.id, { line: "calling" });
    return call.id;
  }

  async completeTransfer(request: CompleteTransfer): Promise<void> {
    if (!(await this.#take("completeTransfer", request))) return;
    this.change(request.call, { transfer: { to: this.#call(request.to).person, stage: "asked", fault: null, reason: null, sipCode: null } });
  }

  async mute(request: Mute): Promise<void> {
    if (!(await this.#take("mute", request))) return;
    this.#state = { ...this.#state, muted: request.on };
    this.emit({ kind: "muted", muted: request.on });
  }

  async dtmf(request: Dtmf): Promise<void> {
    await this.#take("dtmf", request);
  }

  /** What the server says of queues and agents. */
  setPanel(more: Partial<Panel>): void {
    this.panel.now = { ...this.panel.now, ...more };
    this.emit({ kind: "panel", panel: this.panel.now });
  }

  async panelGet(): Promise<Panel> {
    await this.#take("panelGet", undefined);
    return this.panel.now;
  }

  async panelLeave(): Promise<void> {
    await this.#take("panelLeave", undefined);
  }

  async panelCharts(): Promise<PanelCharts> {
    await this.#take("panelCharts", undefined);
    return this.panel.charts;
  }

  async panelAct(request: PanelAct): Promise<void> {
    if (await this.#take("panelAct", request)) this.setPanel(this.panel.after(request, this.#state.status?.choices ?? []));
  }

  async supervise(request: Supervise): Promise<void> {
    if (!(await this.#take("supervise", request))) return;
    if (this.panel.now.agents.some(({ id }) => id === request.user)) this.setPanel(this.panel.withAgent(request.user, { supervised: request.mode }));
    this.supervising(request);
  }

  /** This person takes part in a colleague's call. */
  supervising({ user, mode }: Supervise, more: Partial<Call> = {}): Call {
    const colleague = this.#state.team?.colleagues.find(({ id }) => id === user);
    const agent = this.panel.now.agents.find(({ id }) => id === user);
    const { name, extension } = colleague ?? agent ?? { name: "", extension: "" };
    const supervision = { user, name, extension, mode, other: colleague?.call?.with ?? null };
    const running = this.#state.calls.find((call) => call.supervision !== undefined);
    if (running) return this.change(running.id, { supervision });
    return this.place({ name, number: extension }, { line: "talking", media: "connected", talkMs: 0, supervision, ...more });
  }

  async superviseLeave(): Promise<void> {
    if (!(await this.#take("superviseLeave", undefined))) return;
    for (const { id, supervision } of this.#state.calls) if (supervision) this.end(id, "localHangUp");
  }

  async conference(): Promise<void> {
    if (!(await this.#take("conference", undefined))) return;
    for (const { id, line, supervision } of this.#state.calls) if (!supervision && (line === "talking" || line === "held")) this.change(id, { line: "talking", heldMs: null, conference: true });
  }

  async agentReady(): Promise<void> {
    if ((await this.#take("agentReady", undefined)) && this.#state.agent?.state === "wrapUp") this.setAgent(READY);
  }

  async agentExtend(): Promise<void> {
    const { agent } = this.#state;
    if ((await this.#take("agentExtend", undefined)) && agent?.state === "wrapUp") this.setAgent(wrapUp((agent.leftMs ?? 0) + 30_000));
  }

  async departments(): Promise<Department[]> {
    await this.#take("departments", undefined);
    return this.rights.departments;
  }

  async rightsGet(request: RightsOf): Promise<RightsCard> {
    await this.#take("rightsGet", request);
    return this.#rightsOf(request.user);
  }

  /** Where somebody belongs and what they are, the directory says as well. */
  #rightsOf(user: string): RightsCard {
    const card = this.rights.card(user);
    const person = this.directory.find(user);
    return person ? { ...card, role: person.role, department: person.department, gives: person.mayEdit ? card.gives : [] } : card;
  }

  async rightsPut(request: PutRights): Promise<RightsCard> {
    await this.#take("rightsPut", request);
    const card = this.rights.put(request) ?? refuse("rightsChanged");
    this.directory.move(request.user, card);
    this.setUser(request.user, {});
    return card;
  }

  async statusesGet(): Promise<ManagedStatus[]> {
    await this.#take("statusesGet", undefined);
    return this.statuses.all();
  }

  async statusAdd(request: NewStatus): Promise<ManagedStatus> {
    await this.#take("statusAdd", request);
    return this.statuses.add(request);
  }

  async statusEdit(request: ManagedStatus): Promise<ManagedStatus> {
    await this.#take("statusEdit", request);
    return this.statuses.edit(request) ?? refuse("statusChanged");
  }

  async statusesOrder(request: StatusOrder): Promise<ManagedStatus[]> {
    await this.#take("statusesOrder", request);
    return this.statuses.order(request) ?? refuse("statusChanged");
  }

  async directoryGet(): Promise<Directory> {
    await this.#take("directoryGet", undefined);
    return { users: this.directory.people, complete: true };
  }

  async directoryLeave(): Promise<void> {
    await this.#take("directoryLeave", undefined);
  }

  async directorySearch(request: DirectorySearch): Promise<string[]> {
    await this.#take("directorySearch", request);
    return this.directory.search(request.text);
  }

  async bulkRange(request: BulkRange): Promise<Bulk> {
    await this.#take("bulkRange", request);
    return this.bulk.range(request, this.directory) ?? refuse("badRange");
  }

  async bulkOpenFile({ name, bytes }: { name: string; bytes: Uint8Array }): Promise<BulkFile> {
    await this.#take("bulkOpenFile", { name, size: bytes.length });
    return { ...this.bulk.file, name };
  }

  async bulkLook(request: BulkLook): Promise<BulkFile> {
    await this.#take("bulkLook", request);
    return { ...this.bulk.file, options: request.options, mapping: request.mapping ?? this.bulk.file.mapping };
  }

  async bulkPlan(request: BulkPlan): Promise<Bulk> {
    await this.#take("bulkPlan", request);
    return this.bulk.plan(request);
  }

  async bulkGet(): Promise<Bulk | null> {
    await this.#take("bulkGet", undefined);
    return this.bulk.job;
  }

  async bulkRows(request: BulkPage): Promise<BulkRow[]> {
    await this.#take("bulkRows", request);
    return this.bulk.page(request);
  }

  /** So many rows are carried out; then the job is like that. */
  bulkGoesOn(many: number, phase: BulkPhase = "running"): void {
    const changed = this.bulk.advance(many, this.directory);
    this.emit({ kind: "bulk", bulk: this.bulk.view(phase), changed });
  }

  async bulkStart(request: BulkOf): Promise<void> {
    await this.#take("bulkStart", request);
    this.emit({ kind: "bulk", bulk: this.bulk.view("running"), changed: [] });
    if (!this.bulk.waits) this.bulkGoesOn(Infinity, "done");
  }

  async bulkStop(request: BulkOf): Promise<void> {
    await this.#take("bulkStop", request);
    this.emit({ kind: "bulk", bulk: this.bulk.view("stopped"), changed: [] });
  }

  async bulkLeave(request: BulkOf): Promise<void> {
    await this.#take("bulkLeave", request);
    this.bulk.job = null;
  }

  async bulkPassword(request: BulkRowOf): Promise<string> {
    await this.#take("bulkPassword", request);
    return "kV7-mPq2_xTr9+Za";
  }

  async bulkSavePasswords(request: BulkTableOf): Promise<string> {
    await this.#take("bulkSavePasswords", request);
    return "/home/noor/Downloads/rannan-passwords-2026-11-21.csv";
  }

  async bulkSaveFaults(request: BulkFaults): Promise<string> {
    await this.#take("bulkSaveFaults", request);
    return "/home/noor/Downloads/rannan-errors-2026-11-21.csv";
  }

  async directoryExport(request: DirectoryExport): Promise<string> {
    await this.#take("directoryExport", request);
    return "/home/noor/Downloads/rannan-users-2026-11-21.csv";
  }

  /** What the server says of one user. */
  setUser(id: string, more: Partial<DirectoryUser>): void {
    const user = this.directory.put(id, more);
    if (user) this.emit({ kind: "directoryChanged", changed: [user], gone: [] });
  }

  async userGet({ id }: UserOf): Promise<UserCard> {
    await this.#take("userGet", { id });
    return this.directory.card(id) ?? refuse("noSuchUser");
  }

  async userAdd(request: NewUser): Promise<UserCard> {
    await this.#take("userAdd", request);
    const refusal = this.directory.refusal(request, null);
    if (refusal) refuse(refusal);
    const card = this.directory.add(request);
    this.setUser(card.id, {});
    return card;
  }

  async userEdit(request: EditUser): Promise<UserCard> {
    await this.#take("userEdit", request);
    const refusal = this.directory.refusal(request, request.id);
    if (refusal) refuse(refusal);
    const card = this.directory.edit(request) ?? refuse("userChanged");
    this.setUser(card.id, {});
    return card;
  }

  async userDelete(request: DeleteUser): Promise<void> {
    await this.#take("userDelete", request);
    this.directory.remove(request.id);
    this.emit({ kind: "directoryChanged", changed: [], gone: [request.id] });
  }

  async userForceStatus(request: ForceStatus): Promise<void> {
    await this.#take("userForceStatus", request);
    const choice = this.#state.status?.choices.find(({ id }) => id === request.statusId) ?? refuse("statusRefused");
    this.setUser(request.id, { status: { id: choice.id, kind: choice.kind, text: request.text, ...(choice.names ? { names: choice.names } : {}) } });
  }

  /** The first free place; the call goes there a moment later, as a phone of the far end would take it. */
  async park(request: CallRef): Promise<ParkPlace> {
    const accepted = await this.#take("park", request);
    const { parked } = this.#state;
    const slot = Array.from({ length: 99 }, (_, at) => at + 1).find((place) => !parked.some((call) => call.slot === place)) ?? refuse("parkNoPlace");
    const dial = `*68${String(slot).padStart(2, "0")}`;
    if (accepted) {
      const { person } = this.#call(request.call);
      const to = { number: dial, name: "" };
      this.change(request.call, { transfer: { to, stage: "answered", fault: null, reason: null, sipCode: null } });
      const user = this.#state.session.phase === "signedIn" ? this.#state.session.user : null;
      this.setParked([...parked, { slot, dial, by: user?.id ?? "", byName: user?.name ?? "", ageMs: 0, comesBack: false, person }].toSorted((a, b) => a.slot - b.slot));
      this.end(request.call, "transferred");
    }
    return { slot, dial };
  }

  /** What the server says is parked. */
  setParked(parked: ParkedCall[]): void {
    this.#state = { ...this.#state, parked };
    this.emit({ kind: "parked", parked });
  }

  async colleaguePickUp(request: PickUpOf): Promise<void> {
    await this.#take("colleaguePickUp", request);
    this.setColleague(request.user, { call: null });
  }

  async colleagueDivert(request: SendCallOf): Promise<void> {
    await this.#take("colleagueDivert", request);
    this.setColleague(request.user, { call: null });
  }

  async colleagueTransfer(request: SendCallOf): Promise<void> {
    await this.#take("colleagueTransfer", request);
    this.setColleague(request.user, { call: null });
  }

  async userEndSessions(request: UserOf): Promise<void> {
    await this.#take("userEndSessions", request);
    this.setUser(request.id, { online: false, state: "unregistered" });
  }

  async userPassword(): Promise<string> {
    await this.#take("userPassword", undefined);
    return "kV7-mPq2_xTr9+Za";
  }

  async auditGet(request: AuditWish): Promise<AuditPage> {
    await this.#take("auditGet", request);
    const entries = this.audit.filter(({ action }) => request.area === null || action.startsWith(`${request.area}.`));
    const from = request.before === null ? 0 : entries.findIndex(({ id }) => id === request.before) + 1;
    const page = entries.slice(from, from + AUDIT_PAGE);
    return { entries: page, next: from + AUDIT_PAGE < entries.length ? (page.at(-1)?.id ?? null) : null };
  }

  async teamRulesGet(): Promise<TeamRules> {
    await this.#take("teamRulesGet", undefined);
    return this.rules;
  }

  async teamRulesPut(request: TeamRules): Promise<TeamRules> {
    if (await this.#take("teamRulesPut", request)) this.rules = request;
    return this.rules;
  }

  async parkingRulesGet(): Promise<ParkingRules> {
    await this.#take("parkingRulesGet", undefined);
    return this.parkingRules;
  }

  async parkingRulesPut(request: ParkingRules): Promise<ParkingRules> {
    if (await this.#take("parkingRulesPut", request)) this.parkingRules = request;
    return this.parkingRules;
  }

  async queuesGet(): Promise<ManagedQueue[]> {
    await this.#take("queuesGet", undefined);
    return this.queues.all;
  }

  async queueAdd(request: QueueSetup): Promise<ManagedQueue> {
    await this.#take("queueAdd", request);
    return this.queues.add(request) ?? refuse("extensionTaken");
  }

  async queueEdit(request: EditQueue): Promise<ManagedQueue> {
    await this.#take("queueEdit", request);
    return this.queues.edit(request) ?? refuse("queueChanged");
  }

  async queueRemove(request: QueueRef): Promise<void> {
    if (await this.#take("queueRemove", request)) this.queues.remove(request.id);
  }

  async queueMemberPut(request: PutQueueMember): Promise<ManagedQueue> {
    await this.#take("queueMemberPut", request);
    const person = this.directory.find(request.user);
    return (person && this.queues.serve(request, person)) ?? refuse("queueChanged");
  }

  async queueMemberRemove(request: QueueMemberRef): Promise<ManagedQueue> {
    await this.#take("queueMemberRemove", request);
    return this.queues.leave(request) ?? refuse("queueChanged");
  }

  async record(request: CallSwitch): Promise<void> {
    if (!(await this.#take("record", request))) return;
    this.change(request.call, { recording: { ...this.#call(request.call).recording, state: request.on ? "on" : "off", mayPause: request.on } });
  }

  async recordPause(request: CallSwitch): Promise<void> {
    if (!(await this.#take("recordPause", request))) return;
    this.change(request.call, { recording: { ...this.#call(request.call).recording, state: request.on ? "paused" : "on" } });
  }

  async recordings(request: RecordingsWish): Promise<RecordingsPage> {
    await this.#take("recordings", request);
    const from = request.before === null ? 0 : this.recorded.findIndex(({ id }) => id === request.before) + 1;
    const recordings = this.recorded.slice(from, from + RECORDINGS_PAGE);
    return { recordings, next: from + RECORDINGS_PAGE < this.recorded.length ? (recordings.at(-1)?.id ?? null) : null };
  }

  async recordingDelete(request: RecordingRef): Promise<void> {
    if (await this.#take("recordingDelete", request)) this.recorded = this.recorded.filter(({ id }) => id !== request.recording);
  }

  async recordingPolicyGet(): Promise<RecordingPolicy> {
    await this.#take("recordingPolicyGet", undefined);
    return this.recordingPolicy;
  }

  async recordingPolicyPut(request: RecordingPolicy): Promise<RecordingPolicy> {
    if (await this.#take("recordingPolicyPut", request)) this.recordingPolicy = request;
    return this.recordingPolicy;
  }

  async voicemail(): Promise<VoiceBox> {
    await this.#take("voicemail", undefined);
    return { enabled: true, messages: [...this.messages] };
  }

  async messageHeard({ message, heard }: MessageHeard): Promise<void> {
    if (await this.#take("messageHeard", { message, heard })) this.setMessages(this.messages.map((one) => (one.id === message ? { ...one, heard } : one)));
  }

  async messageDelete(request: MessageRef): Promise<void> {
    if (await this.#take("messageDelete", request)) this.setMessages(this.messages.filter(({ id }) => id !== request.message));
  }

  /** What the server says of the voice box. */
  setMessages(messages: readonly VoiceMessage[]): void {
    this.messages = messages;
    const state = { enabled: true, messages: messages.length, new: messages.filter(({ heard }) => !heard).length };
    this.#state = { ...this.#state, voicemail: state };
    this.emit({ kind: "voicemail", state });
  }

  async player(request: PlayerWish): Promise<void> {
    if (!(await this.#take("player", request))) return;
    const now = this.#state.player;
    switch (request.wish) {
      case "play": {
        const one = this.recorded.find(({ id }) => id === request.recording);
        this.setPlayer({ recording: request.recording, state: one ? "playing" : "gone", positionMs: 0, durationMs: one?.durationMs ?? 0, speed: now?.speed ?? 1 });
        if (one) this.emit({ kind: "playerPeaks", peaks: peaksOf(one.id) });
        return;
      }
      case "playMessage": {
        const one = this.messages.find(({ id }) => id === request.message);
        this.setPlayer({ recording: request.message, state: one ? "playing" : "gone", positionMs: 0, durationMs: one?.durationMs ?? 0, speed: now?.speed ?? 1 });
        if (one) {
          this.emit({ kind: "playerPeaks", peaks: { ...peaksOf(one.id), near: peaksOf(one.id).far } });
          this.setMessages(this.messages.map((other) => (other.id === one.id ? { ...other, heard: true } : other)));
        }
        return;
      }
      case "close":
        return this.setPlayer(null);
      case "pause":
        return this.setPlayer(now && { ...now, state: "paused" });
      case "resume":
        return this.setPlayer(now && { ...now, state: "playing" });
      case "seek":
        return this.setPlayer(now && { ...now, positionMs: request.ms });
      case "speed":
        return this.setPlayer(now && { ...now, speed: request.factor });
    }
  }

  /** What the engine says of listening. */
  setPlayer(player: Player | null): void {
    this.#state = { ...this.#state, player };
    this.emit({ kind: "player", player });
  }

  async extensionsGet(): Promise<RegisteredPhone[]> {
    await this.#take("extensionsGet", undefined);
    return this.directory.devices;
  }

  async extensionUnregister(request: ExtensionOf): Promise<void> {
    await this.#take("extensionUnregister", request);
    this.directory.devices = this.directory.devices.filter(({ id }) => id !== request.id);
  }

  async history({ before, limit, filter }: HistoryQuery): Promise<HistoryPage> {
    await this.#take("history", { before, limit, filter });
    await this.slowHistory;
    const rows = this.rows.filter((row) => (before === null || row.id < before) && fits(row, filter));
    const page = rows.slice(0, limit);
    return { rows: page, nextBefore: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
  }

  async historySeen(): Promise<void> {
    await this.#take("historySeen", undefined);
    this.rows = this.rows.map((row) => ({ ...row, unseen: false }));
    if (this.#state.unseenMissed > 0) this.#seen(0);
  }

  async historyDelete(request: HistoryRef): Promise<void> {
    await this.#take("historyDelete", request);
    const row = this.rows.find(({ id }) => id === request.id);
    if (!row) return;
    this.#deleted.set(row.id, row);
    this.rows = this.rows.filter(({ id }) => id !== request.id);
    this.#seen(this.#state.unseenMissed);
  }

  async historyRestore(request: HistoryRef): Promise<void> {
    await this.#take("historyRestore", request);
    const row = this.#deleted.get(request.id);
    if (!row) return;
    this.#deleted.delete(row.id);
    this.rows = [...this.rows, row].sort((a, b) => b.id - a.id);
    this.#seen(this.#state.unseenMissed);
  }

  async historyNote({ id, note }: HistoryNote): Promise<void> {
    await this.#take("historyNote", { id, note });
    this.rows = this.rows.map((row) => (row.id === id ? { ...row, note: note.trim() } : row));
    this.#seen(this.#state.unseenMissed);
  }

  async historyExport(request: HistoryFilter): Promise<string> {
    await this.#take("historyExport", request);
    return "/home/noor/Downloads/rannan-history-2026-11-21.csv";
  }

  async historyQuality(request: HistoryRef): Promise<CallPassport | null> {
    await this.#take("historyQuality", request);
    return this.passports.get(request.id) ?? null;
  }

  async exportPassport(request: HistoryRef): Promise<string> {
    await this.#take("exportPassport", request);
    const row = this.rows.find(({ id }) => id === request.id);
    if (!row) throw ipcError("noSuchRow");
    return `/home/noor/Downloads/rannan-call-2026-11-21-1018-${row.person.number}.json`;
  }

  async contacts(request: ContactsQuery): Promise<ContactsPage> {
    await this.#take("contacts", request);
    return this.book.page(request);
  }

  async contact(request: ContactRef): Promise<ContactLook> {
    await this.#take("contact", request);
    return this.#look(this.book.get(request.id) ?? refuse("noSuchContact"));
  }

  #look(contact: Contact): ContactLook {
    const canEdit = contact.book === "personal" || (this.#state.contactsSync?.companyWritable ?? false);
    const source = this.book.sources.get(contact.id) ?? null;
    return { contact, canEdit: canEdit && source === null, source, standing: this.book.standings.get(contact.id) ?? "clean" };
  }

  async contactOf(request: NumberRef): Promise<ContactLook | null> {
    await this.#take("contactOf", request);
    const contact = this.book.people.find(({ numbers }) => numbers.some(({ number }) => bare(number) === bare(request.number)));
    return contact ? this.#look(contact) : null;
  }

  async contactVersions(request: ContactRef): Promise<ContactVersions> {
    await this.#take("contactVersions", request);
    return this.book.versions.get(request.id) ?? refuse("noSuchContact");
  }

  async contactResolve(request: ContactDecision): Promise<ContactSaved> {
    await this.#take("contactResolve", request);
    const contact = this.book.resolve(request.id, request.contact);
    this.emit({ kind: "contacts" });
    return { kind: "kept", contact };
  }

  /** How contacts stand at the server; null: they are on this computer only. */
  setContactsSync(sync: ContactsSync | null): void {
    this.#state = { ...this.#state, contactsSync: sync };
    this.emit({ kind: "contactsSync", sync });
  }

  async contactSave(request: Contact): Promise<ContactSaved> {
    await this.#take("contactSave", request);
    const answer = this.book.save(request);
    if (answer.kind === "kept") this.emit({ kind: "contacts" });
    return answer;
  }

  async contactDelete(request: ContactRef): Promise<void> {
    await this.#take("contactDelete", request);
    if (!this.book.delete(request.id)) refuse("noSuchContact");
    this.emit({ kind: "contacts" });
  }

  async contactRestore(request: ContactRef): Promise<void> {
    await this.#take("contactRestore", request);
    if (!this.book.restore(request.id)) refuse("noSuchContact");
    this.emit({ kind: "contacts" });
  }

  async contactFavourite(request: ContactFavourite): Promise<void> {
    await this.#take("contactFavourite", request);
    this.book.favour(request.id, request.favourite);
    this.emit({ kind: "contacts" });
  }

  async contactCopy(request: ContactRef): Promise<string> {
    await this.#take("contactCopy", request);
    const copy = this.book.save({ ...(this.book.get(request.id) ?? refuse("noSuchContact")), id: "" });
    this.emit({ kind: "contacts" });
    return copy.kind === "kept" ? copy.contact.id : refuse("internal");
  }

  async sources(): Promise<Source[]> {
    await this.#take("sources", null);
    return this.sourceBooks.all;
  }

  async sourceTest(request: SourceDraft): Promise<SourceTrial> {
    await this.#take("sourceTest", request);
    return this.sourceBooks.trial;
  }

  async sourceSave(request: SourceDraft): Promise<SourceSaved> {
    await this.#take("sourceSave", request);
    const answer = this.sourceBooks.save(request);
    this.emit({ kind: "sources" });
    return answer;
  }

  async sourceRemove(request: SourceRef): Promise<void> {
    await this.#take("sourceRemove", request);
    this.sourceBooks.remove(request.id);
    this.emit({ kind: "sources" });
  }

  async sourceRefresh(request: SourceRef): Promise<void> {
    await this.#take("sourceRefresh", request);
    this.sourceBooks.change(request.id, { reading: true });
    this.emit({ kind: "sources" });
  }

  async contactsOpenFile({ name, bytes }: { name: string; bytes: Uint8Array }): Promise<ImportPreview> {
    await this.#take("contactsOpenFile", { name, size: bytes.length });
    return { ...this.book.preview, name };
  }

  async contactsPreview(request: PreviewImport): Promise<ImportPreview> {
    await this.#take("contactsPreview", request);
    return answersTo(this.book.preview, request);
  }

  async contactsImport(request: ImportWish): Promise<ImportReport> {
    await this.#take("contactsImport", request);
    this.emit({ kind: "contactsImport", done: 1, total: 1 });
    this.book.take(this.book.preview.sample);
    this.emit({ kind: "contacts" });
    return this.book.report;
  }

  async contactsExport(request: ContactsExport): Promise<string> {
    await this.#take("contactsExport", request);
    return `/home/noor/Downloads/rannan-contacts-2026-11-21.${request.format}`;
  }

  async startAtLogin(): Promise<LoginStart> {
    await this.#take("startAtLogin", undefined);
    return { on: this.#startsAtLogin };
  }

  async setStartAtLogin(request: LoginStart): Promise<void> {
    await this.#take("setStartAtLogin", request);
    this.#startsAtLogin = request.on;
  }

  async contactsRegion(): Promise<ContactsRegion> {
    return { code: this.book.region };
  }

  async contactsSetRegion(request: ContactsRegion): Promise<void> {
    await this.#take("contactsSetRegion", request);
    this.book.region = request.code;
  }

  async devicesRefresh(): Promise<void> {
    await this.#take("devicesRefresh", undefined);
  }

  async chooseDevice(request: ChooseDevice): Promise<void> {
    if ((await this.#take("chooseDevice", request)) && request.purpose !== "ringer") this.#choose(request.purpose, request.id);
  }

  async volume(request: Volume): Promise<void> {
    if (await this.#take("volume", request)) this.setDevices({ volumePercent: request.percent });
  }

  async voiceProcessing(request: VoiceProcessing): Promise<void> {
    if (await this.#take("voiceProcessing", request)) this.setDevices({ voice: request });
  }

  async saveDevices(request: SaveDevices): Promise<void> {
    if (!(await this.#take("saveDevices", request))) return;
    this.#choose("microphone", request.microphone);
    this.#choose("speaker", request.speaker);
    const wanted = this.#state.devices.speakers.filter(({ id }) => request.ringers.includes(id));
    this.setDevices({ ringers: { withSpeaker: request.ringWithSpeaker, wanted, live: wanted, isFallback: false, percent: request.ringPercent } });
  }

  async testDevice(request: TestDevice): Promise<void> {
    if (!(await this.#take("testDevice", request))) return;
    const device = request.purpose === "ringer" ? (request.devices[0] ?? null) : request.device;
    const busy = this.#state.calls.length > 0;
    const phase = busy ? "over" : request.purpose === "microphone" ? "recording" : request.purpose === "speaker" ? "soundingLeft" : "soundingBoth";
    this.setDevices({ test: { purpose: request.purpose, device, phase, outcome: busy ? "inUse" : null } });
  }

  async testHeard(request: TestHeard): Promise<void> {
    if (await this.#take("testHeard", request)) this.endTestWith(request.heard ? "heard" : "notHeard");
  }

  async endTest(): Promise<void> {
    if ((await this.#take("endTest", undefined)) && this.#state.devices.test?.phase !== "over") this.endTestWith("stopped");
  }

  async openSystemSettings(request: OpenSystemSettings): Promise<void> {
    await this.#take("openSystemSettings", request);
  }

  async setStatus({ id, text }: SetStatus): Promise<void> {
    const accepted = await this.#take("setStatus", { id, text });
    const before = this.#state.status;
    const choice = before?.choices.find((other) => other.id === id);
    if (!before || !choice) return;
    this.setOwnStatus({ pending: { id, kind: choice.kind, text } });
    if (!accepted) return;
    const recentTexts = text ? [text, ...before.recentTexts.filter((other) => other !== text)].slice(0, 3) : before.recentTexts;
    this.setOwnStatus({ id, kind: choice.kind, text, ageMs: 0, markedOffline: false, pending: null, recentTexts });
  }

  async offlineAtSignIn({ on }: OfflineAtSignIn): Promise<void> {
    if (await this.#take("offlineAtSignIn", { on })) this.setOwnStatus({ offlineAtSignIn: on, offlineAtSignInPending: false });
    else this.setOwnStatus({ offlineAtSignInPending: true });
  }

  /** What the server says of one's own profile. */
  setProfile(more: Partial<Profile>): void {
    const { session } = this.#state;
    if (session.phase !== "signedIn" || !session.user.profile) return;
    const profile = { ...session.user.profile, ...more };
    const user = { ...session.user, profile, name: [profile.firstName, profile.lastName].filter(Boolean).join(" ") };
    this.setSession({ phase: "signedIn", user });
    this.emit({ kind: "face", face: { id: user.id, extension: user.extension, name: user.name, avatar: profile.avatar } });
  }

  async rename({ firstName, lastName }: Rename): Promise<void> {
    if (await this.#take("rename", { firstName, lastName })) this.setProfile({ firstName, lastName });
  }

  async photoOpen({ bytes }: { bytes: Uint8Array }): Promise<PhotoOpened> {
    await this.#take("photoOpen", { size: bytes.length });
    return this.nextPhoto ?? openedAs(bytes);
  }

  async photoPreview(request: PhotoRef): Promise<string> {
    await this.#take("photoPreview", request);
    return drawnPhoto();
  }

  async photoSave(request: PhotoCrop): Promise<void> {
    if (await this.#take("photoSave", request)) this.setProfile({ avatar: `own-${this.asked.length}` });
  }

  async photoClose(request: PhotoRef): Promise<void> {
    await this.#take("photoClose", request);
  }

  async photoRemove(): Promise<void> {
    if (await this.#take("photoRemove", undefined)) this.setProfile({ avatar: null });
  }

  async picture(request: PictureRef): Promise<string | null> {
    await this.#take("picture", request);
    return drawnFace(request.revision);
  }

  async passwordRules({ password }: PasswordDraft): Promise<PasswordRules> {
    await this.#take("passwordRules", { length: password.length });
    return judged(password);
  }

  async changePassword(request: ChangePassword): Promise<void> {
    if (await this.#take("changePassword", request)) this.setProfile({ passwordChangedMs: Date.now() });
  }

  async setSettings(settings: Settings): Promise<void> {
    if (!(await this.#take("setSettings", settings))) return;
    this.#state = { ...this.#state, settings };
    this.emit({ kind: "settings", settings });
  }

  async painted(): Promise<void> {
    await this.#take("painted", undefined);
  }

  async quit(): Promise<void> {
    await this.#take("quit", undefined);
  }

  /** What the shell says that the small window shows. */
  setNotice(notice: Notice | null): void {
    this.#state = { ...this.#state, notice };
    this.emit({ kind: "notice", notice });
  }

  async closeWindow(): Promise<void> {
    if (await this.#take("closeWindow", undefined)) await this.setSettings({ ...this.#state.settings, keepRunningTold: true });
  }

  async showWindow(): Promise<void> {
    await this.#take("showWindow", undefined);
  }

  async noticeCallBack(request: CallRef): Promise<void> {
    if (await this.#take("noticeCallBack", request)) this.setNotice(null);
  }

  async noticeDismiss(): Promise<void> {
    if (await this.#take("noticeDismiss", undefined)) this.setNotice(null);
  }

  /** Notes the request; throws what `failNext` left for it. False: accepted, but nothing shall follow. */
  async #take(command: keyof Backend, request: unknown): Promise<boolean> {
    this.asked.push({ command, request });
    await Promise.resolve();
    if (this.#hanging.has(command)) await new Promise(() => {});
    const failure = this.#failures.get(command);
    this.#failures.delete(command);
    if (failure) throw failure;
    return !this.#held.has(command);
  }

  #choose(purpose: "microphone" | "speaker", id: string | null): void {
    const { microphones, speakers } = this.#state.devices;
    const all = purpose === "microphone" ? microphones : speakers;
    const wanted = all.find((device) => device.id === id) ?? null;
    this.setDevices({ [purpose]: slotOf(wanted, wanted ?? all.find(({ isDefault }) => isDefault) ?? null) });
  }

  #enter(user: typeof NOOR): void {
    this.setSession({ phase: "signedIn", user });
    this.setOwnStatus({});
    this.setSystem(ALL_OK);
  }

  #seen(unseenMissed: number): void {
    this.#state = { ...this.#state, unseenMissed };
    this.emit({ kind: "history", unseenMissed });
  }

  #put(call: Call): Call {
    const known = this.#state.calls.some(({ id }) => id === call.id);
    this.#state = { ...this.#state, calls: known ? this.#state.calls.map((other) => (other.id === call.id ? call : other)) : [...this.#state.calls, call] };
    this.emit({ kind: "call", call });
    return call;
  }

  #call(id: string): Call {
    const call = this.#state.calls.find((other) => other.id === id);
    if (!call) throw ipcError("noSuchCall");
    return call;
  }

  #nextId(): string {
    this.#lastId += 1;
    return String(this.#lastId);
  }
}

/** Finds by parts only; what Rust makes comparable is tested there. */
function fits({ direction, reason, startedAtMs, person }: HistoryRow, { kind, sinceMs, text, numbers }: HistoryFilter): boolean {
  if (numbers.length > 0 && !numbers.some((number) => bare(number) === bare(person.number))) return false;
  if (kind === "missed" ? reason !== "missed" : kind !== "all" && direction !== kind) return false;
  return startedAtMs >= (sinceMs ?? 0) && `${person.name} ${person.number}`.toLowerCase().includes(text.toLowerCase());
}

function bare(number: string): string {
  return number.replaceAll(" ", "");
}
