//! Event streams that note when a change arrives. They read frames themselves, a buffer at a time: a hundred thousand events a second must
//! not cost the watchers more than the server.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Latencies are counted in steps of a tenth of a millisecond, up to a minute.
const STEP_US: u64 = 100;
const STEPS: usize = 600_000;
const MARK: &[u8] = b"\"text\":\"change ";
/// What else holds these words is told to their owner alone.
const KIND: &[u8] = b"\"presence.changed\"";
/// The type is in the first bytes, after two numbers.
const HEAD: usize = 96;

/// The own words of a change.
pub fn words(number: usize) -> String {
    format!("change {number}.")
}

/// When each change was asked for, and how long it took to each watcher.
pub struct Latency {
    epoch: Instant,
    sent_us: Vec<AtomicU64>,
    steps: Vec<AtomicU64>,
    count: AtomicUsize,
}

/// What came out.
#[derive(Clone, Copy, Debug)]
pub struct Summary {
    pub count: usize,
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub max_ms: f64,
}

impl Latency {
    pub fn new(changes: usize) -> Self {
        let zeros = |count| (0..count).map(|_| AtomicU64::new(0)).collect();
        Latency { epoch: Instant::now(), sent_us: zeros(changes), steps: zeros(STEPS), count: AtomicUsize::new(0) }
    }

    /// A change is asked for now.
    pub fn sent(&self, number: usize) {
        self.sent_us[number].store(self.now_us(), Ordering::Relaxed);
    }

    fn arrived(&self, number: usize) {
        let Some(sent) = self.sent_us.get(number) else { return };
        let took = self.now_us().saturating_sub(sent.load(Ordering::Relaxed));
        let step = usize::try_from(took / STEP_US).unwrap_or(STEPS).min(STEPS - 1);
        self.steps[step].fetch_add(1, Ordering::Relaxed);
        self.count.fetch_add(1, Ordering::Relaxed);
    }

    fn now_us(&self) -> u64 {
        u64::try_from(self.epoch.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    /// Changes that reached a watcher.
    pub fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    pub fn summary(&self) -> Summary {
        let steps: Vec<u64> = self.steps.iter().map(|step| step.load(Ordering::Relaxed)).collect();
        let all: u64 = steps.iter().sum();
        let ms = |step: usize| (step as u64 + 1) as f64 * STEP_US as f64 / 1000.0;
        let at = |share: f64| {
            let (mut left, wanted) = (0, (all as f64 * share).ceil() as u64);
            steps
                .iter()
                .position(|count| {
                    left += count;
                    left >= wanted.max(1)
                })
                .map_or(0.0, ms)
        };
        let max_ms = steps.iter().rposition(|count| *count > 0).map_or(0.0, ms);
        Summary { count: self.count(), p50_ms: at(0.5), p99_ms: at(0.99), max_ms }
    }
}

/// Opens the stream; what comes back reads it for ever.
pub async fn open(
    at: SocketAddr,
    token: &str,
    latency: Arc<Latency>,
) -> Result<impl Future<Output = ()> + use<>, String> {
    let mut socket = TcpStream::connect(at).await.map_err(|e| e.to_string())?;
    let ask = format!(
        "GET /v1/events HTTP/1.1\r\nHost: {at}\r\nAuthorization: Bearer {token}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: bG9hZCBsb2FkIGxvYWQgMQ==\r\n\r\n"
    );
    socket.write_all(ask.as_bytes()).await.map_err(|e| e.to_string())?;
    let mut frames = Frames { bytes: Vec::with_capacity(16 * 1024), at: 0 };
    loop {
        if socket.read_buf(&mut frames.bytes).await.map_err(|e| e.to_string())? == 0 {
            return Err("the stream was refused".to_owned());
        }
        if let Some(end) = frames.bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            if !frames.bytes.starts_with(b"HTTP/1.1 101") {
                return Err(String::from_utf8_lossy(&frames.bytes[..end]).into_owned());
            }
            frames.at = end + 4;
            break;
        }
    }
    Ok(async move {
        if let Err(why) = watch(socket, frames, &latency).await {
            eprintln!("a stream is lost: {why}");
        }
    })
}

async fn watch(mut socket: TcpStream, mut frames: Frames, latency: &Latency) -> Result<(), String> {
    loop {
        while let Some((kind, payload)) = frames.next() {
            match kind {
                1 => {
                    if let Some(number) = number_in(payload) {
                        latency.arrived(number);
                    }
                }
                // A pong with the key 0: our payload as it is.
                9 => socket.write_all(&[0x8a, 0x80, 0, 0, 0, 0]).await.map_err(|e| e.to_string())?,
                8 => {
                    let code = payload.first_chunk().map(|code| u16::from_be_bytes(*code));
                    return Err(format!("closed by the server with {}", code.unwrap_or_default()));
                }
                _ => {}
            }
        }
        frames.tidy();
        let read = socket.read_buf(&mut frames.bytes);
        match tokio::time::timeout(Duration::from_secs(30), read).await {
            Ok(Ok(0)) => return Err("the connection ended".to_owned()),
            Ok(Ok(_)) => {}
            Ok(Err(error)) => return Err(error.to_string()),
            Err(_) => return Err("the server is silent".to_owned()),
        }
    }
}

/// The number of the change that an event is about.
fn number_in(event: &[u8]) -> Option<usize> {
    event[..event.len().min(HEAD)].windows(KIND.len()).find(|part| *part == KIND)?;
    // Near the end of some hundred bytes, and nowhere else: a short search.
    let at = event.windows(MARK.len()).position(|part| part == MARK)?;
    let digits = event[at + MARK.len()..].split(|byte| *byte == b'.').next()?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// Bytes of the server, and how far they are read. Its frames are not masked and not fragmented.
struct Frames {
    bytes: Vec<u8>,
    at: usize,
}

impl Frames {
    fn next(&mut self) -> Option<(u8, &[u8])> {
        let head = self.bytes.get(self.at..)?;
        let (kind, short) = (head.first()? & 0x0f, usize::from(head.get(1)? & 0x7f));
        let (start, length) = match short {
            126 => (4, usize::from(u16::from_be_bytes(head.get(2..4)?.try_into().ok()?))),
            127 => (10, usize::try_from(u64::from_be_bytes(head.get(2..10)?.try_into().ok()?)).ok()?),
            length => (2, length),
        };
        let payload = self.at + start..self.at + start + length;
        let payload = self.bytes.get(payload.clone()).map(|_| payload)?;
        self.at = payload.end;
        Some((kind, &self.bytes[payload]))
    }

    /// Throws away what was read.
    fn tidy(&mut self) {
        self.bytes.drain(..self.at);
        self.at = 0;
    }
}
