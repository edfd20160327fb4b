// Cold start of the window and memory of the app. Prints one line of JSON a run and the medians.
//   RANNAN_APP=target/release/rannan node tests/bench/cold-start.mjs [runs]
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createInterface } from "node:readline";
import { Desk, root, until } from "../desktop/rig.mjs";
import { join } from "node:path";

const APP = process.env.RANNAN_APP ?? join(root, "target", "debug", "rannan");
const RUNS = Number(process.argv[2] ?? 5);
const SETTLE_MS = 5000;

/** PSS of a process and all below it, in MiB: shared pages are counted once. */
function pssMib(pid) {
  const parents = new Map(readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      return [[Number(name), Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, "utf8"))[1])]];
    } catch {
      return []; // it ended meanwhile
    }
  }));
  const below = (child) => child === pid || (parents.has(child) && parents.get(child) > 1 && below(parents.get(child)));
  const kib = [...parents.keys()].filter(below).map((child) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${child}/smaps_rollup`, "utf8"))?.[1] ?? 0));
  return { processes: kib.length, pss: kib.reduce((sum, value) => sum + value, 0) / 1024 };
}

async function oneRun() {
  const desk = await Desk.open();
  try {
    const begun = performance.now();
    const app = desk.start(APP, [], { stdio: ["ignore", "ignore", "pipe"], env: { ...desk.env, RANNAN_LOG: "info", NO_COLOR: "1" } });
    let painted = null;
    createInterface({ input: app.stderr }).on("line", (line) => {
      // The line carries its own measure from `main`; ours also counts loading the program.
      if (line.includes("first paint")) painted ??= performance.now() - begun;
    });
    await until("the first paint", () => painted, 60_000);
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const memory = pssMib(app.pid);
    return { first_paint_ms: Math.round(painted), pss_mib: Math.round(memory.pss), processes: memory.processes, app: readlinkSync(`/proc/${app.pid}/exe`).replace(root, "") };
  } finally {
    await desk.close();
  }
}

const runs = [];
for (let at = 0; at < RUNS; at++) {
  runs.push(await oneRun());
  console.log(JSON.stringify(runs.at(-1)));
}
const median = (field) => runs.map((run) => run[field]).sort((a, b) => a - b)[Math.floor(runs.length / 2)];
console.log(JSON.stringify({ median: true, first_paint_ms: median("first_paint_ms"), pss_mib: median("pss_mib") }));
