//! Who sends and who listens (RFC 3264 §5.1, §6.1, §8.4).

use super::lines::{Text, find};

/// Direction of an audio section, from the view of whoever wrote it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Speaks and listens.
    #[default]
    SendRecv,
    /// Speaks only: what the side that holds a call says.
    SendOnly,
    /// Listens only.
    RecvOnly,
    /// Neither.
    Inactive,
}

impl Direction {
    /// From the two halves.
    #[must_use]
    pub const fn new(sends: bool, receives: bool) -> Self {
        match (sends, receives) {
            (true, true) => Direction::SendRecv,
            (true, false) => Direction::SendOnly,
            (false, true) => Direction::RecvOnly,
            (false, false) => Direction::Inactive,
        }
    }

    /// Does this side send?
    #[must_use]
    pub const fn sends(self) -> bool {
        matches!(self, Direction::SendRecv | Direction::SendOnly)
    }

    /// Does this side receive?
    #[must_use]
    pub const fn receives(self) -> bool {
        matches!(self, Direction::SendRecv | Direction::RecvOnly)
    }

    /// The same agreement seen from the other side.
    #[must_use]
    pub const fn reversed(self) -> Self {
        Direction::new(self.receives(), self.sends())
    }

    /// What both allow.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Direction::new(self.sends() && other.sends(), self.receives() && other.receives())
    }

    /// The attribute's name.
    #[must_use]
    pub const fn attribute(self) -> &'static str {
        match self {
            Direction::SendRecv => "sendrecv",
            Direction::SendOnly => "sendonly",
            Direction::RecvOnly => "recvonly",
            Direction::Inactive => "inactive",
        }
    }

    pub(super) fn from_attribute(name: &str) -> Option<Self> {
        [Direction::SendRecv, Direction::SendOnly, Direction::RecvOnly, Direction::Inactive]
            .into_iter()
            .find(|direction| name.eq_ignore_ascii_case(direction.attribute()))
    }
}

/// What we answer, from our view, to an offer that says `offered` when we would like `wanted` (RFC 3264 §6.1).
///
/// The engine copies its last direction instead of intersecting (trap T1); it is therefore never asked.
#[must_use]
pub const fn answer_direction(offered: Direction, wanted: Direction) -> Direction {
    offered.reversed().and(wanted)
}

/// What the first audio section says, from its writer's view: its own attribute, else the session's, else `sendrecv`
/// (RFC 8866 §6.7). `None` without an audio section.
#[must_use]
pub fn direction_of(sdp: &str) -> Option<Direction> {
    let text = Text::read(sdp).ok()?;
    let audio = text.sections.iter().find(|section| section.media == "audio")?;
    Some(of_section(&text, &audio.lines))
}

pub(super) fn of_section(text: &Text<'_>, section: &[(&str, &str)]) -> Direction {
    let named = |lines: &[(&str, &str)]| lines.iter().rev().find_map(|(name, _)| Direction::from_attribute(name));
    // A session that was once held by its connection line (RFC 3264 §8.4, the old way of RFC 2543) has no attribute.
    named(section).or_else(|| named(&text.session)).unwrap_or_else(|| {
        let held = find(section, "c=").or_else(|| find(&text.session, "c=")) == Some("IN IP4 0.0.0.0");
        let has_ice = find(section, "ice-ufrag").or_else(|| find(&text.session, "ice-ufrag")).is_some();
        if held && !has_ice { Direction::Inactive } else { Direction::SendRecv }
    })
}

#[cfg(test)]
mod tests {
    use super::Direction::{Inactive, RecvOnly, SendOnly, SendRecv};
    use super::*;

    /// T1: the intersection of RFC 3264 §6.1, every pair.
    #[test]
    fn t1_answer_is_the_offer_reversed_and_intersected_with_what_we_want() {
        for (offered, wanted, expected) in [
            (SendRecv, SendRecv, SendRecv),
            (SendRecv, SendOnly, SendOnly),
            (SendRecv, RecvOnly, RecvOnly),
            (SendRecv, Inactive, Inactive),
            (SendOnly, SendRecv, RecvOnly),
            (SendOnly, SendOnly, Inactive),
            (SendOnly, RecvOnly, RecvOnly),
            (SendOnly, Inactive, Inactive),
            (RecvOnly, SendRecv, SendOnly),
            (RecvOnly, SendOnly, SendOnly),
            (RecvOnly, RecvOnly, Inactive),
            (RecvOnly, Inactive, Inactive),
            (Inactive, SendRecv, Inactive),
            (Inactive, SendOnly, Inactive),
            (Inactive, RecvOnly, Inactive),
            (Inactive, Inactive, Inactive),
        ] {
            assert_eq!(answer_direction(offered, wanted), expected, "{offered:?} offered, {wanted:?} wanted");
        }
    }

    #[test]
    fn direction_is_the_sections_then_the_sessions_then_sendrecv() {
        let sdp = |session: &str, media: &str| {
            format!("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\ns=-\r\nt=0 0\r\n{session}m=audio 9 RTP/AVP 0\r\n{media}")
        };
        assert_eq!(direction_of(&sdp("", "")), Some(SendRecv));
        assert_eq!(direction_of(&sdp("a=sendonly\r\n", "")), Some(SendOnly));
        assert_eq!(direction_of(&sdp("a=sendonly\r\n", "a=inactive\r\n")), Some(Inactive));
        assert_eq!(direction_of(&sdp("", "c=IN IP4 0.0.0.0\r\n")), Some(Inactive), "hold of RFC 2543");
        assert_eq!(direction_of("v=0\r\n"), None);
    }
}
