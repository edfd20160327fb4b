//! What the worker can be told, and what it tells.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use audio::capture::Microphone;
use audio::codec::protect::Protection;
use audio::playout::ReceiveStats;
use audio::tones::Tone;
use base::{CallId, CodecKind, Dbfs, Pt, Ptime, Ssrc, SuperviseMode};
use bytes::Bytes;
use phone::Side;
use tokio::sync::oneshot;

/// Where the microphone's sound comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum MicSource {
    /// A device by id or name (`audio_io::list`); `None`: the system's default.
    Device(Option<String>),
    /// 48 kHz mono, looped; see [`super::wav::load`].
    Samples(Arc<[f32]>),
}

/// Where sound goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpeakerSink {
    /// A device by id or name; `None`: the system's default.
    Device(Option<String>),
    /// A WAV file, 48 kHz mono 16 bit, written from the moment of opening without gaps. An existing file is replaced.
    Wav(PathBuf),
}

/// Takes encoded packets. Runs on the worker's thread: it must not block.
pub type PacketSink = Box<dyn FnMut(SpokenPacket) + Send>;

/// Takes 10 ms of both sides: the far end's, and what was sent to it. Runs on the worker's thread: it must not block.
pub type RecordSink = Box<dyn FnMut(&audio::Frame, &audio::Frame) + Send>;

/// What both sides hear of a recording.
#[derive(Clone, Debug, Default)]
pub enum Announcement {
    /// Nothing.
    #[default]
    Nothing,
    /// A short tone.
    Tone,
    /// Words, 10 ms each. Whoever made them keeps them: the worker never drops the last of them.
    Words(Arc<[audio::Frame]>),
}

/// Gives 10 ms; `None`: the sound has ended. Runs on the worker's thread: it must not block.
pub type PlaySource = Box<dyn FnMut() -> Option<audio::Frame> + Send>;

/// How a call speaks, as agreed with the far end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voice {
    /// Codec.
    pub codec: CodecKind,
    /// How much sound in a packet.
    pub ptime: Ptime,
    /// The far end takes redundant packets (RFC 2198) with this payload type inside.
    pub red_inside: Option<Pt>,
}

impl Default for Voice {
    /// Opus, 20 ms.
    fn default() -> Self {
        Voice { codec: CodecKind::Opus, ptime: Ptime(20), red_inside: None }
    }
}

/// A packet to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpokenPacket {
    /// How it was encoded.
    pub codec: CodecKind,
    /// The codec's bytes, or those of a redundant packet.
    pub payload: Bytes,
    /// How much later this sound is than that of the packet before, ticks of the codec's clock: the packet time, more after hold.
    pub ticks: u32,
    /// Redundant (RFC 2198).
    pub is_red: bool,
    /// First packet, or first after a pause (RFC 3551 §4.1).
    pub marker: bool,
}

/// A packet that was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeardPacket {
    /// Whose.
    pub call: CallId,
    /// RTP synchronisation source.
    pub ssrc: Ssrc,
    /// RTP sequence number.
    pub seq: u16,
    /// RTP timestamp.
    pub timestamp: u32,
    /// How to decode it.
    pub codec: CodecKind,
    /// Taken out of a later packet (RFC 2198).
    pub redundant: bool,
    /// The codec's bytes.
    pub payload: Bytes,
    /// When the socket gave it.
    pub arrived: Instant,
}

/// What the worker shall do. Each takes effect within 10 ms.
pub enum AudioCommand {
    /// Opens a microphone. One that is open serves until the new one is there. Answered by `MicOpened` or `OpenFailed`.
    OpenMic {
        /// Which.
        source: MicSource,
    },
    /// Releases the microphone: its light goes out. Calls go on with silence.
    CloseMic,
    /// Opens a speaker, as `OpenMic`.
    OpenSpeaker {
        /// Which.
        sink: SpeakerSink,
    },
    /// Releases the speaker; a file is completed.
    CloseSpeaker,
    /// A call takes part, sending and receiving. Silence is sent until there is a microphone. A call of this id that takes part
    /// already is replaced.
    Join {
        /// Which.
        call: CallId,
        /// Where its packets go.
        out: PacketSink,
        /// How it speaks.
        voice: Voice,
    },
    /// A call speaks differently from now on.
    Voice {
        /// Which.
        call: CallId,
        /// How.
        voice: Voice,
    },
    /// A guest takes part in another call: what each of the three hears is mixed here. Again with another mode while it runs. Both
    /// have joined.
    Bridge {
        /// The guest.
        guest: CallId,
        /// In this call.
        to: CallId,
        /// Who hears whom.
        mode: SuperviseMode,
        /// The agent talks to somebody else meanwhile.
        apart: bool,
        /// Nothing of it is told: no level, no first sound.
        hidden: bool,
    },
    /// The guest takes part no more.
    EndBridge {
        /// The guest.
        guest: CallId,
    },
    /// What both sides of a call say goes to `out` from now on. It may not have joined yet. Replaces an older one.
    Record {
        /// Which.
        call: CallId,
        /// Where to.
        out: RecordSink,
        /// What both sides hear first.
        first: Announcement,
    },
    /// Nothing goes there for a while, or again.
    PauseRecord {
        /// Which.
        call: CallId,
        /// Pause or go on.
        on: bool,
        /// What both sides hear when it goes on.
        first: Announcement,
    },
    /// No more.
    EndRecord {
        /// Which.
        call: CallId,
    },
    /// Plays on the speaker, beside whatever else is heard, until the sound ends. Replaces what was played before.
    Play(PlaySource),
    /// Plays that no more.
    StopPlay,
    /// A call is over.
    Leave {
        /// Which.
        call: CallId,
    },
    /// Whether packets are made for this call.
    SetSend {
        /// Which.
        call: CallId,
        /// Yes or no.
        on: bool,
    },
    /// Whether this call is heard; what it sends meanwhile is dropped.
    SetReceive {
        /// Which.
        call: CallId,
        /// Yes or no.
        on: bool,
    },
    /// What protects a call's voice against loss from now on.
    Protect {
        /// Which.
        call: CallId,
        /// How.
        protection: Protection,
    },
    /// Mutes the microphone for all calls: digital silence is encoded and sent.
    Mute {
        /// Yes or no.
        on: bool,
    },
    /// How the microphone is treated from now on.
    Treat(Microphone),
    /// How loud callers are on the speaker, 0..=100; 100 is as received. Tones and ringing have their own level.
    Volume {
        /// 0..=100.
        percent: u8,
    },
    /// Plays a tone on the speaker in place of the one that plays; a key's tone sounds once beside it.
    Tone(Tone),
    /// Ends the tone; not a key's.
    StopTone,
    /// Rings on all of these, each from the beginning of the bell. Where it rings already it rings on, elsewhere it stops.
    Ring {
        /// Where; the speaker itself if it is one of them.
        sinks: Vec<SpeakerSink>,
        /// Loudness of the bell, 0..=100.
        percent: u8,
    },
    /// Stops ringing.
    StopRing,
    /// Sounds for a second on one side of a speaker, which is opened by the first of these and stays open.
    SideSound {
        /// Device by id; `None`: the system's default. Only the first counts.
        device: Option<String>,
        /// Side.
        side: Side,
    },
    /// Closes the speaker of `SideSound`.
    EndSideSound,
    /// Asks for counters; the reply is dropped when the call is unknown.
    Stats {
        /// Which.
        call: CallId,
        /// Where to.
        reply: oneshot::Sender<CallSound>,
    },
}

/// A device's part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Microphone.
    Mic,
    /// Speaker.
    Speaker,
    /// What rings.
    Ringer,
    /// The speaker under test.
    SideTest,
}

/// Why a device did not open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenFailure {
    /// It is not there.
    Missing,
    /// Another program holds it.
    Busy,
    /// The system forbids it.
    NoPermission,
    /// It offers nothing usable.
    Format,
    /// The sound system's or the disk's own words.
    Backend(String),
}

/// What the worker tells.
#[derive(Clone, Debug, PartialEq)]
pub enum AudioEvent {
    /// The microphone is open.
    MicOpened,
    /// The speaker is open.
    SpeakerOpened,
    /// A device did not open; what was open before stays. Calls go on.
    OpenFailed {
        /// Which.
        which: Which,
        /// Why.
        why: OpenFailure,
    },
    /// The microphone stopped: calls go on with silence until another is opened.
    MicLost,
    /// The speaker stopped: calls go on unheard until another is opened.
    SpeakerLost,
    /// What rang stopped, the last of them; ringing has ended.
    RingerLost,
    /// The speaker under test stopped.
    SideTestLost,
    /// Whether somebody speaks into the muted microphone; told when it changes.
    SpeaksWhileMuted(bool),
    /// Levels, 20 per second while a microphone is open or a call takes part. Dropped when the reader is slow.
    Levels {
        /// Root mean square of the microphone, before anything is changed or muted.
        mic: Dbfs,
        /// Whether it is muted.
        muted: bool,
        /// Root mean square of each call that is heard.
        calls: Vec<(CallId, Dbfs)>,
    },
    /// The first sound of a call went to a speaker.
    FirstHeard {
        /// Whose.
        call: CallId,
    },
    /// The first packet for a call left.
    FirstSpoken {
        /// Whose.
        call: CallId,
    },
}

/// Counters of one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallSound {
    /// What was heard.
    pub receive: ReceiveStats,
    /// Packets made.
    pub send_packets: u64,
    /// Packets of all calls that were dropped because the worker was too late to take them.
    pub queue_dropped: u64,
}
