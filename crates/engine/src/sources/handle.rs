//! The part of the engine's door for outside address books.

use base::Secret;
use model::{ContactId, Source, SourceId, SourceTrial};

use super::shelf::{SourceKept, SourceView};
use crate::contacts::BookError;
use crate::handle::EngineHandle;

/// The outside address books of whoever is signed in.
impl EngineHandle {
    /// All of them, in the order in which they were added. [`crate::EngineEvent::Sources`] says when to ask again.
    ///
    /// # Errors
    /// [`BookError`].
    pub async fn sources(&self) -> Result<Vec<SourceView>, BookError> {
        self.0.sources.list().await
    }

    /// Tries an address book as it stands in a form; nothing is kept. Without a password the kept one is used, if there is one and it goes
    /// to the same server under the same name.
    ///
    /// # Errors
    /// [`BookError`].
    pub async fn source_test(&self, source: Source, password: Option<Secret>) -> Result<SourceTrial, BookError> {
        self.0.sources.test(source, password).await
    }

    /// Keeps an address book, a new one when its id is 0, and begins to read it; passwords as for [`EngineHandle::source_test`].
    ///
    /// # Errors
    /// [`BookError`].
    pub async fn source_save(&self, source: Source, password: Option<Secret>) -> Result<SourceKept, BookError> {
        self.0.sources.keep(source, password).await
    }

    /// Forgets an address book with its contacts and its password.
    ///
    /// # Errors
    /// [`BookError`].
    pub async fn source_remove(&self, id: SourceId) -> Result<(), BookError> {
        self.0.sources.remove(id).await
    }

    /// Reads an address book now.
    pub async fn source_refresh(&self, id: SourceId) {
        self.0.sources.refresh(id).await;
    }

    /// What the address book is called that a contact comes from.
    ///
    /// # Errors
    /// [`BookError`].
    pub async fn source_name(&self, id: SourceId) -> Result<Option<String>, BookError> {
        self.0.book.source_name(id).await
    }

    /// Copies a contact of an outside address book into the agent's own, where it can be edited. Returns the copy's id.
    ///
    /// # Errors
    /// [`BookError::NoSuchContact`] and others.
    pub async fn contact_copy(&self, id: ContactId) -> Result<ContactId, BookError> {
        self.0.book.copy(id).await
    }
}
