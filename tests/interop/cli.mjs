// Our phone without a window: commands in, one JSON object a line out, voice from and to WAV files.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { program } from "./server.mjs";
import { until } from "./wait.mjs";

const RATE = 48_000;

export class Cli {
  #events = [];
  #seen = 0;

  /** Starts a phone that says a steady tone of `hz`, and waits until it is registered. */
  static async start(credentials, { hz }) {
    const cli = new Cli();
    cli.dir = mkdtempSync(join(tmpdir(), "rannan-cli-"));
    cli.extension = credentials.extension;
    const voice = join(cli.dir, "voice.wav");
    cli.heard = join(cli.dir, "heard.wav");
    writeFileSync(voice, tone(hz));
    const [user, domain] = credentials.aor.replace("sip:", "").split("@");
    cli.child = spawn(program("rannan-cli"), [
      "--wss", credentials.ws[0], "--user", user, "--domain", domain, "--auth-user", credentials.user,
      "--mic", voice, "--speaker", cli.heard, "--no-tones", "--data", join(cli.dir, "data"),
    ], { env: { ...process.env, RANNAN_PASSWORD: credentials.password }, stdio: ["pipe", "pipe", "inherit"] });
    let rest = "";
    cli.child.stdout.on("data", (chunk) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop();
      for (const line of lines.filter(Boolean)) cli.#events.push(JSON.parse(line));
    });
    await cli.says("registered");
    return cli;
  }

  tell(command) { this.child.stdin.write(`${command}\n`); }

  /** Waits for the next event of this name (and these fields), passing over others. */
  says(event, fields = {}, withinMs = 15_000) {
    const fits = (e) => e.event === event && Object.entries(fields).every(([name, value]) => e[name] === value);
    return until(`the phone to say ${event} ${JSON.stringify(fields)}`, () => {
      const at = this.#events.findIndex((e, index) => index >= this.#seen && fits(e));
      if (at < 0) return null;
      this.#seen = at + 1;
      return this.#events[at];
    }, withinMs).catch((error) => { throw new Error(`${error.message}; it said ${JSON.stringify(this.#events)}`); });
  }

  /** Ends the phone; gives its exit code and for how many seconds it heard a pitch. */
  async quit() {
    const gone = this.child.exitCode === null ? new Promise((resolve) => this.child.once("exit", resolve)) : this.child.exitCode;
    if (this.child.exitCode === null) this.tell("quit");
    const code = await gone;
    const samples = code === 0 ? read(this.heard) : new Float32Array();
    rmSync(this.dir, { recursive: true, force: true });
    return { code, secondsOf: (hz) => secondsOf(samples, hz) };
  }

  kill() {
    this.child.kill("SIGKILL");
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** One second of a tone as a 16-bit mono WAV; whole periods, so that it repeats without a click. */
function tone(hz) {
  const data = Buffer.alloc(RATE * 2);
  for (let i = 0; i < RATE; i++) data.writeInt16LE(Math.round(12_000 * Math.sin((2 * Math.PI * hz * i) / RATE)), i * 2);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0); head.writeUInt32LE(36 + data.length, 4); head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16); head.writeUInt16LE(1, 20); head.writeUInt16LE(1, 22); head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 2, 28); head.writeUInt16LE(2, 32); head.writeUInt16LE(16, 34);
  head.write("data", 36); head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

/** The samples of a WAV: 16-bit or 32-bit float, first channel, 48 kHz. */
function read(path) {
  const file = readFileSync(path);
  let at = 12, format, channels, bits, data;
  while (at + 8 <= file.length) {
    const [id, size] = [file.toString("latin1", at, at + 4), file.readUInt32LE(at + 4)];
    if (id === "fmt ") {
      [format, channels, bits] = [file.readUInt16LE(at + 8), file.readUInt16LE(at + 10), file.readUInt16LE(at + 22)];
      if (format === 0xfffe) format = file.readUInt16LE(at + 32);
      if (file.readUInt32LE(at + 12) !== RATE) throw new Error("expected 48 kHz");
    }
    if (id === "data") data = file.subarray(at + 8, at + 8 + size);
    at += 8 + size + (size % 2);
  }
  const step = (bits / 8) * channels;
  const sample = format === 3 ? (i) => data.readFloatLE(i * step) : (i) => data.readInt16LE(i * step) / 32_768;
  return Float32Array.from({ length: Math.floor(data.length / step) }, (_, i) => sample(i));
}

/** Seconds in which a pitch holds most of the energy, in blocks of 100 ms. */
function secondsOf(samples, hz) {
  const size = RATE / 10;
  let blocks = 0;
  for (let start = 0; start + size <= samples.length; start += size) {
    let re = 0, im = 0, energy = 0;
    for (let i = 0; i < size; i++) {
      const x = samples[start + i], phase = (2 * Math.PI * hz * i) / RATE;
      re += x * Math.cos(phase); im += x * Math.sin(phase); energy += x * x;
    }
    const share = energy > 0 ? (2 * (re * re + im * im)) / (size * energy) : 0;
    if (energy / size > 1e-4 && share > 0.5) blocks += 1;
  }
  return blocks / 10;
}
