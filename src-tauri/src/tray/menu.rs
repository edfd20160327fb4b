//! What the tray shows, as a value: facts in, mark, words and menu out. On Linux a tray icon hears no clicks (SPEC 2 item 22), so
//! everything is in the menu.

use ipc::{Call, CallLine, OwnStatus, StatusChoice, StatusKind};

use super::act::Act;
use super::presence::{Mark, presence, status_word};
use crate::facts::Facts;
use crate::words::Words;

/// A row of the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// Can be pressed.
    Press(Act, String),
    /// Can be chosen; the one that counts is ticked.
    Choose(Act, String, bool),
    /// Says something.
    Say(String),
    /// A line between groups.
    Rule,
}

/// The whole tray.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tray {
    /// State.
    pub mark: Mark,
    /// Calls were missed.
    pub missed: bool,
    /// State in words, for the pointer and a screen reader.
    pub tooltip: String,
    /// Menu.
    pub rows: Vec<Row>,
}

impl Tray {
    /// The tray for these facts.
    #[must_use]
    pub fn of(facts: &Facts) -> Tray {
        let words = Words::of(&facts.settings);
        let (mark, presence) = presence(facts, words);
        let mut rows = vec![Row::Press(Act::Open, words.say("tray-open")), Row::Rule];
        if facts.unseen_missed > 0 {
            rows.extend([Row::Press(Act::Open, words.count("tray-missed", facts.unseen_missed)), Row::Rule]);
        }
        calls(facts, words, &mut rows);
        match &facts.status {
            Some(own) if facts.signed_in => statuses(own, words, &mut rows),
            _ => rows.extend([Row::Say(presence.clone()), Row::Rule]),
        }
        rows.push(Row::Press(Act::Quit, words.say("tray-quit")));
        let tooltip = words.say_with("tray-tooltip", &[("presence", &presence)]);
        Tray { mark, missed: facts.unseen_missed > 0, tooltip, rows }
    }
}

fn calls(facts: &Facts, words: Words, rows: &mut Vec<Row>) {
    for call in facts.ringing() {
        let person = person(call, words);
        rows.extend([
            Row::Press(Act::Answer(call.id.clone()), words.say_with("tray-answer", &[("person", &person)])),
            Row::Press(Act::Decline(call.id.clone()), words.say_with("tray-decline", &[("person", &person)])),
            Row::Rule,
        ]);
    }
    let Some(call) = facts.in_front() else { return };
    let mute = if facts.muted { words.say("unmute") } else { words.say("mute") };
    if matches!(call.line, CallLine::Talking | CallLine::Held) {
        rows.push(Row::Press(Act::Mute(!facts.muted), mute));
    }
    let end = words.say_with("end-call-of", &[("person", &person(call, words))]);
    rows.extend([Row::Press(Act::HangUp(call.id.clone()), end), Row::Rule]);
}

fn person(call: &Call, words: Words) -> String {
    if call.person.name.is_empty() { words.digits(&call.person.number) } else { call.person.name.clone() }
}

fn statuses(own: &OwnStatus, words: Words, rows: &mut Vec<Row>) {
    for choice in &own.choices {
        if choice.kind == StatusKind::Other {
            own_words(own, choice, words, rows);
            continue;
        }
        let word = asked(own, choice, "", status_word(choice.kind, choice.names.as_ref(), words), words);
        let counts = own.id == choice.id && !own.marked_offline;
        rows.push(Row::Choose(Act::Status(choice.id.clone(), String::new()), word, counts));
    }
    if own.marked_offline {
        rows.push(Row::Choose(Act::Open, words.say("presence-offline"), true));
    }
    rows.push(Row::Rule);
}

/// What is written in the window stays there: the menu offers what was written before, and the way to write anew.
fn own_words(own: &OwnStatus, choice: &StatusChoice, words: Words, rows: &mut Vec<Row>) {
    let counts = |text: &str| own.id == choice.id && own.text == text && !own.marked_offline;
    let mut texts: Vec<&str> = own.recent_texts.iter().map(String::as_str).collect();
    if own.id == choice.id && !own.text.is_empty() && !texts.contains(&own.text.as_str()) {
        texts.insert(0, &own.text);
    }
    for text in texts {
        let word = asked(own, choice, text, words.say_with("tray-own-words", &[("status", text)]), words);
        rows.push(Row::Choose(Act::Status(choice.id.clone(), text.to_owned()), word, counts(text)));
    }
    rows.push(Row::Press(Act::Open, words.say("status-other")));
}

/// A status that the server has not confirmed says so.
fn asked(own: &OwnStatus, choice: &StatusChoice, text: &str, word: String, words: Words) -> String {
    match &own.pending {
        Some(wish) if wish.id == choice.id && wish.text == text => {
            words.say_with("tray-status-asked", &[("status", &word)])
        }
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use ipc::{Language, PendingStatus, UiEvent};

    use super::*;
    use crate::facts::tests::{call, ready};

    fn plain(text: &str) -> String {
        text.chars().filter(|c| !matches!(c, '\u{2068}' | '\u{2069}')).collect()
    }

    /// The menu as lines: `✓` is ticked, `—` a rule.
    fn lines(facts: &Facts) -> Vec<String> {
        let line = |row: &Row| match row {
            Row::Press(_, text) => plain(text),
            Row::Choose(_, text, ticked) => format!("{} {}", if *ticked { "✓" } else { "·" }, plain(text)),
            Row::Say(text) => format!("({})", plain(text)),
            Row::Rule => "—".to_owned(),
        };
        Tray::of(facts).rows.iter().map(line).collect()
    }

    fn own(kind: StatusKind) -> OwnStatus {
        let id = |kind: StatusKind| format!("{kind:?}");
        let choice = |kind| StatusChoice { id: id(kind), kind, names: None, usual: true };
        OwnStatus {
            choices: [StatusKind::Available, StatusKind::Break, StatusKind::Other].map(choice).to_vec(),
            id: id(kind),
            kind,
            names: None,
            text: String::new(),
            age_ms: 0,
            marked_offline: false,
            offline_at_sign_in: false,
            offline_at_sign_in_pending: false,
            recent_texts: vec!["Training".into()],
            pending: None,
        }
    }

    fn with_status(kind: StatusKind) -> Facts {
        let mut facts = ready();
        facts.hear(&UiEvent::Status { status: Some(own(kind)) }, 0);
        facts
    }

    /// ST-01, ST-12: ticked is what the server confirmed, not what was pressed.
    #[test]
    fn the_status_that_the_server_confirmed_is_ticked_st_12() {
        let mut facts = with_status(StatusKind::Available);
        let rest = ["· Training", "Other…", "—", "Quit Rannan"];
        let head = ["Open Rannan", "—"];
        assert_eq!(lines(&facts), [&head[..], &["✓ Available", "· Break"], &rest].concat());

        let pending = Some(PendingStatus { id: "Break".into(), kind: StatusKind::Break, text: String::new() });
        facts.status = facts.status.map(|own| OwnStatus { pending, ..own });
        let asked = "· Break (waiting for the server)";
        assert_eq!(lines(&facts), [&head[..], &["✓ Available", asked], &rest].concat());
    }

    /// ST-05: what an administrator made is called as they named it.
    #[test]
    fn a_status_of_the_administrators_has_its_own_name_st_05() {
        let mut facts = with_status(StatusKind::Meeting);
        let names = Some(ipc::StatusNames { en: "Training".into(), ar: "تدريب".into() });
        facts.status = facts.status.map(|own| OwnStatus {
            choices: vec![StatusChoice { id: own.id.clone(), kind: own.kind, names: names.clone(), usual: true }],
            names,
            recent_texts: Vec::new(),
            ..own
        });
        assert!(lines(&facts).contains(&"✓ Training".to_owned()), "{:?}", lines(&facts));
        assert_eq!(plain(&Tray::of(&facts).tooltip), "Rannan – Training");
    }

    #[test]
    fn own_words_are_offered_as_they_were_written() {
        let mut facts = with_status(StatusKind::Other);
        facts.status = facts.status.map(|own| OwnStatus { text: "قهوة ☕".into(), ..own });
        assert!(lines(&facts).contains(&"✓ قهوة ☕".to_owned()));
        let tray = Tray::of(&facts);
        assert_eq!((tray.mark, plain(&tray.tooltip)), (Mark::Other, "Rannan – قهوة ☕".to_owned()));
    }

    #[test]
    fn each_state_has_its_mark() {
        for (kind, mark) in [
            (StatusKind::Available, Mark::Available),
            (StatusKind::Break, Mark::Break),
            (StatusKind::DoNotDisturb, Mark::DoNotDisturb),
            (StatusKind::Meeting, Mark::Meeting),
            (StatusKind::Other, Mark::Other),
        ] {
            assert_eq!(Tray::of(&with_status(kind)).mark, mark);
        }
        let mut facts = with_status(StatusKind::Break);
        facts.hear(&UiEvent::Call { call: call("1", CallLine::RingingHere) }, 0);
        assert_eq!(Tray::of(&facts).mark, Mark::Ringing);
        facts.hear(&UiEvent::Call { call: call("1", CallLine::Talking) }, 0);
        assert_eq!(Tray::of(&facts).mark, Mark::OnCall);
        let mut facts = with_status(StatusKind::Available);
        facts.registered = false;
        assert_eq!(Tray::of(&facts).mark, Mark::Offline);
        assert_eq!(Tray::of(&Facts::new(ipc::Settings::default())).mark, Mark::Offline);
        // ST-07.
        let mut facts = with_status(StatusKind::Available);
        facts.status = facts.status.map(|own| OwnStatus { marked_offline: true, ..own });
        assert_eq!(Tray::of(&facts).mark, Mark::Offline);
        assert!(lines(&facts).contains(&"✓ Offline".to_owned()) && lines(&facts).contains(&"· Available".to_owned()));
    }

    /// SPEC 2 item 22: a Linux tray hears no clicks.
    #[test]
    fn a_call_can_be_answered_declined_muted_and_ended_from_the_menu() {
        let mut facts = ready();
        facts.hear(&UiEvent::Call { call: call("7", CallLine::RingingHere) }, 0);
        let presses = |facts: &Facts| -> Vec<Act> {
            let press = |row: Row| if let Row::Press(act, _) = row { Some(act) } else { None };
            Tray::of(facts).rows.into_iter().filter_map(press).collect()
        };
        assert_eq!(presses(&facts), [Act::Open, Act::Answer("7".into()), Act::Decline("7".into()), Act::Quit]);
        facts.hear(&UiEvent::Call { call: call("7", CallLine::Talking) }, 0);
        assert_eq!(presses(&facts), [Act::Open, Act::Mute(true), Act::HangUp("7".into()), Act::Quit]);
        facts.hear(&UiEvent::Muted { muted: true }, 0);
        assert!(presses(&facts).contains(&Act::Mute(false)));
    }

    /// SPEC 2 item 10.
    #[test]
    fn missed_calls_are_counted_until_they_are_seen() {
        let mut facts = ready();
        facts.hear(&UiEvent::History { unseen_missed: 2 }, 0);
        assert!(Tray::of(&facts).missed && lines(&facts).contains(&"2 missed calls".to_owned()));
        facts.hear(&UiEvent::History { unseen_missed: 0 }, 0);
        assert!(!Tray::of(&facts).missed && !lines(&facts).iter().any(|line| line.contains("missed")));
    }

    /// LG-02: at once, also in the middle of a call.
    #[test]
    fn the_language_changes_in_the_middle_of_a_call_lg_02() {
        let mut facts = with_status(StatusKind::Available);
        facts.hear(&UiEvent::Call { call: call("1", CallLine::Talking) }, 0);
        let english = lines(&facts);
        facts.settings.language = Language::Ar;
        let arabic = lines(&facts);
        assert_eq!(english.len(), arabic.len());
        let latin = |line: &String| {
            let ours = line.replace("Khaled Al-Amin", "").replace("Training", "");
            ours.contains(|c: char| c.is_ascii_alphabetic())
        };
        assert!(!arabic.iter().any(latin), "{arabic:?}");
    }
}
