//! Whether someone may be called, by their own choice: what a status is, what it blocks, who has which.

use base::WallMs;

use crate::Direction;

/// What a status is, whatever it is called; its shape and colour on screen. The words are those of the wire and of the
/// server's table: this is the one place where both meet (ST-15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatusKind {
    /// Ready for every call.
    Available,
    /// Away from the queues for a while.
    Break,
    /// Nobody gets through.
    DoNotDisturb,
    /// In a meeting.
    Meeting,
    /// What the person wrote.
    Other,
    /// Nothing reaches this person. Set by the server, never chosen.
    Offline,
}

base::codes! {
    StatusKind {
        Available = "available",
        Break = "break",
        DoNotDisturb = "dnd",
        Meeting = "meeting",
        Other = "other",
        Offline = "offline",
    }
}

/// Where a call comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CallOrigin {
    /// Offered by a queue.
    Queue,
    /// Dialled by somebody of the same team.
    Internal,
    /// Dialled by somebody outside.
    External,
}

/// Which calls a status keeps away. Calls that the person makes are never blocked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Blocks {
    /// Calls from queues.
    pub queue: bool,
    /// Calls from the same team.
    pub internal: bool,
    /// Calls from outside.
    pub external: bool,
}

impl Blocks {
    /// What a status of this kind blocks until an administrator says otherwise.
    #[must_use]
    pub const fn usual(kind: StatusKind) -> Blocks {
        match kind {
            StatusKind::Available => Blocks { queue: false, internal: false, external: false },
            StatusKind::Break | StatusKind::Meeting | StatusKind::Other => {
                Blocks { queue: true, internal: false, external: false }
            }
            StatusKind::DoNotDisturb | StatusKind::Offline => Blocks { queue: true, internal: true, external: true },
        }
    }

    /// Does it keep this call away?
    #[must_use]
    pub const fn blocks(self, origin: CallOrigin) -> bool {
        match origin {
            CallOrigin::Queue => self.queue,
            CallOrigin::Internal => self.internal,
            CallOrigin::External => self.external,
        }
    }
}

/// What a status is called by whoever made it, in the languages that there are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StatusNames {
    /// English.
    pub en: String,
    /// Arabic.
    pub ar: String,
}

/// A status that can be had: a row of the server's table.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Status {
    /// Its name for ever.
    pub id: String,
    /// What it is.
    pub kind: StatusKind,
    /// What it is called; `None`: the words of its kind.
    pub names: Option<StatusNames>,
    /// What it keeps away.
    pub blocks: Blocks,
}

/// A status with all that can be said of it, for administrators.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ManagedStatus {
    /// The status.
    pub status: Status,
    /// It means what it says, so what it keeps away cannot be changed: available, do not disturb, offline.
    pub blocks_fixed: bool,
    /// Is always there and cannot be retired.
    pub built_in: bool,
    /// Whoever has it keeps it, nobody chooses it.
    pub retired: bool,
    /// How many people have it.
    pub people: u64,
    /// What a change is based on.
    pub version: u64,
}

/// One's own status, as the server confirmed it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OwnStatus {
    /// The status that was chosen.
    pub status: String,
    /// Its kind.
    pub kind: StatusKind,
    /// What it is called; `None`: the words of its kind.
    pub names: Option<StatusNames>,
    /// The person's own words, with [`StatusKind::Other`]; else empty.
    pub text: String,
    /// Since when.
    pub since: WallMs,
    /// The server keeps every call away until a status is chosen again (ST-07).
    pub marked_offline: bool,
    /// Each sign-in begins like that.
    pub offline_at_sign_in: bool,
    /// The last own words, newest first, three at most.
    pub recent_texts: Vec<String>,
    /// Rises with each change: the higher one is the later one.
    pub version: u64,
}

/// A status that was asked for and is not confirmed yet.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StatusWish {
    /// Which.
    pub status: String,
    /// Own words, with [`StatusKind::Other`].
    pub text: String,
    /// When it was asked for; a status that was chosen later elsewhere wins.
    pub made_at: WallMs,
}

/// Somebody of the team, as the others see them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Colleague {
    /// Id of the user.
    pub id: String,
    /// Name.
    pub name: String,
    /// Extension.
    pub extension: String,
    /// Revision of their picture, if they have one.
    pub avatar: Option<String>,
    /// Rises with each change of name or picture.
    pub profile_version: u64,
    /// Which status; that of kind [`StatusKind::Offline`] when nothing reaches them.
    pub status: String,
    /// Its kind.
    pub kind: StatusKind,
    /// What it is called; `None`: the words of its kind.
    pub status_names: Option<StatusNames>,
    /// Their own words, with [`StatusKind::Other`].
    pub text: String,
    /// Since when, if it is known.
    pub since: Option<WallMs>,
    /// The call that is most telling of theirs.
    pub call: Option<ColleagueCall>,
    /// Id of the department that they belong to, for those who see their presence.
    pub department: Option<String>,
    /// This account may not see their presence (RG-05, RG-11): who they are is known, nothing else.
    pub hidden: bool,
    /// What this account may do with a call of theirs.
    pub may: ColleagueMay,
}

/// What may be done with the calls of somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ColleagueMay {
    /// Listen, whisper and barge in (RG-09).
    pub supervise: bool,
    /// Divert, transfer and pick up (RG-08).
    pub operate: bool,
}

/// A call of somebody's, as far as this account may see it: the server leaves out the rest (RG-03, RG-07).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ColleagueCall {
    /// It rings at theirs and is not answered yet.
    pub ringing: bool,
    /// Since when it is so; `None`: only that they are on a call may be seen (RG-07).
    pub since: Option<WallMs>,
    /// With whom; `None`: they do not share it (RG-03).
    pub with: Option<ColleagueParty>,
}

/// The other side of a colleague's call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ColleagueParty {
    /// Who called whom.
    pub direction: Direction,
    /// Number or extension of the other side.
    pub number: String,
    /// Their name, if the server knows it; else empty.
    pub name: String,
}

/// Longest text of a status, in characters.
pub const STATUS_TEXT: usize = 40;

/// The text as it is kept: trimmed. `None`: nothing is in it, or too much, or what cannot be shown in one line.
#[must_use]
pub fn status_text(typed: &str) -> Option<&str> {
    let text = typed.trim();
    let fits = (1..=STATUS_TEXT).contains(&text.chars().count());
    (fits && !text.chars().any(char::is_control)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use CallOrigin::{External, Internal, Queue};

    fn blocked(kind: StatusKind) -> [bool; 3] {
        [Queue, Internal, External].map(|origin| Blocks::usual(kind).blocks(origin))
    }

    #[test]
    fn available_lets_every_call_through_st_02() {
        assert_eq!(blocked(StatusKind::Available), [false, false, false]);
    }

    #[test]
    fn break_keeps_queues_away_and_nobody_else_st_03() {
        assert_eq!(blocked(StatusKind::Break), [true, false, false]);
    }

    #[test]
    fn do_not_disturb_keeps_everybody_away_st_04() {
        assert_eq!(blocked(StatusKind::DoNotDisturb), [true, true, true]);
    }

    #[test]
    fn meeting_and_other_are_like_a_break_until_an_administrator_says_otherwise_st_05_st_06() {
        assert_eq!(blocked(StatusKind::Meeting), [true, false, false]);
        assert_eq!(blocked(StatusKind::Other), [true, false, false]);
    }

    #[test]
    fn offline_keeps_everybody_away_st_14() {
        assert_eq!(blocked(StatusKind::Offline), [true, true, true]);
    }

    #[test]
    fn words_of_client_and_server_are_the_same_both_ways_st_15() {
        assert!(StatusKind::ALL.iter().all(|kind| StatusKind::from_code(kind.code()) == Some(*kind)));
        assert_eq!(StatusKind::from_code("holiday"), None, "of another version");
    }

    #[test]
    fn text_is_one_line_of_1_to_40_characters_in_any_script_st_06() {
        let forty = "ك".repeat(40);
        for (typed, kept) in [
            ("  Training  ", Some("Training")),
            ("تدريب على CRM", Some("تدريب على CRM")),
            (forty.as_str(), Some(forty.as_str())),
            ("", None),
            (" \t ", None),
            ("two\nlines", None),
        ] {
            assert_eq!(status_text(typed), kept, "{typed:?}");
        }
        assert_eq!(status_text(&"x".repeat(41)), None);
    }
}
