//! Two sessions on 127.0.0.1 and the means to watch them. Nothing sleeps: everything waits for events with a deadline.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use media::{CodecKind, Direction, InPacket, MediaConfig, MediaEvent, MediaSession, Negotiated, OutPacket};
use tokio::net::UdpSocket;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Longer than anything that a test waits for, on a machine that has other things to do.
pub const DEADLINE: Duration = Duration::from_secs(30);

pub struct End {
    pub session: MediaSession,
    pub events: mpsc::Receiver<MediaEvent>,
}

impl End {
    /// One that speaks Opus only.
    pub async fn new() -> End {
        End::speaking(&[CodecKind::Opus]).await
    }

    pub async fn speaking(codecs: &[CodecKind]) -> End {
        let config = MediaConfig { codecs: codecs.to_vec(), ..config() };
        let (session, events) = MediaSession::new(config).await.expect("a session on loopback");
        End { session, events }
    }

    /// The next event that `wanted` accepts; others pass.
    pub async fn until<T>(&mut self, what: &str, mut wanted: impl FnMut(MediaEvent) -> Option<T>) -> T {
        let wait = async {
            loop {
                let event = self.events.recv().await.unwrap_or_else(|| panic!("the session ended before {what}"));
                if let Some(found) = wanted(event) {
                    return found;
                }
            }
        };
        tokio::time::timeout(DEADLINE, wait).await.unwrap_or_else(|_| panic!("no {what} within {DEADLINE:?}"))
    }

    pub async fn connected(&mut self) {
        self.until("connection", |event| (event == MediaEvent::Connected).then_some(())).await;
    }

    pub async fn packet(&mut self) -> InPacket {
        self.until("packet", |event| if let MediaEvent::Packet(packet) = event { Some(packet) } else { None }).await
    }

    /// Throws away what came so far, then waits for a packet made later than this call.
    pub async fn fresh_packet(&mut self) -> InPacket {
        let now = std::time::Instant::now();
        loop {
            let packet = self.packet().await;
            if packet.arrived > now {
                return packet;
            }
        }
    }

    /// Speaks until the handle is dropped: 20 ms packets whose payload counts up.
    pub fn speak(&self) -> Speech {
        self.speak_as(|count| packet_of(CodecKind::Opus, count))
    }

    /// Speaks until the handle is dropped, a packet of `made` each 20 ms.
    pub fn speak_as(&self, made: impl Fn(u32) -> OutPacket + Send + 'static) -> Speech {
        let session = self.session.clone();
        Speech(tokio::spawn(async move {
            let mut tick = tokio::time::interval(Duration::from_millis(20));
            for count in 0u32.. {
                tick.tick().await;
                session.write(made(count));
            }
        }))
    }
}

pub struct Speech(JoinHandle<()>);

impl Drop for Speech {
    fn drop(&mut self) {
        self.0.abort();
    }
}

pub fn config() -> MediaConfig {
    MediaConfig::opus(vec![[127, 0, 0, 1].into()])
}

pub fn packet(count: u32) -> OutPacket {
    packet_of(CodecKind::Opus, count)
}

/// 20 ms of a codec.
pub fn packet_of(codec: CodecKind, count: u32) -> OutPacket {
    let payload = Bytes::copy_from_slice(&count.to_be_bytes());
    OutPacket { codec, payload, ticks: codec.clock_rate() / 50, marker: false, red: false }
}

/// A called B; both are connected.
pub struct Call {
    pub a: End,
    pub b: End,
    pub at_a: Negotiated,
    pub at_b: Negotiated,
    pub offer: String,
    pub answer: String,
}

/// Connects two sessions; the offer and the answer pass through `edit`, as if another implementation had written them.
pub async fn call_edited(edit: impl Fn(&str) -> String) -> Call {
    let (mut a, mut b) = (End::new().await, End::new().await);
    let offer = edit(&a.session.make_offer().await.expect("an offer"));
    let (answer, at_b) = b.session.answer_offer(&offer, Direction::SendRecv).await.expect("an answer");
    let answer = edit(&answer);
    let at_a = a.session.apply_answer(&answer).await.expect("the answer fits");
    a.connected().await;
    b.connected().await;
    Call { a, b, at_a, at_b, offer, answer }
}

/// Connects two sessions that speak these.
pub async fn call_between(caller: &[CodecKind], callee: &[CodecKind]) -> Call {
    let (mut a, mut b) = (End::speaking(caller).await, End::speaking(callee).await);
    let offer = a.session.make_offer().await.expect("an offer");
    let (answer, at_b) = b.session.answer_offer(&offer, Direction::SendRecv).await.expect("an answer");
    let at_a = a.session.apply_answer(&answer).await.expect("the answer fits");
    a.connected().await;
    b.connected().await;
    Call { a, b, at_a, at_b, offer, answer }
}

/// Connects two sessions by links that lose what A sends whenever `loses` says so of the count of its RTP packets.
pub async fn lossy_call(loses: fn(u32) -> bool) -> Call {
    let mut count = 0;
    let loses = move |datagram: &[u8]| {
        count += u32::from(is_rtp(datagram));
        is_rtp(datagram) && loses(count)
    };
    call_through(|_| false, loses).await
}

/// Connects two sessions by links, one in front of each, that lose a datagram when `loses_to_a` or `loses_to_b` says so.
async fn call_through(loses_to_a: impl Loses, loses_to_b: impl Loses) -> Call {
    let (to_a, to_b) = ((loses_to_a.clone(), loses_to_b.clone()), (loses_to_b, loses_to_a));
    let (mut a, mut b) = (End::new().await, End::new().await);
    let offer = through_link(&a.session.make_offer().await.expect("an offer"), to_a).await;
    let (answer, at_b) = b.session.answer_offer(&offer, Direction::SendRecv).await.expect("an answer");
    let answer = through_link(&answer, to_b).await;
    let at_a = a.session.apply_answer(&answer).await.expect("the answer fits");
    a.connected().await;
    b.connected().await;
    Call { a, b, at_a, at_b, offer, answer }
}

/// Whether a link loses this datagram.
pub trait Loses: FnMut(&[u8]) -> bool + Clone + Send + 'static {}

impl<T: FnMut(&[u8]) -> bool + Clone + Send + 'static> Loses for T {}

/// RFC 7983 §7 and RFC 5761 §4.
fn is_rtp(datagram: &[u8]) -> bool {
    (128..192).contains(&datagram[0]) && !(192..224).contains(&datagram[1])
}

/// Connects two sessions by links that lose every check of ICE as soon as sound passes.
pub async fn checkless_call() -> Call {
    let sounds = Arc::new(AtomicBool::new(false));
    let loses = move |datagram: &[u8]| {
        if is_rtp(datagram) {
            sounds.store(true, Ordering::Relaxed);
        }
        // STUN: RFC 7983 §7.
        sounds.load(Ordering::Relaxed) && datagram[0] < 4
    };
    call_through(loses.clone(), loses).await
}

/// The description with a link in front of its address.
async fn through_link(sdp: &str, loses: (impl Loses, impl Loses)) -> String {
    let mut out = String::new();
    for line in sdp.lines() {
        let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        if line.starts_with("a=candidate:") {
            let target: SocketAddr = format!("{}:{}", words[4], words[5]).parse().expect("an address");
            words[5] = link(target, loses.clone()).await.port().to_string();
        }
        out.push_str(&words.join(" "));
        out.push_str("\r\n");
    }
    out
}

/// Carries datagrams to `target` and its answers back, until the test ends.
async fn link(target: SocketAddr, (mut loses, mut loses_back): (impl Loses, impl Loses)) -> SocketAddr {
    let front = Arc::new(UdpSocket::bind("127.0.0.1:0").await.expect("a port"));
    let back = Arc::new(UdpSocket::bind("127.0.0.1:0").await.expect("a port"));
    let address = front.local_addr().expect("bound");
    let asker = Arc::new(Mutex::new(target));
    let (seen, reader, writer) = (asker.clone(), front.clone(), back.clone());
    tokio::spawn(async move {
        let mut buffer = vec![0; 2000];
        while let Ok((size, from)) = reader.recv_from(&mut buffer).await {
            *seen.lock().expect("no panic while held") = from;
            if !loses(&buffer[..size]) && writer.send_to(&buffer[..size], target).await.is_err() {
                return;
            }
        }
    });
    tokio::spawn(async move {
        let mut buffer = vec![0; 2000];
        while let Ok((size, _)) = back.recv_from(&mut buffer).await {
            let asker = *asker.lock().expect("no panic while held");
            if !loses_back(&buffer[..size]) && front.send_to(&buffer[..size], asker).await.is_err() {
                return;
            }
        }
    });
    address
}

pub async fn call() -> Call {
    call_edited(str::to_owned).await
}

impl Call {
    /// A re-offers, B answers.
    pub async fn reoffer(&mut self, wanted: Direction, b_wants: Direction) {
        let offer = self.a.session.make_reoffer(wanted, false).await.expect("a re-offer");
        let (answer, at_b) = self.b.session.answer_offer(&offer, b_wants).await.expect("an answer to it");
        self.at_a = self.a.session.apply_answer(&answer).await.expect("the answer fits");
        self.at_b = at_b;
    }

    /// Sound arrives in the directions agreed on, and is refused at the source in the others.
    pub async fn assert_sound_follows_directions(&mut self) {
        assert_eq!(self.at_a.direction, self.at_b.direction.reversed(), "both sides see one agreement");
        let (_from_a, _from_b) = (self.a.speak(), self.b.speak());
        if self.at_a.direction.sends() {
            self.b.fresh_packet().await;
        } else {
            assert!(!self.a.session.write(packet(0)), "A must not send");
        }
        if self.at_b.direction.sends() {
            self.a.fresh_packet().await;
        } else {
            assert!(!self.b.session.write(packet(0)), "B must not send");
        }
    }
}
