//! Which devices there are, and which are chosen.

use std::path::PathBuf;
use std::sync::Arc;

use model::{AudioDevice, DeviceId, DeviceKind};
use phone::SoundFault;

use crate::audio::{MicSource, SpeakerSink};
use crate::system::Presence;

/// Devices and choice, for the screen. A chosen device may be absent from the list: unplugged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Devices {
    /// All devices that make or play sound. Empty until they were listed.
    pub list: Vec<AudioDevice>,
    /// Chosen microphone; `None`: the system's default.
    pub microphone: Option<DeviceId>,
    /// Chosen speaker; `None`: the system's default.
    pub speaker: Option<DeviceId>,
    /// Chosen ringing device; `None`: as the speaker.
    pub ringer: Option<DeviceId>,
    /// Trouble with the microphone.
    pub microphone_fault: Option<SoundFault>,
    /// Trouble with the speaker.
    pub speaker_fault: Option<SoundFault>,
    /// Loudness of the caller, 0..=100; 100 plays as received.
    pub volume_percent: u8,
}

/// What a device is chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DevicePurpose {
    /// The agent's voice.
    Microphone,
    /// The caller's voice and tones.
    Speaker,
    /// Ringing.
    Ringer,
}

impl DevicePurpose {
    /// Name of the setting that remembers the choice.
    pub(crate) fn setting(self) -> &'static str {
        match self {
            DevicePurpose::Microphone => "sound.microphone",
            DevicePurpose::Speaker => "sound.speaker",
            DevicePurpose::Ringer => "sound.ringer",
        }
    }
}

/// Sound that was fixed at start and is not remembered: for automation and tests. `None`: what was chosen before.
#[derive(Clone, Debug, Default)]
pub struct SoundOverride {
    /// Instead of the microphone.
    pub microphone: Option<MicOverride>,
    /// Instead of the speaker, and for ringing.
    pub speaker: Option<SpeakerOverride>,
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

/// What was chosen for one purpose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Choice {
    /// The system's default.
    #[default]
    Default,
    /// This device.
    Id(DeviceId),
    /// The device of this id or name; which one is known when devices were listed.
    Called(String),
}

/// Devices, choices and trouble, as the driver keeps them.
pub(crate) struct DeviceBoard {
    list: Option<Vec<AudioDevice>>,
    microphone: Choice,
    speaker: Choice,
    ringer: Choice,
    samples: Option<Arc<[f32]>>,
    wav: Option<PathBuf>,
    pub(crate) microphone_fault: Option<SoundFault>,
    pub(crate) speaker_fault: Option<SoundFault>,
    pub(crate) volume_percent: u8,
}

/// The device is chosen by name and nobody has listed the devices yet.
#[derive(Debug)]
pub(crate) struct ListFirst;

impl DeviceBoard {
    pub(crate) fn new(given: SoundOverride) -> DeviceBoard {
        let mut board = DeviceBoard {
            list: None,
            microphone: Choice::Default,
            speaker: Choice::Default,
            ringer: Choice::Default,
            samples: None,
            wav: None,
            microphone_fault: None,
            speaker_fault: None,
            volume_percent: 100,
        };
        match given.microphone {
            Some(MicOverride::Device(name)) => board.microphone = Choice::Called(name),
            Some(MicOverride::Samples(samples)) => board.samples = Some(samples),
            None => {}
        }
        match given.speaker {
            Some(SpeakerOverride::Device(name)) => board.speaker = Choice::Called(name),
            Some(SpeakerOverride::Wav(path)) => board.wav = Some(path),
            None => {}
        }
        board
    }

    /// True when the list has changed.
    pub(crate) fn set_list(&mut self, list: Vec<AudioDevice>) -> bool {
        let changed = self.list.as_ref() != Some(&list);
        self.list = Some(list);
        changed
    }

    /// Chooses; what was given at start for this purpose no longer counts.
    pub(crate) fn choose(&mut self, purpose: DevicePurpose, id: Option<DeviceId>) {
        let choice = id.map_or(Choice::Default, Choice::Id);
        match purpose {
            DevicePurpose::Microphone => {
                self.samples = None;
                self.microphone = choice;
            }
            DevicePurpose::Speaker => {
                self.wav = None;
                self.speaker = choice;
            }
            DevicePurpose::Ringer => self.ringer = choice,
        }
    }

    /// Takes over what was chosen in an earlier run, unless something else was given at start.
    pub(crate) fn remember(&mut self, purpose: DevicePurpose, id: DeviceId) {
        let (choice, given) = match purpose {
            DevicePurpose::Microphone => (&mut self.microphone, self.samples.is_some()),
            DevicePurpose::Speaker => (&mut self.speaker, self.wav.is_some()),
            DevicePurpose::Ringer => (&mut self.ringer, false),
        };
        if *choice == Choice::Default && !given {
            *choice = Choice::Id(id);
        }
    }

    pub(crate) fn is_listed(&self) -> bool {
        self.list.is_some()
    }

    /// Where the agent's voice comes from.
    pub(crate) fn mic_source(&self) -> Result<MicSource, ListFirst> {
        match &self.samples {
            Some(samples) => Ok(MicSource::Samples(samples.clone())),
            None => Ok(MicSource::Device(self.resolve(&self.microphone, DeviceKind::Microphone)?)),
        }
    }

    /// Where callers are heard.
    pub(crate) fn speaker_sink(&self) -> Result<SpeakerSink, ListFirst> {
        match &self.wav {
            Some(path) => Ok(SpeakerSink::Wav(path.clone())),
            None => Ok(SpeakerSink::Device(self.resolve(&self.speaker, DeviceKind::Speaker)?)),
        }
    }

    /// Where it rings. `None`: nowhere, because the speaker is a file.
    pub(crate) fn ring_sink(&self) -> Result<Option<SpeakerSink>, ListFirst> {
        match &self.ringer {
            Choice::Default if self.wav.is_some() => Ok(None),
            Choice::Default => self.speaker_sink().map(Some),
            chosen => Ok(Some(SpeakerSink::Device(self.resolve(chosen, DeviceKind::Speaker)?))),
        }
    }

    /// A file must not be begun anew by closing and opening.
    pub(crate) fn speaker_is_file(&self) -> bool {
        self.wav.is_some()
    }

    pub(crate) fn microphone_presence(&self) -> Presence {
        self.presence(&self.microphone, DeviceKind::Microphone, self.samples.is_some())
    }

    pub(crate) fn speaker_presence(&self) -> Presence {
        self.presence(&self.speaker, DeviceKind::Speaker, self.wav.is_some())
    }

    pub(crate) fn view(&self) -> Devices {
        Devices {
            list: self.list.clone().unwrap_or_default(),
            microphone: self.id_of(&self.microphone, DeviceKind::Microphone),
            speaker: self.id_of(&self.speaker, DeviceKind::Speaker),
            ringer: self.id_of(&self.ringer, DeviceKind::Speaker),
            microphone_fault: self.microphone_fault,
            speaker_fault: self.speaker_fault,
            volume_percent: self.volume_percent,
        }
    }

    fn presence(&self, choice: &Choice, kind: DeviceKind, given: bool) -> Presence {
        let Some(list) = &self.list else { return if given { Presence::Present } else { Presence::Unknown } };
        let mut of_kind = list.iter().filter(|device| device.kind == kind);
        let present = given
            || match choice {
                Choice::Default => of_kind.next().is_some(),
                Choice::Id(id) => of_kind.any(|device| device.id == *id),
                Choice::Called(name) => of_kind.any(|device| is_called(device, name)),
            };
        if present { Presence::Present } else { Presence::Absent }
    }

    /// Id for the sound system; `None` is its default. A name that nobody has stays as it is, so that opening it fails as missing.
    fn resolve(&self, choice: &Choice, kind: DeviceKind) -> Result<Option<String>, ListFirst> {
        match choice {
            Choice::Default => Ok(None),
            Choice::Id(id) => Ok(Some(id.0.clone())),
            Choice::Called(_) if self.list.is_none() => Err(ListFirst),
            Choice::Called(_) => Ok(self.id_of(choice, kind).map(|id| id.0)),
        }
    }

    fn id_of(&self, choice: &Choice, kind: DeviceKind) -> Option<DeviceId> {
        match choice {
            Choice::Default => None,
            Choice::Id(id) => Some(id.clone()),
            Choice::Called(name) => {
                let mut list = self.list.iter().flatten().filter(|device| device.kind == kind);
                Some(
                    list.find(|device| is_called(device, name))
                        .map_or_else(|| DeviceId(name.clone()), |d| d.id.clone()),
                )
            }
        }
    }
}

fn is_called(device: &AudioDevice, name: &str) -> bool {
    device.id.0 == name || device.name == name
}

/// Lists the devices. Blocks for tens of milliseconds; never opens a microphone.
pub(crate) fn list() -> Result<Vec<AudioDevice>, audio_io::OpenError> {
    let device = |info: audio_io::AudioDeviceInfo| AudioDevice {
        id: DeviceId(info.id),
        name: info.name,
        kind: if info.is_input { DeviceKind::Microphone } else { DeviceKind::Speaker },
        is_default: info.is_default,
    };
    Ok(audio_io::list()?.into_iter().map(device).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn device(id: &str, name: &str, kind: DeviceKind) -> AudioDevice {
        AudioDevice { id: DeviceId(id.into()), name: name.into(), kind, is_default: false }
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
        let microphone = Some(MicOverride::Device("Headset".into()));
        let mut board = DeviceBoard::new(SoundOverride { microphone, speaker: None });
        assert_eq!(mic_id(&board), None);
        assert_eq!(board.microphone_presence(), Presence::Unknown);
        board.set_list(vec![
            device("s1", "Headset", DeviceKind::Speaker),
            device("m1", "Headset", DeviceKind::Microphone),
        ]);
        assert_eq!(mic_id(&board), Some(Some("m1".into())));
        assert_eq!(board.microphone_presence(), Presence::Present);
        assert_eq!(board.view().microphone, Some(DeviceId("m1".into())));
    }

    #[test]
    fn a_name_that_nobody_has_is_opened_as_it_is_and_shown_as_absent() {
        let microphone = Some(MicOverride::Device("Gone".into()));
        let mut board = DeviceBoard::new(SoundOverride { microphone, speaker: None });
        board.set_list(vec![device("m1", "Headset", DeviceKind::Microphone)]);
        assert_eq!(mic_id(&board), Some(Some("Gone".into())));
        assert_eq!(board.microphone_presence(), Presence::Absent);
    }

    #[test]
    fn what_was_given_at_start_beats_what_is_remembered_but_not_a_new_choice() {
        let microphone = Some(MicOverride::Samples(Arc::from([0.0])));
        let mut board = DeviceBoard::new(SoundOverride { microphone, speaker: None });
        board.remember(DevicePurpose::Microphone, DeviceId("old".into()));
        assert!(matches!(board.mic_source(), Ok(MicSource::Samples(_))));
        board.choose(DevicePurpose::Microphone, Some(DeviceId("new".into())));
        assert_eq!(mic_id(&board), Some(Some("new".into())));
    }

    #[test]
    fn ringing_goes_to_the_speaker_unless_chosen_and_never_into_a_file() {
        let mut board =
            DeviceBoard::new(SoundOverride { microphone: None, speaker: Some(SpeakerOverride::Wav("x.wav".into())) });
        assert!(board.ring_sink().unwrap().is_none());
        board.choose(DevicePurpose::Ringer, Some(DeviceId("desk".into())));
        assert!(matches!(board.ring_sink(), Ok(Some(SpeakerSink::Device(Some(id)))) if id == "desk"));
    }
}
