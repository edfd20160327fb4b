// The team server as a program of its own, and what a client gets from it over REST.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { until } from "./wait.mjs";

export const root = fileURLToPath(new URL("../../", import.meta.url));
const READY_WITHIN_MS = 20_000;

/** The path of a program of ours, built unless `RANNAN_PROGRAMS` names a folder of programs that are built. */
export function program(name) {
  const folder = process.env.RANNAN_PROGRAMS;
  if (folder) return join(folder, name);
  // The same selection as `npm test` builds: another one would have other features and compile the world again.
  const built = spawnSync("cargo", ["build", "--quiet", "--workspace", "--all-targets"], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  if (built.status !== 0) throw new Error("cargo build failed");
  return join(root, "target", "debug", name);
}

/** A server with ready-made agents on a free port. */
export class Server {
  static async start({ port = 0, data } = {}) {
    const server = new Server();
    server.data = data ?? mkdtempSync(join(tmpdir(), "rannan-interop-"));
    server.program = program("rannan-server");
    await server.#run(port);
    return server;
  }

  async #run(port) {
    this.child = spawn(this.program, ["--practice", "--bind", `127.0.0.1:${port}`, "--data", this.data], {
      env: { ...process.env, RUST_LOG: process.env.RUST_LOG ?? "info", NO_COLOR: "1" }, stdio: ["ignore", "ignore", "pipe"],
    });
    let log = "";
    this.child.stderr.on("data", (chunk) => { log += chunk; if (process.env.VERBOSE) process.stderr.write(chunk); });
    const address = await until("the server to listen", () => {
      if (this.child.exitCode !== null) throw new Error(`the server ended: ${log}`);
      return /listens.*?addr=(127\.0\.0\.1:\d+)/.exec(log)?.[1];
    }, READY_WITHIN_MS);
    this.url = `http://${address}`;
    this.port = Number(address.split(":")[1]);
  }

  /** Ends the process without a word, as a crash would, and starts another on the same port and data. */
  async crashAndRestart() {
    await this.#end("SIGKILL");
    await this.#run(this.port);
  }

  /** Signs a ready-made agent in; `profile` decides which. Gives what is needed to register. */
  async agent(profile) {
    const session = await this.#post("/v1/try", { profile });
    const sip = await this.#post("/v1/me/sip-credentials", undefined, session.token);
    return { ...sip, extension: session.me.extension, email: session.me.email, token: session.token };
  }

  async #post(path, body, token) {
    const headers = { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) };
    const answer = await fetch(this.url + path, { method: "POST", headers, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  #end(signal) {
    const gone = new Promise((resolve) => this.child.once("exit", resolve));
    return this.child.kill(signal) ? gone : Promise.resolve();
  }

  async stop() {
    await this.#end("SIGTERM");
    rmSync(this.data, { recursive: true, force: true });
  }
}
