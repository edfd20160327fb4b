//! Reading in the background: each address book in a task of its own, so that a slow one delays no other.

use std::time::Duration;

use model::{Source, SourceFault, SourceId, SourceWhy};
use sources::{Ask, Entry, Known, Limits, Reading};
use store::{Prepared, SourceNews, Store};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::shelf::{Shelf, Sources};
use crate::contacts::BookError;

/// How long what was read counts as fresh.
const EVERY: Duration = Duration::from_secs(15 * 60);

impl Sources {
    /// Reads what is due, until the engine ends.
    pub(crate) async fn serve(self) {
        let mut tasks = JoinSet::new();
        let mut next = Instant::now() + EVERY;
        loop {
            tokio::select! {
                () = self.0.wake.notified() => {}
                () = sleep_until(next) => self.0.desk().all_due = true,
                Some(_) = tasks.join_next(), if !tasks.is_empty() => continue,
                () = self.0.mail.closed() => return,
            }
            if self.0.desk().all_due {
                next = Instant::now() + EVERY;
            }
            if let Err(error) = self.begin(&mut tasks).await {
                // Signed out, or the archive has told the user that the database does not work.
                tracing::debug!(%error, "no outside address book is read");
            }
        }
    }

    async fn begin(&self, tasks: &mut JoinSet<()>) -> Result<(), BookError> {
        let (store, owner) = self.0.book.open().await?;
        let rows = store.sources(&owner).await?;
        self.spawn(tasks, &store, &owner, rows.into_iter().map(|row| row.source));
        self.changed().await;
        Ok(())
    }

    fn spawn(&self, tasks: &mut JoinSet<()>, store: &Store, owner: &str, all_of_them: impl Iterator<Item = Source>) {
        let mut desk = self.0.desk();
        let all = std::mem::take(&mut desk.all_due);
        let due = std::mem::take(&mut desk.due);
        for source in all_of_them.filter(|source| all || due.contains(&source.id)) {
            let id = source.id;
            if desk.reading.contains_key(&id) {
                // Whoever asks meanwhile wants what stands there now: it is read once more.
                if due.contains(&id) {
                    desk.due.insert(id);
                }
                continue;
            }
            let (shelf, store, owner) = (self.clone(), store.clone(), owner.to_owned());
            let task = tasks.spawn(async move { shelf.round(&store, &owner, source).await });
            desk.reading.insert(id, task);
        }
    }

    async fn round(&self, store: &Store, owner: &str, source: Source) {
        let id = source.id;
        let outcome = self.0.read(store, owner, source).await;
        let again = {
            let mut desk = self.0.desk();
            desk.reading.remove(&id);
            desk.due.contains(&id)
        };
        if again {
            self.0.wake.notify_one();
        }
        match outcome {
            Ok(true) => self.0.book.changed().await,
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, source.id = %id, "an outside address book could not be taken in"),
        }
        self.changed().await;
    }
}

impl Shelf {
    /// Reads one, and takes in what is new. True: contacts have changed.
    async fn read(&self, store: &Store, owner: &str, source: Source) -> Result<bool, BookError> {
        let id = source.id;
        let (mark, tags) = store.source_known(id).await?;
        let reading = match self.ask(source).await {
            Ok(ask) => sources::read(&ask, &Known { mark, tags }).await,
            Err(fault) => Err(fault),
        };
        match reading {
            Ok(Reading::Same) => {
                store.take_source(owner, id, None, self.clock.wall()).await?;
                Ok(false)
            }
            Ok(Reading::New { mark, entries, same, skipped }) => {
                tracing::info!(source.id = %id, new = entries.len(), same = same.len(), skipped, "an outside address book was read");
                let entries = self.prepared(id, entries).await?;
                let news = SourceNews { mark, entries, same };
                Ok(store.take_source(owner, id, Some(&news), self.clock.wall()).await?)
            }
            Err(fault) => {
                tracing::info!(source.id = %id, why = fault.why.code(), "an outside address book could not be read");
                store.source_failed(owner, id, &fault).await?;
                Ok(false)
            }
        }
    }

    async fn ask(&self, source: Source) -> Result<Ask, SourceFault> {
        let password = if source.user.trim().is_empty() {
            None
        } else {
            let kept = self.passwords.of(source.id).await;
            let kept = kept.map_err(|error| SourceFault::new(SourceWhy::NoKeychain, &error.detail))?;
            Some(kept.ok_or(SourceWhy::NoPassword)?)
        };
        Ok(Ask { source, password, limits: Limits::default() })
    }

    /// What contacts are found by takes a while for many.
    async fn prepared(&self, id: SourceId, entries: Vec<Entry>) -> Result<Vec<(String, String, Prepared)>, BookError> {
        let (region, at) = (self.book.region(), self.clock.wall());
        let work = tokio::task::spawn_blocking(move || {
            let prepare = |Entry { key, tag, mut contact }: Entry| {
                contact.source = Some(id);
                contact.updated_at = at;
                (key, tag, Prepared::new(contact, region))
            };
            entries.into_iter().map(prepare).collect()
        });
        work.await.map_err(|fault| BookError::Internal(fault.to_string()))
    }
}
