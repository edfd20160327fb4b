//! Where a session stands between offer and answer (RFC 3264), and which text goes out next.
//!
//! ```text
//!         make_offer            apply_answer
//!  New ──────────────▶ Offered ──────────────▶ Stable ◀──────────────────────┐
//!   │                                           │  ▲   make_reoffer          │ apply_answer
//!   └──────────────── answer_offer ─────────────┘  │  ───────────▶ Reoffered ┤
//!                                      answer_offer┘                         │ rollback_offer
//! ```
//!
//! Hold, resume and everything else that leaves ICE alone never reaches the engine: the text is ours, and so is the gate
//! for packets. Only first agreements and ICE restarts go through the engine.

use base::{CodecKind, Pt, Ssrc};

use crate::sdp::{
    Carries, Direction, Formats, Kind, Own, Peer, Setup, Slot, Wire, answer_direction, most_bitrate, reads_dred,
};
use crate::traffic::Agreed;
use crate::{Codec, MediaConfig, MediaError, Negotiated};

/// The DTLS role in our first offer. `actpass` is what RFC 5763 §5 asks for; then the answerer opens, and the engine, as
/// DTLS server, insists on a cookie: one more round trip before the first sound. Opening ourselves spares it with every
/// peer but another engine like ours, and every answerer must know this value (RFC 4145 §4.1). Later offers say `actpass`.
const FIRST_OFFER: Setup = Setup::Active;

/// What was said so far. Texts only; the session carries them to the engine.
pub(crate) struct Signalling {
    pub stage: Stage,
    /// Our end as last read from the engine.
    pub own: Option<Own>,
    /// The far end as last agreed.
    pub peer: Option<Peer>,
    /// Our DTLS role, fixed by the first agreement.
    role: Option<Setup>,
    /// What we want, as last asked for.
    pub wanted: Direction,
    /// Codecs that we speak.
    codecs: Vec<CodecKind>,
    /// Our decoder reads DRED.
    dred: bool,
    /// What we take, as last said.
    ours: Formats,
    /// We ask for VoIP metrics, and what we write next answers somebody who knows them.
    metrics: bool,
    pub last_answer: Option<String>,
    pub negotiated: Option<Negotiated>,
    /// A refused ICE restart left the engine without a path.
    pub must_restart: bool,
    session: u64,
    version: u64,
    cname: String,
    ssrc: Ssrc,
}

/// See the drawing above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    New,
    Offered,
    Stable,
    Reoffered { before: Direction, restart: bool },
    Closed,
}

impl Signalling {
    pub fn new(config: &MediaConfig, random: u64, ssrc: Ssrc, cname: String) -> Self {
        Signalling {
            stage: Stage::New,
            own: None,
            peer: None,
            role: None,
            wanted: config.wanted,
            codecs: config.codecs.clone(),
            dred: config.dred,
            ours: Formats::default(),
            metrics: true,
            last_answer: None,
            negotiated: None,
            must_restart: false,
            // RFC 8866 §5.2: numeric; 62 bits, as JSEP does (RFC 9429 §5.2.1).
            session: random >> 2,
            version: 0,
            cname,
            ssrc,
        }
    }

    /// Our offer.
    pub fn write_offer(&mut self) -> Result<String, MediaError> {
        let fresh = [Slot {
            media: "audio".to_owned(),
            proto: "UDP/TLS/RTP/SAVPF".to_owned(),
            formats: String::new(),
            mid: Some("0".to_owned()),
        }];
        // A re-offer keeps every section that was ever agreed (RFC 3264 §8).
        let peer = self.peer.take();
        let (slots, audio, bundled) =
            peer.as_ref().map_or((&fresh[..], 0, true), |peer| (&peer.slots[..], peer.audio, peer.bundled));
        let setup = if self.role.is_none() { FIRST_OFFER } else { Setup::ActPass };
        self.ours = Formats::offer(&self.codecs, &self.ours);
        self.metrics = true;
        let text = self.write(self.wanted, setup, slots, audio, bundled);
        self.peer = peer;
        text
    }

    /// Is there a codec that both speak? To be asked before anything is changed.
    pub fn fits(&self, said: &Peer) -> Result<(), MediaError> {
        said.formats.speech(&self.codecs).map(|_| ()).ok_or(MediaError::NoCommonCodec)
    }

    /// Takes the peer's answer as agreed.
    pub fn accept_answer(&mut self, answer: Peer) -> Result<Negotiated, MediaError> {
        let role = match answer.setup(Kind::Answer) {
            Setup::Passive => Setup::Active,
            Setup::Active | Setup::ActPass => Setup::Passive,
        };
        self.role.get_or_insert(role);
        let direction = answer_direction(answer.direction, self.wanted);
        // The first codec of an answer is what the far end prefers (RFC 3264 §7).
        let best = answer.formats.speech(&self.codecs);
        self.agree(answer, best, direction)
    }

    /// Takes an offer as agreed and writes our answer to it.
    pub fn accept_offer(&mut self, offer: Peer, wanted: Direction) -> Result<(String, Negotiated), MediaError> {
        let role = match offer.setup(Kind::Offer) {
            Setup::Active => Setup::Passive,
            // RFC 8842 §5.3: an ICE-lite peer cannot be sure to reach us first, so it should open; so does the engine.
            Setup::ActPass if offer.transport.lite => Setup::Passive,
            Setup::ActPass | Setup::Passive => Setup::Active,
        };
        let role = *self.role.get_or_insert(role);
        self.wanted = wanted;
        // Answers use the offer's numbers for both ways (RFC 3264 §6.1).
        self.ours = offer.formats.answer(&self.codecs);
        self.metrics = offer.wants_metrics;
        let direction = answer_direction(offer.direction, wanted);
        let text = self.write(direction, role, &offer.slots, offer.audio, offer.bundled)?;
        let best = self.ours.speech(&self.codecs);
        Ok((text, self.agree(offer, best, direction)?))
    }

    /// What the packet side must know.
    pub fn agreed(&self) -> Agreed {
        let Some(peer) = &self.peer else { return Agreed::default() };
        let speech = self.negotiated.as_ref().map(|negotiated| negotiated.codec.kind);
        Agreed {
            direction: self.negotiated.as_ref().map(|negotiated| negotiated.direction),
            theirs: peer.formats.clone(),
            ours: self.ours.clone(),
            speech,
            digits: speech.and_then(|kind| peer.formats.digits(kind.clock_rate())),
            metrics: peer.wants_metrics,
        }
    }

    fn agree(
        &mut self,
        peer: Peer,
        best: Option<(Pt, CodecKind)>,
        direction: Direction,
    ) -> Result<Negotiated, MediaError> {
        let (pt, kind) = best.ok_or(MediaError::NoCommonCodec)?;
        let is_opus = kind == CodecKind::Opus;
        let fmtp = if is_opus { peer.opus_fmtp.clone() } else { String::new() };
        let noise = Carries::Speech(CodecKind::ComfortNoise);
        let negotiated = Negotiated {
            dred: is_opus && reads_dred(&fmtp),
            most_bitrate: most_bitrate(&fmtp),
            codec: Codec { kind, pt, clock_rate: kind.clock_rate(), fmtp },
            receives: self.ours.clone(),
            dtmf: peer.formats.digits(kind.clock_rate()).map(|event| event.pt),
            noise: peer.formats.pt_of(noise).filter(|_| !is_opus && self.codecs.contains(&CodecKind::ComfortNoise)),
            red: peer.formats.pt_of(Carries::Red).filter(|_| is_opus),
            direction,
            ptime: peer.ptime,
        };
        self.peer = Some(peer);
        self.negotiated = Some(negotiated.clone());
        self.stage = Stage::Stable;
        Ok(negotiated)
    }

    fn write(
        &mut self,
        direction: Direction,
        setup: Setup,
        slots: &[Slot],
        audio: usize,
        bundled: bool,
    ) -> Result<String, MediaError> {
        let own = self.own.as_ref().ok_or(MediaError::WrongState)?;
        self.version += 1;
        let wire = Wire {
            session: self.session,
            version: self.version,
            direction,
            formats: &self.ours,
            metrics: self.metrics,
            dred: self.dred,
            setup,
            slots,
            audio,
            bundled,
            ssrc: self.ssrc,
            cname: &self.cname,
        };
        Ok(wire.write(own))
    }
}
