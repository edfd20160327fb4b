//! What we say.

use base::Ssrc;

use super::lines::Text;
use super::{Direction, Formats, SdpError, Setup, Slot, Transport};

/// Our end of ICE and DTLS, read from the engine's description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own(pub Transport);

impl Own {
    /// Reads the engine's local description after gathering. Component 2 is left behind (trap T11).
    ///
    /// # Errors
    /// [`SdpError`] if the engine wrote something else than an audio section with ICE and DTLS.
    pub fn read(engine: &str) -> Result<Self, SdpError> {
        let text = Text::read(engine)?;
        let audio = text.sections.iter().find(|section| section.media == "audio").ok_or(SdpError::NoAudio)?;
        let mut transport = Transport::read(&text, audio)?;
        transport.candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.priority));
        transport.candidates.dedup();
        Ok(Own(transport))
    }

    /// The same, without the addresses of `before`: after an ICE restart the engine still lists those of the sockets that
    /// it has just closed (trap T20).
    #[must_use]
    pub fn without(mut self, before: Option<&Own>) -> Self {
        let old = before.map(|own| own.0.candidates.as_slice()).unwrap_or_default();
        self.0.candidates.retain(|candidate| !old.contains(candidate));
        self
    }

    /// Address and port for `c=` and `m=`: who does not do ICE, or looks before it, finds us there (trap T10).
    /// Relay first, then what a STUN server saw, then our own; IPv4 before IPv6 (RFC 8839 §4.2.1.2).
    fn default_address(&self) -> Option<(std::net::IpAddr, u16)> {
        let rank = |kind| ["relay", "srflx", "host"].iter().position(|known| *known == kind).unwrap_or(3);
        let best = self.0.candidates.iter().min_by_key(|c| (rank(c.kind), c.ip.is_ipv6(), u32::MAX - c.priority))?;
        Some((best.ip, best.port))
    }
}

/// Everything else that a description of ours says.
#[derive(Clone, Debug)]
pub struct Wire<'a> {
    /// `o=` session id, the same for the life of the session.
    pub session: u64,
    /// `o=` version, one more with every description that differs (RFC 3264 §8).
    pub version: u64,
    /// From our view.
    pub direction: Direction,
    /// What we take.
    pub formats: &'a Formats,
    /// Ask for VoIP metrics (RFC 3611 §5.1), or answer that we know them.
    pub metrics: bool,
    /// Say that our decoder reads DRED.
    pub dred: bool,
    /// DTLS role.
    pub setup: Setup,
    /// All sections; those other than `audio` are rejected with port 0.
    pub slots: &'a [Slot],
    /// Which slot is ours.
    pub audio: usize,
    /// Write `a=group:BUNDLE`?
    pub bundled: bool,
    /// Our stream.
    pub ssrc: Ssrc,
    /// Its name (RFC 3550 §6.5.1): random, it tells nothing about the user.
    pub cname: &'a str,
}

/// Writes the description that goes to the peer in place of the engine's own: real address, component 1 only, our
/// direction and codecs (traps T2, T3, T10, T11).
///
/// # Errors
/// [`SdpError`] if `engine` is no local description of the engine.
pub fn fix_local(engine: &str, wire: &Wire<'_>) -> Result<String, SdpError> {
    Own::read(engine).map(|own| wire.write(&own))
}

impl Wire<'_> {
    /// The text.
    #[must_use]
    pub fn write(&self, own: &Own) -> String {
        let (ip, port) = own.default_address().unwrap_or((std::net::Ipv4Addr::UNSPECIFIED.into(), 9));
        let family = if ip.is_ipv4() { "IP4" } else { "IP6" };
        let mut out = format!("v=0\r\no=- {} {} IN {family} {ip}\r\ns=-\r\nt=0 0\r\n", self.session, self.version);
        if self.bundled
            && let Some(mid) = self.slots.get(self.audio).and_then(|slot| slot.mid.as_ref())
        {
            out.push_str(&format!("a=group:BUNDLE {mid}\r\n"));
        }
        for (index, slot) in self.slots.iter().enumerate() {
            if index == self.audio {
                self.write_audio(own, slot, &format!("{family} {ip}"), port, &mut out);
            } else {
                let Slot { media, proto, formats, .. } = slot;
                let formats = if formats.is_empty() { "0" } else { formats };
                out.push_str(&format!("m={media} 0 {proto} {formats}\r\nc=IN {family} {ip}\r\n"));
                write_mid(slot, &mut out);
                out.push_str("a=inactive\r\n");
            }
        }
        out
    }

    fn write_audio(&self, own: &Own, slot: &Slot, address: &str, port: u16, out: &mut String) {
        let formats = self.formats.numbers();
        out.push_str(&format!("m=audio {port} {} {formats}\r\nc=IN {address}\r\n", slot.proto));
        write_mid(slot, out);
        out.push_str(&format!("a={}\r\na=rtcp-mux\r\n", self.direction.attribute()));
        if self.metrics {
            out.push_str("a=rtcp-xr:pkt-loss-rle voip-metrics\r\n");
        }
        self.formats.write(self.dred, out);
        out.push_str("a=ptime:20\r\na=ice-options:ice2\r\n");
        own.0.write(self.setup, out);
        out.push_str("a=end-of-candidates\r\n");
        out.push_str(&format!("a=msid:- {0}\r\na=ssrc:{1} cname:{0}\r\n", self.cname, self.ssrc.0));
    }
}

fn write_mid(slot: &Slot, out: &mut String) {
    if let Some(mid) = &slot.mid {
        out.push_str(&format!("a=mid:{mid}\r\n"));
    }
}
