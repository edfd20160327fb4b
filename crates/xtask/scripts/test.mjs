// npm test: sets up what is missing, checks, then runs every test. `npm test -- --skip desktop,real` leaves suites out.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Cure, program, root, run, seconds, step } from "./steps.mjs";
import { setup, toolsDir } from "./setup.mjs";
import { check } from "./check.mjs";
import { buildWindow } from "./start.mjs";

const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const node = process.execPath;

// Suites that use our programs find them here, built once: every other selection of packages would compile the world again.
const programs = { RANNAN_PROGRAMS: join(root, "target", "debug"), TAURI_DRIVER: join(toolsDir, "bin", "tauri-driver") };

/** Files of a folder, one after another: each opens browsers or windows of its own, and there are two cores. */
function nodeTests(folder) {
  const files = readdirSync(join(root, "tests", folder)).filter((name) => name.endsWith(".test.mjs")).map((name) => join("tests", folder, name));
  return run(node, ["--test", "--test-concurrency=1", "--test-reporter=spec", ...files], { env: programs });
}

const SUITES = {
  check: ["Checks", () => check()],
  rust: ["Rust tests: rooms, simulated phones, real servers and real sound", () => run("cargo", ["test", "--quiet", "--workspace", "--no-fail-fast"], { env: programs })],
  ui: ["Window tests in a browser", () => run(npm, ["run", "--silent", "test", "--workspace", "ui"])],
  webkit: ["Every screen in WebKitGTK", () => run(npm, ["run", "--silent", "test:webkit", "--workspace", "ui"])],
  interop: ["Foreign clients", () => nodeTests("interop")],
  desktop: ["The real window", () => nodeTests("desktop")],
};

await program(async () => {
  const at = process.argv.indexOf("--skip");
  const skipped = new Set(at > 0 ? (process.argv[at + 1] ?? "").split(",") : []);
  const started = Date.now();
  await setup({ test: true });
  await buildWindow();
  await step("Building everything (minutes the first time)", () => run("cargo", ["build", "--quiet", "--workspace", "--all-targets"]));
  const outcomes = [];
  for (const [name, [title, suite]] of Object.entries(SUITES)) {
    if (skipped.has(name)) {
      outcomes.push([name, "skipped"]);
      continue;
    }
    try {
      await step(title, suite);
      outcomes.push([name, "passed"]);
    } catch (error) {
      console.error(`✗ ${title}: ${error.message}`);
      outcomes.push([name, "failed"]);
    }
  }
  console.log(`\nSuites, after ${seconds(started)} in ${root}:`);
  for (const [name, outcome] of outcomes) console.log(`  ${outcome === "failed" ? "✗" : outcome === "passed" ? "✓" : "–"} ${name}: ${outcome}`);
  const count = (wanted) => outcomes.filter(([, outcome]) => outcome === wanted).length;
  console.log(`${count("passed")} passed, ${count("failed")} failed${count("skipped") ? `, ${count("skipped")} skipped` : ""}`);
  if (count("failed") > 0) throw new Cure("Not everything passed.");
});
