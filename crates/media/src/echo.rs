//! Sends back what arrives: the far side of a microphone test.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::mpsc;

use crate::{InPacket, MediaError, MediaEvent, MediaSession, OutPacket};

/// More seconds than this between two packets are not a pause in one stream.
const LONGEST_PAUSE_S: u32 = 10;

/// Returns every packet of speech with its payload and its distance in time, under our own sequence numbers.
///
/// Nothing is kept but the last timestamp, so it takes no more memory after an hour than at the start. Digits are not
/// returned.
pub struct Echo {
    session: MediaSession,
    events: mpsc::Receiver<MediaEvent>,
    returned: Arc<AtomicU64>,
}

/// Why an echo ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EchoEnd {
    /// The session was closed.
    Closed,
    /// There is no path to the far end; the session is closed now.
    Failed(MediaError),
}

impl Echo {
    /// Prepares an echo for a session whose answer is made or about to be made.
    #[must_use]
    pub fn new(session: MediaSession, events: mpsc::Receiver<MediaEvent>) -> Self {
        Echo { session, events, returned: Arc::default() }
    }

    /// How many packets went back, to be watched while [`Echo::run`] runs.
    #[must_use]
    pub fn returned(&self) -> Arc<AtomicU64> {
        self.returned.clone()
    }

    /// Echoes until the session is closed or lost.
    pub async fn run(mut self) -> EchoEnd {
        let mut last: Option<InPacket> = None;
        while let Some(event) = self.events.recv().await {
            match event {
                MediaEvent::Packet(packet) => {
                    if let Some(ticks) = advance(last.as_ref(), &packet) {
                        let (codec, marker) = (packet.codec, packet.marker);
                        let out = OutPacket { codec, payload: packet.payload.clone(), ticks, marker, red: false };
                        if self.session.write(out) {
                            self.returned.fetch_add(1, Ordering::Relaxed);
                        }
                        last = Some(packet);
                    }
                }
                MediaEvent::Failed(why) => {
                    self.session.close().await;
                    return EchoEnd::Failed(why);
                }
                MediaEvent::Closed => break,
                MediaEvent::Connected | MediaEvent::FirstSent | MediaEvent::Dtmf { .. } | MediaEvent::Disconnected => {}
            }
        }
        EchoEnd::Closed
    }
}

/// How much later the packet is than the last one returned; `None` for a late or repeated one, which our stream cannot
/// place any more.
fn advance(last: Option<&InPacket>, packet: &InPacket) -> Option<u32> {
    let clock = packet.codec.clock_rate();
    let (usual, longest) = (clock / 50, clock * LONGEST_PAUSE_S);
    let same = |last: &&InPacket| last.ssrc == packet.ssrc && last.codec.clock_rate() == clock;
    let Some(last) = last.filter(same) else { return Some(usual) };
    let ahead = packet.timestamp.wrapping_sub(last.timestamp);
    match ahead {
        0 => None,
        _ if ahead <= longest => Some(ahead),
        _ if ahead > u32::MAX - longest => None,
        _ => Some(usual),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{CodecKind, Pt, Ssrc};
    use bytes::Bytes;

    #[test]
    fn distance_is_kept_and_late_packets_are_not() {
        let at = |ssrc, timestamp| InPacket {
            codec: CodecKind::Opus,
            pt: Pt(111),
            ssrc: Ssrc(ssrc),
            seq: 0,
            timestamp,
            marker: false,
            redundant: false,
            payload: Bytes::new(),
            arrived: std::time::Instant::now(),
        };
        let last = at(1, u32::MAX - 100);
        assert_eq!(advance(None, &last), Some(960));
        assert_eq!(advance(Some(&last), &at(1, 859)), Some(960), "over the wrap");
        assert_eq!(advance(Some(&last), &at(1, 19_099)), Some(19_200), "a pause of the sender");
        assert_eq!(advance(Some(&last), &last), None, "repeated");
        assert_eq!(advance(Some(&last), &at(1, u32::MAX - 1060)), None, "late");
        assert_eq!(advance(Some(&last), &at(2, 7)), Some(960), "another stream");
        let telephone = |timestamp| InPacket { codec: CodecKind::Pcma, ..at(1, timestamp) };
        assert_eq!(advance(Some(&last), &telephone(5)), Some(160), "another codec");
        assert_eq!(advance(Some(&telephone(5)), &telephone(325)), Some(320));
    }
}
