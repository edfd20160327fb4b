// npm run build: the window and release binaries of the app, the server and the command line.
import { program, run, step } from "./steps.mjs";
import { setup } from "./setup.mjs";
import { buildWindow } from "./start.mjs";

await program(async () => {
  await setup();
  await buildWindow();
  await step("Building release binaries", () => run("cargo", ["build", "--release", "-p", "rannan", "-p", "team-server", "-p", "rannan-cli"]));
});
