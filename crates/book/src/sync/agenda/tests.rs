//! Tables for the agenda.

use super::*;
use Book::{Company, Personal};

fn at(seconds: u64) -> Now {
    Now::from_millis(seconds * 1000)
}

fn nothing_new(book: Book) -> News {
    News::Pulled { book, taken: 0, change: 0, left: 0 }
}

#[test]
fn both_books_are_pulled_before_anything_is_sent() {
    let mut agenda = Agenda::new();
    agenda.on(at(0), News::Waiting { book: Personal, count: 2 });
    assert_eq!((agenda.next(at(0)), agenda.phase()), (None, Phase::Offline), "edits wait for a connection");
    agenda.on(at(1), News::Connected);
    assert_eq!(agenda.next(at(1)), Some(Ask::Pull(Personal)));
    assert_eq!(agenda.next(at(1)), None, "one question at a time");
    agenda.on(at(1), News::Pulled { book: Personal, taken: 3, change: 3, left: 1 });
    assert_eq!(agenda.phase(), Phase::Working { done: 3, total: 6 });
    assert_eq!(agenda.next(at(1)), Some(Ask::Pull(Personal)), "until nothing is left");
    agenda.on(at(1), News::Pulled { book: Personal, taken: 1, change: 4, left: 0 });
    assert_eq!(agenda.next(at(1)), Some(Ask::Pull(Company)));
    agenda.on(at(1), nothing_new(Company));
    assert_eq!(agenda.next(at(1)), Some(Ask::Push(Personal)));
    agenda.on(at(1), News::Pushed { book: Personal, taken: 2, left: 0 });
    assert_eq!((agenda.next(at(1)), agenda.phase(), agenda.wake_at()), (None, Phase::Rested, None));
}

#[test]
fn what_the_server_tells_is_fetched_once() {
    let mut agenda = rested();
    agenda.on(at(2), News::Told { book: Company, change: 9 });
    assert_eq!(agenda.next(at(2)), Some(Ask::Pull(Company)));
    agenda.on(at(2), News::Told { book: Company, change: 12 });
    agenda.on(at(2), News::Pulled { book: Company, taken: 1, change: 9, left: 0 });
    assert_eq!(agenda.next(at(2)), Some(Ask::Pull(Company)), "told while the answer was on its way");
    agenda.on(at(2), News::Pulled { book: Company, taken: 3, change: 12, left: 0 });
    agenda.on(at(2), News::Told { book: Company, change: 12 });
    assert_eq!(agenda.next(at(2)), None);
    agenda.on(at(2), News::Told { book: Company, change: 99 });
    assert_eq!(agenda.next(at(2)), Some(Ask::Pull(Company)));
    agenda.on(at(2), News::Pulled { book: Company, taken: 0, change: 12, left: 0 });
    assert_eq!(agenda.next(at(2)), None, "a number that nothing stands behind is not asked for for ever");
}

#[test]
fn after_a_failure_it_pauses_and_looks_before_it_sends() {
    let mut agenda = rested();
    agenda.on(at(3), News::Waiting { book: Personal, count: 1 });
    assert_eq!(agenda.next(at(3)), Some(Ask::Push(Personal)));
    agenda.on(at(3), News::Failed);
    assert_eq!((agenda.next(at(3)), agenda.phase(), agenda.wake_at()), (None, Phase::Offline, Some(at(4))));
    assert_eq!(agenda.next(at(4)), Some(Ask::Pull(Personal)));
    agenda.on(at(4), News::Failed);
    assert_eq!(agenda.wake_at(), Some(at(6)), "twice as long");
    for _ in 0..40 {
        agenda.on(at(10), News::Failed);
    }
    assert_eq!(agenda.wake_at(), Some(at(70)), "a minute at most");
    agenda.on(at(11), News::Connected);
    assert_eq!(agenda.next(at(11)), Some(Ask::Pull(Personal)), "at once when the server is back");
    agenda.on(at(11), News::Refused);
    assert_eq!(agenda.wake_at(), Some(at(611)));
}

#[test]
fn nothing_is_asked_without_a_connection() {
    let mut agenda = rested();
    agenda.on(at(5), News::Waiting { book: Company, count: 1 });
    agenda.on(at(5), News::Lost);
    assert_eq!((agenda.next(at(500)), agenda.wake_at(), agenda.phase()), (None, None, Phase::Offline));
}

fn rested() -> Agenda {
    let mut agenda = Agenda::new();
    agenda.on(at(1), News::Connected);
    for book in [Personal, Company] {
        assert_eq!(agenda.next(at(1)), Some(Ask::Pull(book)));
        agenda.on(at(1), nothing_new(book));
    }
    assert_eq!((agenda.next(at(1)), agenda.phase()), (None, Phase::Rested));
    agenda
}
