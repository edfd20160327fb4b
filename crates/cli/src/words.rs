//! Codes and sentences for what the engine says. Codes are stable, sentences are for people.

use engine::{
    Colleague, CommandError, DevicePurpose, KnownDevice, MoveWhy, Problem, SignInError, SoundFault, StatusFault,
    StatusView,
};
use model::{Direction, RegistrationFailure, StatusKind, StatusNames};
use serde_json::{Value, json};

/// An `error` event.
pub fn error(code: &str, message: impl Into<String>) -> Value {
    json!({"event": "error", "code": code, "message": message.into()})
}

/// Why registering failed: code and sentence.
pub fn registration_failure(why: &RegistrationFailure) -> (&'static str, String) {
    match why {
        RegistrationFailure::WrongCredentials => ("wrong_credentials", "user name or password are wrong".to_owned()),
        RegistrationFailure::NotFromHere => {
            ("not_from_here", "the server does not take this account in this network".to_owned())
        }
        RegistrationFailure::Refused { code } => ("refused", format!("the server refused the account ({code})")),
        RegistrationFailure::Unreachable => ("unreachable", "the server cannot be reached".to_owned()),
        RegistrationFailure::BadCertificate => {
            ("bad_certificate", "the server's certificate is not trusted".to_owned())
        }
        RegistrationFailure::NoAnswer => ("no_answer", "the server does not answer".to_owned()),
        RegistrationFailure::ServerError { code } => ("server_error", format!("the server failed ({code})")),
    }
}

/// Why signing in failed: code and sentence.
pub fn sign_in_error(error: &SignInError) -> (&'static str, String) {
    let code = match error {
        SignInError::WrongCredentials { .. } => "wrong_credentials",
        SignInError::RateLimited { .. } => "rate_limited",
        SignInError::Unreachable => "unreachable",
        SignInError::BadCertificate => "bad_certificate",
        SignInError::NotAServer => "not_a_server",
        SignInError::BadAddress => "bad_address",
        SignInError::Refused { .. } => "refused",
        SignInError::NoAnswer => "no_answer",
        SignInError::Expired => "expired",
        SignInError::Suspended => "suspended",
        SignInError::Server { .. } => "server_error",
        SignInError::Superseded => "superseded",
    };
    (code, error.to_string())
}

/// Why a command was refused: code and sentence.
pub fn command_error(error: CommandError) -> (&'static str, &'static str) {
    match error {
        CommandError::BadNumber => ("bad_number", "nothing in the text can be dialled"),
        CommandError::NoAccount => ("no_account", "not signed in"),
        CommandError::NotRegistered => ("not_registered", "no connection to the server"),
        CommandError::NoSuchCall => ("no_such_call", "there is no such call"),
        CommandError::NotNow => ("not_now", "not possible in this state"),
        CommandError::TooManyCalls => ("too_many_calls", "all lines are in use"),
        CommandError::BadDigit => ("bad_digit", "only 0-9 * # A-D can be sent"),
        CommandError::FarEndRefused => ("far_end_refused", "the other side refused"),
        CommandError::SuperviseRefused => ("supervise_refused", "this call cannot be supervised like that"),
    }
}

/// Trouble with a device.
pub fn sound_fault(device: &str, fault: SoundFault) -> Value {
    let (code, message) = match fault {
        SoundFault::Missing => ("missing", "there is no such device"),
        SoundFault::Busy => ("busy", "another program holds the device"),
        SoundFault::NoPermission => ("no_permission", "the system does not allow it"),
        SoundFault::Lost => ("lost", "the device has gone"),
        SoundFault::Failed => ("failed", "the sound system failed"),
    };
    error(&format!("{device}_{code}"), format!("{device}: {message}; calls go on without it"))
}

/// Another device is used, though nobody chose it.
pub fn device_moved(purpose: DevicePurpose, to: &KnownDevice, why: MoveWhy) -> Value {
    let purpose = match purpose {
        DevicePurpose::Microphone => "microphone",
        DevicePurpose::Speaker => "speaker",
        DevicePurpose::Ringer => "ringer",
    };
    let why = match why {
        MoveWhy::Gone => "gone",
        MoveWhy::Failing => "failing",
        MoveWhy::Back => "back",
        MoveWhy::NewDefault => "new_default",
    };
    json!({"event": "device_moved", "for": purpose, "to": to.id.0, "name": to.name, "why": why})
}

/// Something that nobody asked for failed.
pub fn problem(problem: &Problem) -> Value {
    match problem {
        Problem::StorageSetAside { path } => {
            error("storage_set_aside", format!("the database was damaged and moved to {}", path.display()))
        }
        Problem::StorageFailed { detail } => error("storage_failed", detail.as_str()),
        Problem::NoKeychain { detail } => error("no_keychain", detail.as_str()),
    }
}

/// One's own status; nothing while there is none.
pub fn status(view: Option<&StatusView>) -> Option<Value> {
    let StatusView { own, pending, choices, .. } = view?;
    let choices = choices.iter().filter(|choice| choice.kind != StatusKind::Offline);
    Some(json!({
        "event": "status",
        "status": own.status,
        "text": own.text,
        "offline": own.marked_offline,
        "offline_at_sign_in": own.offline_at_sign_in,
        "recent_texts": own.recent_texts,
        "choices": choices.map(|choice| json!({"id": choice.id, "names": names(choice.names.as_ref())})).collect::<Vec<_>>(),
        "pending": pending.as_ref().map(|wish| wish.status.as_str()),
    }))
}

/// What a status is called in both languages; nothing: the words of its kind.
fn names(names: Option<&StatusNames>) -> Option<Value> {
    names.map(|names| json!({"en": names.en, "ar": names.ar}))
}

/// What the team sees of somebody.
pub fn colleague(colleague: &Colleague) -> Value {
    let call = colleague.call.as_ref();
    json!({
        "event": "presence",
        "extension": colleague.extension,
        "name": colleague.name,
        "status": colleague.status,
        "names": names(colleague.status_names.as_ref()),
        "text": colleague.text,
        "hidden": colleague.hidden,
        "call": call.map(|call| if call.ringing { "ringing" } else { "talking" }),
        "with": call.and_then(|call| call.with.as_ref()).map(|with| json!({
            "direction": direction(with.direction),
            "number": with.number,
            "name": with.name,
        })),
    })
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Incoming => "incoming",
        Direction::Outgoing => "outgoing",
    }
}

/// Everybody.
pub fn team(team: &[Colleague]) -> Value {
    json!({"event": "team", "people": team.iter().map(colleague).collect::<Vec<_>>()})
}

/// Why a status was not changed: code and sentence.
pub fn status_fault(why: StatusFault) -> (&'static str, &'static str) {
    match why {
        StatusFault::NoStatus => ("no_status", "this account has no status"),
        StatusFault::Unknown => ("unknown_status", "there is no such status that can be chosen"),
        StatusFault::Text => ("status_text", "this status needs 1 to 40 characters of your own"),
        StatusFault::Newer => ("newer_status", "another phone of yours chose a status later"),
        StatusFault::Unreachable => ("unreachable", "the server cannot be reached"),
        StatusFault::Refused => ("refused", "the server did not take the status"),
    }
}
