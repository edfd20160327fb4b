//! What a device asks the server for next, and when. One question at a time; what others changed comes before what is sent.

use std::time::Duration;

use base::Now;
use model::Book;

/// First pause after something failed; doubled up to the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// The server does not know how, or does not want to: it is asked again after this.
const REFUSED_PAUSE: Duration = Duration::from_secs(600);

/// A question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// What has changed since we asked last?
    Pull(Book),
    /// Here is what was changed here.
    Push(Book),
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// The server's event stream is open; anything may have been missed.
    Connected,
    /// It is lost.
    Lost,
    /// The server tells that its book is at this change.
    Told {
        /// Which book.
        book: Book,
        /// The number.
        change: u64,
    },
    /// So many edits of a book wait here.
    Waiting {
        /// Which book.
        book: Book,
        /// How many.
        count: u64,
    },
    /// Answer to [`Ask::Pull`].
    Pulled {
        /// Which book.
        book: Book,
        /// Changes that came.
        taken: u64,
        /// Known up to here now.
        change: u64,
        /// Changes that are still to come.
        left: u64,
    },
    /// Answer to [`Ask::Push`].
    Pushed {
        /// Which book.
        book: Book,
        /// Edits that are settled, one way or the other.
        taken: u64,
        /// Edits that still wait.
        left: u64,
    },
    /// No answer; whether the question arrived is not known.
    Failed,
    /// The server will not do it.
    Refused,
}

/// How it stands, for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// No connection; it goes on by itself.
    Offline,
    /// Nothing is left to do.
    Rested,
    /// Under way.
    Working {
        /// Changes that were exchanged by now.
        done: u64,
        /// Of how many, as far as is known.
        total: u64,
    },
}

/// One book's needs.
#[derive(Clone, Copy, Debug, Default)]
struct Needs {
    /// Known up to here.
    known: u64,
    /// The server has told of this one.
    told: u64,
    /// Ask, whatever was told.
    look: bool,
    pull_left: u64,
    push_left: u64,
}

impl Needs {
    fn pull(&self) -> bool {
        self.look || self.told > self.known
    }
}

/// ```text
///  Offline ── Connected ─▶ pull both ─▶ push both ─▶ Rested ── Told, Waiting ─▶ pull, push
///     ▲                         └── Failed ─▶ pause ─▶ pull again ──┘
///     └── Lost, from anywhere
/// ```
#[derive(Clone, Debug, Default)]
pub struct Agenda {
    connected: bool,
    needs: [Needs; 2],
    asked: Option<Ask>,
    not_before: Option<Now>,
    failures: u32,
    done: u64,
}

impl Agenda {
    /// Without a connection, and nothing known.
    #[must_use]
    pub fn new() -> Agenda {
        Agenda::default()
    }

    /// Takes in what happened.
    pub fn on(&mut self, now: Now, news: News) {
        match news {
            News::Connected => {
                self.connected = true;
                self.not_before = None;
                self.failures = 0;
                self.needs.iter_mut().for_each(|needs| needs.look = true);
            }
            News::Lost => self.connected = false,
            News::Told { book, change } => {
                let needs = self.needs(book);
                needs.told = needs.told.max(change);
            }
            News::Waiting { book, count } => self.needs(book).push_left = count,
            News::Pulled { book, taken, change, left } => {
                self.answered(taken);
                let needs = self.needs(book);
                // Behind what was known: the server was set back, and this is its newest.
                if left == 0 && change < needs.known {
                    needs.told = change;
                }
                needs.known = change;
                needs.pull_left = left;
                needs.look = left > 0;
                // What was told is here, or was never to come: a page without an end would be asked for for ever.
                if left == 0 && taken == 0 {
                    needs.told = change;
                }
            }
            News::Pushed { book, taken, left } => {
                self.answered(taken);
                self.needs(book).push_left = left;
            }
            News::Failed => self.failed(now),
            News::Refused => {
                self.failed(now);
                self.not_before = Some(now + REFUSED_PAUSE);
            }
        }
        if self.is_rested() {
            self.done = 0;
        }
    }

    /// The question to ask now; answer it with [`Agenda::on`] before the next one is given.
    #[must_use]
    pub fn next(&mut self, now: Now) -> Option<Ask> {
        if !self.connected || self.asked.is_some() || self.not_before.is_some_and(|at| at > now) {
            return None;
        }
        let books = [Book::Personal, Book::Company].into_iter().zip(self.needs);
        let pull = books.clone().find(|(_, needs)| needs.pull()).map(|(book, _)| Ask::Pull(book));
        let ask =
            pull.or_else(|| books.clone().find(|(_, needs)| needs.push_left > 0).map(|(book, _)| Ask::Push(book)));
        self.asked = ask;
        ask
    }

    /// When to come back although nothing happens.
    #[must_use]
    pub fn wake_at(&self) -> Option<Now> {
        self.not_before.filter(|_| self.connected && self.asked.is_none())
    }

    /// How it stands.
    #[must_use]
    pub fn phase(&self) -> Phase {
        if !self.connected || self.failures > 0 {
            Phase::Offline
        } else if self.is_rested() {
            Phase::Rested
        } else {
            let left: u64 = self.needs.iter().map(|needs| needs.pull_left + needs.push_left).sum();
            Phase::Working { done: self.done, total: self.done + left }
        }
    }

    fn is_rested(&self) -> bool {
        self.asked.is_none() && self.needs.iter().all(|needs| !needs.pull() && needs.push_left == 0)
    }

    fn answered(&mut self, taken: u64) {
        self.asked = None;
        self.failures = 0;
        self.not_before = None;
        self.done += taken;
    }

    fn failed(&mut self, now: Now) {
        // Part of it may have arrived: look before sending more.
        if let Some(Ask::Pull(book) | Ask::Push(book)) = self.asked.take() {
            self.needs(book).look = true;
        }
        let pause = FIRST_PAUSE.saturating_mul(1 << self.failures.min(6)).min(LONGEST_PAUSE);
        self.failures += 1;
        self.not_before = Some(now + pause);
    }

    fn needs(&mut self, book: Book) -> &mut Needs {
        match book {
            Book::Personal => &mut self.needs[0],
            Book::Company => &mut self.needs[1],
        }
    }
}

#[cfg(test)]
mod tests;
