//! A job: rows, and how far they are (BK-01, BK-02). Pure; workers take rows and bring back what became of them.
//!
//! ```text
//! Ready ─start─▶ Running ─nothing left─▶ Done
//!                  │ ▲
//!             stop,│ │start              Stopping waits for the rows that are at the server
//!        connection▼ │
//!               Stopping ─▶ Stopped, Interrupted
//! ```

use base::Secret;

use super::plan::Verdict;
use super::wish::{RowFault, UserField, UserWish};
use crate::directory::DirectoryError;

/// Characters of a cell that are shown.
const SHOWN_CHARS: usize = 200;

/// How far a job is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BulkPhase {
    /// Planned, and nothing was done.
    Ready,
    /// Rows are carried out.
    Running,
    /// It was stopped, and what is at the server is waited for.
    Stopping,
    /// It was stopped: what is done stays, the rest can go on.
    Stopped,
    /// The server was lost: what is done stays, the rest can go on.
    Interrupted(DirectoryError),
    /// Nothing is left to do.
    Done,
}

/// What becomes, or became, of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowState {
    /// Somebody new would be made.
    New,
    /// Somebody would be changed.
    Change,
    /// There is nothing to do.
    Skipped,
    /// It cannot be done.
    Bad,
    /// Somebody was made.
    Made,
    /// Somebody was changed.
    Changed,
    /// The server has refused it.
    Failed,
}

/// A row as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkRow {
    /// Its place, from 0.
    pub at: usize,
    /// Line of the file in which it begins; of a range its place, from 1.
    pub line: u64,
    /// Extension; empty where the row says none.
    pub extension: String,
    /// Name; where a change says none, that of before.
    pub name: String,
    /// Sign-in name, where the row says one.
    pub email: String,
    /// What becomes of it.
    pub state: RowState,
    /// Why it is not done.
    pub fault: Option<RowFault>,
    /// Name of who has what the row wants; of a queue, too.
    pub who: String,
    /// A password was made and can be read.
    pub has_password: bool,
}

/// How many rows are how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BulkCounts {
    /// All.
    pub rows: usize,
    /// Still to be made.
    pub new: usize,
    /// Still to be changed.
    pub change: usize,
    /// Nothing to do.
    pub skipped: usize,
    /// Cannot be done.
    pub bad: usize,
    /// Made.
    pub made: usize,
    /// Changed.
    pub changed: usize,
    /// Refused.
    pub failed: usize,
    /// Passwords that were made and can be read.
    pub passwords: usize,
}

/// A job without its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkView {
    /// Names it.
    pub job: u64,
    /// Name of the file; empty: a range.
    pub file: String,
    /// How far it is.
    pub phase: BulkPhase,
    /// How many rows are how.
    pub counts: BulkCounts,
}

/// What is new of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkNews {
    /// As it is now.
    pub view: BulkView,
    /// Rows that are otherwise.
    pub changed: Vec<BulkRow>,
}

/// A table from which a job was made, for telling what was wrong with it.
#[derive(Clone, Debug, Default)]
pub(super) struct Origin {
    pub file: String,
    pub separator: u8,
    pub header: Vec<String>,
    /// What each column holds.
    pub mapping: Vec<UserField>,
    /// Cells of each row.
    pub cells: Vec<Vec<String>>,
}

impl Origin {
    /// What stands in the file, for people to read; empty where nothing does.
    pub fn typed(&self, at: usize, field: UserField) -> String {
        let column = self.mapping.iter().position(|it| *it == field);
        let cell = column.and_then(|column| self.cells.get(at)?.get(column));
        cell.map(|cell| cell.trim().chars().take(SHOWN_CHARS).collect()).unwrap_or_default()
    }
}

/// A row and what shall be.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub line: u64,
    pub wish: UserWish,
    pub verdict: Verdict,
    /// Drawn once: a second try after a lost answer uses the same.
    pub password: Option<Secret>,
    /// It was sent once, and nobody knows what became of it.
    tried: bool,
    at_server: bool,
}

impl Row {
    pub fn new(line: u64, wish: UserWish, verdict: Verdict, password: Option<Secret>) -> Row {
        Row { line, wish, verdict, password, tried: false, at_server: false }
    }
}

/// A row for a worker.
#[derive(Clone, Debug)]
pub(super) struct Task {
    pub at: usize,
    pub wish: UserWish,
    /// Of whoever is changed; `None`: somebody new.
    pub user: Option<String>,
    /// It was sent before.
    pub tried: bool,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Made,
    Changed,
    Failed(RowFault),
    /// The server was lost; nobody knows.
    Lost(DirectoryError),
}

pub(super) struct Job {
    pub id: u64,
    /// Who planned it: server and id.
    pub owner: (String, String),
    pub origin: Origin,
    rows: Vec<Row>,
    phase: BulkPhase,
    /// What ended it before its end.
    lost: Option<DirectoryError>,
    /// Rows at the server.
    running: usize,
    /// No row before it is left to do.
    next: usize,
    counts: BulkCounts,
}

impl Job {
    pub fn new(id: u64, owner: (String, String), origin: Origin, rows: Vec<Row>) -> Job {
        let mut counts = BulkCounts { rows: rows.len(), ..BulkCounts::default() };
        rows.iter().for_each(|row| *counts.of(row.verdict.state) += 1);
        Job { id, owner, origin, rows, phase: BulkPhase::Ready, lost: None, running: 0, next: 0, counts }
    }

    /// Carries out what is left. False: it runs, or nothing is left.
    pub fn start(&mut self) -> bool {
        if matches!(self.phase, BulkPhase::Running | BulkPhase::Stopping | BulkPhase::Done) {
            return false;
        }
        let is_left = self.counts.new + self.counts.change > 0;
        self.phase = if is_left { BulkPhase::Running } else { BulkPhase::Done };
        (self.lost, self.next) = (None, 0);
        is_left
    }

    /// No further row.
    pub fn stop(&mut self) {
        if self.phase == BulkPhase::Running {
            self.phase = BulkPhase::Stopping;
            self.settle();
        }
    }

    /// The next row to do.
    pub fn take(&mut self) -> Option<Task> {
        if self.phase != BulkPhase::Running {
            return None;
        }
        let is_left = |row: &Row| matches!(row.verdict.state, RowState::New | RowState::Change) && !row.at_server;
        let at = self.next + self.rows.get(self.next..)?.iter().position(is_left)?;
        self.next = at + 1;
        self.running += 1;
        let row = &mut self.rows[at];
        row.at_server = true;
        let mut wish = row.wish.clone();
        wish.password = wish.password.or_else(|| row.password.clone());
        Some(Task { at, wish, user: row.verdict.user.clone(), tried: row.tried })
    }

    /// What became of a row that was taken.
    pub fn finish(&mut self, at: usize, outcome: Outcome) -> BulkNews {
        self.running = self.running.saturating_sub(1);
        let mut changed = Vec::new();
        if let Some(row) = self.rows.get_mut(at) {
            let before = row.verdict.state;
            row.at_server = false;
            match outcome {
                Outcome::Made => row.verdict.state = RowState::Made,
                Outcome::Changed => row.verdict.state = RowState::Changed,
                Outcome::Failed(fault) => {
                    row.verdict.state = RowState::Failed;
                    row.verdict.fault = Some(fault);
                }
                Outcome::Lost(why) => {
                    row.tried = true;
                    self.lost.get_or_insert(why);
                    self.phase = BulkPhase::Stopping;
                }
            }
            let now = row.verdict.state;
            let readable = now == RowState::Made && row.password.is_some();
            *self.counts.of(before) -= 1;
            *self.counts.of(now) += 1;
            self.counts.passwords += usize::from(readable);
            changed.extend(self.row(at));
        }
        self.settle();
        BulkNews { view: self.view(), changed }
    }

    fn settle(&mut self) {
        if self.running > 0 {
            return;
        }
        let is_left = self.counts.new + self.counts.change > 0;
        self.phase = match (&self.phase, self.lost.take()) {
            (BulkPhase::Running, _) if !is_left => BulkPhase::Done,
            (BulkPhase::Stopping, _) if !is_left => BulkPhase::Done,
            (BulkPhase::Stopping, Some(why)) => BulkPhase::Interrupted(why),
            (BulkPhase::Stopping, None) => BulkPhase::Stopped,
            (phase, _) => phase.clone(),
        };
    }

    pub fn view(&self) -> BulkView {
        let Job { id, origin, phase, counts, .. } = self;
        BulkView { job: *id, file: origin.file.clone(), phase: phase.clone(), counts: *counts }
    }

    /// Is something of it at the server?
    pub fn is_running(&self) -> bool {
        matches!(self.phase, BulkPhase::Running | BulkPhase::Stopping)
    }

    fn row(&self, at: usize) -> Option<BulkRow> {
        let Row { line, wish, verdict, password, .. } = self.rows.get(at)?;
        let name = wish.name.as_deref().unwrap_or(if verdict.user.is_some() { &verdict.who } else { "" });
        // What is wrong is shown as it was typed.
        let or_typed = |read: &str, field| {
            let is_wrong = verdict.fault.is_some_and(|fault| fault.field == field);
            if is_wrong && read.is_empty() { self.origin.typed(at, field) } else { read.to_owned() }
        };
        Some(BulkRow {
            at,
            line: *line,
            extension: or_typed(&wish.extension, UserField::Id),
            name: or_typed(name, UserField::Name),
            email: or_typed(wish.email.as_deref().unwrap_or_default(), UserField::Email),
            state: verdict.state,
            fault: verdict.fault,
            who: verdict.who.clone(),
            has_password: password.is_some() && verdict.state == RowState::Made,
        })
    }

    /// Rows from the `offset`th, `limit` at most; of those with a fault only, when `faults`.
    pub fn page(&self, offset: usize, limit: usize, faults: bool) -> Vec<BulkRow> {
        let wanted = |at: &usize| !faults || self.rows[*at].has_fault();
        (0..self.rows.len()).filter(wanted).skip(offset).take(limit).filter_map(|at| self.row(at)).collect()
    }

    /// The password that was made for a row, once the user is made.
    pub fn password(&self, at: usize) -> Option<Secret> {
        self.rows.get(at).filter(|row| row.verdict.state == RowState::Made)?.password.clone()
    }

    /// Rows that were not carried out: their place, and why.
    pub fn faults(&self) -> impl Iterator<Item = (usize, &Row, RowFault)> {
        let faulty = |(at, row): (usize, &'_ Row)| row.has_fault().then_some(at).zip(row.verdict.fault);
        self.rows.iter().enumerate().filter_map(move |(at, row)| faulty((at, row)).map(|(at, fault)| (at, row, fault)))
    }
}

impl Row {
    fn has_fault(&self) -> bool {
        matches!(self.verdict.state, RowState::Bad | RowState::Failed)
    }
}

impl BulkCounts {
    fn of(&mut self, state: RowState) -> &mut usize {
        match state {
            RowState::New => &mut self.new,
            RowState::Change => &mut self.change,
            RowState::Skipped => &mut self.skipped,
            RowState::Bad => &mut self.bad,
            RowState::Made => &mut self.made,
            RowState::Changed => &mut self.changed,
            RowState::Failed => &mut self.failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::bulk::wish::BulkWhy;

    fn job(states: &[RowState]) -> Job {
        let row = |(at, state): (usize, &RowState)| {
            let wish = UserWish { extension: format!("{}", 100 + at), ..UserWish::default() };
            let verdict = Verdict { state: *state, fault: None, who: String::new(), user: None };
            Row::new(at as u64 + 1, wish, verdict, Some(Secret::new(format!("Made-{at}"))))
        };
        Job::new(1, (String::new(), String::new()), Origin::default(), states.iter().enumerate().map(row).collect())
    }

    #[test]
    fn rows_are_taken_once_and_the_last_ends_the_job_bk_01() {
        let mut job = job(&[RowState::New, RowState::Skipped, RowState::New]);
        assert!(job.take().is_none(), "it was not started");
        assert!(job.start() && !job.start());
        let (first, second) = (job.take().unwrap(), job.take().unwrap());
        assert_eq!((first.at, second.at, job.take().is_none()), (0, 2, true));
        assert_eq!(job.password(0), None, "nobody was made yet");
        assert_eq!(job.finish(0, Outcome::Made).view.phase, BulkPhase::Running);
        let fault = RowFault::new(BulkWhy::EmailTaken, UserField::Email);
        let news = job.finish(2, Outcome::Failed(fault));
        assert_eq!(news.view.phase, BulkPhase::Done);
        let BulkCounts { new, skipped, made, failed, passwords, .. } = news.view.counts;
        assert_eq!((new, skipped, made, failed, passwords), (0, 1, 1, 1, 1));
        assert_eq!(job.password(0).unwrap().reveal(), "Made-0");
        assert_eq!(job.password(2), None);
        assert_eq!(job.faults().map(|(at, ..)| at).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn what_is_wrong_is_shown_as_it_was_typed_bk_02() {
        let typed = "not an address".to_owned();
        let mapping = vec![UserField::Id, UserField::Email];
        let origin = Origin { mapping, cells: vec![vec!["100".to_owned(), typed.clone()]], ..Origin::default() };
        let fault = Some(RowFault::new(BulkWhy::BadEmail, UserField::Email));
        let verdict = Verdict { state: RowState::Bad, fault, who: String::new(), user: None };
        let wish = UserWish { extension: "100".to_owned(), ..UserWish::default() };
        let job = Job::new(1, (String::new(), String::new()), origin, vec![Row::new(1, wish, verdict, None)]);
        let row = &job.page(0, 9, true)[0];
        assert_eq!((&row.extension, &row.name, &row.email), (&"100".to_owned(), &String::new(), &typed));
    }

    #[test]
    fn a_lost_connection_ends_it_and_the_rest_goes_on_with_the_same_password_bk_01() {
        let mut job = job(&[RowState::New; 3]);
        job.start();
        let (first, _second) = (job.take().unwrap(), job.take().unwrap());
        let lost = DirectoryError::NotSignedIn;
        assert_eq!(job.finish(0, Outcome::Lost(lost.clone())).view.phase, BulkPhase::Stopping);
        assert!(job.take().is_none() && !job.start(), "one row is at the server yet");
        assert_eq!(job.finish(1, Outcome::Made).view.phase, BulkPhase::Interrupted(lost));
        assert!(job.start());
        let again = job.take().unwrap();
        assert_eq!((again.at, again.tried, first.tried), (0, true, false));
        assert_eq!(again.wish.password, first.wish.password);
        assert_eq!(job.take().unwrap().at, 2);
    }

    #[test]
    fn what_is_made_stays_when_it_is_stopped_bk_01() {
        let mut job = job(&[RowState::New; 3]);
        job.start();
        job.take().unwrap();
        job.stop();
        let news = job.finish(0, Outcome::Made);
        assert_eq!((news.view.phase, news.view.counts.made, news.view.counts.new), (BulkPhase::Stopped, 1, 2));
        assert!(job.start());
        job.take().unwrap();
        job.take().unwrap();
        job.stop();
        job.finish(1, Outcome::Made);
        assert_eq!(job.finish(2, Outcome::Made).view.phase, BulkPhase::Done, "nothing was left to stop");
    }
}
