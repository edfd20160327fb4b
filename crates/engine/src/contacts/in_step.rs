//! What of the book has to do with the team server: how edits stand, what waits for a decision, who may change what.

use book::sync::Phase;
use model::{Book, Contact, ContactId};
use store::{Dispute, Prepared, Standing};

use super::address_book::{AddressBook, BookError};
use super::sync_view::{ContactsSync, view};
use crate::mail::Mail;

impl AddressBook {
    /// How an edit of a contact stands, and whether we may edit it.
    pub(super) async fn standing(&self, contact: &Contact) -> Result<(Standing, bool), BookError> {
        let (store, owner) = self.open().await?;
        Ok((store.contact_standing(&owner, contact.id).await?, self.may_change(contact).is_ok()))
    }

    pub(super) async fn dispute(&self, id: ContactId) -> Result<Option<Dispute>, BookError> {
        let (store, owner) = self.open().await?;
        Ok(store.contact_dispute(&owner, id).await?)
    }

    pub(super) async fn resolve(&self, id: ContactId, decided: Option<Contact>) -> Result<(), BookError> {
        let (store, owner) = self.open().await?;
        let dispute = store.contact_dispute(&owner, id).await?.ok_or(BookError::NoSuchContact)?;
        let book = dispute.mine.as_ref().or(dispute.theirs.as_ref()).map_or(Book::Personal, |contact| contact.book);
        let decided = decided.map(|contact| {
            Prepared::new(Contact { id, book, updated_at: self.clock.wall(), ..contact }, self.region())
        });
        store.resolve_contact(&owner, id, decided.as_ref()).await?;
        self.was_edited().await;
        Ok(())
    }

    /// How the books stand; `None`: they are on this computer only.
    pub(crate) fn sync_view(&self) -> Option<ContactsSync> {
        let desk = self.desk();
        let mine = desk.phase.as_ref().filter(|(owner, _)| desk.owner.as_ref() == Some(owner));
        let phase = mine.map_or(Phase::Offline, |(_, phase)| *phase);
        desk.sync.as_ref().map(|facts| view(facts, phase))
    }

    /// The one who keeps the owner's books in step says how it goes.
    pub(super) async fn show_phase(&self, owner: &str, phase: Phase) {
        self.desk().phase = Some((owner.to_owned(), phase));
        self.look_at_sync().await;
    }

    /// Reads anew how the books stand, and has it told when it is news.
    pub(super) async fn look_at_sync(&self) {
        let Ok((store, owner)) = self.open().await else { return };
        match store.contact_sync(&owner).await {
            Ok(facts) => {
                let mut desk = self.desk();
                if desk.owner.as_ref() == Some(&owner) {
                    desk.sync = facts;
                }
            }
            Err(error) => tracing::warn!(%error, "it could not be read how contacts are synchronised"),
        }
        // Nobody is left to be told when the program ends.
        let _ = self.mail.send(Mail::ContactsSync).await;
    }

    /// The owner may change this contact, as far as is known here.
    pub(super) fn may_change(&self, contact: &Contact) -> Result<(), BookError> {
        let company = self.desk().sync.is_some_and(|facts| facts.company.writable);
        let ours = contact.source.is_none() && (contact.book == Book::Personal || company);
        if ours { Ok(()) } else { Err(BookError::NotOurs) }
    }

    /// The book was changed here: as [`Self::changed`], and that waits for the server.
    pub(super) async fn was_edited(&self) {
        self.changed().await;
        self.look_at_sync().await;
        self.edited.notify_one();
    }
}
