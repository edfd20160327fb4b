// Every state that a user can meet in this window, each one line of script for the engine.
import { ipcError } from "../src/backend/fake";
import { CHOPPY_PASSPORT, CHOPPY_QUALITY, GOOD_PASSPORT, GOOD_QUALITY, GRACE, HEADSET, IN_STEP, KHALED, LINA, LOST, MICROPHONE, NOBODY, OK, RANA, slotOf, SPEAKERS } from "../src/backend/fakeData";
import { gate, READY, wrapUp } from "../src/backend/fakeAgent";
import { crowd } from "../src/backend/fakeDirectory";
import { CHARTS, PANEL, SUPERVISOR } from "../src/backend/fakePanel";
import { LDAP_BOOK, sourceOf } from "../src/backend/fakeSources";
import { ADMINISTRATOR, OWN_RIGHTS, SALES, USUAL } from "../src/backend/fakeRights";
import type { Contact, EndReason, IpcError, Notice, ParkedCall, Person, Profile, Snapshot } from "../src/backend/generated";
import { expect } from "vitest";
import { page, userEvent } from "vitest/browser";
import { type Mounted, NOTICE, plain, saying } from "./support";

export interface Scene {
  name: string;
  signedIn: boolean;
  /** It is the small window, of this size. */
  notice?: { width: number; height: number };
  /** Before the window opens. */
  before?(snapshot: Snapshot): Snapshot;
  /** Pressed or happening after it has opened. */
  then?(mounted: Mounted): void | Promise<void>;
}

const TALK_MS = 267_000;
const talking = { line: "talking", media: "connected", talkMs: TALK_MS, ageMs: TALK_MS + 7000, direction: "incoming" } as const;

const why = (error: IpcError) => (snapshot: Snapshot): Snapshot =>
  snapshot.session.phase === "signedOut" ? { ...snapshot, session: { ...snapshot.session, why: { why: "failed", error } } } : snapshot;

export const ENDS: readonly { reason: EndReason; sipCode: number | null }[] = [
  { reason: "localHangUp", sipCode: null }, { reason: "remoteHangUp", sipCode: null }, { reason: "cancelled", sipCode: 487 }, { reason: "missed", sipCode: null },
  { reason: "answeredElsewhere", sipCode: null }, { reason: "declined", sipCode: 603 }, { reason: "busy", sipCode: 486 }, { reason: "rejected", sipCode: 603 },
  { reason: "noAnswer", sipCode: 480 }, { reason: "notFound", sipCode: 404 }, { reason: "badNumber", sipCode: 484 }, { reason: "forbidden", sipCode: 403 },
  { reason: "notAcceptable", sipCode: 488 }, { reason: "serverFailure", sipCode: 503 }, { reason: "offline", sipCode: null }, { reason: "timeout", sipCode: 408 },
  { reason: "transferred", sipCode: null }, { reason: "mediaFailed", sipCode: null }, { reason: "internal", sipCode: null },
];

/** What the shell says while these ring; null: whoever it is, is not shown. */
export function noticeOf(people: readonly (Person | null)[]): Notice {
  return { ringing: people.map((person, at) => ({ id: String(at + 1), person, ageMs: 42_000, silenced: false, pending: false })), talking: null, missed: [] };
}

const PARKED: readonly ParkedCall[] = [
  { slot: 4, dial: "*6804", by: "u-rana", byName: "Rana Khoury", ageMs: 65_000, comesBack: false, person: GRACE },
  { slot: 7, dial: "*6807", by: "u-sami", byName: "سامي بشارة", ageMs: 171_000, comesBack: true, person: null },
];

export const SCENES: readonly Scene[] = [
  { name: "sign-in", signedIn: false },
  { name: "sign-in-shared-computer", signedIn: false, then: async ({ t }) => { await page.getByText(t("shared-computer"), { exact: true }).click(); await expect.element(page.getByText(t("shared-computer-note"))).toBeVisible(); } },
  { name: "sign-in-first-time", signedIn: false, before: (snapshot) => ({ ...snapshot, session: { phase: "signedOut", why: null, server: "", email: "" } }) },
  { name: "sign-in-expired", signedIn: false, before: (snapshot) => (snapshot.session.phase === "signedOut" ? { ...snapshot, session: { ...snapshot.session, why: { why: "expired" } } } : snapshot) },
  { name: "sign-in-unreachable", signedIn: false, before: why(ipcError("serverUnreachable", { detail: "connection refused (os error 111)" })) },
  { name: "sign-in-bad-certificate", signedIn: false, before: why(ipcError("badCertificate", { detail: "invalid peer certificate: UnknownIssuer" })) },
  { name: "phone-at-rest", signedIn: true },
  { name: "phone-offline", signedIn: true, before: (snapshot) => ({ ...snapshot, system: LOST }) },
  { name: "phone-slow", signedIn: true, before: (snapshot) => ({ ...snapshot, system: { ...snapshot.system, internet: { ...OK, level: "warn", why: "slow" }, internetMs: 480 } }) },
  { name: "phone-no-microphone", signedIn: true, before: (snapshot) => ({ ...snapshot, devices: { ...snapshot.devices, microphoneFault: "missing" }, system: { ...snapshot.system, sound: { ...OK, level: "bad", why: "microphoneMissing" } } }) },
  { name: "client", signedIn: true, then: async ({ fake, t }) => { fake.place(KHALED, { line: "talking", talkMs: 4000 }); await client(t, "presence-on-call"); await expect.element(page.getByRole("heading", { level: 2, name: "Khaled Al-Amin" })).toBeVisible(); } },
  { name: "client-stranger", signedIn: true, then: async ({ fake, t }) => { fake.rows = fake.rows.map((row, at) => (at === 0 ? { ...row, person: NOBODY } : row)); await client(t, "presence-available"); await expect.element(page.getByText(t("client-stranger"))).toBeVisible(); } },
  { name: "client-empty", signedIn: true, then: async ({ fake, t }) => { fake.rows = []; await client(t, "presence-available"); await expect.element(page.getByText(t("client-empty"), { exact: true })).toBeVisible(); } },
  ...(["settings-calls", "settings-notifications", "settings-language", "theme", "settings-shortcuts", "settings-about"] as const).map((word): Scene => ({ name: word === "theme" ? "settings-appearance" : word, signedIn: true, then: async ({ t }) => { await userEvent.keyboard("{Control>},{/Control}"); await choosePage(t, t(word)); } })),
  ...([["statuses", null], ["status-new", "statuses-new"]] as const).map(([name, button]): Scene => ({
    name, signedIn: true, before: (snapshot) => ({ ...snapshot, rights: { ...OWN_RIGHTS, role: "systemOwner", administers: "everybody" } }),
    then: async ({ t }) => {
      await userEvent.keyboard("{Control>},{/Control}");
      await choosePage(t, t("statuses-page"));
      await expect.element(page.getByRole("list", { name: t("statuses-page"), exact: true })).toBeVisible();
      if (button) await page.getByRole("button", { name: t(button), exact: true }).click();
    },
  })),
  ...([["queues", null], ["queue-new", "queues-new"], ["queue-edit", "queues-edit"]] as const).map(([name, button]): Scene => ({
    name, signedIn: true, before: (snapshot) => ({ ...snapshot, rights: { ...OWN_RIGHTS, role: "systemOwner", administers: "everybody" } }),
    then: async ({ t }) => {
      await userEvent.keyboard("{Control>},{/Control}");
      await choosePage(t, t("queues-page"));
      await expect.element(page.getByRole("list", { name: t("queues-page"), exact: true })).toBeVisible();
      if (button === null) return;
      await page.getByRole("button", { name: button === "queues-edit" ? saying(t(button, { queue: "Sales" })) : t(button) }).click();
      await expect.element(page.getByRole("dialog")).toBeVisible();
    },
  })),
  { name: "panel", signedIn: true, before: supervising, then: () => livePanel() },
  { name: "panel-queue", signedIn: true, before: supervising, then: async () => { await livePanel(); await page.getByRole("button", { name: "Sales", exact: true }).click(); } },
  { name: "panel-below", signedIn: true, before: supervising, then: async ({ t }) => { await livePanel(); await expect.element(page.getByRole("figure", { name: t("panel-chart-breaks") })).toBeInTheDocument(); page.getByRole("figure", { name: t("panel-chart-breaks") }).element().scrollIntoView({ block: "end" }); page.getByRole("group", { name: saying(t("panel-chart-read", { title: t("panel-chart-directions") })) }).element().focus(); await userEvent.keyboard("{ArrowDown}"); } },
  { name: "panel-reading", signedIn: true, before: supervising, then: async ({ t }) => { await livePanel(); page.getByRole("group", { name: saying(t("panel-chart-read", { title: t("panel-chart-calls") })) }).element().focus(); await userEvent.keyboard("{End}"); } },
  { name: "panel-people", signedIn: true, before: supervising, then: async ({ t }) => { await livePanel(); page.getByRole("heading", { name: t("panel-agents"), exact: true }).element().scrollIntoView({ block: "start" }); page.getByRole("button", { name: saying(t("panel-listen-to", { person: "Omar Nasser" })) }).element().focus(); } },
  { name: "panel-menu", signedIn: true, before: supervising, then: async ({ t }) => { await livePanel(); await page.getByRole("button", { name: saying(t("panel-agent-actions", { person: "Dina Farouk" })) }).click(); await expect.element(page.getByRole("menuitem", { name: t("panel-whisper"), exact: true })).toBeVisible(); } },
  { name: "panel-recordings", signedIn: true, before: supervising, then: async ({ t }) => { await livePanel(); await page.getByRole("button", { name: saying(t("panel-agent-actions", { person: "Omar Nasser" })) }).click(); await page.getByRole("menuitem", { name: t("panel-recordings") }).click(); await expect.element(page.getByRole("button", { name: saying(t("recordings-listen", { person: "Grace Hopper" })) }).first()).toBeVisible(); } },
  { name: "panel-send", signedIn: true, before: supervising, then: async ({ t }) => { await livePanel(); await page.getByRole("button", { name: saying(t("panel-caller-actions", { person: "Daniel Okafor" })) }).click(); await page.getByRole("menuitem", { name: t("panel-send"), exact: true }).click(); await page.getByRole("option", { name: /Billing/ }).click(); } },
  { name: "panel-end-sessions", signedIn: true, before: supervising, then: async ({ t }) => { await livePanel(); await page.getByRole("button", { name: saying(t("panel-agent-actions", { person: "Layla Mansour" })) }).click(); await page.getByRole("menuitem", { name: t("directory-end-sessions"), exact: true }).click(); await expect.element(page.getByRole("alertdialog")).toBeVisible(); } },
  { name: "panel-wallboard", signedIn: true, before: supervising, then: async ({ t }) => { await livePanel(); await page.getByRole("button", { name: t("panel-wall-open"), exact: true }).click(); await expect.element(page.getByRole("dialog", { name: t("panel-wall"), exact: true })).toBeVisible(); } },
  { name: "panel-stale", signedIn: true, before: (snapshot) => ({ ...supervising(snapshot), system: LOST }), then: async ({ fake, t }) => { fake.panel.now = { ...PANEL, complete: false }; await livePanel(); await expect.element(page.getByText(t("panel-stale"))).toBeVisible(); } },
  { name: "panel-quiet", signedIn: true, before: supervising, then: async ({ fake, t }) => { fake.panel.now = { ...PANEL, queues: [], waiting: [] }; fake.panel.charts = { ...CHARTS, halfHours: CHARTS.halfHours.map((one) => ({ ...one, answered: 0, abandoned: 0, serviceLevel: null })), directions: [], breaks: [] }; await toPanel(); await expect.element(page.getByText(t("panel-no-queues"))).toBeVisible(); } },
  { name: "panel-empty", signedIn: true, before: supervising, then: async ({ fake, t }) => { fake.panel.now = { ...PANEL, queues: [], waiting: [], agents: [] }; await toPanel(); await expect.element(page.getByText(t("panel-empty-note"))).toBeVisible(); } },
  { name: "panel-loading", signedIn: true, before: supervising, then: async ({ fake, t }) => { fake.hang("panelGet"); await toPanel(); await expect.poll(() => document.querySelector(`[aria-label="${t("loading")}"]`)?.childElementCount ?? 0).toBeGreaterThan(3); } },
  { name: "panel-failed", signedIn: true, before: supervising, then: async ({ fake, t }) => { fake.failNext("panelGet", ipcError("serverUnreachable", { detail: "connection refused (os error 111)" })); await toPanel(); await expect.element(page.getByText(t("panel-failed"))).toBeVisible(); } },
  { name: "panel-forbidden", signedIn: true, before: supervising, then: async ({ fake, t }) => { fake.failNext("panelGet", ipcError("notYours")); await toPanel(); await expect.element(page.getByText(t("panel-forbidden"))).toBeVisible(); } },
  { name: "directory", signedIn: true, before: administering, then: () => directory() },
  { name: "directory-menu", signedIn: true, before: administering, then: async () => { await directory(); await openMenu(/Layla/); } },
  { name: "directory-force", signedIn: true, before: administering, then: async ({ t }) => { await directory(); await openMenu(/Layla/); await forceMenu(t); } },
  { name: "directory-force-words", signedIn: true, before: administering, then: async ({ t }) => { await directory(); await openMenu(/Layla/); await forceMenu(t); await page.getByRole("menuitemradio", { name: t("status-other") }).click(); await expect.element(page.getByRole("textbox", { name: t("directory-force-words") })).toBeVisible(); } },
  { name: "directory-card", signedIn: true, before: administering, then: async ({ t }) => { await directory(); await openCard(t, "Layla Mansour"); } },
  { name: "directory-card-read-only", signedIn: true, before: administering, then: async ({ t }) => { await directory(); await openCard(t, "زياد عبّود"); await expect.element(page.getByText(t("directory-read-only"))).toBeVisible(); } },
  {
    name: "directory-card-refused", signedIn: true, before: administering,
    then: async ({ t }) => {
      await directory();
      await openCard(t, "Layla Mansour");
      await page.getByRole("textbox", { name: t("email") }).fill("rana@maydan.example");
      await page.getByRole("dialog").getByRole("button", { name: t("save") }).click();
      await expect.element(page.getByText(t("error-emailTaken"))).toBeVisible();
    },
  },
  { name: "directory-new", signedIn: true, before: administering, then: async ({ t }) => { await directory(); await press(t("directory-new")); await expect.element(page.getByRole("textbox", { name: t("directory-column-extension"), exact: true })).toBeVisible(); await press(t("directory-password-make")); await expect.element(page.getByLabelText(t("password"), { exact: true })).toHaveValue("kV7-mPq2_xTr9+Za"); } },
  {
    name: "directory-conflict", signedIn: true, before: administering,
    then: async ({ fake, t }) => {
      await directory();
      await openCard(t, "Layla Mansour");
      await page.getByRole("textbox", { name: t("directory-column-name"), exact: true }).fill("Layla Al-Mansour");
      fake.directory.change("u-layla", { name: "ليلى منصور", role: "receptionist", acl: [] });
      await page.getByRole("dialog").getByRole("button", { name: t("save") }).click();
      await expect.element(page.getByText(t("directory-conflict"))).toBeVisible();
    },
  },
  { name: "directory-unsaved", signedIn: true, before: administering, then: async ({ t }) => { await directory(); await openCard(t, "Layla Mansour"); await page.getByRole("textbox", { name: t("directory-column-name"), exact: true }).fill("Layla"); await userEvent.keyboard("{Escape}"); await expect.element(page.getByRole("alertdialog")).toBeVisible(); } },
  { name: "directory-delete", signedIn: true, before: administering, then: async ({ t }) => { await directory(); await openMenu(/Layla/); await page.getByRole("menuitem", { name: t("directory-delete") }).click(); await expect.element(page.getByRole("alertdialog")).toBeVisible(); } },
  { name: "directory-empty", signedIn: true, before: administering, then: async ({ fake, t }) => { fake.directory.people = []; await toDirectory(); await expect.element(page.getByText(t("directory-empty-note"))).toBeVisible(); } },
  { name: "directory-none-found", signedIn: true, before: administering, then: async ({ t }) => { await directory(); await page.getByRole("textbox", { name: t("directory-search") }).fill("zzz"); await expect.element(page.getByText(t("directory-none-found-note"))).toBeVisible(); } },
  { name: "directory-loading", signedIn: true, before: administering, then: async ({ fake, t }) => { fake.hang("directoryGet"); await toDirectory(); await expect.poll(() => document.querySelector(`[aria-label="${t("loading")}"]`)?.childElementCount ?? 0).toBeGreaterThan(3); } },
  { name: "directory-failed", signedIn: true, before: administering, then: async ({ fake, t }) => { fake.failNext("directoryGet", ipcError("notYours", { detail: "403 GET /v1/users" })); await toDirectory(); await expect.element(page.getByText(t("directory-failed"))).toBeVisible(); } },
  { name: "bulk-range", signedIn: true, before: administering, then: async ({ t }) => { await directory(); await press(t("bulk-range")); await expect.element(page.getByRole("textbox", { name: t("bulk-first"), exact: true })).toBeVisible(); } },
  { name: "bulk-range-plan", signedIn: true, before: administering, then: async ({ t }) => { await rangePlan(t); } },
  { name: "bulk-running", signedIn: true, before: administering, then: async ({ fake, t }) => { fake.bulk.waits = true; await rangePlan(t); await page.getByRole("button", { name: saying(t("bulk-start", { count: 10 })) }).click(); fake.bulkGoesOn(7); await expect.element(page.getByRole("progressbar")).toBeVisible(); } },
  { name: "bulk-interrupted", signedIn: true, before: administering, then: async ({ fake, t }) => { fake.bulk.waits = true; await rangePlan(t); await page.getByRole("button", { name: saying(t("bulk-start", { count: 10 })) }).click(); fake.bulkGoesOn(7, "interrupted"); await expect.element(page.getByText(t("bulk-interrupted"))).toBeVisible(); } },
  { name: "bulk-done", signedIn: true, before: administering, then: async ({ t }) => { await rangePlan(t); await page.getByRole("button", { name: saying(t("bulk-start", { count: 10 })) }).click(); await expect.element(page.getByText(saying(t("bulk-done", { count: 10 })))).toBeVisible(); } },
  { name: "bulk-import", signedIn: true, before: administering, then: async ({ t }) => { await directory(); await press(t("bulk-import")); await expect.element(page.getByText(t("bulk-pick-note"))).toBeVisible(); } },
  { name: "bulk-import-columns", signedIn: true, before: administering, then: async ({ t }) => { await usersFile(t); } },
  { name: "bulk-import-plan", signedIn: true, before: administering, then: async ({ t }) => { await usersFile(t); await press(t("bulk-check")); await expect.element(page.getByText(t("bulk-why-noRole"))).toBeVisible(); } },
  { name: "directory-offline", signedIn: true, before: (snapshot) => ({ ...administering(snapshot), system: LOST }), then: () => directory() },
  { name: "directory-crowd", signedIn: true, before: administering, then: async ({ fake }) => { fake.directory.people = crowd(10_000); await directory(); page.getByRole("grid").element().focus(); await userEvent.keyboard("{End}"); await expect.poll(() => plain(document.querySelector("[aria-rowindex='10001']")?.textContent ?? "")).toContain("19999"); } },
  { name: "directory-forced", signedIn: true, then: async ({ fake }) => { fake.emit({ kind: "statusForced", by: "رنا خوري Khoury", byExtension: "2104", status: { id: "break", kind: "break", text: "" } }); await expect.element(page.getByRole("alert").filter({ hasText: "Khoury" })).toBeVisible(); } },
  { name: "directory-more", signedIn: true, before: administering, then: async ({ t }) => { if (innerWidth < 720) await page.getByRole("button", { name: t("section-more") }).click(); } },
  { name: "extensions", signedIn: true, before: administering, then: async ({ t }) => { await userEvent.keyboard("{Control>},{/Control}"); await choosePage(t, t("extensions-page")); await expect.element(page.getByText("Reception desk")).toBeVisible(); } },
  { name: "team-rules", signedIn: true, before: owning, then: async ({ t }) => { await userEvent.keyboard("{Control>},{/Control}"); await choosePage(t, t("rules-page")); await expect.element(page.getByRole("switch", { name: t("rules-agents-see") })).toBeInTheDocument(); } },
  { name: "audit", signedIn: true, before: owning, then: async ({ t }) => { await userEvent.keyboard("{Control>},{/Control}"); await choosePage(t, t("audit-page")); await page.getByRole("button", { name: saying(t("audit-changes", { count: 2 })) }).first().click(); } },
  { name: "extensions-unregister", signedIn: true, before: administering, then: async ({ t }) => { await userEvent.keyboard("{Control>},{/Control}"); await choosePage(t, t("extensions-page")); await page.getByRole("row", { name: /Rana/ }).getByRole("button").click(); await expect.element(page.getByRole("alertdialog")).toBeVisible(); } },
  { name: "keep-running-told", signedIn: true, then: async ({ fake, t }) => { fake.emit({ kind: "keepRunningTold" }); await expect.element(page.getByText(t("keep-running-title"))).toBeVisible(); } },
  { name: "notice-ringing", signedIn: true, notice: NOTICE, then: ({ fake }) => fake.setNotice(noticeOf([KHALED])) },
  { name: "notice-unknown", signedIn: true, notice: NOTICE, then: ({ fake }) => fake.setNotice(noticeOf([NOBODY])) },
  { name: "notice-hidden", signedIn: true, notice: NOTICE, then: ({ fake }) => fake.setNotice(noticeOf([null])) },
  { name: "notice-second-call", signedIn: true, notice: NOTICE, then: ({ fake }) => fake.setNotice({ ...noticeOf([LINA]), talking: "9" }) },
  { name: "notice-two-calls", signedIn: true, notice: { width: 388, height: 352 }, then: ({ fake }) => fake.setNotice(noticeOf([KHALED, { number: "+971500000000", name: "Anna-Maria Magdalena van der Hoogenbosch-Vandenberghe عبد الرحمن" }])) },
  { name: "notice-missed", signedIn: true, notice: { width: 388, height: 220 }, then: ({ fake }) => fake.setNotice({ ringing: [], talking: null, missed: noticeOf([KHALED, NOBODY, null]).ringing }) },
  { name: "team", signedIn: true, then: async () => { await section("team"); } },
  {
    name: "team-presence-only", signedIn: true,
    before: (snapshot) => ({
      ...snapshot, rights: { ...OWN_RIGHTS, switches: { ...USUAL, calls: false } },
      team: snapshot.team && { known: true, colleagues: snapshot.team.colleagues.map((one) => (["u-hana", "u-tariq"].includes(one.id) ? { ...one, hidden: true, kind: "offline" as const, text: "", ageMs: null } : { ...one, call: one.call && { ringing: false, ageMs: null, with: null } })) },
    }),
    then: async () => { await section("team"); },
  },
  { name: "team-presence-off", signedIn: true, before: (snapshot) => ({ ...snapshot, rights: { ...OWN_RIGHTS, switches: { ...USUAL, presence: false } } }), then: async () => { await section("team"); } },
  { name: "team-of-two-departments", signedIn: true, before: (snapshot) => ({ ...snapshot, rights: { ...ADMINISTRATOR, watches: [SALES], switches: { ...USUAL, operations: true } } }), then: async () => { await section("team"); } },
  {
    name: "team-send-call", signedIn: true, before: (snapshot) => ({ ...snapshot, rights: { ...OWN_RIGHTS, switches: { ...USUAL, operations: true } } }),
    then: async ({ t }) => {
      await section("team");
      await page.getByRole("listitem").filter({ hasText: "Omar Nasser" }).getByRole("button", { name: /Omar/ }).last().click();
      await page.getByRole("button", { name: t("team-send") }).click();
      await expect.element(page.getByRole("dialog", { name: /Omar/ })).toBeVisible();
    },
  },
  {
    name: "supervise-listen", signedIn: true,
    before: (snapshot) => ({ ...supervising(snapshot), team: snapshot.team && { ...snapshot.team, colleagues: snapshot.team.colleagues.map((one) => ({ ...one, may: { supervise: true, operate: false } })) } }),
    then: async ({ fake }) => {
      await section("team");
      fake.supervising({ user: "u-omar", mode: "listen" }, { talkMs: 35_000 });
      await page.getByRole("listitem").filter({ hasText: "Omar Nasser" }).hover();
    },
  },
  { name: "supervise-whisper", signedIn: true, then: ({ fake }) => void fake.supervising({ user: "u-omar", mode: "whisper" }, { talkMs: 35_000 }) },
  { name: "supervised-call", signedIn: true, then: ({ fake }) => void fake.place(KHALED, { ...talking, supervisedBy: { name: "سارة حداد", mode: "listen" } }) },
  { name: "conference", signedIn: true, then: ({ fake }) => { fake.place(GRACE, { ...talking, conference: true }); fake.place(KHALED, { ...talking, conference: true }); } },
  {
    name: "rights", signedIn: true, before: (snapshot) => ({ ...snapshot, rights: ADMINISTRATOR }),
    then: async ({ t }) => {
      await section("team");
      await page.getByRole("listitem").filter({ hasText: "Rana Khoury" }).getByRole("button", { name: /Rana/ }).last().click();
      await page.getByRole("button", { name: t("rights-open") }).click();
      await expect.element(page.getByRole("switch", { name: t("rights-calls"), exact: true })).toBeInTheDocument();
    },
  },
  { name: "team-unknown", signedIn: true, before: (snapshot) => ({ ...snapshot, system: LOST, team: snapshot.team && { ...snapshot.team, known: false } }), then: async () => { await section("team"); } },
  { name: "team-alone", signedIn: true, before: (snapshot) => ({ ...snapshot, team: { known: true, colleagues: [] } }), then: async () => { await section("team"); } },
  { name: "phone-never-called", signedIn: true, then: ({ fake }) => { fake.rows = []; fake.emit({ kind: "history", unseenMissed: 0 }); } },
  { name: "incoming", signedIn: true, then: ({ fake }) => void fake.ring(KHALED) },
  { name: "incoming-unknown", signedIn: true, then: ({ fake }) => void fake.ring(NOBODY) },
  { name: "incoming-silenced", signedIn: true, then: ({ fake }) => void fake.ring(KHALED, { silenced: true }) },
  { name: "outgoing-preparing", signedIn: true, then: ({ fake }) => void fake.place(GRACE) },
  { name: "outgoing-calling", signedIn: true, then: ({ fake }) => void fake.place(GRACE, { line: "calling" }) },
  { name: "outgoing-queued", signedIn: true, then: ({ fake }) => void fake.place({ name: "", number: "800" }, { line: "calling", queuePlace: { position: 3, waitS: 95 } }) },
  { name: "outgoing-ringing", signedIn: true, then: ({ fake }) => void fake.place(GRACE, { line: "ringingThere", ageMs: 7000 }) },
  { name: "outgoing-early-media", signedIn: true, then: ({ fake }) => void fake.place(GRACE, { line: "earlyMedia", media: "connected", ageMs: 9000 }) },
  { name: "talking", signedIn: true, then: async ({ fake }) => { const { id } = fake.place(KHALED, talking); await speak(fake); fake.change(id, {}); } },
  { name: "talking-recorded", signedIn: true, then: ({ fake }) => void fake.place(KHALED, { ...talking, recording: { state: "on", automatic: true, mayPress: false, mayPause: true } }) },
  { name: "talking-record-button", signedIn: true, then: ({ fake }) => void fake.place(KHALED, { ...talking, recording: { state: "paused", automatic: false, mayPress: true, mayPause: true } }) },
  { name: "recordings", signedIn: true, then: async ({ fake, t }) => { await section("history"); await page.getByRole("radio", { name: t("filter-recordings"), exact: true }).click(); await page.getByRole("button", { name: saying(t("recordings-listen", { person: "Grace Hopper" })) }).first().click(); fake.setPlayer({ recording: "recording-0", state: "playing", positionMs: 21_000, durationMs: 61_000, speed: 1 }); fake.emit({ kind: "recordingsWaiting", waiting: 2 }); await expect.element(page.getByRole("slider", { name: t("player-position") })).toBeInTheDocument(); } },
  { name: "phone-parked", signedIn: true, before: (snapshot) => ({ ...snapshot, rights: { ...OWN_RIGHTS, switches: { ...OWN_RIGHTS.switches, parking: true } }, parked: [...PARKED] }), then: async ({ t }) => { await expect.element(page.getByText(t("park-title"), { exact: true }).first()).toBeInTheDocument(); } },
  { name: "talking-parking", signedIn: true, before: (snapshot) => ({ ...snapshot, rights: { ...OWN_RIGHTS, switches: { ...OWN_RIGHTS.switches, parking: true } } }), then: async ({ fake, t }) => { fake.place(KHALED, talking); await page.getByRole("button", { name: t("park"), exact: true }).click(); await expect.element(page.getByRole("button", { name: t("park-take-back") })).toBeInTheDocument(); } },
  { name: "voicemail", signedIn: true, before: (snapshot) => ({ ...snapshot, voicemail: { enabled: true, messages: 4, new: 2 } }), then: async ({ fake, t }) => { await section("history"); await page.getByRole("radio", { name: new RegExp(t("filter-voicemail")) }).click(); await page.getByRole("button", { name: saying(t("voicemail-listen", { person: "Grace Hopper" })) }).click(); fake.setPlayer({ recording: "message-1", state: "playing", positionMs: 3_000, durationMs: 8_200, speed: 1 }); await expect.element(page.getByRole("slider", { name: t("player-position") })).toBeInTheDocument(); } },
  { name: "voicemail-none", signedIn: true, before: (snapshot) => ({ ...snapshot, unseenMissed: 0, voicemail: { enabled: true, messages: 0, new: 0 } }), then: async ({ fake, t }) => { fake.messages = []; await section("history"); await page.getByRole("radio", { name: t("filter-voicemail"), exact: true }).click(); await expect.element(page.getByText(t("voicemail-none"), { exact: true })).toBeVisible(); } },
  { name: "talking-good", signedIn: true, then: ({ fake }) => { const { id } = fake.place(KHALED, talking); fake.setQuality(id, GOOD_QUALITY); } },
  {
    name: "talking-unsteady", signedIn: true,
    then: async ({ fake, t }) => {
      const { id } = fake.place(KHALED, talking);
      fake.setQuality(id, CHOPPY_QUALITY);
      await page.getByRole("button", { name: t("quality-unsteady") }).click();
    },
  },
  { name: "talking-while-muted", signedIn: true, before: (snapshot) => ({ ...snapshot, muted: true, devices: { ...snapshot.devices, speaksWhileMuted: true } }), then: ({ fake }) => void fake.place(KHALED, talking) },
  { name: "talking-muted", signedIn: true, before: (snapshot) => ({ ...snapshot, muted: true }), then: ({ fake }) => void fake.place(KHALED, talking) },
  { name: "held", signedIn: true, then: ({ fake }) => void fake.place(KHALED, { ...talking, line: "held", heldMs: 31_000 }) },
  { name: "held-by-far-end", signedIn: true, then: ({ fake }) => void fake.place(KHALED, { ...talking, heldByFarEnd: true }) },
  { name: "connecting-sound", signedIn: true, then: ({ fake }) => void fake.place(KHALED, { ...talking, media: "connecting", talkMs: 1000 }) },
  { name: "reconnecting", signedIn: true, then: ({ fake }) => void fake.place(KHALED, { ...talking, media: "reconnecting" }) },
  { name: "server-lost-in-call", signedIn: true, then: ({ fake }) => { fake.place(KHALED, talking); fake.setSystem(LOST); } },
  { name: "microphone-lost-in-call", signedIn: true, then: ({ fake }) => { fake.place(KHALED, talking); fake.setDevices({ microphoneFault: "lost" }); fake.setSystem({ sound: { ...OK, level: "bad", why: "microphoneLost" } }); } },
  { name: "two-calls", signedIn: true, then: ({ fake }) => { fake.place(LINA, { ...talking, line: "held", heldMs: 24_000 }); fake.place(KHALED, talking); } },
  { name: "transfer-choose", signedIn: true, then: async ({ fake }) => { fake.place(KHALED, talking); await userEvent.keyboard("{Control>}t{/Control}"); await expect.element(page.getByRole("option", { name: /Rana Khoury/ })).toBeVisible(); } },
  {
    name: "transfer-nobody-found", signedIn: true,
    then: async ({ fake, t }) => { fake.place(KHALED, talking); await userEvent.keyboard("{Control>}t{/Control}"); await page.getByPlaceholder(t("transfer-search")).fill("zzzz"); await expect.element(page.getByText(t("transfer-none-found"))).toBeVisible(); },
  },
  { name: "transfer-asking", signedIn: true, then: ({ fake }) => { const { id } = fake.place(KHALED, { ...talking, line: "held", heldMs: 24_000 }); fake.place(RANA, { line: "talking", media: "connected", talkMs: 18_000, asksFor: id }); } },
  { name: "transfer-running", signedIn: true, then: ({ fake }) => void fake.place(KHALED, { ...talking, line: "held", heldMs: 4000, transfer: { to: { number: "2104", name: "" }, stage: "ringing", fault: null, reason: null, sipCode: null } }) },
  { name: "transfer-failed", signedIn: true, then: ({ fake }) => void fake.place(KHALED, { ...talking, transfer: { to: { number: "2104", name: "" }, stage: "failed", fault: "target", reason: "busy", sipCode: 486 } }) },
  { name: "transferred-here", signedIn: true, then: ({ fake }) => void fake.place(KHALED, { ...talking, transferredBy: RANA }) },
  { name: "second-call", signedIn: true, then: ({ fake }) => { fake.place(KHALED, talking); fake.ring(LINA, { ageMs: 9000 }); } },
  { name: "ended-busy", signedIn: true, then: ({ fake }) => { const { id } = fake.place(RANA, { line: "calling" }); fake.end(id, "busy", 486); } },
  { name: "ended-talked", signedIn: true, then: ({ fake }) => { const { id } = fake.place(KHALED, talking); fake.end(id, "remoteHangUp"); } },
  { name: "refused-command", signedIn: true, then: ({ fake }) => fake.emit({ kind: "problem", error: ipcError("farEndRefused", { detail: "488 Not Acceptable Here" }), call: null }) },
  { name: "keypad", signedIn: true, then: async ({ fake, t }) => { fake.place(KHALED, talking); await press(t("keypad")); for (const key of ["4", "2", "0", "1"]) await press(key); } },
  { name: "devices", signedIn: true, then: async ({ fake, t }) => { fake.place(KHALED, talking); await page.getByText(t("devices-open"), { exact: true }).click({ force: true }); } },
  { name: "system", signedIn: true, before: (snapshot) => ({ ...snapshot, system: { ...LOST, sound: { ...OK, level: "warn", why: "microphoneBusy", detail: "device or resource busy" } } }), then: ({ t }) => pressFirst(t("system-open", { state: t("system-reconnecting") })) },
  { name: "system-ready", signedIn: true, then: ({ t }) => pressFirst(t("system-open", { state: t("system-ready") })) },
  { name: "language", signedIn: true, then: async ({ t }) => { await page.getByRole("button", { name: new RegExp(t("language-menu")) }).first().click(); } },
  { name: "profile", signedIn: true, then: ({ t }) => pressFirst(t("profile-open", { presence: t("presence-available") })) },
  { name: "profile-settings", signedIn: true, then: profilePage },
  { name: "profile-with-photo", signedIn: true, before: (snapshot) => withProfile(snapshot, { avatar: "noor-1" }), then: async () => { await profilePage(); await expect.poll(() => document.querySelector("[data-pane='profile'] [data-picture]")).not.toBeNull(); } },
  { name: "profile-suspended-long-name", signedIn: true, before: (snapshot) => withProfile(snapshot, { active: false, passwordChangedMs: null, role: "manager" }, "Anna-Maria Magdalena van der Hoogenbosch-Vandenberghe عبد الرحمن بن عبد العزيز آل سعود"), then: profilePage },
  { name: "profile-name", signedIn: true, then: async ({ t }) => { await profilePage(); await press(t("profile-name-edit")); await expect.element(page.getByRole("textbox", { name: t("profile-first-name") })).toBeVisible(); } },
  { name: "profile-crop", signedIn: true, then: async ({ t }) => { await profilePage(); dropPicture("noor.jpg"); await expect.element(page.getByRole("dialog", { name: t("crop-title") })).toBeVisible(); await userEvent.keyboard("++++"); } },
  {
    name: "profile-crop-small", signedIn: true,
    then: async ({ fake, t }) => {
      fake.nextPhoto = { kind: "open", photo: 1, width: 160, height: 120, smallerThan: 200 };
      await profilePage();
      dropPicture("صورة قديمة جدًا من الهاتف القديم 2009.png");
      await expect.element(page.getByRole("dialog", { name: t("crop-title") })).toBeVisible();
    },
  },
  { name: "profile-photo-refused", signedIn: true, then: async ({ fake }) => { fake.nextPhoto = { kind: "refused", why: "foreign", format: "HEIC" }; await profilePage(); dropPicture("IMG_20260412_101533.jpg"); await expect.element(page.getByText(/HEIC/)).toBeVisible(); } },
  { name: "profile-photo-remove", signedIn: true, before: (snapshot) => withProfile(snapshot, { avatar: "noor-1" }), then: async ({ t }) => { await profilePage(); await press(t("photo-remove")); await expect.element(page.getByRole("alertdialog")).toBeVisible(); } },
  {
    name: "profile-password", signedIn: true,
    then: async ({ t }) => {
      await profilePage();
      await press(t("password-change-open"));
      await page.getByLabelText(t("password-current"), { exact: true }).fill("Old-One-1");
      await page.getByLabelText(t("password-new"), { exact: true }).fill("Zaytoun7");
      await expect.poll(() => document.querySelectorAll("[data-kept='true']").length).toBe(4);
    },
  },
  {
    name: "profile-password-wrong", signedIn: true,
    then: async ({ fake, t }) => {
      await profilePage();
      await press(t("password-change-open"));
      await page.getByLabelText(t("password-current"), { exact: true }).fill("guess");
      await page.getByLabelText(t("password-new"), { exact: true }).fill("Zaytoun-7");
      await page.getByLabelText(t("password-confirm"), { exact: true }).fill("Zaytoun-7");
      fake.failNext("changePassword", ipcError("wrongPassword", { triesLeft: 3 }));
      const save = page.getByRole("dialog").getByRole("button", { name: t("save") });
      await expect.element(save).toBeEnabled();
      await save.click();
      await expect.element(page.getByLabelText(t("password-current"), { exact: true })).toHaveAttribute("aria-invalid", "true");
    },
  },
  { name: "profile-sip", signedIn: true, before: (snapshot) => (snapshot.session.phase === "signedIn" ? { ...snapshot, session: { ...snapshot.session, user: { ...snapshot.session.user, profile: null, email: "", server: "pbx.example" } } } : snapshot), then: profilePage },
  { name: "log-out-in-a-call", signedIn: true, then: async ({ fake, t }) => { fake.place(KHALED, talking); await pressFirst(t("profile-open", { presence: t("presence-on-call") })); await press(t("session-logout")); } },
  { name: "history", signedIn: true, then: () => section("history") },
  { name: "history-missed", signedIn: true, then: async ({ t }) => { await section("history"); await page.getByRole("radio", { name: new RegExp(`^${t("filter-missed")}`) }).click(); } },
  { name: "history-deleted", signedIn: true, then: async ({ fake, t }) => { await section("history"); await page.getByText("Grace Whitfield").click(); await page.getByRole("listitem").filter({ hasText: "Grace Whitfield" }).getByRole("button", { name: t("history-delete") }).click(); await expect.poll(() => fake.rows.length).toBe(12); } },
  { name: "history-empty", signedIn: true, then: async ({ fake }) => { fake.rows = []; await section("history"); } },
  { name: "history-loading", signedIn: true, then: async ({ fake, t }) => { fake.slowHistory = new Promise(() => {}); await section("history"); await expect.poll(() => document.querySelector(`[aria-label="${t("loading")}"]`)?.childElementCount ?? 0).toBeGreaterThan(3); } },
  { name: "history-failed", signedIn: true, before: (snapshot) => ({ ...snapshot, unseenMissed: 0 }), then: async ({ fake }) => { await expect.element(page.getByText("Khaled Al-Amin").first()).toBeInTheDocument(); fake.failNext("history", ipcError("storageFailed", { detail: "disk I/O error (code 1546)" })); await section("history"); await expect.element(page.getByText("disk I/O error")).toBeVisible(); } },
  { name: "history-passport", signedIn: true, then: ({ fake, t }) => { for (const { id } of fake.rows) fake.passports.set(id, GOOD_PASSPORT); return passport(t, t("passport-head-good")); } },
  { name: "history-passport-choppy", signedIn: true, then: ({ fake, t }) => { for (const { id } of fake.rows) fake.passports.set(id, CHOPPY_PASSPORT); return passport(t, t("passport-head-unsteady")); } },
  { name: "history-passport-none", signedIn: true, then: ({ t }) => passport(t, t("passport-none")) },
  { name: "history-passport-failed", signedIn: true, then: ({ fake, t }) => { fake.failNext("historyQuality", ipcError("storageFailed", { detail: "disk I/O error (code 1546)" })); return passport(t, t("error-storageFailed")); } },
  {
    name: "history-passport-saved", signedIn: true,
    then: async ({ fake, t }) => {
      for (const { id } of fake.rows) fake.passports.set(id, GOOD_PASSPORT);
      await passport(t, t("passport-head-good"));
      await press(t("passport-save"));
      await expect.element(page.getByText(t("passport-saved"))).toBeVisible();
    },
  },
  { name: "history-offline", signedIn: true, before: (snapshot) => ({ ...snapshot, system: LOST }), then: () => section("history") },
  { name: "history-in-a-call", signedIn: true, then: async ({ fake }) => { fake.place(KHALED, talking); await section("history"); } },
  { name: "contacts", signedIn: true, then: () => contacts() },
  { name: "contacts-chosen", signedIn: true, then: async () => { await contacts(); await page.getByRole("option", { name: /Khaled/ }).click(); await expect.element(page.getByRole("heading", { name: "Khaled Al-Amin" })).toBeVisible(); } },
  { name: "contacts-offline", signedIn: true, before: (snapshot) => ({ ...snapshot, system: LOST }), then: async () => { await contacts(); await page.getByRole("option", { name: /Khaled/ }).click(); await expect.element(page.getByRole("heading", { name: "Khaled Al-Amin" })).toBeVisible(); } },
  { name: "contacts-in-step", signedIn: true, before: (snapshot) => ({ ...snapshot, contactsSync: IN_STEP }), then: async () => { await contacts(); await page.getByRole("option", { name: /Khaled/ }).click(); await expect.element(page.getByRole("heading", { name: "Khaled Al-Amin" })).toBeVisible(); } },
  { name: "contacts-copy", signedIn: true, before: (snapshot) => ({ ...snapshot, system: LOST, contactsSync: { ...IN_STEP, phase: { phase: "offline" }, waiting: 3, open: 1 } }), then: async () => { await contacts(); await page.getByRole("option", { name: /Khaled/ }).click(); await expect.element(page.getByRole("heading", { name: "Khaled Al-Amin" })).toBeVisible(); } },
  { name: "contacts-first-sync", signedIn: true, before: (snapshot) => ({ ...snapshot, contactsSync: { ...IN_STEP, syncedAtMs: null, phase: { phase: "working", done: 12_000, total: 50_000 } } }), then: () => contacts() },
  { name: "contacts-company-empty", signedIn: true, before: (snapshot) => ({ ...snapshot, contactsSync: IN_STEP }), then: async ({ t }) => { await contacts(); await page.getByRole("radio", { name: t("contacts-of-company") }).click(); await expect.element(page.getByText(t("contacts-no-company"))).toBeVisible(); } },
  { name: "contacts-company-locked", signedIn: true, before: (snapshot) => ({ ...snapshot, contactsSync: IN_STEP }), then: async (mounted) => { mounted.fake.book.take([{ ...khaled(mounted), book: "company" }]); await contacts(); await page.getByRole("option", { name: /Khaled/ }).click(); await expect.element(page.getByText(mounted.t("contact-company-book-locked"))).toBeVisible(); } },
  { name: "contacts-form-company", signedIn: true, before: (snapshot) => ({ ...snapshot, contactsSync: { ...IN_STEP, companyWritable: true } }), then: async ({ t }) => { await contacts(); await page.getByRole("button", { name: t("contact-new") }).click(); await expect.element(page.getByRole("textbox", { name: t("contact-last-name") })).toBeVisible(); } },
  { name: "contacts-conflict", signedIn: true, before: (snapshot) => ({ ...snapshot, contactsSync: { ...IN_STEP, open: 1 } }), then: async (mounted) => { await conflict(mounted); } },
  { name: "contacts-versions", signedIn: true, before: (snapshot) => ({ ...snapshot, contactsSync: { ...IN_STEP, open: 1 } }), then: async (mounted) => { await conflict(mounted); await page.getByRole("button", { name: mounted.t("versions-compare") }).click(); await expect.element(page.getByRole("dialog").getByText("Sahab Travel")).toBeVisible(); } },
  { name: "contacts-none-found", signedIn: true, then: async ({ t }) => { await contacts(); await page.getByRole("textbox", { name: t("contacts-search") }).fill("zzz"); await expect.element(page.getByText(t("contacts-none-found"))).toBeVisible(); } },
  { name: "contacts-empty", signedIn: true, then: async ({ fake, t }) => { fake.book.people = []; await section("contacts"); await expect.poll(() => document.body.textContent).toContain(t("contacts-empty-note")); } },
  { name: "contacts-loading", signedIn: true, then: async ({ fake, t }) => { fake.hang("contacts"); await section("contacts"); await expect.poll(() => document.querySelector(`[aria-label="${t("loading")}"]`)?.childElementCount ?? 0).toBeGreaterThan(3); } },
  { name: "contacts-failed", signedIn: true, then: async ({ fake }) => { fake.failNext("contacts", ipcError("storageFailed", { detail: "disk I/O error (code 1546)" })); await section("contacts"); await expect.element(page.getByText("disk I/O error")).toBeVisible(); } },
  { name: "contacts-form", signedIn: true, then: async ({ t }) => { await contacts(); await page.getByRole("option", { name: /Khaled/ }).click(); await page.getByRole("button", { name: t("contact-edit"), exact: true }).click(); await expect.element(page.getByRole("textbox", { name: t("contact-last-name") })).toBeVisible(); } },
  { name: "contacts-form-refused", signedIn: true, then: async ({ t }) => { await contacts(); await page.getByRole("button", { name: t("contact-new") }).click(); await page.getByRole("button", { name: t("save"), exact: true }).click(); await expect.element(page.getByText(t("contact-fault-missing"))).toBeVisible(); } },
  { name: "contacts-menu", signedIn: true, then: async ({ t }) => { await contacts(); await page.getByRole("button", { name: t("contacts-more") }).click(); } },
  { name: "contacts-from-outside", signedIn: true, then: async ({ fake, t }) => { fake.book.sources.set("c-khaled", "عملاء"); await contacts(); await page.getByRole("option", { name: /Khaled/ }).click(); await expect.element(page.getByRole("button", { name: t("contact-copy-to-mine") })).toBeVisible(); } },
  { name: "sources-empty", signedIn: true, then: async ({ t }) => { await sources(t); await expect.element(page.getByText(t("sources-empty"))).toBeVisible(); } },
  {
    name: "sources", signedIn: true,
    then: async ({ fake, t }) => {
      fake.sourceBooks.all = [sourceOf("s-1", "عملاء"), sourceOf("s-2", "Offices", { ...LDAP_BOOK, fault: { why: "unreachable", detail: "" } }), sourceOf("s-3", "Suppliers", { count: 0, readAtMs: null, reading: true })];
      await sources(t);
      await expect.element(page.getByText("Offices")).toBeVisible();
    },
  },
  { name: "source-remove", signedIn: true, then: async ({ fake, t }) => { fake.sourceBooks.all = [sourceOf("s-1", "عملاء")]; await sources(t); await page.getByRole("dialog").getByRole("listitem").getByRole("button").last().click(); await expect.element(page.getByRole("dialog").getByRole("alert")).toBeVisible(); } },
  { name: "source-form-error", signedIn: true, then: async ({ fake, t }) => { fake.sourceBooks.trial = { kind: "fails", fault: { why: "unknownIssuer", detail: "UnknownIssuer" } }; await tested(t); await expect.element(page.getByRole("dialog").getByRole("alert")).toBeVisible(); } },
  { name: "source-form-choice", signedIn: true, then: async ({ fake, t }) => { fake.sourceBooks.trial = { kind: "choose", books: [{ name: "عملاء", address: "https://cloud.example/1/" }, { name: "Suppliers", address: "https://cloud.example/2/" }] }; await tested(t); await expect.element(page.getByRole("button", { name: /Suppliers/ })).toBeVisible(); } },
  { name: "source-form-tested", signedIn: true, then: async ({ t }) => { await tested(t, true); await expect.poll(() => plain(document.body.textContent ?? "")).toContain(t("source-works", { count: 3 })); } },
  { name: "contacts-import-pick", signedIn: true, then: async ({ t }) => { await contacts(); await page.getByRole("button", { name: t("import"), exact: true }).click(); } },
  { name: "contacts-import-table", signedIn: true, then: async ({ t }) => { await contacts(); dropFile(); await expect.element(page.getByText(t("import-is-table"), { exact: true })).toBeVisible(); } },
  { name: "contacts-import-cards", signedIn: true, then: async ({ fake, t }) => { await contacts(); fake.book.preview = { ...fake.book.preview, table: null }; dropFile(); await expect.element(page.getByText(t("import-is-cards"), { exact: true })).toBeVisible(); } },
  { name: "contacts-importing", signedIn: true, then: async ({ fake }) => { await contacts(); fake.hang("contactsImport"); dropFile(); await page.getByRole("dialog").getByRole("button").last().click(); fake.emit({ kind: "contactsImport", done: 40, total: 100 }); await expect.element(page.getByRole("progressbar")).toBeVisible(); } },
  { name: "contacts-imported", signedIn: true, then: async () => { await contacts(); dropFile(); await page.getByRole("dialog").getByRole("button").last().click(); await expect.element(page.getByRole("dialog").getByRole("status").first()).toBeVisible(); } },
  { name: "devices-screen", signedIn: true, then: () => section("settings") },
  { name: "devices-testing-microphone", signedIn: true, then: async ({ fake }) => { await section("settings"); fake.setDevices({ test: { purpose: "microphone", device: null, phase: "recording", outcome: null } }); await settled(); for (let at = 0; at < 4; at += 1) fake.setLevels({ microphoneDbfs: -22, callerDbfs: -127 }); } },
  { name: "devices-testing-speaker", signedIn: true, then: async ({ fake }) => { await section("settings"); fake.setDevices({ test: { purpose: "speaker", device: null, phase: "soundingLeft", outcome: null } }); } },
  { name: "devices-silent", signedIn: true, then: async ({ fake }) => { await section("settings"); fake.setDevices({ test: { purpose: "microphone", device: null, phase: "over", outcome: "silent" } }); } },
  { name: "devices-not-heard", signedIn: true, then: async ({ fake }) => { await section("settings"); fake.setDevices({ test: { purpose: "speaker", device: null, phase: "over", outcome: "notHeard" } }); } },
  { name: "devices-no-permission", signedIn: true, then: async ({ fake }) => { await section("settings"); fake.setDevices({ test: { purpose: "microphone", device: null, phase: "over", outcome: "noPermission" } }); } },
  { name: "devices-fallback", signedIn: true, before: (snapshot) => ({ ...snapshot, devices: { ...snapshot.devices, microphones: [{ ...MICROPHONE, isDefault: true }], microphone: slotOf(HEADSET, MICROPHONE), speaker: slotOf(HEADSET, SPEAKERS), speakers: [{ ...SPEAKERS, isDefault: true, isMuted: true }] } }), then: () => section("settings") },
  { name: "devices-unsaved", signedIn: true, then: async ({ t }) => { await section("settings"); await chooseMicrophone(t); } },
  { name: "devices-leaving-unsaved", signedIn: true, then: async ({ t }) => { await section("settings"); await chooseMicrophone(t); await section("phone"); await expect.element(page.getByText(t("devices-unsaved-title"))).toBeVisible(); } },
  { name: "devices-loading", signedIn: true, before: (snapshot) => ({ ...snapshot, devices: { ...snapshot.devices, listed: false } }), then: async ({ t }) => { await section("settings"); await expect.poll(() => document.querySelector(`[aria-label="${t("loading")}"]`)?.childElementCount ?? 0).toBe(3); } },
  { name: "devices-empty", signedIn: true, before: (snapshot) => ({ ...snapshot, devices: { ...snapshot.devices, microphones: [], speakers: [], microphone: slotOf(null, null), speaker: slotOf(null, null) } }), then: () => section("settings") },
  { name: "devices-offline", signedIn: true, before: (snapshot) => ({ ...snapshot, system: LOST }), then: () => section("settings") },
  { name: "devices-in-a-call", signedIn: true, then: async ({ fake }) => { fake.place(KHALED, talking); await section("settings"); } },
  { name: "devices-ringers", signedIn: true, then: async ({ t }) => { await section("settings"); await page.getByRole("button", { name: t("devices-ringer-choose") }).click(); } },
  { name: "device-moved", signedIn: true, then: ({ fake }) => { fake.place(KHALED, talking); fake.emit({ kind: "deviceMoved", purpose: "microphone", name: "Built-in microphone", why: "gone" }); } },
  { name: "sip-account", signedIn: false, then: async ({ t }) => { await page.getByText(t("sip-use"), { exact: true }).click(); await page.getByLabelText(t("sip-url"), { exact: true }).fill("https://pbx.example"); await expect.element(page.getByText(saying(t("sip-url-fault")))).toBeVisible(); } },
  { name: "sign-in-forgot", signedIn: false, then: async ({ t }) => { await press(t("forgot-password")); await expect.element(page.getByRole("heading", { name: t("forgot-title"), exact: true })).toBeVisible(); } },
  { name: "sign-in-forgot-sent", signedIn: false, then: async ({ t }) => { await press(t("forgot-password")); await press(t("forgot-send")); await expect.element(page.getByText(t("forgot-sent-note"))).toBeVisible(); } },
  { name: "sign-in-forgot-no-mail", signedIn: false, then: async ({ fake, t }) => { fake.passwordMail = { mail: "notSent", ask: "Rana, 100" }; await press(t("forgot-password")); await press(t("forgot-send")); await expect.element(page.getByText(saying(t("forgot-ask", { who: "Rana, 100" })))).toBeVisible(); } },
  { name: "sign-in-wrong-password", signedIn: false, then: async ({ fake, t }) => { fake.failNext("signIn", ipcError("wrongPassword", { triesLeft: 4 })); await page.getByLabelText(t("password"), { exact: true }).fill("Correct-1"); await userEvent.keyboard("{Enter}"); await expect.element(page.getByRole("alert")).toBeVisible(); } },
  { name: "practice-starting", signedIn: false, then: async ({ fake, t }) => { fake.hang("tryHere"); await page.getByText(t("practice"), { exact: true }).click(); await expect.element(page.getByText(t("practice-starting"))).toBeVisible(); } },
  { name: "status-menu", signedIn: true, then: openStatus },
  { name: "status-own-words", signedIn: true, then: async (mounted) => { await openStatus(); await page.getByRole("button", { name: mounted.t("status-other") }).click(); } },
  {
    name: "status-pending", signedIn: true, then: openStatus,
    before: (snapshot) => ({ ...snapshot, status: snapshot.status && { ...snapshot.status, id: "other", kind: "other", text: "New product training تدريب على المنتج", pending: { id: "dnd", kind: "doNotDisturb", text: "" } } }),
  },
  { name: "status-marked-offline", signedIn: true, before: (snapshot) => ({ ...snapshot, status: snapshot.status && { ...snapshot.status, markedOffline: true } }) },
  { name: "queue-ready", signedIn: true, before: (snapshot) => ({ ...snapshot, agent: READY }), then: openStatus },
  { name: "queue-wrap-up", signedIn: true, before: (snapshot) => ({ ...snapshot, agent: wrapUp(24_000) }) },
  {
    name: "queue-why-no-calls", signedIn: true,
    before: (snapshot) => ({ ...snapshot, agent: { ...READY, state: "blocked", gates: [gate({ why: "forcedBreak", missed: 3 }), gate({ why: "rejectDelay", leftMs: 8000 }), gate({ why: "skill", queue: "المبيعات", skill: "Français" })] } }),
    then: openStatus,
  },
  { name: "incoming-from-queue", signedIn: true, then: ({ fake }) => void fake.ring(KHALED, { queue: "خدمة العملاء VIP" }) },
  { name: "status-break", signedIn: true, before: (snapshot) => ({ ...snapshot, status: snapshot.status && { ...snapshot.status, id: "break", kind: "break" } }) },
];

const press = (word: string): Promise<void> => page.getByRole("button", { name: word, exact: true }).click();

/** The same button may be there twice, once for the wide and once for the narrow window; one of them is seen. */
async function pressFirst(name: string): Promise<void> {
  await expect.poll(() => buttons(name).length).toBeGreaterThan(0);
  await page.elementLocator(buttons(name)[0] as HTMLElement).click();
}

function buttons(name: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("button")].filter((button) => button.offsetParent && plain(button.getAttribute("aria-label") ?? "") === name);
}

/** In the order of the rail. */
const SECTIONS = ["phone", "contacts", "team", "history", "settings"] as const;

async function section(name: (typeof SECTIONS)[number]): Promise<void> {
  await userEvent.keyboard(`{Control>}${SECTIONS.indexOf(name) + 1}{/Control}`);
}

/** Somebody who administers their department. */
function supervising(snapshot: Snapshot): Snapshot {
  return { ...snapshot, rights: SUPERVISOR };
}

/** After the history, for those who watch over agents. */
async function toPanel(): Promise<void> {
  await userEvent.keyboard("{Control>}5{/Control}");
}

async function livePanel(): Promise<void> {
  await toPanel();
  await expect.poll(() => document.querySelectorAll("main figure").length).toBe(5);
}

function administering(snapshot: Snapshot): Snapshot {
  return { ...snapshot, rights: ADMINISTRATOR };
}

function owning(snapshot: Snapshot): Snapshot {
  return { ...snapshot, rights: { ...ADMINISTRATOR, role: "systemOwner", administers: "everybody" } };
}

/** After the live panel, for those who administer. */
async function toDirectory(): Promise<void> {
  await userEvent.keyboard("{Control>}6{/Control}");
}

async function directory(): Promise<void> {
  await toDirectory();
  await expect.poll(() => document.querySelectorAll("[role='row']").length).toBeGreaterThan(8);
}

/** Twelve Ids, two of whom are there already. */
async function rangePlan(t: Mounted["t"]): Promise<void> {
  await directory();
  await press(t("bulk-range"));
  await page.getByRole("textbox", { name: t("bulk-first"), exact: true }).fill("2100");
  await page.getByRole("textbox", { name: t("bulk-last"), exact: true }).fill("2111");
  await press(t("bulk-check"));
  await expect.element(page.getByRole("list", { name: t("bulk-ids") })).toBeVisible();
}

async function usersFile(t: Mounted["t"]): Promise<void> {
  await directory();
  await press(t("bulk-import"));
  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  if (!input) throw new Error("no field for a file");
  // Not the driver's own upload, which one of the two engines has not.
  const files = new DataTransfer();
  files.items.add(new File(["Id;Name\n2301;Salma\n"], "agents-november.csv", { type: "text/csv" }));
  input.files = files.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  await expect.element(page.getByText("agents-november.csv")).toBeVisible();
}

async function openMenu(name: RegExp): Promise<void> {
  await page.getByRole("row", { name }).click({ button: "right" });
  await expect.element(page.getByRole("menu")).toBeVisible();
}

async function forceMenu(t: Mounted["t"]): Promise<void> {
  await page.getByRole("menuitem", { name: t("directory-force") }).click();
  await expect.element(page.getByRole("menuitemradio", { name: t("presence-meeting") })).toBeVisible();
}

async function openCard(t: Mounted["t"], name: string): Promise<void> {
  await page.getByRole("row", { name: new RegExp(name) }).dblClick();
  await expect.element(page.getByRole("dialog", { name: saying(name) }).getByRole("textbox", { name: t("email") })).toBeVisible();
}

/** By the menu behind the picture. */
async function client(t: Mounted["t"], presence: "presence-available" | "presence-on-call"): Promise<void> {
  await pressFirst(t("profile-open", { presence: t(presence) }));
  await press(t("section-client"));
}

/** The list of outside address books. */
async function sources(t: Mounted["t"]): Promise<void> {
  await contacts();
  await page.getByRole("button", { name: t("contacts-more") }).click();
  await page.getByRole("button", { name: t("sources-open") }).click();
  await expect.element(page.getByRole("dialog").getByRole("heading", { name: t("sources"), exact: true })).toBeVisible();
}

/** The form of an outside address book, and *Test* pressed. */
async function tested(t: Mounted["t"], ldap = false): Promise<void> {
  await sources(t);
  await page.getByRole("button", { name: t("source-add") }).click();
  if (ldap) await page.getByRole("radio", { name: t("source-kind-ldap") }).click();
  await page.getByRole("textbox", { name: t("source-address") }).fill(ldap ? "ldaps://ldap.example" : "https://cloud.example");
  await page.getByRole("button", { name: t("source-test"), exact: true }).click();
}

async function contacts(): Promise<void> {
  await section("contacts");
  await expect.poll(() => document.querySelectorAll("[role='option']").length).toBe(7);
}

function khaled({ fake }: Mounted): Contact {
  const found = fake.book.get("c-khaled");
  if (!found) throw new Error("Khaled is in the book");
  return found;
}

/** Khaled was changed in two places. */
async function conflict(mounted: Mounted): Promise<void> {
  const mine = khaled(mounted);
  mounted.fake.book.dispute(mine.id, { mine, theirs: { ...mine, company: "Sahab Travel", numbers: mine.numbers.slice(0, 1), note: "", groups: ["جملة"] }, refused: false });
  await contacts();
  await page.getByRole("option", { name: /Khaled/ }).click();
  await expect.element(page.getByText(mounted.t("contact-standing-conflict"))).toBeVisible();
}

function dropFile(): void {
  const files = new DataTransfer();
  files.items.add(new File(["a;b"], "عملاء customers.csv"));
  document.querySelector("section[data-pane]")?.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
}

async function profilePage(): Promise<void> {
  history.replaceState(null, "", location.pathname + location.search);
  location.hash = "#profile";
  await expect.poll(() => document.querySelector("dl")).not.toBeNull();
}

function withProfile(snapshot: Snapshot, more: Partial<Profile>, name?: string): Snapshot {
  if (snapshot.session.phase !== "signedIn" || !snapshot.session.user.profile) return snapshot;
  const { user } = snapshot.session;
  return { ...snapshot, session: { phase: "signedIn", user: { ...user, name: name ?? user.name, profile: { ...snapshot.session.user.profile, ...more } } } };
}

function dropPicture(name: string): void {
  const files = new DataTransfer();
  files.items.add(new File([new Uint8Array([0xff, 0xd8, 0xff, 0xe0])], name));
  document.querySelector("[data-pane='profile']")?.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
}

/** Opens how a call with this person sounded, as a pointer does: the button is there on hover. */
export async function openPassport(t: Mounted["t"], person: string): Promise<void> {
  const row = page.getByRole("listitem").filter({ hasText: person });
  await row.hover();
  await row.getByRole("button", { name: t("passport") }).click();
}

async function passport(t: Mounted["t"], says: string): Promise<void> {
  await section("history");
  await openPassport(t, "Grace Whitfield");
  await expect.element(page.getByText(says)).toBeVisible();
}

export async function chooseMicrophone(t: Mounted["t"]): Promise<void> {
  await page.getByRole("group", { name: t("devices-microphone"), exact: true }).getByRole("button").first().click();
  await page.getByRole("option", { name: MICROPHONE.name }).click();
  await expect.element(page.getByRole("button", { name: t("save"), exact: true })).toBeVisible();
}

const settled = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

/** Twenty seconds of a conversation, in no time: the clock of the display is moved on with each pair of levels. */
async function speak(fake: Mounted["fake"]): Promise<void> {
  await expect.poll(() => document.querySelector("canvas[data-voices]")).not.toBeNull();
  const now = performance.now.bind(performance);
  let ahead = 0;
  performance.now = () => now() + ahead;
  for (let at = 0; at < 400; at += 1) {
    ahead += 50;
    const theyTalk = Math.floor(at / 90) % 2 === 0;
    const strength = -48 + 40 * Math.abs(Math.sin(at * 0.7)) * Math.abs(Math.sin(at * 0.11));
    fake.setLevels({ callerDbfs: theyTalk ? strength : -62, microphoneDbfs: theyTalk ? -64 : strength - 4 });
  }
}

async function openStatus(): Promise<void> {
  await userEvent.keyboard("{Control>}{Shift>}s{/Shift}{/Control}");
  await expect.poll(() => document.querySelector("[role='dialog']")).not.toBeNull();
}

/** In the list of the wide window, or in the menu that takes its place in the narrow one. */
async function choosePage(t: Mounted["t"], name: string): Promise<void> {
  if (innerWidth >= 720) return page.getByRole("navigation").getByRole("button", { name, exact: true }).click();
  await page.getByRole("button", { name: new RegExp(t("settings-devices")) }).click();
  await page.getByRole("option", { name, exact: true }).click();
}
