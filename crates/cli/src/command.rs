//! Commands on standard input.

use base::CallId;
use engine::{DeviceId, DevicePurpose, PanelAct, SuperviseMode};
use model::SourceId;

use crate::bulk::{self, BulkWish};
use crate::panel;
use crate::voicemail;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Call somebody.
    Dial(String),
    /// About a call; `None`: the one that fits.
    Call(Verb, Option<CallId>),
    /// Send the other side of the call that fits to somebody.
    Transfer(String),
    /// Call somebody to ask first.
    Ask(String),
    /// Send the call that waits to where this one is.
    TransferTo(CallId),
    /// Supervise a colleague, by extension or id.
    Supervise(String, SuperviseMode),
    /// Supervise nobody any more.
    SuperviseLeave,
    /// Join the call that is spoken on with the one that is held.
    Conference,
    /// Record the call that is spoken on.
    Record(RecordWish),
    /// Mute or unmute.
    Mute(bool),
    /// Send digits.
    Dtmf(String),
    /// Choose a status, with own words where it wants some.
    Status(String, String),
    /// Whether sign-ins begin marked offline.
    OfflineAtSignIn(bool),
    /// Everybody of the team.
    Team,
    /// Something about those whom we administer.
    Directory(Wish),
    /// Something with a call of a colleague.
    Operate(Operation),
    /// Park the call that fits.
    Park,
    /// Take the call that is parked there.
    Unpark(u8),
    /// Something about the live panel.
    Panel(panel::Wish),
    /// Something about the own voice box.
    Voicemail(voicemail::Wish),
    /// Something about many of them.
    Bulk(BulkWish),
    /// Outside address books.
    Sources,
    /// Try one of them.
    SourceTest(SourceId),
    /// End wrap-up.
    Ready,
    /// More wrap-up.
    Extend,
    /// Use a device, by id; `None`: the system's default.
    Use(DevicePurpose, Option<DeviceId>),
    /// End.
    Quit,
}

/// What is wanted of a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordWish {
    On,
    Off,
    Pause,
    Resume,
}

/// What is done with a call of a colleague, who is named by id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Take the one that rings.
    PickUp(String),
    /// Send the one that rings to an extension.
    Divert(String, String),
    /// Send the one that runs to an extension.
    Transfer(String, String),
}

/// What an administrator wants. Users and phones are named by id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// The list, and from now on its news.
    Users,
    /// No news of the list any more.
    Leave,
    /// A card.
    User(String),
    /// Set somebody's status, with own words where it wants some.
    Force(String, String, String),
    /// Sign somebody out everywhere.
    EndSessions(String),
    /// Delete somebody.
    Delete(String),
    /// Phones that are registered.
    Devices,
    /// End the registration of one.
    Unregister(String),
}

/// What to do with a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Answer,
    Decline,
    HangUp,
    Hold,
    Resume,
    Stats,
}

/// Reads a line; `None` for an empty one.
///
/// # Errors
/// A sentence that names what is wrong.
pub fn parse(line: &str) -> Result<Option<Line>, String> {
    let (word, rest) = line.trim().split_once(char::is_whitespace).unwrap_or((line.trim(), ""));
    let rest = rest.trim();
    let needs = |what: &str| if rest.is_empty() { Err(format!("{word} needs {what}")) } else { Ok(rest.to_owned()) };
    let alone = |line: Line| if rest.is_empty() { Ok(line) } else { Err(format!("{word} takes nothing more")) };
    Ok(Some(match word {
        "" => return Ok(None),
        "dial" => Line::Dial(needs("a target")?),
        "answer" => Line::Call(Verb::Answer, number(word, rest)?),
        "decline" => Line::Call(Verb::Decline, number(word, rest)?),
        "hangup" => Line::Call(Verb::HangUp, number(word, rest)?),
        "hold" => Line::Call(Verb::Hold, number(word, rest)?),
        "resume" => Line::Call(Verb::Resume, number(word, rest)?),
        "stats" => Line::Call(Verb::Stats, number(word, rest)?),
        "transfer" => Line::Transfer(needs("a target")?),
        "ask" => Line::Ask(needs("a target")?),
        "transfer-to" => {
            needs("the number of a call")?;
            Line::TransferTo(number(word, rest)?.ok_or("transfer-to needs the number of a call")?)
        }
        "supervise" => {
            let what = "a colleague and listen, whisper or barge";
            needs(what)?;
            let (user, mode) = rest.split_once(char::is_whitespace).ok_or(format!("{word} needs {what}"))?;
            let mode = SuperviseMode::from_code(mode.trim()).ok_or(format!("{word} needs {what}"))?;
            Line::Supervise(user.to_owned(), mode)
        }
        "supervise-leave" => alone(Line::SuperviseLeave)?,
        "conference" => alone(Line::Conference)?,
        "record" => Line::Record(match needs("on, off, pause or resume")?.as_str() {
            "on" => RecordWish::On,
            "off" => RecordWish::Off,
            "pause" => RecordWish::Pause,
            "resume" => RecordWish::Resume,
            _ => return Err("record needs on, off, pause or resume".to_owned()),
        }),
        "mute" => alone(Line::Mute(true))?,
        "unmute" => alone(Line::Mute(false))?,
        "dtmf" => Line::Dtmf(needs("digits")?),
        "microphone" => Line::Use(DevicePurpose::Microphone, device(&needs("a device")?)),
        "speaker" => Line::Use(DevicePurpose::Speaker, device(&needs("a device")?)),
        "ringer" => Line::Use(DevicePurpose::Ringer, device(&needs("a device")?)),
        "status" => {
            let (name, text) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            needs("a name: available, break, dnd, meeting or other")?;
            Line::Status(name.to_owned(), text.trim().to_owned())
        }
        "offline-at-sign-in" => match rest {
            "on" => Line::OfflineAtSignIn(true),
            "off" => Line::OfflineAtSignIn(false),
            _ => return Err(format!("{word} is on or off")),
        },
        "team" => alone(Line::Team)?,
        "users" => alone(Line::Directory(Wish::Users))?,
        "users-leave" => alone(Line::Directory(Wish::Leave))?,
        word if bulk::COMMANDS.contains(&word) => Line::Bulk(bulk::parse(word, rest)?),
        "user" => Line::Directory(Wish::User(needs("an id")?)),
        "user-force" => {
            let mut words = needs("an id and a status")?;
            let text = words.split_off(words.find(char::is_whitespace).ok_or("user-force needs an id and a status")?);
            let (status, text) = text.trim().split_once(char::is_whitespace).unwrap_or((text.trim(), ""));
            Line::Directory(Wish::Force(words, status.to_owned(), text.trim().to_owned()))
        }
        "user-end-sessions" => Line::Directory(Wish::EndSessions(needs("an id")?)),
        "user-delete" => Line::Directory(Wish::Delete(needs("an id")?)),
        "devices" => alone(Line::Directory(Wish::Devices))?,
        "device-unregister" => Line::Directory(Wish::Unregister(needs("an id")?)),
        "pick-up" => Line::Operate(Operation::PickUp(needs("an id")?)),
        "divert" | "transfer-of" => {
            let both = needs("an id and an extension")?;
            let (id, to) =
                both.split_once(char::is_whitespace).ok_or(format!("{word} needs an id and an extension"))?;
            let (id, to) = (id.to_owned(), to.trim().to_owned());
            Line::Operate(if word == "divert" { Operation::Divert(id, to) } else { Operation::Transfer(id, to) })
        }
        "park" => alone(Line::Park)?,
        "unpark" => {
            let place = needs("a parking place")?.parse().ok().filter(|place| (1..=99).contains(place));
            Line::Unpark(place.ok_or("a parking place is 1 to 99")?)
        }
        "panel" => alone(Line::Panel(panel::Wish::Look))?,
        "panel-leave" => alone(Line::Panel(panel::Wish::Leave))?,
        "panel-charts" => alone(Line::Panel(panel::Wish::Charts))?,
        "panel-force" => {
            let mut user = needs("an id and a status")?;
            let rest = user.split_off(user.find(char::is_whitespace).ok_or("panel-force needs an id and a status")?);
            let (status, text) = rest.trim().split_once(char::is_whitespace).unwrap_or((rest.trim(), ""));
            let (status, text) = (status.to_owned(), text.trim().to_owned());
            Line::Panel(panel::Wish::Act(PanelAct::Force { user, status, text }))
        }
        "panel-end-sessions" => {
            Line::Panel(panel::Wish::Act(PanelAct::EndSessions { user: needs("the id of a user")? }))
        }
        "panel-pull" => Line::Panel(panel::Wish::Act(PanelAct::Pull { caller: needs("the id of a caller")? })),
        "panel-send" => {
            let (caller, to) =
                rest.split_once(char::is_whitespace).ok_or("panel-send needs a caller and an extension")?;
            let (caller, to) = (caller.to_owned(), to.trim().to_owned());
            Line::Panel(panel::Wish::Act(PanelAct::Send { caller, to }))
        }
        "messages" => alone(Line::Voicemail(voicemail::Wish::List))?,
        "message-play" => Line::Voicemail(voicemail::Wish::Play(needs("the id of a message")?)),
        "message-delete" => Line::Voicemail(voicemail::Wish::Delete(needs("the id of a message")?)),
        "sources" => alone(Line::Sources)?,
        "source-test" => {
            let id = needs("the id of an address book")?;
            Line::SourceTest(id.parse().map_err(|_| format!("{word} takes an id that `sources` told"))?)
        }
        "ready" => alone(Line::Ready)?,
        "extend" => alone(Line::Extend)?,
        "quit" => alone(Line::Quit)?,
        _ => return Err(format!("unknown command {word}")),
    }))
}

fn device(name: &str) -> Option<DeviceId> {
    (name != "default").then(|| DeviceId(name.to_owned()))
}

fn number(word: &str, rest: &str) -> Result<Option<CallId>, String> {
    if rest.is_empty() {
        return Ok(None);
    }
    rest.parse().map(|number| Some(CallId(number))).map_err(|_| format!("{word} takes the number of a call"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_commands() {
        for (line, expected) in [
            ("", Ok(None)),
            ("  dial  +966 50 123 4567 ", Ok(Some(Line::Dial("+966 50 123 4567".into())))),
            ("answer", Ok(Some(Line::Call(Verb::Answer, None)))),
            ("hangup 7", Ok(Some(Line::Call(Verb::HangUp, Some(CallId(7)))))),
            ("dtmf 12#", Ok(Some(Line::Dtmf("12#".into())))),
            ("speaker default", Ok(Some(Line::Use(DevicePurpose::Speaker, None)))),
            (
                "microphone pulse:x y",
                Ok(Some(Line::Use(DevicePurpose::Microphone, Some(DeviceId("pulse:x y".into()))))),
            ),
            ("source-test 00000000000000ff", Ok(Some(Line::SourceTest(SourceId(255))))),
            ("source-test mine", Err("source-test takes an id that `sources` told".to_owned())),
            ("status dnd", Ok(Some(Line::Status("dnd".into(), String::new())))),
            ("status other  two words ", Ok(Some(Line::Status("other".into(), "two words".into())))),
            ("status", Err("status needs a name: available, break, dnd, meeting or other".to_owned())),
            ("offline-at-sign-in on", Ok(Some(Line::OfflineAtSignIn(true)))),
            ("offline-at-sign-in maybe", Err("offline-at-sign-in is on or off".to_owned())),
            ("users", Ok(Some(Line::Directory(Wish::Users)))),
            (
                "user-force u-1 other  two words",
                Ok(Some(Line::Directory(Wish::Force("u-1".into(), "other".into(), "two words".into())))),
            ),
            ("user-force u-1", Err("user-force needs an id and a status".to_owned())),
            ("panel", Ok(Some(Line::Panel(panel::Wish::Look)))),
            (
                "panel-send c-1 801",
                Ok(Some(Line::Panel(panel::Wish::Act(PanelAct::Send { caller: "c-1".into(), to: "801".into() })))),
            ),
            ("panel-send c-1", Err("panel-send needs a caller and an extension".to_owned())),
            ("user-delete u-1", Ok(Some(Line::Directory(Wish::Delete("u-1".into()))))),
            ("park", Ok(Some(Line::Park))),
            ("unpark 4", Ok(Some(Line::Unpark(4)))),
            ("unpark 100", Err("a parking place is 1 to 99".to_owned())),
            ("transfer 104", Ok(Some(Line::Transfer("104".into())))),
            ("ask", Err("ask needs a target".to_owned())),
            ("transfer-to 3", Ok(Some(Line::TransferTo(CallId(3))))),
            ("transfer-to", Err("transfer-to needs the number of a call".to_owned())),
            ("supervise 101 whisper", Ok(Some(Line::Supervise("101".into(), SuperviseMode::Whisper)))),
            ("supervise 101", Err("supervise needs a colleague and listen, whisper or barge".to_owned())),
            ("supervise-leave", Ok(Some(Line::SuperviseLeave))),
            ("conference", Ok(Some(Line::Conference))),
            ("unmute", Ok(Some(Line::Mute(false)))),
            ("record pause", Ok(Some(Line::Record(RecordWish::Pause)))),
            ("record", Err("record needs on, off, pause or resume".to_owned())),
            ("record maybe", Err("record needs on, off, pause or resume".to_owned())),
            ("messages", Ok(Some(Line::Voicemail(voicemail::Wish::List)))),
            ("message-play m-1", Ok(Some(Line::Voicemail(voicemail::Wish::Play("m-1".into()))))),
            ("message-delete", Err("message-delete needs the id of a message".to_owned())),
            ("dial", Err("dial needs a target".to_owned())),
            ("hold on", Err("hold takes the number of a call".to_owned())),
            ("quit now", Err("quit takes nothing more".to_owned())),
            ("call 101", Err("unknown command call".to_owned())),
        ] {
            assert_eq!(parse(line), expected, "{line}");
        }
    }
}
