//! Which devices there are, and which are chosen.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use audio_io::{AudioDeviceInfo, DeviceWatch};
use model::{AudioDevice, DeviceId, DeviceKind, DevicePurpose, VoiceProcessing};
use phone::{DevicePlan, DevicesView, RingSlot, Slot, SoundFault, TestOutcome, TestPhase, TestView};
use tokio::sync::mpsc;

use crate::audio::{MicSource, SpeakerSink};
use crate::mail::Mail;
use crate::system::DeviceFact;

/// Devices and choice, for the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Devices {
    /// All devices that make or play sound. Empty until they were listed.
    pub list: Vec<AudioDevice>,
    /// False until they were listed.
    pub listed: bool,
    /// Microphone.
    pub microphone: Slot,
    /// Speaker.
    pub speaker: Slot,
    /// Ringing.
    pub ringers: RingSlot,
    /// Trouble with the microphone.
    pub microphone_fault: Option<SoundFault>,
    /// Trouble with the speaker.
    pub speaker_fault: Option<SoundFault>,
    /// Loudness of the caller, 0..=100; 100 plays as received.
    pub volume_percent: u8,
    /// How the agent's voice is treated.
    pub voice: VoiceProcessing,
    /// Somebody speaks into the muted microphone.
    pub speaks_while_muted: bool,
    /// The test that runs, or the last one.
    pub test: TestView,
}

/// Names of the settings that remember choices.
pub(crate) mod setting {
    pub(crate) const MICROPHONE: &str = "sound.microphone";
    pub(crate) const SPEAKER: &str = "sound.speaker";
    pub(crate) const RINGERS: &str = "sound.ringer";
    pub(crate) const VOLUME: &str = "sound.volume";
    pub(crate) const VOICE: &str = "sound.voice";
}

/// Sound that was fixed at start and is not remembered: for automation and tests. `None`: what was chosen before.
#[derive(Clone, Debug, Default)]
pub struct SoundOverride {
    /// Instead of the microphone.
    pub microphone: Option<MicOverride>,
    /// Instead of the speaker, and for ringing.
    pub speaker: Option<SpeakerOverride>,
    /// How the voice is treated, until something else is set.
    pub voice: Option<VoiceProcessing>,
}

/// A microphone given at start.
#[derive(Clone, Debug)]
pub enum MicOverride {
    /// Device by id or by its name for people.
    Device(String),
    /// 48 kHz mono, −1.0..=1.0, looped. Load a WAV file with [`crate::audio::wav::load`].
    Samples(Arc<[f32]>),
}

/// A speaker given at start.
#[derive(Clone, Debug)]
pub enum SpeakerOverride {
    /// Device by id or by its name for people.
    Device(String),
    /// A WAV file that is written anew, complete when the engine has shut down.
    Wav(PathBuf),
}

/// Devices, plan and trouble, as the driver keeps them. What was given at start goes before the plan.
pub(crate) struct DeviceBoard {
    view: DevicesView,
    plan: DevicePlan,
    given_microphone: Option<MicOverride>,
    given_speaker: Option<SpeakerOverride>,
    pub(crate) microphone_fault: Option<SoundFault>,
    pub(crate) speaker_fault: Option<SoundFault>,
    pub(crate) volume_percent: u8,
    pub(crate) voice: VoiceProcessing,
    /// It was given at start, or set: what was remembered comes too late.
    voice_is_set: bool,
    pub(crate) speaks_while_muted: bool,
    pub(crate) test: TestView,
    /// What came of the last whole test of each kind, and on which device.
    passed: HashMap<DeviceId, bool>,
}

/// The device is chosen by name and nobody has listed the devices yet.
#[derive(Debug)]
pub(crate) struct ListFirst;

impl DeviceBoard {
    pub(crate) fn new(given: SoundOverride) -> DeviceBoard {
        DeviceBoard {
            view: DevicesView::default(),
            plan: DevicePlan::default(),
            given_microphone: given.microphone,
            given_speaker: given.speaker,
            microphone_fault: None,
            speaker_fault: None,
            volume_percent: 100,
            voice: given.voice.unwrap_or_default(),
            voice_is_set: given.voice.is_some(),
            speaks_while_muted: false,
            test: TestView::default(),
            passed: HashMap::new(),
        }
    }

    /// The phone says what shall be used.
    pub(crate) fn use_plan(&mut self, plan: DevicePlan) {
        self.plan = plan;
    }

    /// The phone says what there is.
    pub(crate) fn show(&mut self, view: DevicesView) {
        self.view = view;
    }

    /// The phone says where a test stands.
    pub(crate) fn show_test(&mut self, test: TestView) {
        let kind = match test.purpose {
            Some(DevicePurpose::Microphone) => DeviceKind::Microphone,
            Some(DevicePurpose::Speaker | DevicePurpose::Ringer) | None => DeviceKind::Speaker,
        };
        let passed = match test.phase {
            TestPhase::Over(TestOutcome::Heard) => Some(true),
            TestPhase::Over(TestOutcome::Silent | TestOutcome::NotHeard) => Some(false),
            _ => None,
        };
        let id = test.device.clone().or_else(|| self.default_of(kind));
        if let (Some(passed), Some(id)) = (passed, id)
            && test.purpose != Some(DevicePurpose::Ringer)
        {
            self.passed.insert(id, passed);
        }
        self.test = test;
    }

    /// The agent has chosen: what was given at start for this purpose no longer counts.
    pub(crate) fn chosen(&mut self, purpose: DevicePurpose) {
        match purpose {
            DevicePurpose::Microphone => self.given_microphone = None,
            DevicePurpose::Speaker => self.given_speaker = None,
            DevicePurpose::Ringer => {}
        }
    }

    /// The agent sets how the voice is treated.
    pub(crate) fn set_voice(&mut self, voice: VoiceProcessing) {
        (self.voice, self.voice_is_set) = (voice, true);
    }

    /// How it was treated in an earlier run.
    pub(crate) fn recall_voice(&mut self, voice: VoiceProcessing) {
        if !self.voice_is_set {
            self.voice = voice;
        }
    }

    /// Where the agent's voice comes from.
    pub(crate) fn mic_source(&self) -> Result<MicSource, ListFirst> {
        Ok(match &self.given_microphone {
            Some(MicOverride::Samples(samples)) => MicSource::Samples(samples.clone()),
            Some(MicOverride::Device(name)) => MicSource::Device(Some(self.called(name, DeviceKind::Microphone)?)),
            None => MicSource::Device(self.plan.microphone.as_ref().map(|id| id.0.clone())),
        })
    }

    /// Where callers are heard.
    pub(crate) fn speaker_sink(&self) -> Result<SpeakerSink, ListFirst> {
        Ok(match &self.given_speaker {
            Some(SpeakerOverride::Wav(path)) => SpeakerSink::Wav(path.clone()),
            Some(SpeakerOverride::Device(name)) => SpeakerSink::Device(Some(self.called(name, DeviceKind::Speaker)?)),
            None => SpeakerSink::Device(self.plan.speaker.as_ref().map(|id| id.0.clone())),
        })
    }

    /// Where it rings. None: nowhere, because the speaker is a file. A name without a list cannot be looked up in time: it rings on
    /// the default rather than not at all.
    pub(crate) fn ring_sinks(&self) -> Vec<SpeakerSink> {
        match (&self.given_speaker, self.plan.ringers.is_empty()) {
            (Some(SpeakerOverride::Wav(_)), _) => Vec::new(),
            (Some(SpeakerOverride::Device(_)), _) => vec![self.speaker_sink().unwrap_or(SpeakerSink::Device(None))],
            (None, true) => vec![SpeakerSink::Device(None)],
            (None, false) => self.plan.ringers.iter().map(|id| SpeakerSink::Device(Some(id.0.clone()))).collect(),
        }
    }

    /// Loudness of the bell, 0..=100.
    pub(crate) fn ring_percent(&self) -> u8 {
        self.plan.ring_percent
    }

    /// The system's default of a kind, where it is known.
    pub(crate) fn default_of(&self, kind: DeviceKind) -> Option<DeviceId> {
        let mut list = self.view.list.iter().flatten();
        list.find(|device| device.kind == kind && device.is_default).map(|device| device.id.clone())
    }

    /// A file must not be begun anew by closing and opening.
    pub(crate) fn speaker_is_file(&self) -> bool {
        matches!(self.given_speaker, Some(SpeakerOverride::Wav(_)))
    }

    /// What the light of the microphone depends on.
    pub(crate) fn microphone_fact(&self) -> DeviceFact {
        let given = match &self.given_microphone {
            Some(MicOverride::Device(name)) => Some(Some(name)),
            Some(MicOverride::Samples(_)) => Some(None),
            None => None,
        };
        self.fact(DeviceKind::Microphone, given, &self.view.microphone)
    }

    /// What the light of the speaker depends on.
    pub(crate) fn speaker_fact(&self) -> DeviceFact {
        let given = match &self.given_speaker {
            Some(SpeakerOverride::Device(name)) => Some(Some(name)),
            Some(SpeakerOverride::Wav(_)) => Some(None),
            None => None,
        };
        self.fact(DeviceKind::Speaker, given, &self.view.speaker)
    }

    pub(crate) fn view(&self) -> Devices {
        Devices {
            list: self.view.list.clone().unwrap_or_default(),
            listed: self.view.list.is_some(),
            microphone: self.view.microphone.clone(),
            speaker: self.view.speaker.clone(),
            ringers: self.view.ringers.clone(),
            microphone_fault: self.microphone_fault,
            speaker_fault: self.speaker_fault,
            volume_percent: self.volume_percent,
            voice: self.voice,
            speaks_while_muted: self.speaks_while_muted,
            test: self.test.clone(),
        }
    }

    /// `given`: by name, or a file.
    fn fact(&self, kind: DeviceKind, given: Option<Option<&String>>, slot: &Slot) -> DeviceFact {
        let mut of_kind = self.view.list.iter().flatten().filter(|device| device.kind == kind);
        let device = match (given, &self.view.list) {
            (Some(None), _) => return DeviceFact::Works,
            (_, None) => return DeviceFact::Unknown,
            (Some(Some(name)), Some(_)) => of_kind.find(|device| is_called(device, name)),
            (None, Some(_)) => of_kind.find(|device| slot.live.as_ref() == Some(&device.id)),
        };
        match device {
            None => DeviceFact::Absent,
            Some(device) if device.is_muted => DeviceFact::Muted,
            Some(_) if given.is_none() && slot.is_fallback => DeviceFact::Replaced,
            Some(device) if self.passed.get(&device.id) == Some(&false) => DeviceFact::TestFailed,
            Some(_) => DeviceFact::Works,
        }
    }

    /// The id of what was named at start. A name that nobody has stays as it is, so that opening it fails as missing.
    fn called(&self, name: &str, kind: DeviceKind) -> Result<String, ListFirst> {
        let list = self.view.list.as_ref().ok_or(ListFirst)?;
        let found = list.iter().filter(|device| device.kind == kind).find(|device| is_called(device, name));
        Ok(found.map_or_else(|| name.to_owned(), |device| device.id.0.clone()))
    }
}

fn is_called(device: &AudioDevice, name: &str) -> bool {
    device.id.0 == name || device.name == name
}

/// Watches the devices until dropped; each list comes as a letter. No microphone is opened for it.
///
/// # Errors
/// When the system gives no thread.
pub(crate) fn watch(mail: mpsc::Sender<Mail>) -> std::io::Result<DeviceWatch> {
    DeviceWatch::start(move |list| {
        let device = |info: AudioDeviceInfo| AudioDevice {
            id: DeviceId(info.id),
            name: info.name,
            kind: if info.is_input { DeviceKind::Microphone } else { DeviceKind::Speaker },
            is_default: info.is_default,
            is_muted: info.is_muted,
        };
        // The driver may have ended.
        let _ = mail.blocking_send(Mail::DeviceList(list.into_iter().map(device).collect()));
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(board: &mut DeviceBoard, devices: &[(&str, &str, DeviceKind)]) {
        let device = |(id, name, kind): &(&str, &str, DeviceKind)| AudioDevice {
            id: DeviceId((*id).into()),
            name: (*name).into(),
            kind: *kind,
            is_default: false,
            is_muted: false,
        };
        board.show(DevicesView { list: Some(devices.iter().map(device).collect()), ..DevicesView::default() });
    }

    fn given(microphone: &str) -> DeviceBoard {
        let microphone = Some(MicOverride::Device(microphone.into()));
        DeviceBoard::new(SoundOverride { microphone, ..SoundOverride::default() })
    }

    fn mic_id(board: &DeviceBoard) -> Option<Option<String>> {
        match board.mic_source() {
            Ok(MicSource::Device(id)) => Some(id),
            Ok(MicSource::Samples(_)) => panic!("no file was given"),
            Err(ListFirst) => None,
        }
    }

    #[test]
    fn a_name_becomes_an_id_once_devices_are_listed() {
        let mut board = given("Headset");
        assert_eq!(mic_id(&board), None);
        assert_eq!(board.microphone_fact(), DeviceFact::Unknown);
        listed(&mut board, &[("s1", "Headset", DeviceKind::Speaker), ("m1", "Headset", DeviceKind::Microphone)]);
        assert_eq!(mic_id(&board), Some(Some("m1".into())));
        assert_eq!(board.microphone_fact(), DeviceFact::Works);
    }

    #[test]
    fn a_name_that_nobody_has_is_opened_as_it_is_and_shown_as_absent() {
        let mut board = given("Gone");
        listed(&mut board, &[("m1", "Headset", DeviceKind::Microphone)]);
        assert_eq!(mic_id(&board), Some(Some("Gone".into())));
        assert_eq!(board.microphone_fact(), DeviceFact::Absent);
    }

    #[test]
    fn what_was_given_at_start_beats_the_plan_but_not_a_new_choice() {
        let microphone = Some(MicOverride::Samples(Arc::from([0.0])));
        let mut board = DeviceBoard::new(SoundOverride { microphone, ..SoundOverride::default() });
        board.use_plan(DevicePlan { microphone: Some(DeviceId("m1".into())), ..DevicePlan::default() });
        assert!(matches!(board.mic_source(), Ok(MicSource::Samples(_))));
        board.chosen(DevicePurpose::Microphone);
        assert_eq!(mic_id(&board), Some(Some("m1".into())));
    }

    #[test]
    fn a_treatment_given_at_start_beats_what_was_remembered_but_not_a_new_one() {
        let remembered = VoiceProcessing { gain: true, ..VoiceProcessing::default() };
        let given = VoiceProcessing { noise: model::NoiseSuppression::Off, ..VoiceProcessing::default() };
        let mut board = DeviceBoard::new(SoundOverride { voice: Some(given), ..SoundOverride::default() });
        board.recall_voice(remembered);
        assert_eq!(board.voice, given);
        board.set_voice(remembered);
        assert_eq!(board.voice, remembered);
        let mut board = DeviceBoard::new(SoundOverride::default());
        board.recall_voice(remembered);
        assert_eq!(board.voice, remembered);
    }

    #[test]
    fn it_rings_on_all_of_the_plan_and_never_into_a_file() {
        let mut board = DeviceBoard::new(SoundOverride::default());
        assert_eq!(board.ring_sinks(), [SpeakerSink::Device(None)]);
        let ringers = vec![DeviceId("desk".into()), DeviceId("headset".into())];
        board.use_plan(DevicePlan { ringers, ..DevicePlan::default() });
        assert_eq!(board.ring_sinks().len(), 2);
        let speaker = Some(SpeakerOverride::Wav("x.wav".into()));
        assert!(DeviceBoard::new(SoundOverride { speaker, ..SoundOverride::default() }).ring_sinks().is_empty());
    }

    #[test]
    fn sy_05_a_test_that_failed_is_remembered_for_its_device_until_it_passes() {
        let mut board = DeviceBoard::new(SoundOverride::default());
        listed(&mut board, &[("m1", "Headset", DeviceKind::Microphone)]);
        board.view.microphone.live = Some(DeviceId("m1".into()));
        for (outcome, fact) in [
            (TestOutcome::Silent, DeviceFact::TestFailed),
            (TestOutcome::Stopped, DeviceFact::TestFailed),
            (TestOutcome::Heard, DeviceFact::Works),
        ] {
            board.show_test(TestView {
                purpose: Some(DevicePurpose::Microphone),
                device: Some(DeviceId("m1".into())),
                phase: TestPhase::Over(outcome),
            });
            assert_eq!(board.microphone_fact(), fact, "after {outcome:?}");
        }
    }
}
