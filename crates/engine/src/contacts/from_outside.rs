//! What of the book has to do with outside address books.

use model::{Book, Contact, ContactId, SourceId};

use super::address_book::{AddressBook, BookError};

impl AddressBook {
    /// A contact of an outside address book, once more in the agent's own.
    pub(crate) async fn copy(&self, id: ContactId) -> Result<ContactId, BookError> {
        let there = self.contact(id).await?;
        let copy = Contact { id: ContactId::default(), book: Book::Personal, favourite: false, ..there };
        Ok(self.keep(copy).await?.id)
    }

    /// What an outside address book is called.
    pub(crate) async fn source_name(&self, id: SourceId) -> Result<Option<String>, BookError> {
        let (store, owner) = self.open().await?;
        Ok(store.source_name(&owner, id).await?)
    }

    /// Whoever is signed in leaves nothing on this computer.
    pub(crate) fn is_shared_computer(&self) -> bool {
        self.archive.is_shared()
    }
}
