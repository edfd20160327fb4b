//! The agent's outside address books, and what of them is being read.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base::{Secret, WallMs};
use model::{Source, SourceFault, SourceId, SourceTrial, SourceWhy};
use sources::{Ask, Limits};
use store::SourceRow;
use tokio::sync::{Notify, mpsc};
use tokio::task::AbortHandle;

use super::passwords::Passwords;
use crate::clock::Clock;
use crate::contacts::{AddressBook, BookError};
use crate::mail::Mail;
use crate::secrets::Keychain;

/// An outside address book as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceView {
    /// As it was set up.
    pub source: Source,
    /// Contacts of it that are kept here.
    pub count: u32,
    /// When it was read well, last.
    pub read_at: Option<WallMs>,
    /// What went wrong last; `None` when it was read well.
    pub fault: Option<SourceFault>,
    /// It is being read at this moment.
    pub reading: bool,
}

/// What became of an address book that was to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceKept {
    /// It stands in the list and is being read.
    Kept(SourceId),
    /// Nothing was changed: this has to be mended first.
    Refused(SourceFault),
}

/// The outside address books of whoever is signed in. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Sources(pub(super) Arc<Shelf>);

pub(super) struct Shelf {
    pub(super) book: AddressBook,
    pub(super) passwords: Passwords,
    pub(super) mail: mpsc::Sender<Mail>,
    pub(super) clock: Clock,
    /// Something is due.
    pub(super) wake: Notify,
    desk: Mutex<Desk>,
}

#[derive(Default)]
pub(super) struct Desk {
    /// Whoever signed in, or the database was opened: everything is read.
    pub(super) all_due: bool,
    /// Asked for.
    pub(super) due: HashSet<SourceId>,
    pub(super) reading: HashMap<SourceId, AbortHandle>,
}

impl Sources {
    pub(crate) fn new(book: AddressBook, keychain: Keychain, mail: mpsc::Sender<Mail>, clock: Clock) -> Sources {
        let passwords = Passwords::new(keychain);
        let (wake, desk) = (Notify::new(), Mutex::default());
        Sources(Arc::new(Shelf { book, passwords, mail, clock, wake, desk }))
    }

    /// Another book was opened, or none is: whatever is being read is of yesterday.
    pub(crate) fn opened(&self) {
        let mut desk = self.0.desk();
        for (_, reading) in desk.reading.drain() {
            reading.abort();
        }
        desk.due.clear();
        desk.all_due = true;
        drop(desk);
        self.0.wake.notify_one();
    }

    pub(super) async fn list(&self) -> Result<Vec<SourceView>, BookError> {
        let (store, owner) = self.0.book.open().await?;
        let rows = store.sources(&owner).await?;
        let desk = self.0.desk();
        let due = |id| desk.reading.contains_key(&id) || desk.due.contains(&id);
        let view = |SourceRow { source, count, read_at, fault }| {
            let reading = due(source.id);
            SourceView { source, count, read_at, fault, reading }
        };
        Ok(rows.into_iter().map(view).collect())
    }

    /// Keeps it. No password: the one that was kept stays, as long as it goes to the same server.
    pub(super) async fn keep(&self, mut source: Source, password: Option<Secret>) -> Result<SourceKept, BookError> {
        let (store, owner) = self.0.book.open().await?;
        let password = match self.password(&source, password).await? {
            Ok(password) => password,
            Err(fault) => return Ok(SourceKept::Refused(fault)),
        };
        if let Err(fault) = sources::check(&source, password.is_some()) {
            return Ok(SourceKept::Refused(fault));
        }
        if source.id == SourceId::default() {
            source.id = fresh_id()?;
        }
        if source.name.trim().is_empty() {
            source.name.clone_from(&source.address);
        }
        self.stop(source.id);
        let in_memory = self.0.book.is_shared_computer();
        if let Err(error) = self.0.passwords.keep(source.id, password, in_memory).await {
            return Ok(SourceKept::Refused(SourceFault::new(SourceWhy::NoKeychain, &error.detail)));
        }
        store.save_source(&owner, &source).await?;
        self.refresh(source.id).await;
        // Its name may be another one now.
        self.0.book.changed().await;
        Ok(SourceKept::Kept(source.id))
    }

    /// Forgets it, its contacts and its password.
    pub(super) async fn remove(&self, id: SourceId) -> Result<(), BookError> {
        let (store, owner) = self.0.book.open().await?;
        self.stop(id);
        // One that is not there any more is as gone as it was meant to be.
        store.remove_source(&owner, id).await?;
        self.0.passwords.forget(id).await;
        self.changed().await;
        self.0.book.changed().await;
        Ok(())
    }

    /// Reads it now.
    pub(super) async fn refresh(&self, id: SourceId) {
        self.0.desk().due.insert(id);
        self.0.wake.notify_one();
        self.changed().await;
    }

    /// Tries what stands in a form; nothing is kept.
    pub(super) async fn test(&self, source: Source, password: Option<Secret>) -> Result<SourceTrial, BookError> {
        match self.password(&source, password).await? {
            Ok(password) => Ok(sources::test(&Ask { source, password, limits: Limits::default() }).await),
            Err(fault) => Ok(SourceTrial::Fails(fault)),
        }
    }

    /// The list has changed.
    pub(super) async fn changed(&self) {
        // Nobody is left to be told when the program ends.
        let _ = self.0.mail.send(Mail::Sources).await;
    }

    /// The password for an address book: what was typed, or what is kept, if that goes where it always went.
    async fn password(
        &self,
        source: &Source,
        typed: Option<Secret>,
    ) -> Result<Result<Option<Secret>, SourceFault>, BookError> {
        if source.user.trim().is_empty() {
            return Ok(Ok(None));
        }
        if let Some(typed) = typed.filter(|typed| !typed.reveal().is_empty()) {
            return Ok(Ok(Some(typed)));
        }
        let kept = self.list().await?.into_iter().find(|view| view.source.id == source.id).map(|view| view.source);
        let same = |kept: &Source| kept.user == source.user && sources::same_server(kept, source);
        if !kept.as_ref().is_some_and(same) {
            return Ok(Err(SourceWhy::NoPassword.into()));
        }
        Ok(match self.0.passwords.of(source.id).await {
            Ok(Some(password)) => Ok(Some(password)),
            Ok(None) => Err(SourceWhy::NoPassword.into()),
            Err(error) => Err(SourceFault::new(SourceWhy::NoKeychain, &error.detail)),
        })
    }

    /// Ends the reading of it that is under way.
    fn stop(&self, id: SourceId) {
        let mut desk = self.0.desk();
        desk.due.remove(&id);
        if let Some(reading) = desk.reading.remove(&id) {
            reading.abort();
        }
    }
}

impl Shelf {
    pub(super) fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn fresh_id() -> Result<SourceId, BookError> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|fault| BookError::Internal(format!("no random numbers: {fault}")))?;
    // 0 is nobody's.
    Ok(SourceId(u64::from_be_bytes(bytes).max(1)))
}
