//! The system status (SY-01…05): four lights, computed in one place from what is known.

use std::time::Duration;

use base::Now;
use model::{Registration, RegistrationFailure};
use phone::SoundFault;

/// Slower than this is shown as trouble.
const SLOW: Duration = Duration::from_millis(300);

/// How one of the four is. The order is by badness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LightLevel {
    /// Works.
    Ok,
    /// Not used by this account, or signed out.
    Off,
    /// Being set up, or works with trouble.
    Warn,
    /// Broken.
    Bad,
}

/// Why it does not work; each has its own words and cure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum WhyDown {
    Connecting,
    Unreachable,
    BadCertificate,
    WrongCredentials,
    /// The server does not take this account in this network (EC-09).
    NotFromHere,
    Refused,
    NoAnswer,
    ServerError,
    /// Round trip above 300 ms.
    Slow,
    MicrophoneMissing,
    MicrophoneBusy,
    MicrophoneRefused,
    MicrophoneLost,
    SpeakerMissing,
    SpeakerBusy,
    SpeakerLost,
    MicrophoneMuted,
    SpeakerMuted,
    /// The chosen one is not there, another is used.
    MicrophoneReplaced,
    SpeakerReplaced,
    /// The last test heard nothing.
    MicrophoneSilent,
    /// The agent did not hear the last test.
    SpeakerNotHeard,
    SoundFailed,
}

/// One line of the system status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Light {
    /// Level.
    pub level: LightLevel,
    /// Why not ok.
    pub why: Option<WhyDown>,
    /// When it is tried again by itself.
    pub retry_at: Option<Now>,
    /// Technical line: a status code.
    pub detail: Option<String>,
}

impl Light {
    const OK: Light = Light { level: LightLevel::Ok, why: None, retry_at: None, detail: None };
    const OFF: Light = Light { level: LightLevel::Off, why: None, retry_at: None, detail: None };

    fn warn(why: WhyDown) -> Light {
        Light { level: LightLevel::Warn, why: Some(why), ..Light::OK }
    }

    fn bad(why: WhyDown) -> Light {
        Light { level: LightLevel::Bad, why: Some(why), ..Light::OK }
    }
}

/// The four lights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SystemStatus {
    /// SIP registration (SY-02).
    pub web_phone: Light,
    /// Event stream of the team server (SY-03).
    pub live_panel: Light,
    /// Round trip to the server (SY-04).
    pub internet: Light,
    /// Last round trip.
    pub internet_rtt: Option<Duration>,
    /// Microphone and speaker (SY-05).
    pub sound: Light,
}

/// What is known of the event stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Panel {
    /// This account has none.
    Unused,
    /// Not connected yet.
    Connecting,
    /// Events flow.
    Live,
    /// Lost.
    Lost { why: WhyDown, retry_at: Now, detail: Option<String> },
}

/// What is known of the way to the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Internet {
    /// Nobody asked.
    Unused,
    /// Asked, not answered yet.
    Asking,
    /// Answered.
    Reached { rtt: Duration },
    /// Not answered.
    Down { why: WhyDown, detail: Option<String> },
}

/// What is known of a device, apart from trouble when opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DeviceFact {
    /// Devices were not listed yet.
    Unknown,
    /// There is none.
    Absent,
    /// It is muted in the system's mixer.
    Muted,
    /// What was chosen is not there, another one is used.
    Replaced,
    /// The last test of it was not heard.
    TestFailed,
    /// Nothing is known against it.
    Works,
}

/// All that the lights depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) registration: Registration,
    pub(crate) registration_retry_at: Option<Now>,
    pub(crate) panel: Panel,
    pub(crate) internet: Internet,
    pub(crate) microphone: DeviceFact,
    pub(crate) speaker: DeviceFact,
    pub(crate) microphone_fault: Option<SoundFault>,
    pub(crate) speaker_fault: Option<SoundFault>,
}

/// The lights for these facts.
pub(crate) fn status(facts: &Facts) -> SystemStatus {
    SystemStatus {
        web_phone: web_phone(facts),
        live_panel: live_panel(&facts.panel),
        internet: internet(&facts.internet),
        internet_rtt: match facts.internet {
            Internet::Reached { rtt } => Some(rtt),
            Internet::Unused | Internet::Asking | Internet::Down { .. } => None,
        },
        sound: sound(facts),
    }
}

fn web_phone(facts: &Facts) -> Light {
    match &facts.registration {
        Registration::Registered => Light::OK,
        Registration::Off | Registration::Unregistering => Light::OFF,
        Registration::Registering => Light::warn(WhyDown::Connecting),
        Registration::Failed { why, .. } => {
            let (why, code) = match *why {
                RegistrationFailure::WrongCredentials => (WhyDown::WrongCredentials, None),
                RegistrationFailure::NotFromHere => (WhyDown::NotFromHere, None),
                RegistrationFailure::Refused { code } => (WhyDown::Refused, Some(code)),
                RegistrationFailure::Unreachable => (WhyDown::Unreachable, None),
                RegistrationFailure::BadCertificate => (WhyDown::BadCertificate, None),
                RegistrationFailure::NoAnswer => (WhyDown::NoAnswer, None),
                RegistrationFailure::ServerError { code } => (WhyDown::ServerError, Some(code)),
            };
            let detail = code.map(|code| format!("SIP {code}"));
            Light { retry_at: facts.registration_retry_at, detail, ..Light::bad(why) }
        }
    }
}

fn live_panel(panel: &Panel) -> Light {
    match panel {
        Panel::Unused => Light::OFF,
        Panel::Connecting => Light::warn(WhyDown::Connecting),
        Panel::Live => Light::OK,
        Panel::Lost { why, retry_at, detail } => {
            Light { retry_at: Some(*retry_at), detail: detail.clone(), ..Light::bad(*why) }
        }
    }
}

fn internet(internet: &Internet) -> Light {
    match internet {
        Internet::Unused => Light::OFF,
        Internet::Asking => Light::warn(WhyDown::Connecting),
        Internet::Reached { rtt } if *rtt > SLOW => Light::warn(WhyDown::Slow),
        Internet::Reached { .. } => Light::OK,
        Internet::Down { why, detail } => Light { detail: detail.clone(), ..Light::bad(*why) },
    }
}

/// The microphone goes first: without it nobody hears the agent, and the agent cannot know.
fn sound(facts: &Facts) -> Light {
    let microphone = facts.microphone_fault.map(|fault| match fault {
        SoundFault::Missing => WhyDown::MicrophoneMissing,
        SoundFault::Busy => WhyDown::MicrophoneBusy,
        SoundFault::NoPermission => WhyDown::MicrophoneRefused,
        SoundFault::Lost => WhyDown::MicrophoneLost,
        SoundFault::Failed => WhyDown::SoundFailed,
    });
    let speaker = facts.speaker_fault.map(|fault| match fault {
        SoundFault::Missing => WhyDown::SpeakerMissing,
        SoundFault::Busy => WhyDown::SpeakerBusy,
        SoundFault::Lost => WhyDown::SpeakerLost,
        SoundFault::NoPermission | SoundFault::Failed => WhyDown::SoundFailed,
    });
    if let Some(why) = microphone.or(speaker) {
        return Light::bad(why);
    }
    let microphone = match facts.microphone {
        DeviceFact::Absent => Light::bad(WhyDown::MicrophoneMissing),
        DeviceFact::Muted => Light::bad(WhyDown::MicrophoneMuted),
        DeviceFact::Replaced => Light::warn(WhyDown::MicrophoneReplaced),
        DeviceFact::TestFailed => Light::warn(WhyDown::MicrophoneSilent),
        DeviceFact::Unknown => Light::warn(WhyDown::Connecting),
        DeviceFact::Works => Light::OK,
    };
    let speaker = match facts.speaker {
        DeviceFact::Absent => Light::bad(WhyDown::SpeakerMissing),
        DeviceFact::Muted => Light::bad(WhyDown::SpeakerMuted),
        DeviceFact::Replaced => Light::warn(WhyDown::SpeakerReplaced),
        DeviceFact::TestFailed => Light::warn(WhyDown::SpeakerNotHeard),
        DeviceFact::Unknown => Light::warn(WhyDown::Connecting),
        DeviceFact::Works => Light::OK,
    };
    if speaker.level > microphone.level { speaker } else { microphone }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn well() -> Facts {
        Facts {
            registration: Registration::Registered,
            registration_retry_at: None,
            panel: Panel::Live,
            internet: Internet::Reached { rtt: Duration::from_millis(20) },
            microphone: DeviceFact::Works,
            speaker: DeviceFact::Works,
            microphone_fault: None,
            speaker_fault: None,
        }
    }

    fn levels(facts: &Facts) -> [LightLevel; 4] {
        let status = status(facts);
        [status.web_phone.level, status.live_panel.level, status.internet.level, status.sound.level]
    }

    #[test]
    fn all_is_well() {
        assert_eq!(levels(&well()), [LightLevel::Ok; 4]);
        assert_eq!(status(&well()).internet_rtt, Some(Duration::from_millis(20)));
    }

    #[test]
    fn sy_02_a_stopped_registrar_turns_one_light_red_with_the_time_of_the_next_try() {
        let failed =
            Registration::Failed { why: RegistrationFailure::ServerError { code: 503 }, retry_in_ms: Some(500) };
        let facts = Facts { registration: failed, registration_retry_at: Some(Now::from_millis(9)), ..well() };
        assert_eq!(levels(&facts), [LightLevel::Bad, LightLevel::Ok, LightLevel::Ok, LightLevel::Ok]);
        let light = status(&facts).web_phone;
        assert_eq!(light.why, Some(WhyDown::ServerError));
        assert_eq!(light.retry_at, Some(Now::from_millis(9)));
        assert_eq!(light.detail.as_deref(), Some("SIP 503"));
    }

    #[test]
    fn sy_03_a_lost_event_stream_turns_one_light_red() {
        let panel = Panel::Lost { why: WhyDown::Unreachable, retry_at: Now::from_millis(7), detail: None };
        let facts = Facts { panel, ..well() };
        assert_eq!(levels(&facts), [LightLevel::Ok, LightLevel::Bad, LightLevel::Ok, LightLevel::Ok]);
    }

    #[test]
    fn sy_04_slow_is_a_warning_and_unreachable_is_red_without_milliseconds() {
        let facts = Facts { internet: Internet::Reached { rtt: Duration::from_millis(301) }, ..well() };
        assert_eq!(status(&facts).internet.why, Some(WhyDown::Slow));
        let facts = Facts { internet: Internet::Down { why: WhyDown::Unreachable, detail: None }, ..well() };
        assert_eq!(status(&facts).internet.level, LightLevel::Bad);
        assert_eq!(status(&facts).internet_rtt, None);
    }

    #[test]
    fn sy_05_the_microphone_is_named_before_the_speaker() {
        let facts = Facts { microphone_fault: Some(SoundFault::Lost), speaker_fault: Some(SoundFault::Busy), ..well() };
        assert_eq!(status(&facts).sound.why, Some(WhyDown::MicrophoneLost));
        let facts = Facts { speaker: DeviceFact::Absent, ..well() };
        assert_eq!(status(&facts).sound.why, Some(WhyDown::SpeakerMissing));
        let facts = Facts { microphone: DeviceFact::Unknown, ..well() };
        assert_eq!(status(&facts).sound.level, LightLevel::Warn);
    }

    #[test]
    fn sy_05_muted_is_broken_and_replaced_or_silent_is_a_warning_and_the_worse_is_named() {
        use DeviceFact::{Muted, Replaced, TestFailed, Works};
        for (microphone, speaker, level, why) in [
            (Muted, Works, LightLevel::Bad, WhyDown::MicrophoneMuted),
            (Works, Muted, LightLevel::Bad, WhyDown::SpeakerMuted),
            (Replaced, Muted, LightLevel::Bad, WhyDown::SpeakerMuted),
            (Replaced, Replaced, LightLevel::Warn, WhyDown::MicrophoneReplaced),
            (TestFailed, Works, LightLevel::Warn, WhyDown::MicrophoneSilent),
            (Works, TestFailed, LightLevel::Warn, WhyDown::SpeakerNotHeard),
        ] {
            let light = status(&Facts { microphone, speaker, ..well() }).sound;
            assert_eq!((light.level, light.why), (level, Some(why)));
        }
    }

    #[test]
    fn a_sip_account_has_no_live_panel_and_a_signed_out_phone_no_lights_but_sound() {
        let facts =
            Facts { registration: Registration::Off, panel: Panel::Unused, internet: Internet::Unused, ..well() };
        assert_eq!(levels(&facts), [LightLevel::Off, LightLevel::Off, LightLevel::Off, LightLevel::Ok]);
    }
}
