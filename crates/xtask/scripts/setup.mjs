// Finds what this machine lacks to build, start and (with --test) test Rannan, and installs it where it can.
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ask, Cure, program, root, run, step } from "./steps.mjs";

const RUST_NEEDED = [1, 94];
const NODE_NEEDED = 20;

const TO_BUILD = [
  "build-essential", "pkg-config", "cmake", "libwebkit2gtk-4.1-dev", "librsvg2-dev", "libasound2-dev", "libayatana-appindicator3-dev",
];
const TO_TEST = [
  "xvfb", "xauth", "dbus", "dbus-x11", "webkit2gtk-driver", "chromium", "pulseaudio", "pulseaudio-utils", "gnome-keyring",
  "openbox", "xdotool", "fonts-noto-core", "postgresql", "slapd", "radicale",
];
const TAURI_DRIVER = "2.1.0";

/** Where tools that tests need and no package manager has are put. */
export const toolsDir = join(root, "target", "tools");

export async function setup({ test = false } = {}) {
  if (Number(process.versions.node.split(".")[0]) < NODE_NEEDED) {
    throw new Cure(`Node.js ${process.versions.node} is too old: install ${NODE_NEEDED} or newer.`);
  }
  if (process.platform === "linux") await linuxPackages(test ? [...TO_BUILD, ...TO_TEST] : TO_BUILD);
  else await otherSystems();
  await rust();
  await npmPackages();
  if (test) await tauriDriver();
}

async function linuxPackages(wanted) {
  if ((await ask("apt-get", ["--version"])) === null) {
    console.log(`This is no Debian or Ubuntu. If building fails, install what these Debian packages hold: ${wanted.join(" ")}`);
    return;
  }
  const missing = await missingPackages(wanted);
  if (missing.length > 0) await step(`Installing ${missing.length} system packages: ${missing.join(" ")}`, () => aptInstall(missing));
}

async function missingPackages(wanted) {
  const known = (await ask("dpkg-query", ["-W", "-f", "${Package} ${db:Status-Status}\n"])) ?? "";
  const installed = new Set(known.split("\n").filter((l) => l.endsWith(" installed")).map((l) => l.split(" ")[0]));
  return wanted.filter((name) => !installed.has(name));
}

async function aptInstall(names) {
  const asRoot = process.getuid() === 0 ? [] : ["sudo"];
  if (asRoot.length > 0 && (await ask("sudo", ["--version"])) === null) {
    throw new Cure(`System packages are missing and there is no sudo. As root, run: apt-get install ${names.join(" ")}`);
  }
  const apt = async (...args) => {
    const [first, ...rest] = [...asRoot, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", ...args];
    await run(first, rest);
  };
  await apt("update");
  await apt("install", "-y", "--no-install-recommends", ...names);
  // Its package starts a directory server for everybody to see. Our tests start their own, and nobody has asked for another.
  if (names.includes("slapd")) {
    const [first, ...rest] = [...asRoot, "sh", "-c", "update-rc.d slapd disable && { invoke-rc.d slapd stop || echo 'slapd was not running'; }"];
    await run(first, rest);
  }
}

async function otherSystems() {
  const needs = process.platform === "darwin"
    ? [["cc", "the Xcode command line tools: xcode-select --install"], ["cmake", "CMake: brew install cmake"]]
    : [["cmake", "CMake: winget install Kitware.CMake"], ["cl", "the Visual Studio Build Tools with “Desktop development with C++” (run this in their developer prompt)"]];
  for (const [tool, cure] of needs) {
    const found = await ask(process.platform === "win32" ? "where" : "which", [tool]);
    if (found === null) throw new Cure(`\`${tool}\` is missing. Install ${cure}. Then start again.`);
  }
}

async function rust() {
  const found = await rustVersion();
  if (found && atLeast(found)) return;
  const aptHasIt = process.platform === "linux" && !found && ((await ask("apt-cache", ["policy", "cargo-web"])) ?? "").includes("Candidate: 1.");
  if (aptHasIt) await step("Installing Rust", () => aptInstall(["cargo-web", "rustc-web"]));
  const now = await rustVersion();
  if (now && atLeast(now)) return;
  const needed = RUST_NEEDED.join(".");
  throw new Cure(
    now
      ? `Rust ${now.join(".")} is too old, ${needed} or newer is needed. With rustup: rustup update stable`
      : `Rust is missing. Install ${needed} or newer with rustup, from the site rustup names (search for “rustup”), and open a new terminal.`,
  );
}

async function rustVersion() {
  const match = ((await ask("cargo", ["--version"])) ?? "").match(/cargo (\d+)\.(\d+)/);
  return match ? [Number(match[1]), Number(match[2])] : null;
}

function atLeast([major, minor]) {
  return major > RUST_NEEDED[0] || (major === RUST_NEEDED[0] && minor >= RUST_NEEDED[1]);
}

async function npmPackages() {
  const lock = join(root, "package-lock.json");
  const stamp = join(root, "node_modules", ".package-lock.json");
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs) return;
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  await step("Installing npm packages", () => run(npm, ["ci", "--no-audit", "--no-fund"]));
}

async function tauriDriver() {
  const list = join(toolsDir, ".crates.toml");
  if (existsSync(list) && readFileSync(list, "utf8").includes(`tauri-driver ${TAURI_DRIVER} `)) return;
  await step("Building tauri-driver, which drives the real window in tests", () =>
    run("cargo", ["install", `tauri-driver@${TAURI_DRIVER}`, "--locked", "--debug", "--quiet", "--root", toolsDir]));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await program(async () => {
    await setup({ test: process.argv.includes("--test") });
    console.log("Everything that is needed is here.");
  });
}
