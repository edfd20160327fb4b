//! What tray and small window need to know, followed by the same news that the window hears. Pure: time is an argument.

use ipc::{
    Call, CallLine, EndReason, LightLevel, Notice, NoticeCall, NoticeWhen, OwnStatus, Session, Settings, UiEvent,
};

/// Calls that the small window shows at once.
const MOST: usize = 3;

/// A call, and when it was told.
#[derive(Clone, Debug, PartialEq)]
struct Told {
    call: Call,
    at_ms: u64,
}

/// The state of the phone as the shell must know it.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// Somebody is signed in.
    pub signed_in: bool,
    /// Calls can come.
    pub registered: bool,
    /// One's own microphone is muted.
    pub muted: bool,
    /// One's own status as the server confirmed it.
    pub status: Option<OwnStatus>,
    /// Missed calls that were not looked at.
    pub unseen_missed: u32,
    /// Preferences.
    pub settings: Settings,
    calls: Vec<Told>,
    /// Missed while nobody watched, newest first.
    missed: Vec<Told>,
    /// The main window is the one that is used.
    watched: bool,
}

impl Facts {
    /// Before any news.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Facts {
            signed_in: false,
            registered: false,
            muted: false,
            status: None,
            unseen_missed: 0,
            settings,
            calls: Vec::new(),
            missed: Vec::new(),
            watched: false,
        }
    }

    /// Follows a piece of news that came at `now_ms`, on any clock that only runs forwards.
    pub fn hear(&mut self, event: &UiEvent, now_ms: u64) {
        match event {
            UiEvent::Session { session } => {
                self.signed_in = matches!(session, Session::SignedIn { .. });
                if !self.signed_in {
                    self.missed.clear();
                }
            }
            UiEvent::System { system } => self.registered = system.web_phone.level == LightLevel::Ok,
            // Who listens to a colleague is on no call of their own.
            UiEvent::Call { call } if call.supervision.is_some() => {}
            UiEvent::Call { call } => {
                let told = Told { call: call.clone(), at_ms: now_ms };
                match self.calls.iter_mut().find(|known| known.call.id == call.id) {
                    Some(known) => *known = told,
                    None => self.calls.push(told),
                }
            }
            UiEvent::CallEnded { call } => {
                self.calls.retain(|known| known.call.id != call.id);
                if call.ended == Some(EndReason::Missed) && !self.watched {
                    self.missed.insert(0, Told { call: call.clone(), at_ms: now_ms });
                    self.missed.truncate(MOST);
                }
            }
            UiEvent::Muted { muted } => self.muted = *muted,
            UiEvent::Status { status } => self.status.clone_from(status),
            UiEvent::History { unseen_missed } => {
                // Looked at in the list: there is nothing left to tell.
                if *unseen_missed == 0 && self.unseen_missed > 0 {
                    self.missed.clear();
                }
                self.unseen_missed = *unseen_missed;
            }
            UiEvent::Settings { settings } => self.settings = settings.clone(),
            // What else the window hears is shown nowhere outside of it.
            _ => {}
        }
    }

    /// The main window began to be the one that is used, or is it no more.
    pub fn watch(&mut self, watched: bool) {
        self.watched = watched;
        if watched {
            self.missed.clear();
        }
    }

    /// Those that still run are told again.
    pub fn forget_calls(&mut self) {
        self.calls.clear();
    }

    /// The agent has seen who was missed.
    pub fn dismiss_missed(&mut self) {
        self.missed.clear();
    }

    /// Number or address of a missed call, to call back.
    #[must_use]
    pub fn missed_number(&self, id: &str) -> Option<String> {
        self.missed.iter().find(|told| told.call.id == id).map(|told| told.call.person.number.clone())
    }

    /// Running calls, oldest first.
    pub fn calls(&self) -> impl Iterator<Item = &Call> {
        self.calls.iter().map(|told| &told.call)
    }

    /// Calls that ring here, oldest first.
    pub fn ringing(&self) -> impl Iterator<Item = &Call> {
        self.calls().filter(|call| call.line == CallLine::RingingHere)
    }

    /// The call that is talked on, else the newest that does not ring here.
    #[must_use]
    pub fn in_front(&self) -> Option<&Call> {
        let running = || self.calls().filter(|call| call.line != CallLine::RingingHere);
        running().filter(|call| call.line != CallLine::Held).last().or_else(|| running().last())
    }

    /// What the small window shows now.
    #[must_use]
    pub fn notice(&self, now_ms: u64) -> Option<Notice> {
        let wanted = match self.settings.notice_when {
            NoticeWhen::Always => true,
            NoticeWhen::Unfocused => !self.watched,
            NoticeWhen::Never => false,
        };
        if !wanted || !self.signed_in {
            return None;
        }
        let shown = |told: &Told| NoticeCall {
            id: told.call.id.clone(),
            person: self.settings.notice_caller.then(|| told.call.person.clone()),
            age_ms: told.call.age_ms + now_ms.saturating_sub(told.at_ms),
            silenced: told.call.silenced,
            pending: told.call.pending,
        };
        let rings = |told: &&Told| told.call.line == CallLine::RingingHere;
        let ringing: Vec<NoticeCall> = self.calls.iter().filter(rings).take(MOST).map(shown).collect();
        // A call that rings is more urgent than those that are over.
        let missed: Vec<NoticeCall> = if ringing.is_empty() && self.settings.notice_missed {
            self.missed.iter().map(shown).collect()
        } else {
            Vec::new()
        };
        if ringing.is_empty() && missed.is_empty() {
            return None;
        }
        Some(Notice { ringing, talking: self.in_front().map(|call| call.id.clone()), missed })
    }
}

#[cfg(test)]
pub mod tests {
    use ipc::{CallDirection, CallMedia, Light, Person, System, User};

    use super::*;

    /// A call of Khaled's.
    pub fn call(id: &str, line: CallLine) -> Call {
        Call {
            id: id.into(),
            direction: CallDirection::Incoming,
            person: Person { number: "+966110000142".into(), name: "Khaled Al-Amin".into() },
            line,
            media: CallMedia::None,
            pending: false,
            age_ms: 1000,
            talk_ms: None,
            held_ms: None,
            held_by_far_end: false,
            silenced: false,
            ended: None,
            sip_code: None,
            transfer: None,
            transferred_by: None,
            asks_for: None,
            queue: None,
            queue_place: None,
            supervision: None,
            supervised_by: None,
            conference: false,
            recording: phone::RecordingView::default().into(),
        }
    }

    /// Somebody is signed in and registered.
    pub fn ready() -> Facts {
        let mut facts = Facts::new(Settings::default());
        let light = |level| Light { level, why: None, retry_in_ms: None, detail: None };
        let user = User {
            id: "1".into(),
            name: "Noor".into(),
            email: String::new(),
            extension: "2041".into(),
            server: "care.example".into(),
            practice: false,
            profile: None,
        };
        facts.hear(&UiEvent::Session { session: Session::SignedIn { user } }, 0);
        let system = System {
            web_phone: light(LightLevel::Ok),
            live_panel: light(LightLevel::Ok),
            internet: light(LightLevel::Ok),
            internet_ms: None,
            sound: light(LightLevel::Ok),
        };
        facts.hear(&UiEvent::System { system }, 0);
        facts
    }

    /// SPEC 2 item 21, IC: a call that nobody sees in the main window comes in a window of its own.
    #[test]
    fn a_call_shows_while_the_main_window_is_not_used_and_goes_when_the_engine_says_so() {
        let mut facts = ready();
        facts.hear(&UiEvent::Call { call: call("1", CallLine::RingingHere) }, 500);
        let notice = facts.notice(2500).expect("nobody looks at the main window");
        assert_eq!((notice.ringing[0].age_ms, notice.talking.as_deref()), (3000, None));

        facts.watch(true);
        assert_eq!(facts.notice(2500), None, "the main window shows it");
        facts.watch(false);
        let elsewhere = Call { ended: Some(EndReason::AnsweredElsewhere), ..call("1", CallLine::Ended) };
        facts.hear(&UiEvent::CallEnded { call: elsewhere }, 2600);
        assert_eq!(facts.notice(2600), None, "answered elsewhere");
    }

    #[test]
    fn the_agent_chooses_when_and_what_it_says() {
        let mut facts = ready();
        facts.hear(&UiEvent::Call { call: call("1", CallLine::RingingHere) }, 0);
        facts.settings.notice_when = NoticeWhen::Never;
        assert_eq!(facts.notice(0), None);
        facts.settings.notice_when = NoticeWhen::Always;
        facts.watch(true);
        assert!(facts.notice(0).is_some_and(|notice| notice.ringing[0].person.is_some()));
        facts.settings.notice_caller = false;
        assert!(facts.notice(0).is_some_and(|notice| notice.ringing[0].person.is_none()));
    }

    #[test]
    fn a_second_call_knows_the_one_that_is_talked_on() {
        let mut facts = ready();
        facts.hear(&UiEvent::Call { call: call("1", CallLine::Talking) }, 0);
        facts.hear(&UiEvent::Call { call: call("2", CallLine::RingingHere) }, 0);
        let notice = facts.notice(0).expect("nobody looks");
        assert_eq!((notice.ringing.len(), notice.talking.as_deref()), (1, Some("1")));
    }

    /// SPEC 2 item 10.
    #[test]
    fn a_missed_call_stays_until_somebody_looks() {
        let mut facts = ready();
        let missed = Call { ended: Some(EndReason::Missed), ..call("1", CallLine::Ended) };
        facts.hear(&UiEvent::CallEnded { call: missed.clone() }, 0);
        facts.hear(&UiEvent::History { unseen_missed: 1 }, 0);
        assert_eq!(facts.notice(60_000).map(|notice| notice.missed.len()), Some(1));
        assert_eq!(facts.missed_number("1").as_deref(), Some("+966110000142"));
        facts.watch(true);
        facts.watch(false);
        assert_eq!(facts.notice(60_000), None);

        facts.hear(&UiEvent::CallEnded { call: missed.clone() }, 0);
        facts.settings.notice_missed = false;
        assert_eq!(facts.notice(0), None);
        facts.settings.notice_missed = true;
        facts.hear(&UiEvent::History { unseen_missed: 0 }, 0);
        assert_eq!(facts.notice(0), None, "looked at in the list");
    }

    #[test]
    fn a_call_that_ended_unheard_does_not_ring_for_ever() {
        let mut facts = ready();
        facts.hear(&UiEvent::Call { call: call("1", CallLine::RingingHere) }, 0);
        facts.forget_calls();
        assert_eq!((facts.notice(0), facts.calls().count()), (None, 0));
    }

    #[test]
    fn a_hundred_missed_calls_are_three_rows() {
        let mut facts = ready();
        for id in 0..100 {
            let missed = Call { ended: Some(EndReason::Missed), ..call(&id.to_string(), CallLine::Ended) };
            facts.hear(&UiEvent::CallEnded { call: missed }, 0);
        }
        let notice = facts.notice(0).expect("missed");
        assert_eq!(notice.missed.iter().map(|call| call.id.as_str()).collect::<Vec<_>>(), ["99", "98", "97"]);
    }

    #[test]
    fn who_signs_out_leaves_nothing_on_the_screen_lo_01() {
        let mut facts = ready();
        let missed = Call { ended: Some(EndReason::Missed), ..call("1", CallLine::Ended) };
        facts.hear(&UiEvent::CallEnded { call: missed }, 0);
        facts.hear(&UiEvent::Session { session: Session::SigningOut }, 0);
        assert_eq!(facts.notice(0), None);
        assert_eq!(facts.missed_number("1"), None);
    }
}
