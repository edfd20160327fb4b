//! Whose book it is, where its numbers are at home, and the file that is being imported.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base::{CallId, WallMs};
use book::number::Region;
use book::sync::Phase;
use model::{CallRecord, Contact, ContactId};
use store::{ContactQuery, ContactsPage, Known, Prepared, Store, SyncFacts};
use tokio::sync::{Notify, mpsc};

use super::file::OpenFile;
use crate::archive::{Archive, StorageFailed};
use crate::clock::Clock;
use crate::mail::Mail;
use crate::session::{Session, User};

/// How long a delete can be undone: far longer than the window offers it.
const UNDO: Duration = Duration::from_secs(60);

/// Names of settings.
mod setting {
    /// Country of numbers without a country code; not set: nobody has said.
    pub(super) const REGION: &str = "contacts.region";
}

/// Why something about the book could not be done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BookError {
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageFailed),
    /// Nobody is signed in, so there is no book.
    #[error("nobody is signed in")]
    SignedOut,
    /// It was deleted meanwhile.
    #[error("there is no such contact")]
    NoSuchContact,
    /// The company's book, and the server does not let this account change it; or an outside one.
    #[error("this book is not ours to change")]
    NotOurs,
    /// The file was not opened, or another one was opened since.
    #[error("the file is not open any more")]
    NoSuchFile,
    /// Neither cards nor a table.
    #[error("this is no address book")]
    NotABook,
    /// More than 64 MiB.
    #[error("the file is too large")]
    TooLarge,
    /// Not a country that numbers are known of.
    #[error("no such country code")]
    NoSuchRegion,
    /// A bug of ours, or no random numbers.
    #[error("{0}")]
    Internal(String),
}

impl From<store::StoreError> for BookError {
    fn from(error: store::StoreError) -> Self {
        BookError::Storage(error.into())
    }
}

/// The book of whoever is signed in. Cheap to clone.
#[derive(Clone)]
pub(crate) struct AddressBook {
    pub(super) archive: Archive,
    pub(super) mail: mpsc::Sender<Mail>,
    pub(super) clock: Clock,
    /// Something waits for the server.
    pub(super) edited: Arc<Notify>,
    desk: Arc<Mutex<Desk>>,
}

pub(super) struct Desk {
    pub(super) owner: Option<String>,
    region: Region,
    /// The last file that was opened, and how many were.
    file: Option<Arc<OpenFile>>,
    files: u64,
    /// How the owner's books stand; `None`: they are on this computer only.
    pub(super) sync: Option<SyncFacts>,
    /// As the one who keeps them in step said last, and of whom.
    pub(super) phase: Option<(String, Phase)>,
}

impl AddressBook {
    pub(crate) fn new(archive: Archive, mail: mpsc::Sender<Mail>, clock: Clock) -> AddressBook {
        let desk = Desk { owner: None, region: Region::UNKNOWN, file: None, files: 0, sync: None, phase: None };
        AddressBook { archive, mail, clock, edited: Arc::default(), desk: Arc::new(Mutex::new(desk)) }
    }

    /// Opens the book of whoever is signed in. True: it is another one than before.
    pub(crate) fn follow(&self, session: &Session) -> bool {
        let owner = match session {
            Session::SignedIn(user) => Some(owner_of(user)),
            Session::SigningOut => return false,
            Session::SignedOut { .. } | Session::SigningIn => None,
        };
        let mut desk = self.desk();
        if desk.owner == owner {
            return false;
        }
        desk.owner = owner;
        desk.file = None;
        desk.sync = None;
        drop(desk);
        let book = self.clone();
        tokio::spawn(async move { book.look_at_sync().await });
        true
    }

    /// Once the database is open: where numbers are at home, what an older version has kept is made findable, and deletes of the run
    /// before end.
    pub(crate) async fn recall(&self) {
        if let Ok(Some(text)) = self.archive.setting(setting::REGION).await
            && let Ok(region) = text.parse()
        {
            self.desk().region = region;
        }
        let region = self.region();
        let indexed = async { Ok::<_, StorageFailed>(self.archive.store().await?.index_old_contacts(region).await?) };
        if let Err(error) = indexed.await {
            tracing::warn!(%error, "contacts of an older version are not found yet");
        }
        self.purge(self.clock.wall()).await;
        self.learn().await;
    }

    /// Gets ready for the first key of a search.
    pub(super) async fn learn(&self) {
        let learned = async { Ok::<_, StorageFailed>(self.archive.store().await?.learn_contacts().await?) };
        if let Err(error) = learned.await {
            tracing::warn!(%error, "the first search will have to wait");
        }
    }

    /// Who has this number, for a call: the answer comes as a letter.
    pub(crate) fn ask(&self, call: CallId, question: u64, number: String) {
        let book = self.clone();
        tokio::spawn(async move {
            let known = book.who_is(&number).await.unwrap_or_else(|error| {
                // The call rings under the name that it came with.
                tracing::warn!(%error, "it could not be looked up who calls");
                None
            });
            let name = known.map(|known| known.name);
            // Nobody is left to be told when the program ends.
            let _ = book.mail.send(Mail::Caller { call, question, name }).await;
        });
    }

    /// Whose book is open, if any.
    pub(crate) fn owner(&self) -> Option<String> {
        self.desk().owner.clone()
    }

    /// Rows of the history under the names of the book; says for each row whose it is.
    pub(crate) async fn name_rows(&self, rows: &mut [CallRecord]) -> Result<Vec<Option<ContactId>>, StorageFailed> {
        let mut whose = Vec::with_capacity(rows.len());
        for row in rows {
            let known = match self.who_is(&row.party.number).await {
                Ok(known) => known,
                Err(BookError::Storage(failed)) => return Err(failed),
                Err(_) => None,
            };
            whose.push(known.as_ref().map(|known| known.id));
            if let Some(known) = known {
                row.party.display_name = known.name;
            }
        }
        Ok(whose)
    }

    pub(super) async fn page(&self, asked: &ContactQuery) -> Result<ContactsPage, BookError> {
        let (store, owner) = self.open().await?;
        Ok(store.contacts(&owner, asked).await?)
    }

    pub(super) async fn contact(&self, id: ContactId) -> Result<Contact, BookError> {
        let (store, owner) = self.open().await?;
        store.contact(&owner, id).await?.ok_or(BookError::NoSuchContact)
    }

    pub(super) async fn keep(&self, mut contact: Contact) -> Result<Contact, BookError> {
        let (store, owner) = self.open().await?;
        contact.updated_at = self.clock.wall();
        contact.source = None;
        if contact.id == ContactId::default() {
            contact.id = fresh_id(contact.updated_at)?;
        } else if let Some(before) = store.contact(&owner, contact.id).await? {
            contact.book = before.book;
            contact.source = before.source;
        }
        self.may_change(&contact)?;
        let kept = store.save_contact(&owner, &Prepared::new(contact, self.region())).await?;
        self.was_edited().await;
        Ok(kept)
    }

    pub(super) async fn delete(&self, id: ContactId) -> Result<(), BookError> {
        let (store, owner) = self.open().await?;
        let there = store.contact(&owner, id).await?.ok_or(BookError::NoSuchContact)?;
        self.may_change(&there)?;
        if !store.delete_contact(&owner, id, self.clock.wall()).await? {
            return Err(BookError::NoSuchContact);
        }
        self.was_edited().await;
        let book = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(UNDO).await;
            let long_ago = i64::try_from(UNDO.as_millis()).expect("a minute fits");
            book.purge(WallMs(book.clock.wall().0 - long_ago)).await;
        });
        Ok(())
    }

    pub(super) async fn restore(&self, id: ContactId) -> Result<(), BookError> {
        let (store, owner) = self.open().await?;
        if !store.restore_contact(&owner, id).await? {
            return Err(BookError::NoSuchContact);
        }
        self.was_edited().await;
        Ok(())
    }

    pub(super) async fn favour(&self, id: ContactId, favourite: bool) -> Result<(), BookError> {
        let (store, owner) = self.open().await?;
        if !store.favour_contact(&owner, id, favourite).await? {
            return Err(BookError::NoSuchContact);
        }
        self.was_edited().await;
        Ok(())
    }

    /// Every contact of the agent's and the company's book.
    pub(super) async fn all(&self) -> Result<Vec<Contact>, BookError> {
        let (store, owner) = self.open().await?;
        Ok(store.all_contacts(&owner).await?.into_iter().filter(|contact| contact.source.is_none()).collect())
    }

    /// Where numbers without a country code are at home, from now on; what the book is found by is worked out anew.
    pub(super) async fn move_to(&self, region: Region) -> Result<(), BookError> {
        let (store, owner) = self.open().await?;
        store.reindex_contacts(&owner, region).await?;
        match region {
            Region::UNKNOWN => store.remove_setting(setting::REGION).await?,
            region => store.set_setting(setting::REGION, &region.to_string()).await?,
        }
        self.desk().region = region;
        self.changed().await;
        Ok(())
    }

    pub(crate) fn region(&self) -> Region {
        self.desk().region
    }

    /// The store, and whose book is meant.
    pub(crate) async fn open(&self) -> Result<(Store, String), BookError> {
        let owner = self.desk().owner.clone().ok_or(BookError::SignedOut)?;
        Ok((self.archive.store().await?, owner))
    }

    pub(super) fn put_file(&self, name: &str, bytes: Vec<u8>) -> Arc<OpenFile> {
        let mut desk = self.desk();
        desk.files += 1;
        let file = Arc::new(OpenFile { id: desk.files, name: name.to_owned(), bytes });
        desk.file = Some(file.clone());
        file
    }

    pub(super) fn file(&self, id: u64) -> Result<Arc<OpenFile>, BookError> {
        self.desk().file.clone().filter(|file| file.id == id).ok_or(BookError::NoSuchFile)
    }

    pub(super) fn close_file(&self, id: u64) {
        let mut desk = self.desk();
        desk.file = desk.file.take().filter(|file| file.id != id);
    }

    /// Tells the loop, which tells the window and asks again who is calling.
    pub(crate) async fn changed(&self) {
        // Nobody is left to be told when the program ends.
        let _ = self.mail.send(Mail::Contacts).await;
    }

    pub(super) async fn who_is(&self, number: &str) -> Result<Option<Known>, BookError> {
        let (store, owner) = self.open().await?;
        Ok(store.who_is(&owner, number, self.region()).await?)
    }

    async fn purge(&self, before: WallMs) {
        let purged = async { Ok::<_, StorageFailed>(self.archive.store().await?.purge_contacts(before).await?) };
        if let Err(error) = purged.await {
            // They are hidden; the next start tries again.
            tracing::warn!(%error, "deleted contacts could not be purged");
        }
    }

    pub(super) fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A contact's name for ever.
/// UUID version 7 (RFC 9562 §5.7), so that it can be made without a network and is nobody else's.
pub(super) fn fresh_id(at: WallMs) -> Result<ContactId, BookError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|fault| BookError::Internal(format!("no random numbers: {fault}")))?;
    bytes[..6].copy_from_slice(&at.0.to_be_bytes()[2..]);
    bytes[6] = 0x70 | bytes[6] & 0x0f;
    bytes[8] = 0x80 | bytes[8] & 0x3f;
    Ok(ContactId(u128::from_be_bytes(bytes)))
}

/// The practice server has another port each time.
pub(crate) fn owner_of(user: &User) -> String {
    let server = if user.practice { "practice" } else { &user.server };
    format!("{server} {}", user.id)
}
