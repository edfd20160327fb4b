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

use base::{Pt, Ssrc};

use crate::sdp::{Direction, Event, Kind, Own, Peer, Setup, Slot, Wire, answer_direction};
use crate::traffic::{Agreed, EngineTypes};
use crate::{Codec, CodecKind, MediaError, Negotiated, engine};

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
    /// What we receive speech and digits as.
    opus_in: Pt,
    dtmf_in: Option<Event>,
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
    pub fn new(wanted: Direction, random: u64, ssrc: Ssrc) -> Self {
        Signalling {
            stage: Stage::New,
            own: None,
            peer: None,
            role: None,
            wanted,
            opus_in: Pt(engine::OPUS),
            dtmf_in: Some(Event { pt: Pt(engine::DTMF), clock_rate: 48_000 }),
            last_answer: None,
            negotiated: None,
            must_restart: false,
            // RFC 8866 §5.2: numeric; 62 bits, as JSEP does (RFC 9429 §5.2.1).
            session: random >> 2,
            version: 0,
            cname: format!("{:016x}", random.rotate_left(17) ^ 0x5bd1_e995_9d1b_58a3),
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
        let text = self.write(self.wanted, setup, slots, audio, bundled);
        self.peer = peer;
        text
    }

    /// Takes the peer's answer as agreed.
    pub fn accept_answer(&mut self, answer: Peer) -> Negotiated {
        let role = match answer.setup(Kind::Answer) {
            Setup::Passive => Setup::Active,
            Setup::Active | Setup::ActPass => Setup::Passive,
        };
        self.role.get_or_insert(role);
        let direction = answer_direction(answer.direction, self.wanted);
        self.agree(answer, direction)
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
        self.opus_in = offer.opus.pt;
        self.dtmf_in = offer.dtmf;
        let direction = answer_direction(offer.direction, wanted);
        let text = self.write(direction, role, &offer.slots, offer.audio, offer.bundled)?;
        Ok((text, self.agree(offer, direction)))
    }

    /// What the packet side must know.
    pub fn agreed(&self) -> Agreed {
        let peer = self.peer.as_ref();
        Agreed {
            direction: self.negotiated.as_ref().map(|negotiated| negotiated.direction),
            opus_out: peer.map(|peer| peer.opus.pt),
            opus_in: Some(self.opus_in),
            dtmf_out: peer.and_then(|peer| peer.dtmf),
            dtmf_in: self.dtmf_in,
        }
    }

    /// What the engine was told in the first agreement.
    pub fn engine_types(peer: &Peer) -> EngineTypes {
        let (opus, dtmf) = peer.engine_types();
        EngineTypes { opus, dtmf }
    }

    fn agree(&mut self, peer: Peer, direction: Direction) -> Negotiated {
        let codec = Codec { kind: CodecKind::Opus, pt: peer.opus.pt, clock_rate: 48_000, fmtp: peer.opus.fmtp.clone() };
        let negotiated = Negotiated { codec, dtmf: peer.dtmf.map(|event| event.pt), direction, ptime: peer.ptime };
        self.peer = Some(peer);
        self.negotiated = Some(negotiated.clone());
        self.stage = Stage::Stable;
        negotiated
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
            opus: self.opus_in,
            dtmf: self.dtmf_in,
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
