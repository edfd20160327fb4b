// A foreign phone: JsSIP in a browser page, with a tone generator for a voice and an FFT for an ear.
// Bundled by browser.mjs and driven from there through window.P.
import JsSIP from "jssip";

const RATE = 48_000;
const BINS = 8192;
const SILENCE_DB = -70;

const context = new AudioContext({ sampleRate: RATE });
const voice = context.createOscillator();
const P = (window.P = { log: [], sessions: [] });

P.start = ({ ws, aor, user, password, hz, auto = false }) =>
  new Promise((resolve) => {
    P.host = aor.split("@")[1];
    P.microphone = speakAt(hz);
    P.ua = new JsSIP.UA({
      sockets: [new JsSIP.WebSocketInterface(ws)], uri: aor, authorization_user: user, password,
      session_timers: false, register_expires: 120,
    });
    P.ua.on("registered", () => { P.log.push("registered"); resolve("registered"); });
    P.ua.on("registrationFailed", (e) => resolve(`failed ${e.response?.status_code ?? e.cause}`));
    P.ua.on("newRTCSession", ({ session, originator }) => {
      P.sessions.push(session);
      P.log.push(`session ${originator}`);
      for (const name of ["progress", "confirmed", "hold", "unhold"]) session.on(name, (e) => P.log.push(`${name} ${e.originator ?? ""}`.trim()));
      session.on("ended", (e) => P.log.push(`ended ${e.originator} ${e.cause}`));
      session.on("refer", (e) => {
        P.log.push("refer remote");
        e.accept(() => {}, media());
      });
      session.on("replaces", (e) => e.accept(() => {}));
      session.on("failed", (e) => P.log.push(`failed ${e.message?.status_code ?? e.cause}`));
      if (originator === "remote" && auto) session.answer(media());
    });
    P.ua.start();
  });

P.call = (extension) => { P.ua.call(`sip:${extension}@${P.host}`, media()); };
P.answer = () => { P.last().answer(media()); };
P.hangUp = (options) => { P.last().terminate(options); };
P.refer = (extension) => {
  const heard = (what) => () => P.log.push(`refer ${what}`);
  P.last().refer(`sip:${extension}@${P.host}`, { eventHandlers: { accepted: heard("accepted"), failed: heard("failed"), requestFailed: heard("refused") } });
};
P.hold = () => P.last().hold();
P.unhold = () => P.last().unhold();
P.speak = (hz) => { voice.frequency.value = hz; };
P.last = () => P.sessions.at(-1);
P.unregister = () => new Promise((resolve) => { P.ua.on("unregistered", resolve); P.ua.unregister(); });

/** The loudest pitch that is heard now, in Hz; 0 for silence. */
P.hear = async (ms = 400) => {
  const track = P.last().connection.getReceivers().map((r) => r.track).find((t) => t?.kind === "audio");
  // Chromium decodes only what some element plays.
  const ear = new Audio();
  ear.muted = true;
  ear.srcObject = new MediaStream([track]);
  ear.play().catch(() => {});
  const analyser = context.createAnalyser();
  analyser.fftSize = BINS;
  analyser.smoothingTimeConstant = 0;
  const source = context.createMediaStreamSource(new MediaStream([track]));
  source.connect(analyser);
  await new Promise((resolve) => setTimeout(resolve, ms));
  const levels = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(levels);
  source.disconnect();
  const loudest = levels.reduce((best, level, bin) => (bin > 1 && level > levels[best] ? bin : best), 2);
  return levels[loudest] > SILENCE_DB ? Math.round((loudest * RATE) / BINS) : 0;
};

/** A track for each session: JsSIP switches its track off while the other side holds, also for a session that shares it. */
function media() {
  return { mediaStream: P.microphone.clone(), pcConfig: { iceServers: [] } };
}

function speakAt(hz) {
  const gain = context.createGain();
  const out = context.createMediaStreamDestination();
  voice.frequency.value = hz;
  gain.gain.value = 0.4;
  voice.connect(gain).connect(out);
  voice.start();
  return out.stream;
}
