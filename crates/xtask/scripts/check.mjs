// npm run check: format, clippy, room rules, licences, generated files, types, lint, words.
import { program, run, step } from "./steps.mjs";
import { setup } from "./setup.mjs";
import { buildWindow } from "./start.mjs";

const npm = process.platform === "win32" ? "npm.cmd" : "npm";

export async function check() {
  await buildWindow(); // the shell embeds it, so even clippy needs it
  await step("Format of the Rust sources", () => run("cargo", ["fmt", "--all", "--check"]));
  await step("Room rules, names, licences", () => run("cargo", ["xtask", "tidy"]));
  await step("Generated files", () => run("cargo", ["xtask", "codegen", "--check"]));
  await step("Clippy", () => run("cargo", ["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]));
  await step("Types, lint and words of the window", () => run(npm, ["run", "--silent", "check", "--workspace", "ui"]));
}

if (process.argv[1].endsWith("check.mjs")) {
  await program(async () => {
    await setup();
    await check();
  });
}
