//! What of the phone is seen outside of its window: tray, small window, titles. Follows the same news as the window; one task shows the
//! newest state, so a hundred changes in a row are painted once.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use ipc::{Notice, Settings, UiEvent};
use tauri::{AppHandle, Manager};
use tokio::sync::Notify;

use crate::commands::window::Preferences;
use crate::events;
use crate::facts::Facts;
use crate::notice;
use crate::options::Options;
use crate::tray::TrayPlace;
use crate::tray::act::Act;
use crate::tray::menu::Tray;
use crate::window;
use crate::words::Words;
use engine::EngineHandle;

/// Everything that is seen outside of the main window.
pub struct Outside {
    facts: Mutex<Facts>,
    tray: TrayPlace,
    changed: Notify,
    /// A row of the menu was pressed: the panel may have ticked it by itself, so the whole menu is written again.
    pressed: AtomicBool,
    began: Instant,
}

impl Outside {
    /// Before any news.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Outside {
            facts: Mutex::new(Facts::new(settings)),
            tray: TrayPlace::default(),
            changed: Notify::new(),
            pressed: AtomicBool::new(false),
            began: Instant::now(),
        }
    }

    /// Puts the icon into the system's panel.
    pub fn build_tray(&self, app: &AppHandle) {
        self.tray.build(app, act);
    }

    /// A piece of news on its way to the window.
    pub fn hear(&self, event: &UiEvent) {
        self.change(|facts, now_ms| facts.hear(event, now_ms));
    }

    /// All of it is told anew: a call that ended unheard is not among what comes.
    pub fn begin_again(&self) {
        self.change(|facts, _| facts.forget_calls());
    }

    /// The main window began to be the one that is used, or is it no more.
    pub fn watch(&self, watched: bool) {
        self.change(|facts, _| facts.watch(watched));
    }

    /// The missed calls were seen.
    pub fn dismiss_missed(&self) {
        self.change(|facts, _| facts.dismiss_missed());
    }

    /// What the small window shows now.
    pub fn notice(&self) -> Option<Notice> {
        let now_ms = self.now_ms();
        self.facts().notice(now_ms)
    }

    /// Number of a missed call that the small window shows.
    pub fn missed_number(&self, id: &str) -> Option<String> {
        self.facts().missed_number(id)
    }

    /// True while a call runs or rings.
    pub fn in_a_call(&self) -> bool {
        self.facts().calls().next().is_some()
    }

    /// True when the phone may go on without its window: the agent wants it, and an icon says that it is there.
    pub fn keeps_running(&self) -> bool {
        let wanted = self.facts().settings.keep_running;
        wanted && self.tray.can_be_seen()
    }

    /// Shows what changed, until the program ends.
    pub async fn keep_shown(&self, app: AppHandle) {
        let mut shown: Option<Notice> = None;
        let mut language = None;
        let mut tray: Option<Tray> = None;
        loop {
            let now_ms = self.now_ms();
            let facts = self.facts().clone();
            let next = Tray::of(&facts);
            let before = tray.as_ref().filter(|_| !self.pressed.swap(false, Ordering::Relaxed));
            self.tray.show(&app, before, &next);
            tray = Some(next);
            let words = Words::of(&facts.settings);
            let turned = language.replace(words) != Some(words);
            if turned {
                window::entitle(&app, words, &app.state::<Options>().profile);
                notice::entitle(&app, words);
            }
            let wanted = facts.notice(now_ms);
            let news = !same(wanted.as_ref(), shown.as_ref());
            // Not with every fact: it would follow the pointer from screen to screen.
            if (news || turned)
                && let Err(fault) = notice::show(&app, wanted.as_ref(), &facts.settings)
            {
                tracing::warn!(%fault, "no small window; the main window shows the call");
            }
            if news {
                events::emit_to_notice(&app, &UiEvent::Notice { notice: wanted.clone() });
            }
            shown = wanted;
            self.changed.notified().await;
        }
    }

    fn change(&self, change: impl FnOnce(&mut Facts, u64)) {
        let now_ms = self.now_ms();
        let mut facts = self.facts();
        let before = facts.clone();
        change(&mut facts, now_ms);
        if *facts != before {
            self.changed.notify_one();
        }
    }

    fn facts(&self) -> std::sync::MutexGuard<'_, Facts> {
        self.facts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Ages run by themselves in the window.
fn same(one: Option<&Notice>, other: Option<&Notice>) -> bool {
    let timeless = |notice: &Notice| {
        let mut notice = notice.clone();
        notice.ringing.iter_mut().chain(&mut notice.missed).for_each(|call| call.age_ms = 0);
        notice
    };
    one.map(timeless) == other.map(timeless)
}

/// Ends the program, or asks when that would end a call.
pub fn quit(app: &AppHandle) {
    if app.state::<Outside>().in_a_call() {
        window::show(app);
        events::emit(app, &UiEvent::CloseAsked);
    } else {
        app.exit(0);
    }
}

/// A row of the tray's menu was pressed. What comes of it, the engine says.
fn act(app: &AppHandle, wanted: Act) {
    let engine = app.state::<EngineHandle>();
    let call = |id: &str| id.parse().ok().map(base::CallId);
    match wanted {
        Act::Open => window::show(app),
        Act::Quit => quit(app),
        Act::Mute(on) => engine.mute(on),
        Act::Status(id, text) => engine.set_status(&id, &text),
        Act::Answer(id) => call(&id).into_iter().for_each(|id| engine.answer(id)),
        Act::Decline(id) => call(&id).into_iter().for_each(|id| engine.decline(id)),
        Act::HangUp(id) => call(&id).into_iter().for_each(|id| engine.hang_up(id)),
    }
    let outside = app.state::<Outside>();
    outside.pressed.store(true, Ordering::Relaxed);
    outside.changed.notify_one();
}

/// The main window's close button was pressed. True: it stays, or hides, and the program goes on.
pub fn close_asked(app: &AppHandle) -> bool {
    let outside = app.state::<Outside>();
    if outside.keeps_running() {
        if app.state::<Preferences>().keep_running_told() {
            window::hide(app);
        } else {
            events::emit(app, &UiEvent::KeepRunningTold);
        }
        return true;
    }
    if outside.in_a_call() {
        events::emit(app, &UiEvent::CloseAsked);
        return true;
    }
    false
}

#[cfg(test)]
mod tests {
    use ipc::CallLine;

    use super::*;
    use crate::facts::tests::{call, ready};

    #[test]
    fn time_alone_tells_nothing_new() {
        let mut facts = ready();
        facts.hear(&UiEvent::Call { call: call("1", CallLine::RingingHere) }, 0);
        let [early, late] = [0, 9000].map(|now_ms| facts.notice(now_ms));
        assert_ne!(early, late);
        assert!(same(early.as_ref(), late.as_ref()));
        assert!(!same(early.as_ref(), None));
    }
}
