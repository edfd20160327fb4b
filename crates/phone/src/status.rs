//! One's own status: what the server confirmed, what was asked for and is not confirmed yet.
//!
//! ```text
//!  SetStatus ─▶ wish ─▶ SendStatus ─┬─ confirmed ──▶ shown, forgotten
//!                 ▲                 ├─ refused ────▶ told, forgotten: what was confirmed still counts
//!                 │                 └─ not reached ─▶ kept; again after a pause, or when the server is back
//!                 └── a newer wish replaces an older one
//! ```
//! Nothing is shown as chosen that the server has not confirmed. The wish is kept on disk, so that it outlives this program.

use base::{AccountId, Chance, Now};
use model::{CallRecord, Direction, EndReason, OwnStatus, Party, Status, StatusKind, StatusWish, status_text};

use crate::account::BackOff;
use crate::effect::{Effect, StatusAsk};
use crate::input::TeamInput;
use crate::notice::Notice;
use crate::turn::Turn;

/// A status that comes with everything that can be chosen: what a screen needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusView {
    /// All that there are, in their order; that of kind [`StatusKind::Offline`] is not for choosing.
    pub choices: Vec<Status>,
    /// What the server confirmed.
    pub own: OwnStatus,
    /// What was asked for since: not true yet.
    pub pending: Option<StatusWish>,
    /// How sign-ins shall begin: not true yet.
    pub pending_offline_at_sign_in: Option<bool>,
}

/// Why a status was not changed. What was confirmed before still counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusFault {
    /// This account has none: a plain SIP account, or signed out.
    NoStatus,
    /// There is no such status, or only the server sets it.
    Unknown,
    /// Own words are missing, or are too many.
    Text,
    /// Another phone of this person chose one later.
    Newer,
    /// The server cannot be reached, and this is not kept.
    Unreachable,
    /// The server refuses for another reason.
    Refused,
}

/// How asking the server ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatusAnswer {
    /// Done: this is true now.
    Done(Box<OwnStatus>),
    /// No, and asking again does not help.
    Refused(StatusFault),
    /// Nobody answered, or not now.
    NotNow,
}

/// Status, wish and what is under way.
#[derive(Default)]
pub(crate) struct StatusDesk {
    /// The user whose team account is in use.
    user: Option<String>,
    choices: Vec<Status>,
    own: Option<OwnStatus>,
    wish: Option<StatusWish>,
    /// Of an earlier run: whose, and what.
    kept: Option<(String, StatusWish)>,
    offline_at_sign_in: Option<bool>,
    /// Counts what was asked.
    asked: u64,
    /// Number under which the wish was sent last; answers to others are late.
    wish_asked: u64,
    /// The same for the setting.
    setting_asked: u64,
    /// What to ask again, when.
    again: Option<(Now, Again)>,
    back_off: BackOff,
    shown: Option<StatusView>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Again {
    Everything,
    Wish,
}

impl StatusDesk {
    /// `account`: the one that is in use.
    pub(crate) fn on_team(
        &mut self,
        turn: &mut Turn,
        chance: &mut Chance,
        account: Option<AccountId>,
        input: TeamInput,
    ) {
        match input {
            // Of no concern here: the phone itself takes them.
            TeamInput::SuperviseKey { .. } | TeamInput::SuperviseRevoked { .. } | TeamInput::Recording(_) => {}
            TeamInput::Opened { user } => self.open(turn, user),
            TeamInput::Closed => self.close(turn),
            TeamInput::Kept { user, wish } => {
                self.kept = Some((user, wish));
                self.take_kept(turn);
            }
            TeamInput::Connected => self.ask_everything(turn),
            TeamInput::Statuses { choices, own } => {
                self.choices = choices;
                self.again = None;
                self.back_off.reset();
                self.adopt(*own);
                self.send_wish(turn);
            }
            TeamInput::StatusesNotNow => self.again = Some((turn.now + self.back_off.next(chance), Again::Everything)),
            TeamInput::Status(own) => self.adopt(*own),
            TeamInput::StatusAnswer { number, answer } => self.answered(turn, chance, number, answer),
            // The calls' business, not the status'.
            TeamInput::TransferAsked { .. } => {}
            TeamInput::CallBlocked { from, code } => {
                if let Some(account) = account {
                    let record = missed(turn, account, from, code);
                    turn.effect(Effect::Store(Box::new(record)));
                }
            }
        }
    }

    /// The person chooses.
    pub(crate) fn choose(&mut self, turn: &mut Turn, status: String, text: &str) {
        let Some(choice) = self.choices.iter().find(|choice| choice.id == status) else {
            let why = if self.own.is_none() { StatusFault::NoStatus } else { StatusFault::Unknown };
            return turn.notice(Notice::StatusRefused(why));
        };
        let text = match choice.kind {
            StatusKind::Offline => return turn.notice(Notice::StatusRefused(StatusFault::Unknown)),
            StatusKind::Other => match status_text(text) {
                Some(text) => text.to_owned(),
                None => return turn.notice(Notice::StatusRefused(StatusFault::Text)),
            },
            _ => String::new(),
        };
        self.keep(turn, Some(StatusWish { status, text, made_at: turn.wall }));
        self.again = None;
        self.send_wish(turn);
    }

    /// The person says how sign-ins begin. Not kept: a switch that does not move is seen at once.
    pub(crate) fn set_offline_at_sign_in(&mut self, turn: &mut Turn, on: bool) {
        if self.own.is_none() {
            return turn.notice(Notice::StatusRefused(StatusFault::NoStatus));
        }
        self.offline_at_sign_in = Some(on);
        self.asked += 1;
        self.setting_asked = self.asked;
        turn.effect(Effect::AskStatus(StatusAsk::OfflineAtSignIn { number: self.asked, on }));
    }

    /// End of a turn: what is due is asked again, what is new is shown.
    pub(crate) fn settle(&mut self, turn: &mut Turn) {
        if let Some((_, again)) = self.again.take_if(|(at, _)| *at <= turn.now) {
            match again {
                Again::Everything => self.ask_everything(turn),
                Again::Wish => self.send_wish(turn),
            }
        }
        let view = self.view();
        if self.shown != view {
            self.shown.clone_from(&view);
            turn.notice(Notice::Status(view.map(Box::new)));
        }
    }

    pub(crate) fn wake_at(&self) -> Option<Now> {
        self.again.map(|(at, _)| at)
    }

    /// `None`: this account has no status, or the server has not said it yet.
    pub(crate) fn view(&self) -> Option<StatusView> {
        Some(StatusView {
            choices: self.choices.clone(),
            own: self.own.clone()?,
            pending: self.wish.clone(),
            pending_offline_at_sign_in: self.offline_at_sign_in,
        })
    }

    fn open(&mut self, turn: &mut Turn, user: String) {
        let kept = self.kept.take();
        *self = StatusDesk { asked: self.asked, shown: self.shown.take(), kept, ..StatusDesk::default() };
        self.user = Some(user);
        self.take_kept(turn);
        self.ask_everything(turn);
    }

    fn close(&mut self, turn: &mut Turn) {
        if self.wish.is_some() {
            self.keep(turn, None);
        }
        *self = StatusDesk { asked: self.asked, shown: self.shown.take(), ..StatusDesk::default() };
    }

    /// What was asked for in an earlier run counts, unless it was somebody else or something newer was asked for since.
    fn take_kept(&mut self, turn: &mut Turn) {
        let Some(user) = &self.user else { return };
        let Some((whose, wish)) = self.kept.take() else { return };
        if whose == *user && self.wish.is_none() {
            self.wish = Some(wish);
            if self.own.is_some() {
                self.send_wish(turn);
            }
        }
    }

    fn ask_everything(&mut self, turn: &mut Turn) {
        if self.user.is_some() {
            turn.effect(Effect::AskStatus(StatusAsk::Everything));
        }
    }

    fn send_wish(&mut self, turn: &mut Turn) {
        let Some(wish) = self.wish.clone() else { return };
        self.asked += 1;
        self.wish_asked = self.asked;
        turn.effect(Effect::AskStatus(StatusAsk::Choose { number: self.asked, wish }));
    }

    fn answered(&mut self, turn: &mut Turn, chance: &mut Chance, number: u64, answer: StatusAnswer) {
        let is_setting = number == self.setting_asked && self.offline_at_sign_in.is_some();
        let is_wish = number == self.wish_asked && self.wish.is_some();
        match answer {
            StatusAnswer::Done(own) => {
                if is_setting {
                    self.offline_at_sign_in = None;
                } else if is_wish {
                    self.keep(turn, None);
                }
                self.back_off.reset();
                self.adopt(*own);
            }
            StatusAnswer::Refused(why) if is_setting => self.setting_failed(turn, why),
            StatusAnswer::NotNow if is_setting => self.setting_failed(turn, StatusFault::Unreachable),
            StatusAnswer::Refused(why) if is_wish => {
                self.keep(turn, None);
                turn.notice(Notice::StatusRefused(why));
                self.ask_everything(turn);
            }
            StatusAnswer::NotNow if is_wish => {
                self.again = Some((turn.now + self.back_off.next(chance), Again::Wish));
            }
            // Of a wish that was replaced since.
            StatusAnswer::Refused(_) | StatusAnswer::NotNow => {}
        }
    }

    fn setting_failed(&mut self, turn: &mut Turn, why: StatusFault) {
        self.offline_at_sign_in = None;
        turn.notice(Notice::StatusRefused(why));
    }

    fn adopt(&mut self, own: OwnStatus) {
        if self.user.is_some() && self.own.as_ref().is_none_or(|known| known.version <= own.version) {
            self.own = Some(own);
        }
    }

    fn keep(&mut self, turn: &mut Turn, wish: Option<StatusWish>) {
        self.wish = wish;
        let kept = self.user.clone().zip(self.wish.clone());
        turn.effect(Effect::KeepStatusWish(kept));
    }
}

/// A call that the status kept away: missed, although nothing has rung (ST-04).
fn missed(turn: &Turn, account: AccountId, from: String, code: u16) -> CallRecord {
    CallRecord {
        id: 0,
        account,
        direction: Direction::Incoming,
        party: Party { number: from, display_name: String::new() },
        started_at: turn.wall,
        answered_at: None,
        ended_at: turn.wall,
        reason: EndReason::Missed,
        sip_code: Some(code),
        unseen: true,
        note: String::new(),
        quality: None,
        transfer: None,
    }
}

#[cfg(test)]
mod tests;
