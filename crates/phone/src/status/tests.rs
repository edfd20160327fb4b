use base::WallMs;
use model::Blocks;

use super::*;

const STATUSES: [StatusKind; 6] = [
    StatusKind::Available,
    StatusKind::Break,
    StatusKind::DoNotDisturb,
    StatusKind::Meeting,
    StatusKind::Other,
    StatusKind::Offline,
];

fn own(kind: StatusKind, version: u64) -> Box<OwnStatus> {
    Box::new(OwnStatus {
        status: kind.code().to_owned(),
        kind,
        names: None,
        text: String::new(),
        since: WallMs(1),
        marked_offline: false,
        offline_at_sign_in: false,
        recent_texts: Vec::new(),
        version,
    })
}

struct Rig {
    desk: StatusDesk,
    chance: Chance,
    now: Now,
}

/// What one input led to.
struct Led {
    effects: Vec<Effect>,
    notices: Vec<Notice>,
}

impl Rig {
    /// Signed in and available.
    fn available() -> Rig {
        let mut rig = Rig { desk: StatusDesk::default(), chance: Chance::from_number(1), now: Now::ZERO };
        let led = rig.team(TeamInput::Opened { user: "u1".into() });
        assert!(matches!(led.effects.as_slice(), [Effect::AskStatus(StatusAsk::Everything)]));
        let led = rig.team(TeamInput::Statuses { choices: choices(), own: own(StatusKind::Available, 1) });
        assert!(led.effects.is_empty());
        rig
    }

    fn turn(&mut self, act: impl FnOnce(&mut StatusDesk, &mut Turn, &mut Chance)) -> Led {
        let wall = i64::try_from(self.now.since_epoch().as_millis()).unwrap();
        let mut turn = Turn::new(self.now, WallMs(wall));
        act(&mut self.desk, &mut turn, &mut self.chance);
        self.desk.settle(&mut turn);
        Led { effects: turn.out.effects, notices: turn.out.notices }
    }

    fn team(&mut self, input: TeamInput) -> Led {
        self.turn(|desk, turn, chance| desk.on_team(turn, chance, Some(AccountId(1)), input))
    }

    fn choose(&mut self, status: &str, text: &str) -> Led {
        self.turn(|desk, turn, _| desk.choose(turn, status.to_owned(), text))
    }

    fn answer(&mut self, number: u64, answer: StatusAnswer) -> Led {
        self.team(TeamInput::StatusAnswer { number, answer })
    }

    /// Passes the time until something is due, and does it.
    fn wait(&mut self) -> Led {
        self.now = self.desk.wake_at().expect("something is due");
        self.turn(|_, _, _| {})
    }

    fn kind(&self) -> StatusKind {
        self.desk.view().expect("a status").own.kind
    }

    fn pending(&self) -> Option<String> {
        self.desk.view().expect("a status").pending.map(|wish| wish.status)
    }
}

impl Led {
    /// What was asked to choose, under which number.
    fn chosen(&self) -> Option<(u64, StatusWish)> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::AskStatus(StatusAsk::Choose { number, wish }) => Some((*number, wish.clone())),
            _ => None,
        })
    }

    fn kept(&self) -> Option<Option<String>> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::KeepStatusWish(kept) => Some(kept.as_ref().map(|(_, wish)| wish.status.clone())),
            _ => None,
        })
    }

    fn refused(&self) -> Option<StatusFault> {
        self.notices.iter().find_map(|notice| match notice {
            Notice::StatusRefused(why) => Some(*why),
            _ => None,
        })
    }
}

fn choices() -> Vec<Status> {
    STATUSES.map(|kind| Status { id: kind.code().to_owned(), kind, names: None, blocks: Blocks::usual(kind) }).to_vec()
}

#[test]
fn nothing_is_true_before_the_server_says_so_st_12() {
    let mut rig = Rig::available();
    let led = rig.choose("break", "passed over");
    let (number, wish) = led.chosen().expect("asked");
    assert_eq!((wish.status.as_str(), wish.text.as_str()), ("break", ""));
    assert_eq!(led.kept(), Some(Some("break".into())));
    assert_eq!((rig.kind(), rig.pending()), (StatusKind::Available, Some("break".into())));

    let led = rig.answer(number, StatusAnswer::Done(own(StatusKind::Break, 2)));
    assert_eq!((rig.kind(), rig.pending()), (StatusKind::Break, None));
    assert_eq!(led.kept(), Some(None), "nothing is left to be sent");
}

#[test]
fn refused_wish_is_rolled_back_and_told_st_12() {
    let mut rig = Rig::available();
    let (number, _) = rig.choose("dnd", "").chosen().expect("asked");
    let led = rig.answer(number, StatusAnswer::Refused(StatusFault::Newer));
    assert_eq!(led.refused(), Some(StatusFault::Newer));
    assert_eq!((rig.kind(), rig.pending()), (StatusKind::Available, None));
    assert!(led.effects.iter().any(|e| matches!(e, Effect::AskStatus(StatusAsk::Everything))), "what counts is asked");
}

#[test]
fn wish_is_kept_while_the_server_is_away_and_only_the_newest_is_sent() {
    let mut rig = Rig::available();
    let (first, _) = rig.choose("break", "").chosen().expect("asked");
    rig.answer(first, StatusAnswer::NotNow);
    let (second, wish) = rig.wait().chosen().expect("asked again after a pause");
    assert_eq!(wish.status, "break");

    let (third, _) = rig.choose("meeting", "").chosen().expect("asked");
    let late = rig.answer(second, StatusAnswer::NotNow);
    assert!(late.effects.is_empty() && rig.desk.wake_at().is_none(), "of a wish that was replaced");
    rig.answer(third, StatusAnswer::NotNow);
    assert_eq!(rig.pending(), Some("meeting".into()));

    rig.team(TeamInput::Connected);
    let led = rig.team(TeamInput::Statuses { choices: choices(), own: own(StatusKind::Available, 1) });
    let (fourth, wish) = led.chosen().expect("the server is back");
    assert_eq!((wish.status.as_str(), wish.made_at), ("meeting", WallMs(rig.now.since_epoch().as_millis() as i64)));
    rig.answer(fourth, StatusAnswer::Done(own(StatusKind::Meeting, 2)));
    assert_eq!((rig.kind(), rig.pending()), (StatusKind::Meeting, None));
}

#[test]
fn wish_of_an_earlier_run_is_sent_for_the_same_person_only() {
    let wish = StatusWish { status: "break".into(), text: String::new(), made_at: WallMs(7) };
    for (user, sent) in [("u1", true), ("u2", false)] {
        let mut rig = Rig::available();
        let led = rig.team(TeamInput::Kept { user: user.into(), wish: wish.clone() });
        assert_eq!(led.chosen().map(|(_, wish)| wish), sent.then(|| wish.clone()), "{user}");
    }
}

#[test]
fn older_news_change_nothing() {
    let mut rig = Rig::available();
    rig.team(TeamInput::Status(own(StatusKind::Break, 5)));
    rig.team(TeamInput::Status(own(StatusKind::Meeting, 4)));
    assert_eq!(rig.kind(), StatusKind::Break);
}

#[test]
fn empty_words_offline_and_strangers_are_refused_at_once_st_06() {
    let mut rig = Rig::available();
    for (status, text, why) in [
        ("other", "  ", StatusFault::Text),
        ("other", "x\ny", StatusFault::Text),
        ("offline", "", StatusFault::Unknown),
        ("holiday", "", StatusFault::Unknown),
    ] {
        let led = rig.choose(status, text);
        assert_eq!((led.refused(), led.effects.len()), (Some(why), 0), "{status} {text:?}");
    }
    let (_, wish) = rig.choose("other", " تدريب على CRM ").chosen().expect("asked");
    assert_eq!(wish.text, "تدريب على CRM");
}

#[test]
fn signing_out_forgets_everything() {
    let mut rig = Rig::available();
    let (number, _) = rig.choose("break", "").chosen().expect("asked");
    let led = rig.team(TeamInput::Closed);
    assert_eq!(led.kept(), Some(None));
    assert!(led.notices.contains(&Notice::Status(None)));
    rig.answer(number, StatusAnswer::Done(own(StatusKind::Break, 2)));
    assert_eq!(rig.desk.view(), None, "a late answer");
    assert_eq!(rig.choose("break", "").refused(), Some(StatusFault::NoStatus));
}

#[test]
fn how_sign_ins_begin_is_pending_until_it_is_true_or_was_refused_st_07() {
    let mut rig = Rig::available();
    let switch = |rig: &mut Rig| {
        let led = rig.turn(|desk, turn, _| desk.set_offline_at_sign_in(turn, true));
        let [Effect::AskStatus(StatusAsk::OfflineAtSignIn { number, on: true })] = led.effects[..] else { panic!() };
        assert_eq!(rig.desk.view().unwrap().pending_offline_at_sign_in, Some(true));
        number
    };
    let number = switch(&mut rig);
    let led = rig.answer(number, StatusAnswer::NotNow);
    assert_eq!(led.refused(), Some(StatusFault::Unreachable));
    assert_eq!(rig.desk.view().unwrap().pending_offline_at_sign_in, None);

    let number = switch(&mut rig);
    rig.answer(
        number,
        StatusAnswer::Done(Box::new(OwnStatus { offline_at_sign_in: true, ..*own(StatusKind::Available, 2) })),
    );
    let view = rig.desk.view().unwrap();
    assert_eq!((view.own.offline_at_sign_in, view.pending_offline_at_sign_in), (true, None));
}

#[test]
fn call_that_was_turned_away_is_missed_in_the_history_st_04() {
    let mut rig = Rig::available();
    let led = rig.team(TeamInput::CallBlocked { from: "102".into(), code: 486 });
    let [Effect::Store(record)] = &led.effects[..] else { panic!("{:?}", led.effects) };
    assert_eq!((record.party.number.as_str(), record.reason, record.unseen), ("102", EndReason::Missed, true));
}
