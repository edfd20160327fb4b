//! What a peer says.

use base::{CodecKind, Pt, Ptime};

use super::direction::of_section;
use super::lines::{Section, Text, find};
use super::{Carries, Direction, Formats, SdpError, Setup, Transport};

/// Is a description an offer or an answer? It decides what a missing or wrong `a=setup` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Says what is possible.
    Offer,
    /// Says what was chosen.
    Answer,
}

/// A codec as a peer lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// Its payload type.
    pub pt: Pt,
    /// Name of the encoding, as written.
    pub name: String,
    /// Samples per second of its RTP clock.
    pub clock_rate: u32,
    /// Channels, when they are written.
    pub channels: Option<u8>,
    /// `a=fmtp` parameters, empty when there are none.
    pub fmtp: String,
}

/// One `m=` line as the answer must repeat it (RFC 3264 §6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// `audio`, `video`, …
    pub media: String,
    /// Profile.
    pub proto: String,
    /// Formats, for the rejection.
    pub formats: String,
    /// `a=mid`, when the peer wrote one.
    pub mid: Option<String>,
}

/// What we take from a peer's offer or answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer {
    /// From the peer's view.
    pub direction: Direction,
    /// What the peer takes, in its numbers. There is speech among it.
    pub formats: Formats,
    /// The peer's wishes for Opus, empty without.
    pub opus_fmtp: String,
    /// Does the peer ask for VoIP metrics and for each loss (`voip-metrics` and `pkt-loss-rle`, RFC 3611 §5.1)? One without the
    /// other is not worth a packet.
    pub wants_metrics: bool,
    /// How much sound the peer wants in a packet.
    pub ptime: Ptime,
    /// Its end of ICE and DTLS.
    pub transport: Transport,
    /// Every section in order; all but `audio` get rejected.
    pub slots: Vec<Slot>,
    /// Which of the slots is the one we talk over.
    pub audio: usize,
    /// Did the peer write `a=group:BUNDLE` (RFC 9143)?
    pub bundled: bool,
}

impl Peer {
    /// Reads a description.
    ///
    /// # Errors
    /// [`SdpError`]; the first usable audio section wins, and if there is none, the first one's reason.
    pub fn read(sdp: &str) -> Result<Self, SdpError> {
        let text = Text::read(sdp)?;
        let mut first_reason = None;
        for (index, section) in text.sections.iter().enumerate().filter(|(_, section)| section.media == "audio") {
            match Peer::read_section(&text, section, index) {
                Ok(peer) => return Ok(peer),
                Err(reason) => first_reason = first_reason.or(Some(reason)),
            }
        }
        Err(first_reason.unwrap_or(SdpError::NoAudio))
    }

    fn read_section(text: &Text<'_>, section: &Section<'_>, audio: usize) -> Result<Self, SdpError> {
        if section.port == 0 && section.attribute("bundle-only").is_none() {
            return Err(SdpError::AudioRefused);
        }
        if !section.proto.contains("RTP/") {
            return Err(SdpError::NoSecurity);
        }
        let transport = Transport::read(text, section)?;
        let codecs = codecs_of_section(section);
        let formats = Formats::read(&codecs);
        if !formats.has_speech() {
            return Err(SdpError::NoCommonCodec);
        }
        let opus = formats.pt_of(Carries::Speech(CodecKind::Opus));
        let opus_fmtp = codecs.iter().find(|codec| Some(codec.pt) == opus).map(|codec| codec.fmtp.clone());
        let metrics = section.attribute("rtcp-xr").or_else(|| find(&text.session, "rtcp-xr"));
        Ok(Peer {
            direction: of_section(text, &section.lines),
            formats,
            opus_fmtp: opus_fmtp.unwrap_or_default(),
            wants_metrics: metrics.is_some_and(|formats| {
                let asks = |name| formats.split(' ').any(|format| format.split('=').next() == Some(name));
                asks("voip-metrics") && asks("pkt-loss-rle")
            }),
            ptime: ptime_of(section),
            transport,
            slots: text.sections.iter().map(slot_of).collect(),
            audio,
            bundled: text.session.iter().any(|(name, value)| *name == "group" && value.starts_with("BUNDLE")),
        })
    }

    /// The description that the engine gets: one audio section, always `sendrecv`, with everything that it trips over
    /// when it is missing (traps T3 to T7). Its payload types are always the same two: what is in the packets is our business.
    #[must_use]
    pub fn engine_text(&self, kind: Kind) -> String {
        let (opus, dtmf) = (crate::engine::OPUS, crate::engine::DTMF);
        let mut out = String::from("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n");
        if self.transport.lite {
            out.push_str("a=ice-lite\r\n");
        }
        out.push_str(&format!("m=audio 9 UDP/TLS/RTP/SAVPF {opus} {dtmf}\r\nc=IN IP4 0.0.0.0\r\n"));
        out.push_str("a=mid:0\r\na=rtcp-mux\r\na=sendrecv\r\n");
        self.transport.write(self.setup(kind), &mut out);
        out.push_str(&format!("a=rtpmap:{opus} opus/48000/2\r\na=fmtp:{opus} minptime=10;useinbandfec=1\r\n"));
        out.push_str(&format!("a=rtpmap:{dtmf} telephone-event/48000\r\n"));
        out
    }

    /// The DTLS role that the peer takes or leaves to us.
    #[must_use]
    pub fn setup(&self, kind: Kind) -> Setup {
        match (kind, self.transport.setup) {
            (Kind::Offer, setup) => setup.unwrap_or(Setup::ActPass),
            // RFC 4145 §4.1: an absent attribute means active. `actpass` in an answer is an error that we forgive.
            (Kind::Answer, Some(Setup::Passive)) => Setup::Passive,
            (Kind::Answer, Some(Setup::Active | Setup::ActPass) | None) => Setup::Active,
        }
    }
}

/// The text that the engine would get for this offer.
///
/// # Errors
/// [`SdpError`], see [`Peer::read`].
pub fn normalise(offer: &str) -> Result<String, SdpError> {
    Peer::read(offer).map(|peer| peer.engine_text(Kind::Offer))
}

/// The codecs of the first audio section in the writer's order, static payload types included (RFC 3551 §6, trap T7).
/// Empty for what is no description.
#[must_use]
pub fn codecs_of(sdp: &str) -> Vec<Offered> {
    let Ok(text) = Text::read(sdp) else { return Vec::new() };
    text.sections.iter().find(|section| section.media == "audio").map(codecs_of_section).unwrap_or_default()
}

fn codecs_of_section(section: &Section<'_>) -> Vec<Offered> {
    section.formats.iter().filter_map(|format| codec_of(section, format)).collect()
}

fn codec_of(section: &Section<'_>, format: &str) -> Option<Offered> {
    // 64..=95 would be taken for RTCP on a multiplexed port (RFC 5761 §4).
    let pt = format.parse().ok().filter(|pt| matches!(pt, 0..=63 | 96..=127))?;
    let of_format =
        |value: &str| value.split_once(' ').filter(|(pt, _)| *pt == format).map(|(_, rest)| rest.trim().to_owned());
    let fmtp = section.attributes("fmtp").find_map(of_format).filter(|fmtp| fmtp.len() <= 512).unwrap_or_default();
    let (name, clock_rate, channels) = match section.attributes("rtpmap").find_map(of_format) {
        Some(rtpmap) => {
            let mut parts = rtpmap.split('/');
            let name = parts.next().filter(|name| name.len() <= 64)?.to_owned();
            let clock_rate = parts.next()?.trim().parse().ok()?;
            (name, clock_rate, parts.next().and_then(|channels| channels.trim().parse().ok()))
        }
        None => match pt {
            0 => ("PCMU".to_owned(), 8000, None),
            8 => ("PCMA".to_owned(), 8000, None),
            9 => ("G722".to_owned(), 8000, None),
            13 => ("CN".to_owned(), 8000, None),
            _ => return None,
        },
    };
    Some(Offered { pt: Pt(pt), name, clock_rate, channels, fmtp })
}

/// What every codec of ours can do (RFC 7587 §6.1) nearest to what the peer asks for; 20 ms when it asks for nothing.
fn ptime_of(section: &Section<'_>) -> Ptime {
    let number = |name| section.attribute(name).and_then(|value| value.parse::<f32>().ok());
    let limit = number("maxptime").unwrap_or(60.0).max(10.0);
    let wanted = number("ptime").unwrap_or(20.0).min(limit);
    let fits = [60u8, 40, 20].into_iter().find(|ms| f32::from(*ms) <= wanted);
    Ptime(fits.unwrap_or(10))
}

fn slot_of(section: &Section<'_>) -> Slot {
    Slot {
        media: section.media.to_owned(),
        proto: section.proto.to_owned(),
        formats: section.formats.join(" "),
        mid: section.attribute("mid").filter(|mid| !mid.is_empty() && mid.len() <= 64).map(str::to_owned),
    }
}
