// What is said of a queue, and what is missing in it.
import type { QueueOverflow, QueueSetup, QueueStrategy } from "../../backend/generated";

export const STRATEGIES = ["longestIdle", "roundRobin", "topDown", "ringAll", "fewestCalls", "leastTalkTime", "skills"] as const satisfies readonly QueueStrategy[];
export const OVERFLOWS = ["hangUp", "queue", "extension", "voicemail"] as const satisfies readonly QueueOverflow["to"][];

/** Seconds of a day. */
export const LONGEST_S = 86_400;
export const MOST_CALLERS = 1000;

/** As a server would fill it in. */
export const NEW: QueueSetup = {
  name: "", extension: "", strategy: "longestIdle", tiers: null, maxWaitS: 0, maxWaitNoAgentS: 0, overflow: { to: "hangUp" }, discardAbandonedAfterS: 60, resume: true, skipOtherCalls: true, serviceLevelS: 20, maxCallers: 100, skills: [],
};

export type Lack = "name" | "extension" | "target" | "itself";

const EXTENSION = /^[A-Za-z0-9._-]{1,32}$/;

/** What keeps it from being saved. */
export function lacks({ name, extension, overflow }: QueueSetup): readonly Lack[] {
  const target = overflow.to === "queue" ? overflow.id : "extension" in overflow ? overflow.extension.trim() : null;
  return [
    ...(name.trim() === "" ? ["name" as const] : []), ...(EXTENSION.test(extension.trim()) ? [] : ["extension" as const]),
    ...(target === "" || ("extension" in overflow && !EXTENSION.test(overflow.extension.trim())) ? ["target" as const] : []),
    ...(target !== null && target !== "" && overflow.to !== "queue" && target === extension.trim() ? ["itself" as const] : []),
  ];
}

/** Without what was typed around it. */
export function tidy(setup: QueueSetup): QueueSetup {
  const { overflow } = setup;
  return { ...setup, name: setup.name.trim(), extension: setup.extension.trim(), overflow: "extension" in overflow ? { ...overflow, extension: overflow.extension.trim() } : overflow };
}
