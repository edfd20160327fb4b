import { describe, expect, it } from "vitest";
import { ALL_OK, freshCall, GOOD_QUALITY, KHALED, LINA, LOST, signedInSnapshot } from "../src/backend/fakeData";
import type { Call, UiEvent } from "../src/backend/generated";
import { heldBeside, incomingCall, stageCall, takesDigits } from "../src/state/calls";
import { gradeOf, worseOf } from "../src/state/quality";
import { type Action, initialState, reduce, type State } from "../src/state/state";

const start = (): State => initialState(signedInSnapshot(), 0);
const rust = (event: UiEvent, at = 100): Action => ({ kind: "rust", event, at });
const after = (...actions: Action[]): State => actions.reduce(reduce, start());
const call = (more: Partial<Call> = {}): Call => ({ ...freshCall("1", "incoming", KHALED), ...more });

describe("calls", () => {
  it("keeps the moment of arrival, so that its clock can tick", () => {
    const state = after(rust({ kind: "call", call: call() }, 1234));
    expect(state.calls).toEqual([{ value: call(), receivedAt: 1234 }]);
  });

  it("replaces a call of the same id and keeps the order", () => {
    const second = call({ id: "2", person: LINA });
    const state = after(rust({ kind: "call", call: call() }), rust({ kind: "call", call: second }), rust({ kind: "call", call: call({ line: "talking" }) }));
    expect(state.calls.map(({ value }) => [value.id, value.line])).toEqual([["1", "talking"], ["2", "ringingHere"]]);
  });

  it("shows an ended call until it is dismissed", () => {
    const ended = call({ line: "ended", ended: "busy" });
    const state = after(rust({ kind: "call", call: call() }), rust({ kind: "callEnded", call: ended }));
    expect(state.calls).toEqual([]);
    expect(state.ended?.value.ended).toBe("busy");
    expect(reduce(state, { kind: "endedSeen", call: "1" }).ended).toBeNull();
    expect(reduce(state, { kind: "endedSeen", call: "7" }).ended).not.toBeNull();
  });

  it("puts an ended call away when another begins", () => {
    const state = after(rust({ kind: "callEnded", call: call({ ended: "busy" }) }), rust({ kind: "call", call: call({ id: "2" }) }));
    expect(state.ended).toBeNull();
  });

  it("forgets an ended call when the user signs out", () => {
    const state = after(rust({ kind: "callEnded", call: call({ ended: "busy" }) }), rust({ kind: "session", session: { phase: "signedOut", why: null, server: "", email: "" } }));
    expect(state.ended).toBeNull();
  });

  it("keeps how a call sounds until it is over", () => {
    const during = after(rust({ kind: "call", call: call() }), rust({ kind: "quality", call: "1", quality: GOOD_QUALITY }));
    expect(during.quality).toEqual({ 1: GOOD_QUALITY });
    expect(reduce(during, rust({ kind: "callEnded", call: call({ ended: "busy" }) })).quality).toEqual({});
  });

  it("grades by the score, and a call by its worse direction", () => {
    const way = (mos: number | null) => ({ ...GOOD_QUALITY.heard, mos });
    expect([4.4, 4, 3.7, 3, 2, null].map((mos) => gradeOf(way(mos)))).toEqual(["good", "good", "fair", "unsteady", "bad", null]);
    expect(worseOf("good", "unsteady")).toBe("unsteady");
    expect(worseOf(null, "fair")).toBe("fair");
    expect(worseOf(null, null)).toBeNull();
  });

  it("believes mute only when Rust says so", () => {
    expect(start().muted).toBe(false);
    expect(after(rust({ kind: "muted", muted: true })).muted).toBe(true);
  });
});

describe("problems", () => {
  it("keeps the newest four, each with its own id", () => {
    const failed: Action = { kind: "failed", error: { code: "notNow", triesLeft: null, retryAfterS: null, detail: null } };
    const state = after(failed, failed, failed, failed, failed, failed);
    expect(state.problems).toHaveLength(4);
    expect(new Set(state.problems.map(({ id }) => id)).size).toBe(4);
    const [first] = state.problems;
    expect(reduce(state, { kind: "problemSeen", id: first?.id ?? -1 }).problems).toHaveLength(3);
  });
});

describe("tones", () => {
  const sent = (to: string, digit: string): Action => ({ kind: "digitSent", call: to, digit });

  it("stay readable for their call, and only for it", () => {
    expect(after(sent("1", "4"), sent("1", "2")).sent).toEqual({ call: "1", digits: "42" });
    expect(after(sent("1", "4"), sent("2", "9")).sent).toEqual({ call: "2", digits: "9" });
  });

  it("keep the newest when there are many", () => {
    const { sent: kept } = after(...Array.from({ length: 60 }, (_, at) => sent("1", String(at % 10))));
    expect(kept?.digits).toHaveLength(24);
    expect(kept?.digits.endsWith("9")).toBe(true);
  });
});

describe("the rest", () => {
  it("counts changes of the history, so that lists ask again", () => {
    const state = after(rust({ kind: "history", unseenMissed: 3 }), rust({ kind: "history", unseenMissed: 0 }));
    expect([state.historyVersion, state.unseenMissed]).toEqual([2, 0]);
  });

  it("does not change for levels: twenty a second go to the meters directly", () => {
    const state = start();
    expect(reduce(state, rust({ kind: "levels", levels: { microphoneDbfs: -10, callerDbfs: -20 } }))).toBe(state);
  });

  it("stamps the system status, so that a countdown can run", () => {
    expect(after(rust({ kind: "system", system: LOST }, 777)).system).toEqual({ value: LOST, receivedAt: 777 });
    expect(after(rust({ kind: "system", system: LOST }), rust({ kind: "system", system: ALL_OK })).system.value).toEqual(ALL_OK);
  });

  it("asks before the window closes during a call, and only while one runs", () => {
    const asked = after(rust({ kind: "call", call: call({ line: "talking" }) }), rust({ kind: "closeAsked" }));
    expect(asked.closeAsked).toBe(true);
    expect(reduce(asked, { kind: "closeAnswered" }).closeAsked).toBe(false);
    expect(reduce(asked, rust({ kind: "callEnded", call: call({ ended: "remoteHangUp" }) })).closeAsked).toBe(false);
  });
});

describe("which call is where", () => {
  const at = (...calls: Call[]): State["calls"] => calls.map((value) => ({ value, receivedAt: 0 }));
  const talking = call({ id: "1", line: "talking" });
  const held = call({ id: "2", line: "held" });
  const ringing = call({ id: "3" });

  it("puts the call one talks on onto the stage, held ones beside it, ringing ones in front", () => {
    const calls = at(held, talking, ringing);
    expect(stageCall(calls)?.value.id).toBe("1");
    expect(heldBeside(calls, stageCall(calls)).map(({ value }) => value.id)).toEqual(["2"]);
    expect(incomingCall(calls)?.value.id).toBe("3");
  });

  it("puts a held call onto the stage when there is no other", () => {
    expect(stageCall(at(held))?.value.id).toBe("2");
    expect(stageCall(at(ringing))).toBeNull();
  });

  it("sends digits only where they are heard", () => {
    expect(takesDigits(talking)).toBe(true);
    expect(takesDigits(call({ line: "earlyMedia" }))).toBe(true);
    expect(takesDigits(held)).toBe(false);
    expect(takesDigits(ringing)).toBe(false);
  });
});
