//! From the words inside to the shapes on the bridge.

use base::{Now, WallMs};

use crate::{
    Call, CallDirection, CallLine, CallMedia, Codec, Device, DevicePurpose, DeviceSlot, DeviceTest, EchoCancellation,
    EndReason, FaultCause, FaultySide, HistoryRow, KnownDevice, MoveWhy, NoiseSuppression, Person, QueuePlace,
    RingSlot, SaveDevices, SoundFault, TestDevice, TestOutcome, TestPhase, VoiceProcessing,
};

impl Call {
    /// The call as it is at `now` / `wall`: durations are computed here, so that the window never needs our clock.
    #[must_use]
    pub fn from_view(view: &phone::CallView, now: Now, wall: WallMs) -> Self {
        let since = |earlier: Now| u64::try_from(now.since(earlier).as_millis()).unwrap_or(u64::MAX);
        Call {
            id: view.call.to_string(),
            direction: view.direction.into(),
            person: (&view.party).into(),
            line: view.line.into(),
            media: view.media.into(),
            pending: view.pending,
            age_ms: u64::try_from(wall.0 - view.started_at.0).unwrap_or(0),
            talk_ms: view.answered_at.map(since),
            held_ms: view.held_at.map(since),
            held_by_far_end: view.held_by_far_end,
            silenced: view.silenced,
            ended: view.ended.map(Into::into),
            sip_code: view.sip_code,
            transfer: view.transfer.as_ref().map(Into::into),
            transferred_by: view.transferred_by.as_ref().map(Into::into),
            asks_for: view.asks_for.map(|call| call.to_string()),
            queue: view.queue.clone(),
            queue_place: view.queue_place.map(|place| QueuePlace { position: place.position, wait_s: place.wait_s }),
            supervision: view.supervision.as_ref().map(Into::into),
            supervised_by: view.supervised_by.as_ref().map(Into::into),
            conference: view.conference,
            recording: view.recording.into(),
        }
    }
}

impl From<&model::CallRecord> for HistoryRow {
    fn from(record: &model::CallRecord) -> Self {
        let seconds = |from: WallMs, to: WallMs| u32::try_from((to.0 - from.0).max(0) / 1000).unwrap_or(u32::MAX);
        HistoryRow {
            id: record.id,
            direction: record.direction.into(),
            person: (&record.party).into(),
            started_at_ms: record.started_at.0,
            talked_s: record.answered_at.map(|answered| seconds(answered, record.ended_at)),
            rang_s: seconds(record.started_at, record.answered_at.unwrap_or(record.ended_at)),
            reason: record.reason.into(),
            sip_code: record.sip_code,
            unseen: record.unseen,
            note: record.note.clone(),
            transfer: record.transfer.as_ref().map(Into::into),
            contact: None,
        }
    }
}

impl From<&model::Party> for Person {
    fn from(party: &model::Party) -> Self {
        Person { number: party.number.clone(), name: party.display_name.clone() }
    }
}

impl From<&model::AudioDevice> for Device {
    fn from(device: &model::AudioDevice) -> Self {
        Device {
            id: device.id.0.clone(),
            name: device.name.clone(),
            is_default: device.is_default,
            is_muted: device.is_muted,
        }
    }
}

impl From<&model::KnownDevice> for KnownDevice {
    fn from(device: &model::KnownDevice) -> Self {
        let name = if device.name.is_empty() { &device.id.0 } else { &device.name };
        KnownDevice { id: device.id.0.clone(), name: name.clone() }
    }
}

impl DeviceSlot {
    /// What is live is found by name in the list of what is there.
    #[must_use]
    pub fn new(slot: &phone::Slot, list: &[model::AudioDevice]) -> Self {
        DeviceSlot {
            wanted: slot.wanted.as_ref().map(Into::into),
            live: slot.live.as_ref().map(|id| named(id, list)),
            is_fallback: slot.is_fallback,
        }
    }
}

impl RingSlot {
    /// As [`DeviceSlot::new`].
    #[must_use]
    pub fn new(slot: &phone::RingSlot, list: &[model::AudioDevice]) -> Self {
        let chosen = slot.ringers.devices.iter().filter(|(_, rings)| *rings);
        RingSlot {
            with_speaker: slot.ringers.with_speaker,
            wanted: chosen.map(|(device, _)| device.into()).collect(),
            live: slot.live.iter().map(|id| named(id, list)).collect(),
            is_fallback: slot.is_fallback,
            percent: slot.ringers.percent,
        }
    }
}

fn named(id: &model::DeviceId, list: &[model::AudioDevice]) -> KnownDevice {
    let name = list.iter().find(|device| device.id == *id).map_or(&id.0, |device| &device.name);
    KnownDevice { id: id.0.clone(), name: name.clone() }
}

impl DeviceTest {
    /// `None`: nothing was tested yet.
    #[must_use]
    pub fn from_view(view: &phone::TestView) -> Option<Self> {
        let (phase, outcome) = match view.phase {
            phone::TestPhase::Opening => (TestPhase::Opening, None),
            phone::TestPhase::Recording => (TestPhase::Recording, None),
            phone::TestPhase::Playing => (TestPhase::Playing, None),
            phone::TestPhase::Sounding(phone::Side::Left) => (TestPhase::SoundingLeft, None),
            phone::TestPhase::Sounding(phone::Side::Right) => (TestPhase::SoundingRight, None),
            phone::TestPhase::Sounding(phone::Side::Both) => (TestPhase::SoundingBoth, None),
            phone::TestPhase::Over(outcome) => (TestPhase::Over, Some(outcome.into())),
        };
        let device = view.device.as_ref().map(|id| id.0.clone());
        Some(DeviceTest { purpose: view.purpose?.into(), device, phase, outcome })
    }
}

impl From<SaveDevices> for model::DeviceChoice {
    fn from(save: SaveDevices) -> Self {
        model::DeviceChoice {
            microphone: save.microphone.map(model::DeviceId),
            speaker: save.speaker.map(model::DeviceId),
            ring_with_speaker: save.ring_with_speaker,
            ringers: save.ringers.into_iter().map(model::DeviceId).collect(),
            ring_percent: save.ring_percent.min(100),
        }
    }
}

impl From<model::VoiceProcessing> for VoiceProcessing {
    fn from(voice: model::VoiceProcessing) -> Self {
        VoiceProcessing { noise: voice.noise.into(), echo: voice.echo.into(), gain: voice.gain }
    }
}

impl From<VoiceProcessing> for model::VoiceProcessing {
    fn from(voice: VoiceProcessing) -> Self {
        model::VoiceProcessing { noise: voice.noise.into(), echo: voice.echo.into(), gain: voice.gain }
    }
}

impl From<TestDevice> for phone::TestRequest {
    fn from(test: TestDevice) -> Self {
        let id = |id: Option<String>| id.map(model::DeviceId);
        match test {
            TestDevice::Microphone { device, speaker } => {
                phone::TestRequest::Microphone { device: id(device), speaker: id(speaker) }
            }
            TestDevice::Speaker { device } => phone::TestRequest::Speaker { device: id(device) },
            TestDevice::Ringer { devices, percent } => phone::TestRequest::Ringers {
                devices: devices.into_iter().map(model::DeviceId).collect(),
                percent: percent.min(100),
            },
        }
    }
}

/// Variants of the same name on both sides; a new one on the inside makes us think here.
macro_rules! same_names {
    ($inner:ty => $outer:ty, and back: $($name:ident),* $(,)?) => {
        same_names!($inner => $outer: $($name),*);
        same_names!($outer => $inner: $($name),*);
    };
    ($inner:ty => $outer:ty: $($name:ident),* $(,)?) => {
        impl From<$inner> for $outer {
            fn from(value: $inner) -> Self {
                match value {
                    $(<$inner>::$name => <$outer>::$name,)*
                }
            }
        }
    };
}

same_names!(model::Direction => CallDirection: Incoming, Outgoing);
same_names!(phone::MediaState => CallMedia: None, Connecting, Connected, Reconnecting, Failed);
same_names!(phone::SoundFault => SoundFault: Missing, Busy, NoPermission, Lost, Failed);
same_names!(phone::MoveWhy => MoveWhy: Gone, Failing, Back, NewDefault);
same_names!(phone::TestOutcome => TestOutcome:
    Heard, Silent, NotHeard, NoPermission, Busy, Gone, Failed, InUse, Stopped);
same_names!(model::DevicePurpose => DevicePurpose, and back: Microphone, Speaker, Ringer);
same_names!(phone::LineState => CallLine:
    Preparing, Calling, RingingThere, EarlyMedia, RingingHere, Answering, Talking, Held, Ending, Ended);
same_names!(model::NoiseSuppression => NoiseSuppression, and back: Off, Standard, Strong);
same_names!(model::EchoCancellation => EchoCancellation, and back: Auto, On, Off);
same_names!(base::CodecKind => Codec: Opus, G722, Pcmu, Pcma, ComfortNoise);
same_names!(model::FaultySide => FaultySide: Microphone, Computer, OwnNetwork, FarEnd);
same_names!(model::FaultCause => FaultCause:
    NoMicrophone, Stalls, LossIn, LossOut, LossBoth, Jitter, Delay, Nothing, FarPlayout);
same_names!(model::EndReason => EndReason:
    LocalHangUp, RemoteHangUp, Cancelled, Missed, AnsweredElsewhere, Declined, Transferred, Busy, Rejected, NoAnswer, NotFound, BadNumber,
    Forbidden, NotAcceptable, ServerFailure, Offline, Timeout, MediaFailed, Internal);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unanswered_call_rang_until_its_end() {
        let record = model::CallRecord {
            id: 7,
            account: base::AccountId(1),
            direction: model::Direction::Incoming,
            party: model::Party { number: "101".into(), display_name: String::new() },
            started_at: WallMs(1_000),
            answered_at: None,
            ended_at: WallMs(9_500),
            reason: model::EndReason::Missed,
            sip_code: Some(487),
            unseen: true,
            note: "الساعة العاشرة".into(),
            quality: None,
            transfer: Some(model::CallTransfer::By(model::Party { number: "104".into(), display_name: String::new() })),
        };
        let row = HistoryRow::from(&record);
        assert_eq!((row.rang_s, row.talked_s, row.unseen), (8, None, true));
        assert_eq!(row.transfer.map(|t| (t.way, t.person.number)), Some((crate::TransferWay::By, "104".to_owned())));
    }
}
