// The window in a browser without Rust: the scripted engine with a few numbers that do something. Never part of a build.
import { FakeBackend, ipcError } from "./fake";
import { CHOPPY_PASSPORT, GOOD_PASSPORT, KHALED, LINA, LOST, RANA, signedOutSnapshot } from "./fakeData";
import type { EndReason } from "./generated";

const SOON_MS = 900;
const LATER_MS = 3500;
const NEWS_MS = 5000;

/** What happens after dialling, by number. Any other number is answered. */
const FATES: Readonly<Record<string, { end: EndReason; sipCode: number | null }>> = {
  486: { end: "busy", sipCode: 486 }, 404: { end: "notFound", sipCode: 404 }, 403: { end: "forbidden", sipCode: 403 }, 480: { end: "noAnswer", sipCode: 480 },
  488: { end: "notAcceptable", sipCode: 488 }, 503: { end: "serverFailure", sipCode: 503 }, 603: { end: "rejected", sipCode: 603 },
};

class DemoBackend extends FakeBackend {
  constructor() {
    super(signedOutSnapshot());
    this.rows.filter(({ talkedS }) => talkedS !== null).forEach(({ id }, at) => this.passports.set(id, at % 3 === 1 ? CHOPPY_PASSPORT : GOOD_PASSPORT));
    let phase = 0;
    setInterval(() => {
      phase += 0.05;
      const talking = this.calls().some(({ line }) => line === "talking");
      if (talking) this.setLevels({ callerDbfs: -50 + 32 * Math.abs(Math.sin(phase * 2.3)), microphoneDbfs: -50 + 30 * Math.abs(Math.sin(phase)) });
    }, 50);
    setInterval(() => {
      const { waiting, sums } = this.panel.now;
      const later = waiting.map((caller) => ({ ...caller, waitedMs: caller.waitedMs + NEWS_MS }));
      this.setPanel({ waiting: later, agents: this.panel.now.agents.map((agent) => ({ ...agent, forMs: agent.forMs + NEWS_MS })), sums: { ...sums, waiting: later.length, longestWaitMs: later[0]?.waitedMs ?? null } });
    }, NEWS_MS);
  }

  override async signIn(request: Parameters<FakeBackend["signIn"]>[0]): Promise<void> {
    if (request.password === "wrong") this.failNext("signIn", ipcError("wrongPassword", { triesLeft: 4 }));
    await super.signIn(request);
  }

  override async dial(request: { target: string }): Promise<string> {
    switch (request.target) {
      case "1": return this.#then("0", () => this.ring(KHALED));
      case "2": return this.#then("0", () => { this.ring(RANA); this.ring(LINA); });
      case "9": return this.#then("0", () => this.setSystem(LOST));
      case "8": return this.#then("0", () => this.setDevices({ microphoneFault: "missing" }));
    }
    const id = await super.dial(request);
    setTimeout(() => this.change(id, { line: "ringingThere" }), SOON_MS);
    const fate = FATES[request.target];
    setTimeout(() => {
      if (!this.calls().some((call) => call.id === id)) return;
      if (fate) this.end(id, fate.end, fate.sipCode);
      else this.change(id, { line: "talking", media: "connected", talkMs: 0 });
    }, LATER_MS);
    return id;
  }

  #then(answer: string, happens: () => void): string {
    setTimeout(happens, SOON_MS);
    return answer;
  }
}

export const demoBackend = new DemoBackend();
