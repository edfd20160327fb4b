//! The book's part of the engine's door.

use book::csv::{self, Mapping, Options};
use book::number::Region;
use book::vcard;
use model::{Contact, ContactId};
use store::{ContactQuery, ContactsPage, Dispute, Standing};

use super::address_book::BookError;
use super::check::{Saved, checked};
use super::file::ImportPreview;
use super::import::{ImportReport, ImportWish};
use super::sync_view::ContactsSync;
use crate::handle::EngineHandle;

/// What a book is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// vCard 3.0, which everything reads.
    Cards,
    /// A table; `;` or `,` between the cells.
    Table {
        /// The byte between two cells.
        separator: u8,
    },
}

/// The address book of whoever is signed in. All of it works without a network, and none of it waits for the phone.
impl EngineHandle {
    /// A page of the book, or of what was found in it.
    ///
    /// # Errors
    /// [`BookError`].
    pub async fn contacts(&self, asked: &ContactQuery) -> Result<ContactsPage, BookError> {
        self.0.book.page(asked).await
    }

    /// One contact.
    ///
    /// # Errors
    /// [`BookError::NoSuchContact`] and others.
    pub async fn contact(&self, id: ContactId) -> Result<Contact, BookError> {
        self.0.book.contact(id).await
    }

    /// Whose a number is, as an incoming call is named; `None`: nobody's in the book.
    ///
    /// # Errors
    /// [`BookError`].
    pub async fn contact_of(&self, number: &str) -> Result<Option<Contact>, BookError> {
        match self.0.book.who_is(number).await? {
            Some(known) => self.0.book.contact(known.id).await.map(Some),
            None => Ok(None),
        }
    }

    /// Keeps a contact, a new one when its id is 0, or says what has to be mended first.
    ///
    /// # Errors
    /// [`BookError`].
    pub async fn contact_save(&self, contact: Contact) -> Result<Saved, BookError> {
        match checked(contact) {
            Ok(contact) => Ok(Saved::Kept(Box::new(self.0.book.keep(contact).await?))),
            Err(faults) => Ok(Saved::Refused(faults)),
        }
    }

    /// Deletes a contact; for a minute it can be brought back.
    ///
    /// # Errors
    /// [`BookError::NoSuchContact`] and others.
    pub async fn contact_delete(&self, id: ContactId) -> Result<(), BookError> {
        self.0.book.delete(id).await
    }

    /// Brings a deleted contact back.
    ///
    /// # Errors
    /// [`BookError::NoSuchContact`] when it was too long ago, and others.
    pub async fn contact_restore(&self, id: ContactId) -> Result<(), BookError> {
        self.0.book.restore(id).await
    }

    /// Makes a contact a favourite, or none.
    ///
    /// # Errors
    /// [`BookError::NoSuchContact`] and others.
    pub async fn contact_favourite(&self, id: ContactId, favourite: bool) -> Result<(), BookError> {
        self.0.book.favour(id, favourite).await
    }

    /// How an edit of a contact stands, and whether it may be edited here.
    ///
    /// # Errors
    /// [`BookError`].
    pub async fn contact_standing(&self, contact: &Contact) -> Result<(Standing, bool), BookError> {
        self.0.book.standing(contact).await
    }

    /// Both versions of a contact that was changed in two places; `None`: there is nothing to decide.
    ///
    /// # Errors
    /// [`BookError`].
    pub async fn contact_dispute(&self, id: ContactId) -> Result<Option<Dispute>, BookError> {
        self.0.book.dispute(id).await
    }

    /// Decides between two versions: this stands from now on, here and at the server; `None` deletes it.
    ///
    /// # Errors
    /// [`BookError::NoSuchContact`] when there was nothing to decide, and others.
    pub async fn contact_resolve(&self, id: ContactId, decided: Option<Contact>) -> Result<Saved, BookError> {
        let decided = match decided.map(checked).transpose() {
            Ok(decided) => decided,
            Err(faults) => return Ok(Saved::Refused(faults)),
        };
        let shown = decided.clone().unwrap_or_default();
        self.0.book.resolve(id, decided).await?;
        Ok(Saved::Kept(Box::new(Contact { id, ..shown })))
    }

    /// How the books stand at the team server; `None`: they are on this computer only.
    #[must_use]
    pub fn contacts_sync(&self) -> Option<ContactsSync> {
        self.0.book.sync_view()
    }

    /// Opens the bytes of a file for import and says what they are.
    ///
    /// # Errors
    /// [`BookError::NotABook`], [`BookError::TooLarge`].
    pub async fn contacts_open_file(&self, name: &str, bytes: Vec<u8>) -> Result<ImportPreview, BookError> {
        self.0.book.open_file(name, bytes).await
    }

    /// Looks at the open file again, read in another way.
    ///
    /// # Errors
    /// [`BookError::NoSuchFile`] and those of opening.
    pub async fn contacts_preview(
        &self,
        file: u64,
        options: Options,
        mapping: Option<Mapping>,
    ) -> Result<ImportPreview, BookError> {
        self.0.book.look(file, Some(options), mapping).await
    }

    /// Imports the open file, all or nothing; progress comes as events.
    ///
    /// # Errors
    /// [`BookError`]; nothing was imported then.
    pub async fn contacts_import(&self, wish: ImportWish) -> Result<ImportReport, BookError> {
        self.0.book.import(wish).await
    }

    /// The whole book as a file, in UTF-8.
    ///
    /// # Errors
    /// [`BookError`].
    pub async fn contacts_export(&self, format: ExportFormat) -> Result<String, BookError> {
        let contacts = self.0.book.all().await?;
        let writing = tokio::task::spawn_blocking(move || match format {
            ExportFormat::Cards => {
                Ok(contacts.iter().map(|contact| vcard::write(contact, vcard::Version::V3)).collect::<String>())
            }
            ExportFormat::Table { separator } => String::from_utf8(csv::write(&contacts, separator)),
        });
        let written = writing.await.map_err(|fault| BookError::Internal(fault.to_string()))?;
        written.map_err(|fault| BookError::Internal(fault.to_string()))
    }

    /// Country of numbers without a country code, as ISO 3166-1 writes it; empty when nobody has said.
    #[must_use]
    pub fn contacts_region(&self) -> String {
        match self.0.book.region() {
            Region::UNKNOWN => String::new(),
            region => region.to_string(),
        }
    }

    /// Says in which country numbers without a country code are at home; empty for nowhere.
    ///
    /// # Errors
    /// [`BookError::NoSuchRegion`] and others.
    pub async fn contacts_set_region(&self, code: &str) -> Result<(), BookError> {
        let region = match code {
            "" => Region::UNKNOWN,
            code => code.parse().map_err(|_| BookError::NoSuchRegion)?,
        };
        self.0.book.move_to(region).await
    }
}
