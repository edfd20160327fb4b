//! Keeps an account's books in step with its team server: obeys `book::sync::Agenda`, with the store in one hand and HTTP in the other.
//!
//! ```text
//!  event stream ─▶ SyncDoor ─┐
//!  edits here ───▶ (Notify) ─┼─▶ Agenda ─▶ Pull ─▶ team_client ─▶ store::take_contacts ─▶ the window's list
//!  time ─────────────────────┘        └──▶ Push ◀─ store::contact_edits
//! ```

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::Now;
use book::sync::{Agenda, Ask, News, Phase};
use model::{Book, Contact};
use store::{FromServer, Kept, Prepared, QueuedEdit, Store};
use team_client::{ContactChange, ContactEdit, PushedContact, TeamClient, TeamError};
use tokio::sync::Notify;
use tokio::time::sleep_until;

use super::address_book::{AddressBook, BookError};
use crate::clock::Clock;

/// Edits of a push.
const EDITS: u32 = 200;
/// Characters of a push: far less than the server takes.
const PUSH_CHARS: usize = 256 * 1024;
/// While pages come in, the list on screen is read again so often.
const TELL_EVERY: Duration = Duration::from_secs(1);

/// Where the event stream tells what it hears.
#[derive(Default)]
pub(crate) struct SyncDoor {
    heard: Mutex<Heard>,
    notify: Notify,
}

#[derive(Default)]
struct Heard {
    link: Option<News>,
    told: [Option<News>; 2],
}

impl SyncDoor {
    /// Never waits; of several only the newest counts.
    pub(crate) fn tell(&self, news: News) {
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        match news {
            News::Connected | News::Lost => heard.link = Some(news),
            News::Told { book: Book::Personal, .. } => heard.told[0] = Some(news),
            News::Told { book: Book::Company, .. } => heard.told[1] = Some(news),
            News::Waiting { .. } | News::Pulled { .. } | News::Pushed { .. } | News::Failed | News::Refused => {}
        }
        drop(heard);
        self.notify.notify_one();
    }

    fn take(&self) -> impl Iterator<Item = News> {
        let Heard { link, told } = std::mem::take(&mut *self.heard.lock().unwrap_or_else(PoisonError::into_inner));
        link.into_iter().chain(told.into_iter().flatten())
    }
}

/// The one who keeps them in step, as long as the account is in use.
pub(crate) struct SyncLine {
    client: TeamClient,
    book: AddressBook,
    owner: String,
    clock: Clock,
    door: Arc<SyncDoor>,
    /// When the list was read again last, and whether something came since.
    told_at: Option<Now>,
    untold: bool,
}

impl SyncLine {
    pub(crate) fn new(client: TeamClient, book: AddressBook, owner: String, clock: Clock) -> (Arc<SyncDoor>, SyncLine) {
        let door = Arc::<SyncDoor>::default();
        (door.clone(), SyncLine { client, book, owner, clock, door, told_at: None, untold: false })
    }

    /// Until it is dropped, or the database fails.
    pub(crate) async fn serve(mut self) {
        if let Err(error) = self.run().await {
            // The archive has told the user that the database does not work.
            tracing::error!(%error, "contacts are not synchronised any more");
            self.book.show_phase(&self.owner, Phase::Offline).await;
        }
    }

    async fn run(&mut self) -> Result<(), BookError> {
        let store = self.book.archive.store().await?;
        store.track_contacts(&self.owner).await?;
        let mut agenda = Agenda::new();
        // Whoever has just signed in has reached the server.
        agenda.on(self.clock.now(), News::Connected);
        loop {
            for news in self.door.take() {
                agenda.on(self.clock.now(), news);
            }
            self.count(&store, &mut agenda).await?;
            let ask = agenda.next(self.clock.now());
            self.book.show_phase(&self.owner, agenda.phase()).await;
            match ask {
                Some(ask) => {
                    let news = match ask {
                        Ask::Pull(book) => self.pull(&store, book).await?,
                        Ask::Push(book) => self.push(&store, book).await?,
                    };
                    agenda.on(self.clock.now(), news);
                }
                None => {
                    self.tell_list(Duration::ZERO).await;
                    self.wait(agenda.wake_at()).await;
                }
            }
        }
    }

    async fn wait(&self, wake_at: Option<Now>) {
        let timer = async {
            match wake_at {
                Some(at) => sleep_until(self.clock.instant(at)).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = self.door.notify.notified() => {}
            () = self.book.edited.notified() => {}
            () = timer => {}
        }
    }

    async fn count(&self, store: &Store, agenda: &mut Agenda) -> Result<(), BookError> {
        let facts = store.contact_sync(&self.owner).await?.unwrap_or_default();
        for book in [Book::Personal, Book::Company] {
            agenda.on(self.clock.now(), News::Waiting { book, count: facts.of(book).waiting });
        }
        Ok(())
    }

    async fn pull(&mut self, store: &Store, book: Book) -> Result<News, BookError> {
        let facts = store.contact_sync(&self.owner).await?.unwrap_or_default();
        let known = facts.of(book).known;
        let answer = match self.client.contact_changes(book, known).await {
            Ok(answer) => answer,
            Err(error) => return Ok(not_now(&error)),
        };
        if answer.newest < known {
            tracing::warn!(known, newest = answer.newest, "the server was set back; its contacts are fetched anew");
            store.contacts_set_back(&self.owner, book, answer.newest).await?;
            return Ok(News::Pulled { book, taken: 0, change: 0, left: answer.newest.max(1) });
        }
        let taken = u64::try_from(answer.changes.len()).unwrap_or(u64::MAX);
        let last = answer.changes.last().map_or(known, |last| last.change);
        if taken == 0 && answer.left > 0 {
            return Ok(News::Failed);
        }
        let change = if answer.left == 0 { last.max(answer.newest) } else { last };
        let page = self.prepared(answer.changes).await?;
        let at = (answer.left == 0).then(|| self.clock.wall());
        store.take_contacts(&self.owner, book, &page, change, answer.writable, at).await?;
        if taken > 0 {
            self.untold = true;
            self.tell_list(TELL_EVERY).await;
        }
        Ok(News::Pulled { book, taken, change, left: answer.left })
    }

    async fn push(&mut self, store: &Store, book: Book) -> Result<News, BookError> {
        let mut edits = store.contact_edits(&self.owner, book, EDITS).await?;
        shorten(&mut edits);
        if edits.is_empty() {
            return Ok(News::Pushed { book, taken: 0, left: 0 });
        }
        let sent = edits.iter().cloned().map(sent).collect();
        let results = match self.client.push_contacts(book, sent).await {
            Ok(results) if results.is_empty() => return Ok(News::Failed),
            Ok(results) => results,
            Err(error) => return Ok(not_now(&error)),
        };
        let taken = u64::try_from(results.len()).unwrap_or(u64::MAX);
        let (mut kept, mut conflicts) = (Vec::new(), Vec::new());
        for (edit, result) in edits.into_iter().zip(results) {
            match result {
                PushedContact::Kept(change) => kept.push(Kept { id: edit.id, edit: edit.edit, change }),
                PushedContact::Conflict(theirs) => conflicts.push(theirs),
                PushedContact::Refused { code, theirs } => {
                    tracing::warn!(code, "the server did not take a contact");
                    let theirs = self.prepared(theirs.into_iter().collect()).await?.pop();
                    store.edit_refused(&self.owner, edit.id, &edit.edit, &code, theirs.as_ref()).await?;
                    self.untold = true;
                }
            }
        }
        self.untold |= !conflicts.is_empty();
        let conflicts = self.prepared(conflicts).await?;
        store.edits_answered(&self.owner, book, &kept, &conflicts).await?;
        self.tell_list(TELL_EVERY).await;
        let facts = store.contact_sync(&self.owner).await?.unwrap_or_default();
        Ok(News::Pushed { book, taken, left: facts.of(book).waiting })
    }

    /// With everything that they are found by: half a second of work for ten thousand, so not on this thread.
    async fn prepared(&self, changes: Vec<ContactChange>) -> Result<Vec<FromServer>, BookError> {
        let region = self.book.region();
        let prepare = move || {
            let from = |change: ContactChange| FromServer {
                id: change.id,
                change: change.change,
                edit: change.edit,
                contact: change.contact.map(|contact| Prepared::new(contact, region)),
            };
            changes.into_iter().map(from).collect()
        };
        tokio::task::spawn_blocking(prepare).await.map_err(|fault| BookError::Internal(fault.to_string()))
    }

    /// The list on screen is read again, if something came and the last time is long enough ago.
    async fn tell_list(&mut self, pause: Duration) {
        let now = self.clock.now();
        if self.untold && self.told_at.is_none_or(|at| now.since(at) >= pause) {
            (self.untold, self.told_at) = (false, Some(now));
            self.book.changed().await;
        }
    }
}

/// Whoever does not answer now may later; whoever refuses will tomorrow as well.
fn not_now(error: &TeamError) -> News {
    tracing::info!(%error, "contacts could not be synchronised");
    match error {
        TeamError::Server { status: 400..500, .. } | TeamError::NotAServer => News::Refused,
        _ => News::Failed,
    }
}

fn sent(edit: QueuedEdit) -> ContactEdit {
    ContactEdit { id: edit.id, base: edit.base, edit: edit.edit, contact: edit.contact }
}

/// As many as fit into one push, one at least.
fn shorten(edits: &mut Vec<QueuedEdit>) {
    let mut chars = 0;
    let fit = edits.iter().take_while(|edit| {
        let begun = chars > 0;
        chars += 64 + edit.contact.as_ref().map_or(0, length);
        !begun || chars <= PUSH_CHARS
    });
    let fit = fit.count();
    edits.truncate(fit);
}

fn length(contact: &Contact) -> usize {
    let numbers = contact.numbers.iter().map(|n| n.number.len() + n.label.len() + 64);
    let fields = contact.fields.iter().map(|f| f.name.len() + f.value.len() + 32);
    let several = contact.emails.iter().chain(&contact.sip_addresses).chain(&contact.groups).map(|line| line.len() + 8);
    let single = [&contact.first_name, &contact.last_name, &contact.display_name, &contact.company, &contact.job_title];
    single.iter().map(|line| line.len()).sum::<usize>()
        + contact.note.len()
        + numbers.chain(fields).chain(several).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use model::ContactId;

    use super::*;

    #[test]
    fn a_push_holds_what_fits_and_one_at_least() {
        let edit = |length: usize| QueuedEdit {
            id: ContactId(1),
            base: 0,
            edit: "a.1".into(),
            contact: Some(Contact { note: "x".repeat(length), ..Contact::default() }),
        };
        for (lengths, fit) in [
            (vec![], 0),
            (vec![10, 10, 10], 3),
            (vec![PUSH_CHARS * 2, 10], 1),
            (vec![PUSH_CHARS / 2, PUSH_CHARS / 2, 10], 1),
            (vec![PUSH_CHARS / 2, 10, 10], 3),
        ] {
            let mut edits = lengths.iter().map(|length| edit(*length)).collect();
            shorten(&mut edits);
            assert_eq!(edits.len(), fit, "{lengths:?}");
        }
    }

    #[test]
    fn the_door_keeps_the_newest_of_each() {
        let door = SyncDoor::default();
        let told = |change| News::Told { book: Book::Company, change };
        for news in [News::Lost, told(3), News::Connected, told(9)] {
            door.tell(news);
        }
        assert_eq!(door.take().collect::<Vec<_>>(), [News::Connected, told(9)]);
        assert_eq!(door.take().count(), 0);
    }
}
