//! What the window may ask. Names of the commands stand beside each shape; answers are `Result<…, IpcError>`.
//!
//! The argument is called `request` on the bridge: `invoke("dial", { request: { target } })`. Without arguments:
//! `snapshot() -> Snapshot`, `try_here() -> ()`, `sign_out()`, `retry_now()`, `history_seen()`, `devices_refresh()`,
//! `end_test()`, `painted()` (two frames after the first render; cold start is measured with it), `quit()` (close the window for good).
//! Progress and results of everything else come as events.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `check_server(ServerCheck) -> ServerState`: is there a Rannan server (state at the top of the sign-in page)?
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ServerCheck {
    /// As typed: `phones.example.com`, `host:port`, `https://…`.
    pub server: String,
}

/// Answer to `check_server`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ServerState {
    /// Version of the server.
    pub version: String,
    /// Round trip.
    pub rtt_ms: u32,
}

/// `sign_in(SignIn)`: returns when signed in, or the error that is shown on the form.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SignIn {
    /// Server address as typed.
    pub server: String,
    /// E-mail.
    pub email: String,
    /// Password.
    pub password: String,
    /// Keep the session in the OS keychain.
    pub keep: bool,
    /// Others use this computer: nothing is kept after logout or exit, whatever `keep` says (LO-02).
    pub shared: bool,
}

/// `sign_in_sip(SignInSip)`: a plain SIP account at any exchange that speaks SIP over WebSocket.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SignInSip {
    /// `wss://host[:port]/path`.
    pub url: String,
    /// User part of the address, the extension.
    pub user: String,
    /// Domain.
    pub domain: String,
    /// Authentication name; empty: same as `user`.
    pub auth_user: String,
    /// Password.
    pub password: String,
    /// Name shown to others; may be empty.
    pub display_name: String,
    /// Keep the password in the OS keychain.
    pub keep: bool,
    /// As in `SignIn`.
    pub shared: bool,
}

/// `dial(Dial) -> String`: id of the new call.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Dial {
    /// As typed.
    pub target: String,
}

/// `answer`, `decline`, `silence`, `hang_up`, `hold`, `resume` (each `(CallRef)`).
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CallRef {
    /// Id.
    pub call: String,
}

/// `mute(Mute)`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Mute {
    /// On or off.
    pub on: bool,
}

/// `dtmf(Dtmf)`: with a call: telephone-events and a tone; without: only the tone of the key in the agent's ear.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Dtmf {
    /// Id.
    pub call: Option<String>,
    /// Digits `0-9 * #`.
    pub digits: String,
}

/// `history(HistoryQuery) -> HistoryPage`.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryQuery {
    /// Cursor of the last page; `None` for the newest.
    pub before: Option<i64>,
    /// 1..=200.
    pub limit: u32,
    /// Which calls.
    pub filter: HistoryFilter,
}

/// Which calls; as a file in the agent's downloads: `history_export(HistoryFilter) -> String`, its path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryFilter {
    /// By what became of them.
    pub kind: HistoryKind,
    /// Only those that began then or later, in milliseconds since 1970.
    pub since_ms: Option<i64>,
    /// As typed: part of a name in any script, or of a number in any form. Empty: every call.
    pub text: String,
    /// Only those with one of these numbers, in whatever form they are written; empty: every call.
    pub numbers: Vec<String>,
}

/// Calls by what became of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum HistoryKind {
    /// All.
    All,
    /// Only missed ones.
    Missed,
    /// Only those that came in.
    Incoming,
    /// Only those that went out.
    Outgoing,
}

/// `history_note(HistoryNote)`.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryNote {
    /// Row id.
    pub id: i64,
    /// At most 2,000 characters; empty takes the note away.
    pub note: String,
}

/// `history_delete(HistoryRef)`, `history_restore(HistoryRef)` (undo, until the program ends), how the call sounded:
/// `history_quality(HistoryRef) -> CallPassport | null`, and the same as a file: `export_passport(HistoryRef) -> String`, its path.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryRef {
    /// Row id.
    pub id: i64,
}

/// `choose_device(ChooseDevice)`: acts at once, also in a call, and is remembered.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChooseDevice {
    /// `microphone`, `speaker` or `ringer`.
    pub purpose: DevicePurpose,
    /// Device id; `None`: the system's default.
    pub id: Option<String>,
}

/// `open_system_settings(OpenSystemSettings)`: shows the system's own settings, in their own window.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenSystemSettings {
    /// What is to be changed there.
    pub page: SystemSettingsPage,
}

/// A page of the system's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SystemSettingsPage {
    /// Which programs may use the microphone; where the system does not ask that, sound.
    MicrophoneAccess,
    /// Devices, how loud they are, and which are muted.
    Sound,
}

/// What a device is chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DevicePurpose {
    /// The agent's voice.
    Microphone,
    /// The caller's voice and tones.
    Speaker,
    /// Ringing.
    Ringer,
}

/// `volume(Volume)`: loudness of the caller.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Volume {
    /// 0..=100; 100 plays as received.
    pub percent: u8,
}

/// `save_devices(SaveDevices)`: uses these from now on, also in a running call, and remembers them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveDevices {
    /// Device id; `None`: the system's default.
    pub microphone: Option<String>,
    /// Device id; `None`: the system's default.
    pub speaker: Option<String>,
    /// Rings on the speaker.
    pub ring_with_speaker: bool,
    /// Rings on these as well.
    pub ringers: Vec<String>,
    /// Loudness of the bell, 0..=100.
    pub ring_percent: u8,
}

/// `test_device(TestDevice)`: devices as chosen on the screen, saved or not. Where it stands comes with the devices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "purpose", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum TestDevice {
    /// Records and plays back.
    Microphone {
        /// Device id; `None`: the system's default.
        device: Option<String>,
        /// Where it is played back.
        speaker: Option<String>,
    },
    /// Left, right, both.
    Speaker {
        /// Device id; `None`: the system's default.
        device: Option<String>,
    },
    /// Rings.
    Ringer {
        /// On these; none: on the system's default.
        devices: Vec<String>,
        /// Loudness, 0..=100.
        percent: u8,
    },
}

/// `test_heard(TestHeard)`: the agent's answer to "do you hear it?".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TestHeard {
    /// Yes or no.
    pub heard: bool,
}
