//! From the engine's words to the shapes on the bridge.

use base::{Now, WallMs};
use engine::{Light, Problem, SignInError, SignedOutWhy};
use ipc::{DeviceSlot, DeviceTest, ErrorCode, IpcError, LightLevel, RingSlot, WhyDown};
use model::DeviceKind;
use phone::CommandError;

/// Session.
#[must_use]
pub fn session(session: &engine::Session) -> ipc::Session {
    match session {
        engine::Session::SignedOut { why, server, email } => ipc::Session::SignedOut {
            why: why.as_ref().map(signed_out_why),
            server: server.clone(),
            email: email.clone(),
        },
        engine::Session::SigningIn => ipc::Session::SigningIn,
        engine::Session::SignedIn(user) => ipc::Session::SignedIn {
            user: ipc::User {
                id: user.id.clone(),
                name: user.name.clone(),
                email: user.email.clone(),
                extension: user.extension.clone(),
                server: user.server.clone(),
                practice: user.practice,
                profile: user.profile.as_ref().map(super::profile::shape),
            },
        },
        engine::Session::SigningOut => ipc::Session::SigningOut,
    }
}

/// The team as it is at `wall`.
#[must_use]
pub fn team(team: &engine::Team, wall: WallMs) -> ipc::Team {
    let colleagues = team.colleagues.iter().map(|colleague| ipc::Colleague::from_model(colleague, wall)).collect();
    ipc::Team { known: team.known, colleagues }
}

fn signed_out_why(why: &SignedOutWhy) -> ipc::SignedOutWhy {
    match why {
        SignedOutWhy::Expired => ipc::SignedOutWhy::Expired,
        SignedOutWhy::Failed(fault) => ipc::SignedOutWhy::Failed { error: sign_in_error(fault) },
        SignedOutWhy::Suspended => ipc::SignedOutWhy::Suspended,
        SignedOutWhy::NoKeychain => ipc::SignedOutWhy::NoKeychain,
    }
}

/// Why signing in failed.
#[must_use]
pub fn sign_in_error(fault: &SignInError) -> IpcError {
    let code = match fault {
        SignInError::WrongCredentials { .. } | SignInError::Expired => ErrorCode::WrongPassword,
        SignInError::RateLimited { .. } => ErrorCode::TooManyTries,
        SignInError::Suspended => ErrorCode::AccountSuspended,
        SignInError::Unreachable | SignInError::NoAnswer => ErrorCode::ServerUnreachable,
        SignInError::BadCertificate => ErrorCode::BadCertificate,
        SignInError::NotAServer => ErrorCode::NotAServer,
        SignInError::BadAddress => ErrorCode::BadServerAddress,
        SignInError::Refused { .. } | SignInError::Server { .. } => ErrorCode::ServerFailure,
        SignInError::Superseded => ErrorCode::NotNow,
    };
    let mut error = IpcError::new(code);
    match fault {
        SignInError::WrongCredentials { tries_left } => error.tries_left = *tries_left,
        SignInError::RateLimited { retry_after } => {
            error.retry_after_s = Some(u32::try_from(retry_after.as_secs().max(1)).unwrap_or(u32::MAX));
        }
        SignInError::Refused { code } => error.detail = Some(format!("SIP {code}")),
        SignInError::Server { status, code } => error.detail = Some(format!("HTTP {status} {code}")),
        _ => {}
    }
    error
}

/// Why a command was refused.
#[must_use]
pub fn refusal(why: CommandError) -> ErrorCode {
    match why {
        CommandError::BadNumber => ErrorCode::BadNumber,
        CommandError::NoAccount => ErrorCode::NotSignedIn,
        CommandError::NotRegistered => ErrorCode::NotConnected,
        CommandError::NoSuchCall => ErrorCode::NoSuchCall,
        CommandError::NotNow => ErrorCode::NotNow,
        CommandError::TooManyCalls => ErrorCode::TooManyCalls,
        CommandError::BadDigit => ErrorCode::BadDigit,
        CommandError::FarEndRefused => ErrorCode::FarEndRefused,
        CommandError::SuperviseRefused => ErrorCode::SuperviseRefused,
    }
}

/// Trouble that belongs to no command.
#[must_use]
pub fn problem(problem: &Problem) -> IpcError {
    match problem {
        Problem::StorageSetAside { path } => {
            IpcError { detail: Some(path.display().to_string()), ..IpcError::new(ErrorCode::StorageFailed) }
        }
        Problem::StorageFailed { detail } => {
            IpcError { detail: Some(detail.clone()), ..IpcError::new(ErrorCode::StorageFailed) }
        }
        Problem::NoKeychain { detail } => {
            IpcError { detail: Some(detail.clone()), ..IpcError::new(ErrorCode::NoKeychain) }
        }
    }
}

/// System status (SY-01…05).
#[must_use]
pub fn system(system: &engine::SystemStatus, now: Now) -> ipc::System {
    ipc::System {
        web_phone: light(&system.web_phone, now),
        live_panel: light(&system.live_panel, now),
        internet: light(&system.internet, now),
        internet_ms: system.internet_rtt.map(|rtt| u32::try_from(rtt.as_millis()).unwrap_or(u32::MAX)),
        sound: light(&system.sound, now),
    }
}

fn light(light: &Light, now: Now) -> ipc::Light {
    ipc::Light {
        level: match light.level {
            engine::LightLevel::Ok => LightLevel::Ok,
            engine::LightLevel::Off => LightLevel::Off,
            engine::LightLevel::Warn => LightLevel::Warn,
            engine::LightLevel::Bad => LightLevel::Bad,
        },
        why: light.why.map(why_down),
        retry_in_ms: light.retry_at.map(|at| u64::try_from(at.since(now).as_millis()).unwrap_or(u64::MAX)),
        detail: light.detail.clone(),
    }
}

fn why_down(why: engine::WhyDown) -> WhyDown {
    use engine::WhyDown as Inner;
    match why {
        Inner::Connecting => WhyDown::Connecting,
        Inner::Unreachable => WhyDown::Unreachable,
        Inner::BadCertificate => WhyDown::BadCertificate,
        Inner::WrongCredentials => WhyDown::WrongCredentials,
        Inner::NotFromHere => WhyDown::NotFromHere,
        Inner::Refused => WhyDown::Refused,
        Inner::NoAnswer => WhyDown::NoAnswer,
        Inner::ServerError => WhyDown::ServerError,
        Inner::Slow => WhyDown::Slow,
        Inner::MicrophoneMissing => WhyDown::MicrophoneMissing,
        Inner::MicrophoneBusy => WhyDown::MicrophoneBusy,
        Inner::MicrophoneRefused => WhyDown::MicrophoneRefused,
        Inner::MicrophoneLost => WhyDown::MicrophoneLost,
        Inner::SpeakerMissing => WhyDown::SpeakerMissing,
        Inner::SpeakerBusy => WhyDown::SpeakerBusy,
        Inner::SpeakerLost => WhyDown::SpeakerLost,
        Inner::MicrophoneMuted => WhyDown::MicrophoneMuted,
        Inner::SpeakerMuted => WhyDown::SpeakerMuted,
        Inner::MicrophoneReplaced => WhyDown::MicrophoneReplaced,
        Inner::SpeakerReplaced => WhyDown::SpeakerReplaced,
        Inner::MicrophoneSilent => WhyDown::MicrophoneSilent,
        Inner::SpeakerNotHeard => WhyDown::SpeakerNotHeard,
        Inner::SoundFailed => WhyDown::SoundFailed,
    }
}

/// Devices and choice.
#[must_use]
pub fn devices(devices: &engine::Devices) -> ipc::Devices {
    let of = |kind: DeviceKind| devices.list.iter().filter(|d| d.kind == kind).map(Into::into).collect();
    ipc::Devices {
        listed: devices.listed,
        microphones: of(DeviceKind::Microphone),
        speakers: of(DeviceKind::Speaker),
        microphone: DeviceSlot::new(&devices.microphone, &devices.list),
        speaker: DeviceSlot::new(&devices.speaker, &devices.list),
        ringers: RingSlot::new(&devices.ringers, &devices.list),
        microphone_fault: devices.microphone_fault.map(Into::into),
        speaker_fault: devices.speaker_fault.map(Into::into),
        volume_percent: devices.volume_percent,
        voice: devices.voice.into(),
        speaks_while_muted: devices.speaks_while_muted,
        test: DeviceTest::from_view(&devices.test),
    }
}
