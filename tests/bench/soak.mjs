// Many calls between two phones without windows: does memory grow? Prints one line of JSON every hundred calls and a summary.
//   RANNAN_PROGRAMS=target/release node tests/bench/soak.mjs [calls]
import { readFileSync } from "node:fs";
import { Cli } from "../interop/cli.mjs";
import { Server } from "../interop/server.mjs";

const CALLS = Number(process.argv[2] ?? 1000);
/** Calls after which every pool and cache has its size. */
const WARM = Math.min(100, Math.floor(CALLS / 5));
const EVERY = 100;

const rssKib = (pid) => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const server = await Server.start();
const phones = [];
try {
  const caller = await Cli.start(await server.agent("caller"), { hz: 700 });
  phones.push(caller);
  const callee = await Cli.start(await server.agent("callee"), { hz: 900 });
  phones.push(callee);
  const sizes = () => ({ caller: rssKib(caller.child.pid), callee: rssKib(callee.child.pid), server: rssKib(server.child.pid) });
  const answered = [];
  let warm = null;
  for (let call = 1; call <= CALLS; call++) {
    const begun = performance.now();
    caller.tell(`dial ${callee.extension}`);
    await callee.says("incoming");
    callee.tell("answer");
    await Promise.all([caller, callee].map((phone) => phone.says("media", { state: "first_heard" })));
    answered.push(performance.now() - begun);
    caller.tell("hangup");
    await Promise.all([caller, callee].map((phone) => phone.says("ended")));
    if (call === WARM) warm = sizes();
    if (call % EVERY === 0) console.log(JSON.stringify({ call, ...sizes(), dial_to_sound_ms: Math.round(median(answered.slice(-EVERY))) }));
  }
  const end = sizes();
  const grown = Object.fromEntries(Object.keys(end).map((name) => [name, Number(((end[name] - warm[name]) / 1024).toFixed(2))]));
  const sound = { first: Math.round(median(answered.slice(0, EVERY))), last: Math.round(median(answered.slice(-EVERY))) };
  console.log(JSON.stringify({ calls: CALLS, grown_mib_since_call: WARM, grown_mib: grown, dial_to_sound_ms: sound }));
} finally {
  for (const phone of phones) phone.kill();
  await server.stop();
}
