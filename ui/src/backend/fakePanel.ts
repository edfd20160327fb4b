// Queues and agents as a server keeps them for those who watch over them, for the scripted engine.
import type { Panel, PanelAct, PanelAgent, PanelCaller, PanelCharts, PanelQueue, StatusChoice } from "./generated";
import { CARE, OWN_RIGHTS } from "./fakeRights";

/** Of somebody who watches over agents and queues. */
export const SUPERVISOR = { ...OWN_RIGHTS, role: "manager", livePanel: true, monitors: true, switches: { ...OWN_RIGHTS.switches, monitoring: true } } as const;

const s = (minutes: number, seconds: number): number => (minutes * 60 + seconds) * 1000;

const someone = {
  department: CARE.id, status: { id: "available", kind: "available", text: "" }, activity: "ready", leftMs: null, queue: null, party: null, supervised: null, mine: false,
  may: { force: true, endSessions: true, supervise: true, hear: true },
} as const satisfies Partial<PanelAgent>;

function agent(extension: string, id: string, name: string, forMs: number, more: Partial<PanelAgent> = {}): PanelAgent {
  return { ...someone, id, extension, name, forMs, ...more };
}

const away = (id: string, kind: "break" | "doNotDisturb" | "meeting" | "offline") => ({ activity: kind === "offline" ? "offline" : "away", status: { id, kind, text: "" } }) as const;
const KHALED = { direction: "incoming", number: "+971509998877", name: "Khaled Al-Amin" } as const;

/** The agents of the mock, and some more. */
export const AGENTS: readonly PanelAgent[] = [
  agent("2112", "u-omar", "Omar Nasser", s(3, 41), { activity: "talking", queue: "sales", party: KHALED }),
  agent("2133", "u-dina", "Dina Farouk", s(11, 2), { activity: "talking", queue: "delivery" }),
  agent("2151", "u-ziad", "زياد عبّود", s(0, 14), { activity: "ringing", queue: "delivery" }),
  agent("2104", "u-rana", "Rana Khoury", s(48, 10)),
  agent("2145", "u-sami", "سامي بشارة", s(6, 31)),
  agent("2119", "u-layla", "Layla Mansour", s(12, 5), away("break", "break")),
  agent("2121", "u-yousef", "يوسف قاسم", s(26, 40), away("dnd", "doNotDisturb")),
  agent("2126", "u-hana", "Hana Saleh", s(4, 20), away("meeting", "meeting")),
  agent("2130", "u-tariq", "Tariq Suleiman", s(0, 21), { activity: "wrapUp", leftMs: s(0, 39), queue: "sales" }),
  agent("2107", "u-2107", "Noor Haddad", s(2, 12), { mine: true, may: { force: false, endSessions: false, supervise: false, hear: true } }),
  agent("2140", "u-marta", "Marta Lindqvist", s(95, 0), away("offline", "offline")),
];

function queue(extension: string, id: string, name: string, more: Partial<PanelQueue>): PanelQueue {
  return { id, name, extension, waiting: 0, longestWaitMs: null, ready: 0, busy: 0, paused: 0, agents: [], answered: 60, abandoned: 1, serviceLevel: null, target: 80, withinS: 90, ...more };
}

export const QUEUES: readonly PanelQueue[] = [
  queue("801", "sales", "Sales", { waiting: 2, longestWaitMs: s(0, 42), ready: 2, busy: 1, paused: 2, agents: ["u-rana", "u-sami", "u-omar", "u-dina", "u-tariq", "u-layla"], answered: 142, abandoned: 4, serviceLevel: 91 }),
  queue("802", "delivery", "التوصيل", { waiting: 5, longestWaitMs: s(2, 47), ready: 0, busy: 3, paused: 1, agents: ["u-omar", "u-dina", "u-ziad", "u-layla", "u-marta"], answered: 88, abandoned: 12, serviceLevel: 68 }),
  queue("803", "billing", "Billing", { waiting: 2, longestWaitMs: s(0, 31), ready: 1, busy: 1, paused: 1, agents: ["u-rana", "u-dina", "u-yousef", "u-ziad"], answered: 71, abandoned: 5, serviceLevel: 84 }),
  queue("804", "returns", "Returns", { ready: 1, busy: 1, paused: 1, agents: ["u-sami", "u-omar", "u-hana"], answered: 32, serviceLevel: 95 }),
  queue("805", "refunds", "Refunds", { ready: 1, paused: 1, agents: ["u-2107", "u-tariq"], answered: 18, serviceLevel: 88, withinS: 20 }),
];

const caller = (id: string, queueId: string, waitedMs: number, name: string, number = "+97144556677", offeredTo: string | null = null): PanelCaller => ({ id, queue: queueId, name, number, waitedMs, offeredTo });

export const WAITING: readonly PanelCaller[] = [
  caller("w1", "delivery", s(2, 47), "Daniel Okafor", "+2348035551212", "u-ziad"), caller("w2", "delivery", s(1, 58), "", "+442079460321"), caller("w3", "delivery", s(1, 4), "مريم عودة"),
  caller("w4", "sales", s(0, 42), "Lina Barakat"), caller("w5", "delivery", s(0, 40), "", ""), caller("w6", "billing", s(0, 31), "Grace Whitfield"),
  caller("w7", "sales", s(0, 20), "هدى رحمن"), caller("w8", "delivery", s(0, 12), "", "+96170123456"), caller("w9", "billing", s(0, 5), "Tom Ellery"),
];

export const PANEL: Panel = {
  complete: true, allDepartments: true,
  sums: { waiting: 9, longestWaitMs: s(2, 47), ready: 4, signedIn: 11, onCalls: 5, averageTalkMs: s(4, 6), answered: 351, answeredYesterday: 328, abandoned: 23, offered: 374, serviceLevel: 84, target: 80, withinS: 20 },
  queues: [...QUEUES], waiting: [...WAITING], agents: [...AGENTS],
};

const ANSWERED = [12, 18, 25, 31, 38, 35, 29, 33, 41, 37, 30, 22];
const ABANDONED = [1, 1, 2, 2, 4, 3, 1, 2, 3, 2, 1, 1];
const LEVEL = [92, 90, 88, 86, 74, 78, 87, 85, 76, 82, 88, 91];

export const CHARTS: PanelCharts = {
  halfHours: ANSWERED.map((answered, at) => ({ startsAt: new Date(2026, 10, 21, 8).getTime() + at * s(30, 0), answered, abandoned: ABANDONED[at] ?? 0, serviceLevel: LEVEL[at] ?? null })),
  states: { idle: 7, busy: 3, unregistered: 1 },
  directions: [
    { extension: "2112", name: "Omar Nasser", inbound: 31, outbound: 9, conference: 1, eavesdrop: 0, internal: 6 },
    { extension: "2133", name: "Dina Farouk", inbound: 28, outbound: 4, conference: 0, eavesdrop: 2, internal: 5 },
    { extension: "2151", name: "زياد عبّود", inbound: 22, outbound: 12, conference: 2, eavesdrop: 0, internal: 2 },
    { extension: "2145", name: "سامي بشارة", inbound: 19, outbound: 3, conference: 0, eavesdrop: 0, internal: 8 },
    { extension: "2104", name: "Rana Khoury", inbound: 12, outbound: 6, conference: 1, eavesdrop: 5, internal: 4 },
  ],
  breaks: [
    { status: { id: "break", kind: "break", text: "" }, ms: s(92, 0) }, { status: { id: "meeting", kind: "meeting", text: "" }, ms: s(60, 0) },
    { status: { id: "dnd", kind: "doNotDisturb", text: "" }, ms: s(41, 30) }, { status: { id: "prayer", kind: "break", names: { en: "Prayer", ar: "صلاة" }, text: "" }, ms: s(35, 0) },
  ],
};

export class FakePanel {
  now: Panel = PANEL;
  charts: PanelCharts = CHARTS;

  withAgent(id: string, more: Partial<PanelAgent>): Partial<Panel> {
    return { agents: this.now.agents.map((one) => (one.id === id ? { ...one, ...more } : one)) };
  }

  /** What is different after it. */
  after(act: PanelAct, choices: readonly StatusChoice[]): Partial<Panel> {
    switch (act.kind) {
      case "force": {
        const choice = choices.find(({ id }) => id === act.status);
        const kind = choice?.kind ?? "other";
        return this.withAgent(act.user, { status: { id: act.status, kind, text: act.text, ...(choice?.names ? { names: choice.names } : {}) }, activity: kind === "available" ? "ready" : "away", forMs: 0 });
      }
      case "endSessions":
        return this.withAgent(act.user, { status: { id: "offline", kind: "offline", text: "" }, activity: "offline", forMs: 0 });
      case "pull":
      case "sendCaller":
        return { waiting: this.now.waiting.filter(({ id }) => id !== act.caller) };
    }
  }
}
