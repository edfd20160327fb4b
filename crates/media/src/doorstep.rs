//! What waits at the door while ICE chooses a path: a round trip and more saved at the beginning of a call.
//!
//! ```text
//!  engine ◀──▶ Socket (here) ◀──▶ tokio's socket
//!                │ held: DTLS that came before ICE was done
//!                └ forged: "yes, I hear you" in answer to our own check or nomination
//! ```
//!
//! 1. **Early handshakes are kept.** The far end may take a path for good before we do and begin its DTLS handshake at
//!    once. The engine drops what comes before its own ICE is done, and the far end repeats after 50 ms (Chromium) or a
//!    whole second (OpenSSL, as in rtpengine). We hold such datagrams and hand them over when ICE is done.
//! 2. **The nomination is believed at once.** RFC 8445 §12.1 lets an agent send on any valid pair; the engine waits for the
//!    answer to its nomination, one more round trip. When the nomination of a pair that has just proven to work leaves, we
//!    give the engine the answer that it will get anyway, swallow the real one, and repeat the nomination until that came.
//!
//! 3. **Who was heard is believed to hear.** The far end often checks before its answer has come to us: rtpengine from the
//!    moment it knows our offer, Chromium while the 200 is still on its way. Such a check carries our password, so it
//!    comes from whoever got our offer, and it has reached this very socket. Our own check back to that address is
//!    answered at once in the same way, which saves the first round trip; until the nomination has really been answered,
//!    nothing but a handshake goes there.
//! 4. **The handshake starts at once.** The engine writes its first DTLS message when the path is chosen, but looks for
//!    something to send only at its next timer. We cut the timer short, once.
//!
//! From then on, and after an ICE restart, every datagram passes untouched.

use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::io::{self, IoSliceMut};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use rtc::stun::fingerprint::FINGERPRINT;
use rtc::stun::integrity::MessageIntegrity;
use rtc::stun::message::{BINDING_SUCCESS, Message};
use rtc::stun::xoraddr::XorMappedAddress;
use webrtc::peer_connection::crypto::RTCCryptoProvider;
use webrtc::runtime::{
    AsyncInterval, AsyncTcpListener, AsyncTcpStream, AsyncUdpSocket, JoinHandle, RecvMeta, Runtime, Transmit,
};

use crate::traffic::lock;

/// Datagrams held for each socket. A flight has up to six; more would be somebody else's.
const MAX_HELD: usize = 16;
const MAX_HELD_BYTES: usize = 4096;
/// How often a nomination is repeated, and for how long.
const REPEAT: Duration = Duration::from_millis(20);
const REPEATS: usize = 100;
const USE_CANDIDATE: u16 = 0x0025;
const MESSAGE_INTEGRITY: u16 = 0x0008;
/// Addresses remembered for each socket, and checks answered by ourselves: a far end has a handful of candidates.
const MAX_PROVEN: usize = 8;

/// The state that all sockets of a session share.
pub(crate) struct Doorstep {
    /// ICE has chosen.
    open: AtomicBool,
    /// The engine's next timer shall end at once.
    hurry: AtomicBool,
    own_pwd: Mutex<Option<String>>,
    remote_pwd: Mutex<Option<String>>,
    believed: Mutex<Believed>,
    sockets: Mutex<Vec<Weak<Inbox>>>,
    crypto: Arc<dyn RTCCryptoProvider>,
}

/// What we answered ourselves. The real answers stay here.
#[derive(Default)]
struct Believed {
    /// Transactions of checks to proven addresses.
    checks: Vec<[u8; 12]>,
    nomination: Option<Nomination>,
}

/// The one nomination.
struct Nomination {
    transaction: [u8; 12],
    confirmed: bool,
}

/// An answer in the far end's name.
#[derive(Debug, PartialEq)]
struct Forged {
    answer: Vec<u8>,
    nominates: bool,
}

/// What a socket hands over besides what comes from the network.
#[derive(Default)]
struct Inbox(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    forged: VecDeque<(Vec<u8>, RecvMeta)>,
    held: VecDeque<(Vec<u8>, RecvMeta)>,
    /// The last authentic check from each address.
    proven: Vec<(Vec<u8>, RecvMeta)>,
    waker: Option<Waker>,
}

impl Doorstep {
    pub fn new(crypto: Arc<dyn RTCCryptoProvider>) -> Arc<Self> {
        Arc::new(Doorstep {
            open: AtomicBool::new(false),
            hurry: AtomicBool::new(false),
            own_pwd: Mutex::default(),
            remote_pwd: Mutex::default(),
            believed: Mutex::default(),
            sockets: Mutex::default(),
            crypto,
        })
    }

    /// Our ICE password, which the far end's checks must carry. Without it none is taken for authentic.
    pub fn announce(&self, own_pwd: &str) {
        *lock(&self.own_pwd) = Some(own_pwd.to_owned());
    }

    /// The far end's ICE password, needed to answer in its name. Without it, checks and nominations take their time.
    pub fn expect(&self, remote_pwd: &str) {
        *lock(&self.remote_pwd) = Some(remote_pwd.to_owned());
    }

    /// ICE is done: what waits goes in. Called on the engine's own task, between two of its timers.
    pub fn open(&self) {
        self.open.store(true, Ordering::Release);
        self.hurry.store(true, Ordering::Release);
        for inbox in lock(&self.sockets).iter().filter_map(Weak::upgrade) {
            if let Some(waker) = lock(&inbox.0).waker.take() {
                waker.wake();
            }
        }
    }

    fn is_open(&self) -> bool {
        self.open.load(Ordering::Acquire)
    }

    /// A check of somebody who was told our password (RFC 8445 §7.3).
    fn is_authentic(&self, datagram: &[u8]) -> bool {
        if transaction_of(datagram).is_none() || !is_signed(datagram) {
            return false;
        }
        let Some(pwd) = lock(&self.own_pwd).clone() else { return false };
        let mut check = Message::new();
        check.unmarshal_binary(datagram).is_ok()
            && MessageIntegrity::check(&mut check, pwd.as_bytes(), self.crypto.crypto()).is_ok()
    }

    /// The answer to a request that is leaving for `to`: to a nomination, once; to a check when `to` is proven.
    fn believe(&self, request: &[u8], to: SocketAddr, proven: bool) -> Option<Forged> {
        let transaction = transaction_of(request).filter(|_| request.starts_with(&[0x00, 0x01]))?;
        let nominates = has_attribute(request, USE_CANDIDATE);
        let mut believed = lock(&self.believed);
        let worth = if nominates {
            believed.nomination.is_none()
        } else {
            proven && believed.checks.len() < MAX_PROVEN && !believed.checks.contains(&transaction)
        };
        if !worth {
            return None;
        }
        let pwd = lock(&self.remote_pwd).clone()?;
        let mut asked = Message::new();
        asked.unmarshal_binary(request).ok()?;
        let mut answer = Message::new();
        let integrity = MessageIntegrity::new_short_term_integrity_with_provider(pwd, self.crypto.crypto());
        let address = XorMappedAddress { ip: to.ip(), port: to.port() };
        answer
            .build(&[
                Box::new(asked),
                Box::new(BINDING_SUCCESS),
                Box::new(address),
                Box::new(integrity),
                Box::new(FINGERPRINT),
            ])
            .ok()?;
        if nominates {
            believed.nomination = Some(Nomination { transaction, confirmed: false });
        } else {
            believed.checks.push(transaction);
        }
        Some(Forged { answer: answer.raw, nominates })
    }

    /// Is this the real answer to what the engine believes answered?
    fn confirms(&self, datagram: &[u8]) -> bool {
        if !datagram.starts_with(&[0x01, 0x01]) {
            return false;
        }
        let Some(transaction) = transaction_of(datagram) else { return false };
        let mut believed = lock(&self.believed);
        if believed.checks.contains(&transaction) {
            return true;
        }
        match believed.nomination.as_mut() {
            Some(nomination) if nomination.transaction == transaction => {
                nomination.confirmed = true;
                true
            }
            _ => false,
        }
    }

    fn confirmed(&self) -> bool {
        lock(&self.believed).nomination.as_ref().is_none_or(|nomination| nomination.confirmed)
    }
}

/// The transaction of a STUN message (RFC 8489 §5).
fn transaction_of(datagram: &[u8]) -> Option<[u8; 12]> {
    let is_stun = datagram.len() >= 20 && datagram[0] < 4 && datagram[4..8] == [0x21, 0x12, 0xa4, 0x42];
    is_stun.then(|| datagram[8..20].try_into().ok()).flatten()
}

/// Type and length of each attribute of a binding request (RFC 8489 §14), as far as they are whole.
fn attributes(datagram: &[u8]) -> impl Iterator<Item = (u16, usize)> {
    let mut rest = if datagram.starts_with(&[0x00, 0x01]) { datagram.get(20..).unwrap_or_default() } else { &[] };
    std::iter::from_fn(move || {
        let (&[t1, t2, l1, l2], after) = rest.split_first_chunk::<4>()?;
        let length = usize::from(u16::from_be_bytes([l1, l2]));
        rest = after.get(length.next_multiple_of(4)..)?;
        Some((u16::from_be_bytes([t1, t2]), length))
    })
}

/// Does a binding request carry this attribute?
fn has_attribute(datagram: &[u8], wanted: u16) -> bool {
    attributes(datagram).any(|(kind, _)| kind == wanted)
}

/// Is it signed, with at most a fingerprint behind the signature? Then checking the signature is safe arithmetic.
fn is_signed(datagram: &[u8]) -> bool {
    let mut last = attributes(datagram).skip_while(|(kind, _)| *kind != MESSAGE_INTEGRITY);
    last.next() == Some((MESSAGE_INTEGRITY, 20))
        && matches!((last.next(), last.next()), (None | Some((0x8028, 4)), None))
}

/// tokio's runtime, with our sockets.
#[derive(Debug)]
pub(crate) struct DoorstepRuntime {
    inner: Arc<dyn Runtime>,
    door: Arc<Doorstep>,
}

impl DoorstepRuntime {
    pub fn new(inner: Arc<dyn Runtime>, door: Arc<Doorstep>) -> Self {
        DoorstepRuntime { inner, door }
    }
}

impl fmt::Debug for Doorstep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Doorstep(open: {})", self.is_open())
    }
}

type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

impl Runtime for DoorstepRuntime {
    fn spawn(&self, future: Boxed<'static, ()>) -> Box<dyn JoinHandle> {
        self.inner.spawn(future)
    }

    fn wrap_udp_socket(&self, socket: std::net::UdpSocket) -> io::Result<Arc<dyn AsyncUdpSocket>> {
        let inner = self.inner.wrap_udp_socket(socket)?;
        let inbox = Arc::new(Inbox::default());
        let mut sockets = lock(&self.door.sockets);
        sockets.retain(|socket| socket.strong_count() > 0);
        sockets.push(Arc::downgrade(&inbox));
        Ok(Arc::new(Socket { inner, inbox, door: self.door.clone() }))
    }

    fn wrap_tcp_listener(&self, listener: std::net::TcpListener) -> io::Result<Arc<dyn AsyncTcpListener>> {
        self.inner.wrap_tcp_listener(listener)
    }

    fn connect_tcp<'a>(&'a self, remote: SocketAddr) -> Boxed<'a, io::Result<Arc<dyn AsyncTcpStream>>> {
        self.inner.connect_tcp(remote)
    }

    fn resolve_host<'a>(&'a self, host: &'a str) -> Boxed<'a, io::Result<Vec<SocketAddr>>> {
        self.inner.resolve_host(host)
    }

    fn now(&self) -> Instant {
        self.inner.now()
    }

    fn sleep(&self, duration: Duration) -> Boxed<'static, ()> {
        let hurry = self.door.hurry.swap(false, Ordering::AcqRel);
        self.inner.sleep(if hurry { Duration::ZERO } else { duration })
    }

    fn interval(&self, period: Duration) -> Box<dyn AsyncInterval> {
        self.inner.interval(period)
    }

    fn block_on(&self, future: Pin<Box<dyn Future<Output = ()> + '_>>) {
        self.inner.block_on(future);
    }

    fn yield_now(&self) -> Boxed<'static, ()> {
        self.inner.yield_now()
    }

    fn name(&self) -> &'static str {
        self.inner.name()
    }
}

struct Socket {
    inner: Arc<dyn AsyncUdpSocket>,
    inbox: Arc<Inbox>,
    door: Arc<Doorstep>,
}

impl fmt::Debug for Socket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

impl Socket {
    /// What waits and may go in now; otherwise remembers whom to wake when that changes.
    fn waiting(&self, cx: &Context<'_>) -> Option<(Vec<u8>, RecvMeta)> {
        let mut waiting = lock(&self.inbox.0);
        let next =
            waiting.forged.pop_front().or_else(|| if self.door.is_open() { waiting.held.pop_front() } else { None });
        if next.is_none() {
            waiting.waker = Some(cx.waker().clone());
        }
        next
    }

    /// True when the datagram stays here.
    fn keep(&self, datagram: &[u8], meta: RecvMeta) -> bool {
        if self.door.confirms(datagram) {
            return true;
        }
        if self.door.is_open() {
            return false;
        }
        if self.door.is_authentic(datagram) {
            let proven = &mut lock(&self.inbox.0).proven;
            proven.retain(|(_, known)| known.addr != meta.addr);
            if proven.len() < MAX_PROVEN {
                proven.push((datagram.to_vec(), meta));
            }
            return false;
        }
        // RFC 7983: 20..=63 is DTLS.
        if !matches!(datagram.first(), Some(20..=63)) {
            return false;
        }
        let mut waiting = lock(&self.inbox.0);
        if waiting.held.len() < MAX_HELD && datagram.len() <= MAX_HELD_BYTES {
            waiting.held.push_back((datagram.to_vec(), meta));
        }
        true
    }

    fn repeat(&self, request: Vec<u8>, to: SocketAddr) {
        let (door, socket) = (Arc::downgrade(&self.door), Arc::downgrade(&self.inner));
        // Ends by itself: confirmed, two seconds over, or the session gone.
        tokio::spawn(async move {
            for _ in 0..REPEATS {
                tokio::time::sleep(REPEAT).await;
                let (Some(door), Some(socket)) = (door.upgrade(), socket.upgrade()) else { return };
                if door.confirmed() {
                    return;
                }
                if let Err(error) = socket.send_to(&request, to).await {
                    tracing::debug!(%error, "repeating a nomination");
                }
            }
        });
    }
}

impl AsyncUdpSocket for Socket {
    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.inner.local_addr()
    }

    fn max_gso_segments(&self) -> usize {
        self.inner.max_gso_segments()
    }

    fn max_gro_segments(&self) -> usize {
        self.inner.max_gro_segments()
    }

    fn poll_send(&self, cx: &mut Context<'_>, transmit: &Transmit<'_>) -> Poll<io::Result<usize>> {
        let sent = self.inner.poll_send(cx, transmit);
        if self.door.is_open() || !matches!(sent, Poll::Ready(Ok(_))) {
            return sent;
        }
        let to = transmit.destination;
        let check = lock(&self.inbox.0).proven.iter().find(|(_, known)| known.addr == to).cloned();
        if let Some(Forged { answer, nominates }) = self.door.believe(transmit.contents, to, check.is_some()) {
            let mut meta = RecvMeta::default();
            meta.addr = to;
            meta.len = answer.len();
            meta.stride = answer.len();
            let mut waiting = lock(&self.inbox.0);
            waiting.forged.push_back((answer, meta));
            if !nominates {
                // Before the description came the engine could not answer the far end's check. Now it can, and a check on a
                // pair that works makes it nominate without waiting for its next timer.
                waiting.forged.extend(check);
            }
            if let Some(waker) = waiting.waker.take() {
                waker.wake();
            }
            drop(waiting);
            if nominates {
                self.repeat(transmit.contents.to_vec(), to);
            }
        }
        sent
    }

    fn poll_recv(
        &self,
        cx: &mut Context<'_>,
        bufs: &mut [IoSliceMut<'_>],
        meta: &mut [RecvMeta],
    ) -> Poll<io::Result<usize>> {
        loop {
            if let Some((datagram, its_meta)) = self.waiting(cx)
                && let (Some(buffer), Some(slot)) = (bufs.first_mut(), meta.first_mut())
                && let Some(space) = buffer.get_mut(..datagram.len())
            {
                space.copy_from_slice(&datagram);
                *slot = its_meta;
                return Poll::Ready(Ok(1));
            }
            let received = std::task::ready!(self.inner.poll_recv(cx, bufs, meta));
            // The engine reads one message at a time; several would only come to somebody who asks for several.
            let alone = matches!(received, Ok(1)) && meta[0].stride >= meta[0].len;
            let stays = alone && self.keep(bufs[0].get(..meta[0].len).unwrap_or_default(), meta[0]);
            if !stays {
                return Poll::Ready(received);
            }
        }
    }
}

#[cfg(test)]
mod tests;
