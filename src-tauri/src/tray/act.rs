//! What a row of the tray's menu does, also as the id of that row.

/// What a row of the menu does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Show the main window.
    Open,
    /// Choose a status: its id, and own words.
    Status(String, String),
    /// Mute the microphone, or not.
    Mute(bool),
    /// End this call.
    HangUp(String),
    /// Answer this call.
    Answer(String),
    /// Decline this call.
    Decline(String),
    /// End the program.
    Quit,
}

impl Act {
    /// As the id of a menu row.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Act::Open => "open".to_owned(),
            Act::Status(id, text) => format!("status\n{id}\n{text}"),
            Act::Mute(on) => format!("mute\n{on}"),
            Act::HangUp(call) => format!("hang-up\n{call}"),
            Act::Answer(call) => format!("answer\n{call}"),
            Act::Decline(call) => format!("decline\n{call}"),
            Act::Quit => "quit".to_owned(),
        }
    }

    /// Reads [`Act::id`].
    #[must_use]
    pub fn read(id: &str) -> Option<Act> {
        let mut parts = id.splitn(3, '\n');
        let (verb, object) = (parts.next()?, parts.next());
        Some(match (verb, object) {
            ("open", None) => Act::Open,
            ("quit", None) => Act::Quit,
            ("mute", Some(on)) => Act::Mute(on == "true"),
            ("hang-up", Some(call)) => Act::HangUp(call.to_owned()),
            ("answer", Some(call)) => Act::Answer(call.to_owned()),
            ("decline", Some(call)) => Act::Decline(call.to_owned()),
            ("status", Some(id)) => Act::Status(id.to_owned(), parts.next().unwrap_or_default().to_owned()),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_act_survives_its_way_through_the_menu() {
        let acts = [
            Act::Open,
            Act::Status("other".into(), "two\nlines".into()),
            Act::Mute(true),
            Act::HangUp("1".into()),
            Act::Answer("2".into()),
            Act::Decline("3".into()),
            Act::Quit,
        ];
        for act in acts {
            assert_eq!(Act::read(&act.id()), Some(act));
        }
        assert_eq!(Act::read("nonsense"), None);
    }
}
