//! The telephone itself: every decision about the account, calls and devices.
//!
//! ```text
//! commands, SIP bytes, media answers, timers ──▶ Phone::handle(now, Input) ──▶ Outputs { effects, notices } + wake_at
//! ```
//!
//! Pure: no clock, no socket, no sound. Media and sound are ports: the phone names what it wants ([`Effect::MakeOffer`],
//! [`Effect::JoinAudio`]) and `engine` gives it to the room that can. SDP is opaque text here, but for one question
//! (does the far end put us on hold?).

mod account;
mod call;
pub mod devices;
pub mod dial;
mod effect;
mod input;
mod notice;
mod phone;
mod quality;
mod sound_test;
mod status;
mod supervise;
mod turn;

pub use devices::{DevicePlan, DevicesView, MoveWhy, RingSlot, Slot};
pub use effect::{Effect, FlowTarget, RecordStep, RecordingOf, RejectTone, StatusAsk, Tone};
pub use input::{Command, Input, MediaInput, RecordingRules, SoundFault, SoundInput, TeamInput};
pub use notice::{
    CallView, CommandError, LineState, MediaState, Notice, QueuePlace, RecordingState, RecordingView, SupervisedBy,
    SupervisionView, TransferFault, TransferStage, TransferView,
};
pub use phone::{INCOMING_CALL_IDS, Phone, PhoneConfig};
pub use quality::{Impairments, Measured, WayMeasured, mos, r_factor};
pub use sound_test::{Side, TestOutcome, TestPhase, TestRequest, TestStep, TestView};
pub use status::{StatusAnswer, StatusFault, StatusView};
pub use turn::Outputs;
