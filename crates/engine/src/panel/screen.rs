//! The live panel while somebody looks at it. It is whole each time, so the last one counts, whether it was asked for or told.

use base::Now;
use tokio::sync::oneshot;

use super::{PanelError, ShownPanel};

/// Whoever asked for the panel.
pub(crate) type PanelAsker = oneshot::Sender<Result<ShownPanel, PanelError>>;

/// Keeps it. Nothing is kept while nobody looks.
#[derive(Default)]
pub(crate) struct PanelScreen {
    /// Who is signed in here.
    own: Option<String>,
    watched: bool,
    live: bool,
    /// The last one, and when it came.
    last: Option<(model::Panel, Now)>,
    /// It was told that the last one may be old.
    told_old: bool,
    askers: Vec<PanelAsker>,
}

impl PanelScreen {
    /// A team account is in use from now on, or none: nobody looks any more.
    pub(crate) fn belongs_to(&mut self, own: Option<String>) {
        *self = PanelScreen { own, live: self.live, ..PanelScreen::default() };
    }

    /// Somebody wants to look. True: it has to be asked for.
    pub(crate) fn open(&mut self, asker: PanelAsker) -> bool {
        if self.own.is_none() {
            // Who asked may have gone.
            let _ = asker.send(Err(PanelError::NotSignedIn));
            return false;
        }
        self.watched = true;
        self.askers.push(asker);
        true
    }

    /// Nobody looks any more.
    pub(crate) fn leave(&mut self) {
        let own = self.own.take();
        self.belongs_to(own);
    }

    /// Does somebody?
    pub(crate) fn is_watched(&self) -> bool {
        self.watched
    }

    /// The stream of news is up or down. What is shown may be old from now on: told once.
    pub(crate) fn live(&mut self, live: bool, now: Now) -> Option<ShownPanel> {
        self.live = live;
        if live || self.told_old {
            return None;
        }
        self.told_old = true;
        self.shown(now)
    }

    /// It has come, or did not. What is told to those who look already; whoever asked is answered.
    pub(crate) fn came(&mut self, panel: Result<model::Panel, PanelError>, now: Now) -> Option<ShownPanel> {
        if !self.watched {
            return None;
        }
        let looks_already = self.last.is_some();
        match panel {
            Ok(panel) => {
                let shown = self.told(panel, now)?;
                for asker in self.askers.drain(..) {
                    let _ = asker.send(Ok(shown.clone()));
                }
                looks_already.then_some(shown)
            }
            Err(why) => {
                for asker in self.askers.drain(..) {
                    let _ = asker.send(Err(why.clone()));
                }
                if self.last.is_none() || why == PanelError::NotYours {
                    self.leave();
                }
                None
            }
        }
    }

    /// The server told it.
    pub(crate) fn news(&mut self, panel: model::Panel, now: Now) -> Option<ShownPanel> {
        // What is told before the first answer comes is older than it, or told again.
        if !self.watched || self.last.is_none() {
            return None;
        }
        self.told(panel, now)
    }

    fn told(&mut self, panel: model::Panel, now: Now) -> Option<ShownPanel> {
        self.last = Some((panel, now));
        self.told_old = !self.live;
        self.shown(now)
    }

    fn shown(&self, now: Now) -> Option<ShownPanel> {
        let (panel, came) = self.last.as_ref()?;
        Some(ShownPanel { panel: panel.aged(now.since(*came)), complete: self.live, own: self.own.clone()? })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use model::{Panel, PanelSums};

    use super::*;

    fn panel(waiting: u32) -> Panel {
        let longest_wait = Some(Duration::from_secs(1));
        let sums = PanelSums { waiting, longest_wait, ..PanelSums::default() };
        Panel { all_departments: false, sums, queues: Vec::new(), waiting: Vec::new(), agents: Vec::new() }
    }

    fn at(seconds: u64) -> Now {
        Now::from_millis(seconds * 1000)
    }

    fn screen() -> PanelScreen {
        let mut screen = PanelScreen::default();
        screen.belongs_to(Some("rana".into()));
        screen.live(true, at(0));
        screen
    }

    #[test]
    fn it_is_told_while_somebody_looks_and_not_before_or_after_lp_02() {
        let mut screen = screen();
        assert_eq!(screen.news(panel(1), at(1)), None);
        let (asker, mut answer) = oneshot::channel();
        assert!(screen.open(asker));
        assert_eq!(screen.news(panel(1), at(1)), None, "the answer is on its way");
        assert_eq!(screen.came(Ok(panel(2)), at(2)), None, "who asked is answered, nobody else looks");
        let shown = answer.try_recv().unwrap().unwrap();
        assert_eq!((shown.panel.sums.waiting, shown.complete, shown.own.as_str()), (2, true, "rana"));
        assert_eq!(screen.news(panel(3), at(3)).unwrap().panel.sums.waiting, 3);
        screen.leave();
        assert!(!screen.is_watched());
        assert_eq!(screen.news(panel(4), at(4)), None);
        assert_eq!(screen.came(Ok(panel(4)), at(4)), None, "an answer that nobody waits for");
    }

    #[test]
    fn without_the_stream_it_may_be_old_which_is_told_once_with_its_age() {
        let mut screen = screen();
        let (asker, _answer) = oneshot::channel();
        screen.open(asker);
        screen.came(Ok(panel(1)), at(0));
        let old = screen.live(false, at(5)).unwrap();
        assert_eq!((old.complete, old.panel.sums.longest_wait), (false, Some(Duration::from_secs(6))));
        assert_eq!(screen.live(false, at(6)), None);
        assert_eq!(screen.live(true, at(7)), None, "it is asked for again");
        assert!(screen.came(Ok(panel(2)), at(8)).unwrap().complete);
        assert!(screen.live(false, at(9)).is_some(), "lost again, told again");
    }

    #[test]
    fn whose_role_sees_it_no_more_looks_no_more_lp_01() {
        let mut screen = screen();
        let (asker, mut answer) = oneshot::channel();
        screen.open(asker);
        assert_eq!(screen.came(Err(PanelError::NotYours), at(1)), None);
        assert_eq!(answer.try_recv().unwrap(), Err(PanelError::NotYours));
        assert!(!screen.is_watched());
        screen.belongs_to(None);
        let (asker, mut answer) = oneshot::channel();
        assert!(!screen.open(asker));
        assert_eq!(answer.try_recv().unwrap(), Err(PanelError::NotSignedIn));
    }
}
