// A desk for the real window: its own display, session bus, sound server with a virtual microphone and speaker, and home.
// Everything is private to one test and is ended by pid when the test ends.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Builder, Capabilities } from "selenium-webdriver";

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const output = join(root, "tests", "output", "desktop");
const APP = process.env.RANNAN_APP ?? join(root, "target", "debug", "rannan");
const DRIVER = process.env.TAURI_DRIVER ?? join(root, "target", "tools", "bin", "tauri-driver");
const SERVER = process.env.RANNAN_SERVER ?? join(root, "target", "debug", "rannan-server");
const SAMPLE_RATE = 48_000;
const READY_WITHIN_MS = 20_000;

/** Polls `probe` until it gives something; the failure says what was waited for. */
export async function until(what, probe, withinMs = READY_WITHIN_MS) {
  const deadline = Date.now() + withinMs;
  let last;
  while (Date.now() < deadline) {
    try {
      const got = await probe();
      if (got) return got;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what}: not within ${withinMs} ms${last ? ` (last: ${last.message})` : ""}`);
}

export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export class Desk {
  #children = [];
  #sessions = [];
  env;
  home;

  static async open({ width = 1280, height = 900 } = {}) {
    const desk = new Desk();
    try {
      await desk.#furnish(width, height);
    } catch (error) {
      await desk.close();
      throw error;
    }
    return desk;
  }

  async #furnish(width, height) {
    mkdirSync(output, { recursive: true });
    this.home = mkdtempSync(join(tmpdir(), "rannan-desk-"));
    const runtime = join(this.home, "run");
    mkdirSync(runtime, { mode: 0o700 });
    this.env = { ...process.env, HOME: this.home, XDG_RUNTIME_DIR: runtime, XDG_DATA_HOME: join(this.home, "data"), XDG_CONFIG_HOME: join(this.home, "config"),
      XDG_CACHE_HOME: join(this.home, "cache"), LANG: "C.UTF-8", NO_AT_BRIDGE: "1", RANNAN_LOG: process.env.RANNAN_LOG ?? "warn,rtc=error,rtc_ice=error,rtc_dtls=error" };
    for (const name of ["DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "PULSE_SERVER"]) delete this.env[name];
    this.env.DISPLAY = `:${await this.#firstLine("Xvfb", ["-displayfd", "1", "-screen", "0", `${width}x${height}x24`, "-nolisten", "tcp"])}`;
    this.env.DBUS_SESSION_BUS_ADDRESS = await this.#firstLine("dbus-daemon", ["--session", "--nofork", "--print-address=1"]);
    await this.#soundServer(runtime);
  }

  async #soundServer(runtime) {
    const socket = join(runtime, "pulse.sock");
    const script = join(this.home, "sound.pa");
    writeFileSync(script, [
      `load-module module-native-protocol-unix auth-anonymous=1 socket=${socket}`,
      // Two seats: what is played to `room…` is what `microphone…` hears.
      ...["", "2"].flatMap((seat) => [
        `load-module module-null-sink sink_name=speaker${seat} rate=48000 channels=1 norewinds=1 sink_properties=device.description=Speaker${seat}`,
        `load-module module-null-sink sink_name=room${seat} rate=48000 channels=1 norewinds=1 sink_properties=device.description=Room${seat}`,
        `load-module module-remap-source source_name=microphone${seat} master=room${seat}.monitor source_properties=device.description=Microphone${seat}`,
      ]),
      "set-default-sink speaker", "set-default-source microphone", "",
    ].join("\n"));
    this.start("pulseaudio", ["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes", "-F", script], { stdio: "ignore" });
    this.env.PULSE_SERVER = `unix:${socket}`;
    await until("the sound server", () => this.#succeeds("pactl", ["info"]));
  }

  #succeeds(program, args) {
    return new Promise((resolve) => spawn(program, args, { env: this.env, stdio: "ignore" }).on("exit", (code) => resolve(code === 0)).on("error", () => resolve(false)));
  }

  /** Starts a program of this desk. */
  start(program, args, options = {}) {
    const child = spawn(program, args, { env: this.env, detached: true, ...options });
    child.on("error", (error) => console.error(`${program}: ${error.message}`));
    this.#children.push(child);
    return child;
  }

  async #firstLine(program, args) {
    const child = this.start(program, args, { stdio: ["ignore", "pipe", "ignore"] });
    let text = "";
    child.stdout.on("data", (chunk) => (text += chunk));
    return until(`${program} to say where it is`, () => (text.includes("\n") ? text.split("\n")[0] : null));
  }

  /** Someone speaks into the room: a steady tone of `hz`. Returns a way to stop. */
  speak(hz, device = "room") {
    const player = this.start("pacat", ["--playback", `--device=${device}`, "--format=float32le", `--rate=${SAMPLE_RATE}`, "--channels=1", "--latency-msec=20"], { stdio: ["pipe", "ignore", "ignore"] });
    const chunk = Buffer.alloc(SAMPLE_RATE * 4); // a second; whole periods, so that it repeats without a click
    for (let i = 0; i < SAMPLE_RATE; i++) chunk.writeFloatLE(0.3 * Math.sin((2 * Math.PI * Math.round(hz) * i) / SAMPLE_RATE), i * 4);
    const pour = () => { while (!player.stdin.destroyed && player.stdin.write(chunk)); };
    player.stdin.on("drain", pour).on("error", () => {});
    pour();
    return () => player.kill();
  }

  /** What the speaker plays now: level in dBFS of each asked pitch over `ms` milliseconds. */
  async hear(pitches, ms = 500, device = "speaker.monitor") {
    const samples = await this.#record(ms, device);
    return Object.fromEntries(pitches.map((hz) => [hz, toneLevel(samples, hz)]));
  }

  /** How loud the speaker is now, whatever it plays: RMS in dBFS over `ms` milliseconds. */
  async loudness(ms = 500, device = "speaker.monitor") {
    const samples = await this.#record(ms, device);
    return 10 * Math.log10(Math.max(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length, 1e-14));
  }

  async #record(ms, device) {
    const recorder = this.start("parec", [`--device=${device}`, "--format=float32le", `--rate=${SAMPLE_RATE}`, "--channels=1", "--latency-msec=20"], { stdio: ["ignore", "pipe", "ignore"] });
    const wanted = Math.round((SAMPLE_RATE * ms) / 1000) * 4;
    const heard = [];
    let size = 0;
    recorder.stdout.on("data", (chunk) => { heard.push(chunk); size += chunk.length; });
    await until("the recorder", () => size >= wanted, 10_000 + ms);
    recorder.kill();
    const bytes = Buffer.concat(heard).subarray(0, wanted);
    return Float32Array.from({ length: wanted / 4 }, (_, i) => bytes.readFloatLE(i * 4));
  }

  /** Opens the real app and gives a WebDriver session on its window. Without `pictures` it draws as it does for a person, and none can be taken. */
  async app(args = [], { language, pictures = true } = {}) {
    const [port, nativePort] = [await freePort(), await freePort()];
    // Without a graphics card the app asks WebKitGTK for plain memory; then WebDriver's screenshot of a window in which nothing moves never
    // returns. "0" keeps WebKitGTK's own way.
    const env = { ...this.env, ...(pictures ? { WEBKIT_DISABLE_DMABUF_RENDERER: "0" } : {}), ...(language ? { LANG: language, LC_ALL: language } : {}) };
    const driver = this.start(DRIVER, ["--port", String(port), "--native-port", String(nativePort)], { stdio: ["ignore", "ignore", "inherit"], env });
    await until("tauri-driver", async () => (await fetch(`http://127.0.0.1:${port}/status`)).ok);
    const capabilities = new Capabilities();
    capabilities.set("tauri:options", { application: APP, args });
    capabilities.setBrowserName("wry");
    const session = await new Builder().withCapabilities(capabilities).usingServer(`http://127.0.0.1:${port}/`).build();
    this.#sessions.push({ session, driver });
    return session;
  }

  /** Starts a team server with these people; all have the same password. Gives where it listens. */
  async teamServer(people, password) {
    const port = await freePort();
    const data = join(this.home, "run", "server");
    mkdirSync(data, { recursive: true });
    for (const { email, name, extension, administers = false } of people) {
      await new Promise((resolve, reject) => {
        const child = spawn(SERVER, [...(administers ? ["admin", "create"] : ["add-user"]), "--data", data, "--email", email, "--name", name, "--extension", extension], { stdio: ["pipe", "ignore", "inherit"] });
        child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`making ${extension} ended with ${code}`))));
        child.stdin.end(`${password}\n`);
      });
    }
    this.start(SERVER, ["--data", data, "--bind", `127.0.0.1:${port}`], { stdio: ["ignore", "ignore", "inherit"] });
    const url = `http://127.0.0.1:${port}`;
    await until("the server", async () => (await fetch(`${url}/v1/health`)).ok);
    return url;
  }

  async close() {
    for (const { session } of this.#sessions) await session.quit().catch(() => {});
    for (const child of this.#children.reverse()) {
      if (child.exitCode === null && child.pid) {
        try { process.kill(-child.pid, "SIGTERM"); } catch { /* it ended between the look and the signal */ }
      }
    }
    if (this.home) rmSync(this.home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

/** Level of one pitch in dBFS: Goertzel over the whole recording with a Hann window. */
export function toneLevel(samples, hz) {
  const step = (2 * Math.PI * hz) / SAMPLE_RATE;
  let re = 0, im = 0;
  samples.forEach((sample, i) => {
    const weight = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / samples.length);
    re += sample * weight * Math.cos(step * i);
    im += sample * weight * Math.sin(step * i);
  });
  const amplitude = (4 * Math.hypot(re, im)) / samples.length;
  return 20 * Math.log10(Math.max(amplitude, 1e-7));
}
