//! The 10 ms worker between sound cards, codecs and calls.
//!
//! ```text
//! microphone ring ─► CapturePath ─► CaptureChain ─► frame ─┬─► Call: two frames ─► Opus ─► its PacketSink (media session)
//!  (or WAV file, or silence)                               └─► Call …
//!
//! media task ─► AudioHandle::packet ─► Call: ReceiveBuffer ─┐
//!                                      Call …             ──┼─► Mixer ─► resample ─► speaker ring (or WAV file)
//!                                      tones              ──┘
//! ringing ─► its own speaker rings, several at once, or mixed in when it is the same device
//! speaker test ─► a ring with left and right of its own
//! ```
//!
//! One std thread does all of it; it sleeps while there is nothing to sound. The speaker's clock pulls what is heard, the
//! microphone's clock pushes what is sent; files and missing devices are paced by the computer's clock. Devices are opened and closed
//! by short-lived threads, so that a slow driver delays nobody's voice; a device that takes the place of another is opened first, and
//! the sound passes over within 5 ms at a frame's border.

mod call;
mod command;
mod fade;
mod handle;
mod inbox;
mod joint;
mod mic;
mod openers;
mod pace;
mod recorder;
mod ringer;
mod side_test;
mod speaker;
mod tap;
pub mod wav;
mod worker;

pub use command::{
    Announcement, AudioCommand, AudioEvent, CallSound, HeardPacket, MicSource, OpenFailure, PacketSink, PlaySource,
    RecordSink, SpeakerSink, SpokenPacket, Voice, Which,
};
pub use handle::{AudioHandle, AudioWorker};
