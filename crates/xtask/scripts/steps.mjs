// Runs named steps one after another: says what is being done and how long it took, and stops at the first that fails.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../../", import.meta.url));

const HEARTBEAT_MS = 30_000;

/** A failure that the user can mend: a sentence that names the missing thing, and the cure. */
export class Cure extends Error {}

export function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(0)} s`;
}

/** Runs `task` under a title. Prints a line at the start, one every half minute, and one at the end. */
export async function step(title, task) {
  const started = Date.now();
  console.log(`\n▸ ${title}`);
  const heartbeat = setInterval(() => console.log(`  … ${title}: ${seconds(started)} so far`), HEARTBEAT_MS);
  try {
    const result = await task();
    console.log(`✓ ${title} (${seconds(started)})`);
    return result;
  } finally {
    clearInterval(heartbeat);
  }
}

/** Runs a program with its output on ours. Rejects with the command line and the exit code. */
export function run(program, args, { env = {}, cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "inherit", "inherit"] });
    child.on("error", (error) => reject(new Error(`${program}: ${error.message}`)));
    child.on("exit", (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`\`${[program, ...args].join(" ")}\` ended with ${signal ?? code}`));
    });
  });
}

/** What a program prints, or null when it is missing or fails. */
export function ask(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "ignore"] });
    let text = "";
    child.stdout.on("data", (chunk) => (text += chunk));
    child.on("error", () => resolve(null));
    child.on("exit", (code) => resolve(code === 0 ? text : null));
  });
}

/** Runs `main`; a failure ends the process with a sentence instead of a stack. */
export async function program(main) {
  try {
    await main();
  } catch (error) {
    console.error(`\n✗ ${error.message}`);
    if (!(error instanceof Cure)) console.error("  The lines above say more.");
    process.exit(1);
  }
}
