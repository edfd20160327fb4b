// npm start: sets up what is missing, builds, opens the app. `npm start -- --profile second` opens another agent beside it.
// npm run dev: the same with reload of the window while files change.
import { spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { program, root, run, step } from "./steps.mjs";
import { setup } from "./setup.mjs";

const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const DEV_URL_PORT = "1420";

/** The newest change below a folder, in milliseconds. */
function newest(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);
}

export async function buildWindow() {
  const built = join(root, "ui", "dist", "index.html");
  const sources = Math.max(newest(join(root, "ui", "src")), statSync(join(root, "ui", "index.html")).mtimeMs, statSync(join(root, "ui", "vite.config.ts")).mtimeMs);
  if (existsSync(built) && statSync(built).mtimeMs >= sources) return;
  await step("Building the window", () => run(npm, ["run", "--silent", "build", "--workspace", "ui"]));
}

export async function buildApp(features = []) {
  await step("Building the app (minutes the first time, seconds later)", () =>
    run("cargo", ["build", "--quiet", "--package", "rannan", ...features]));
  return join(root, "target", "debug", process.platform === "win32" ? "rannan.exe" : "rannan");
}

async function main() {
  const words = process.argv.slice(2);
  const reload = words.includes("--reload");
  const forApp = words.filter((word) => word !== "--reload");
  await setup();
  if (reload) {
    const server = spawn(npm, ["run", "dev", "--workspace", "ui", "--", "--port", DEV_URL_PORT, "--strictPort"], { cwd: root, stdio: "inherit" });
    process.on("exit", () => server.kill());
  } else {
    await buildWindow();
  }
  const app = await buildApp(reload ? ["--no-default-features"] : []);
  console.log("\nOpening Rannan.");
  const child = spawn(app, forApp, { cwd: root, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(signal ? 1 : code));
}

if (process.argv[1].endsWith("start.mjs")) await program(main);
