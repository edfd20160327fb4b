//! From the open file into the book, all or nothing: one thread reads and prepares, one change writes.

use std::sync::Arc;

use book::csv::{Mapping, Options};
use book::number::Region;
use model::Contact;
use store::{Added, Prepared};
use tokio::sync::mpsc;

use super::address_book::{AddressBook, BookError, fresh_id};
use super::file::{MOST_FAULTS, OpenFile, Reading, SkipWhy, Skipped, each};
use crate::mail::Mail;

/// Contacts that go from the reader to the writer together, and are told as progress.
const BATCH: usize = 500;
/// Batches that wait for the writer; then the reader waits.
const WAITING: usize = 2;

/// What somebody wants to import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportWish {
    /// The open file.
    pub file: u64,
    /// How to read it, as the preview said; `None` for cards.
    pub table: Option<(Options, Mapping)>,
    /// Add those as well that stand in the book already.
    pub keep_both: bool,
}

/// What became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// New in the book.
    pub imported: u32,
    /// The first of those that are not.
    pub skipped: Vec<Skipped>,
    /// How many are not.
    pub skipped_count: u32,
}

struct Batch {
    found: Vec<Result<(u64, Prepared), Skipped>>,
    /// Bytes of the file that were read by now.
    done: usize,
}

impl AddressBook {
    /// Imports; progress comes as events. When this future is dropped nothing is kept.
    pub(super) async fn import(&self, wish: ImportWish) -> Result<ImportReport, BookError> {
        let (file, region, at) = (self.file(wish.file)?, self.region(), self.clock.wall());
        let (store, owner) = self.open().await?;
        let (batches, mut ready) = mpsc::channel(WAITING);
        let (bytes, reading) = (file.clone(), wish.table);
        let reader = tokio::task::spawn_blocking(move || {
            read(
                &bytes,
                &reading,
                region,
                |contact| {
                    Ok(Prepared::new(Contact { id: fresh_id(at)?, updated_at: at, version: 1, ..contact }, region))
                },
                &batches,
            )
        });
        let mut report = ImportReport::default();
        let mut import = store.import_contacts(&owner).await?;
        while let Some(Batch { found, done }) = ready.recv().await {
            let mut skipped = Vec::new();
            let (mut lines, mut ready) = (Vec::with_capacity(found.len()), Vec::with_capacity(found.len()));
            for found in found {
                match found {
                    Err(fault) => skipped.push(fault),
                    Ok((line, prepared)) => {
                        lines.push(line);
                        ready.push(prepared);
                    }
                }
            }
            let added = if wish.keep_both {
                import.add_again(&ready).await?;
                vec![Added::Yes; ready.len()]
            } else {
                import.add(&ready).await?
            };
            for (line, added) in lines.into_iter().zip(added) {
                match added {
                    Added::Yes => report.imported += 1,
                    Added::AlreadyThere => skipped.push(Skipped { line, column: None, why: SkipWhy::AlreadyThere }),
                }
            }
            skipped.sort_by_key(|it| it.line);
            report.skipped_count += u32::try_from(skipped.len()).unwrap_or(u32::MAX);
            let room = MOST_FAULTS.saturating_sub(report.skipped.len());
            report.skipped.extend(skipped.into_iter().take(room));
            let total = file.bytes.len();
            // Nobody is left to be told when the program ends.
            let _ = self.mail.send(Mail::ContactsImport { done: done.min(total), total }).await;
        }
        reader.await.map_err(|fault| BookError::Internal(fault.to_string()))??;
        import.finish().await?;
        self.learn().await;
        self.close_file(file.id);
        self.was_edited().await;
        Ok(report)
    }
}

/// Reads the file to its end, or until nobody takes what was read.
fn read(
    file: &Arc<OpenFile>,
    reading: &Reading,
    region: Region,
    prepare: impl Fn(Contact) -> Result<Prepared, BookError>,
    batches: &mpsc::Sender<Batch>,
) -> Result<(), BookError> {
    let mut batch = Batch { found: Vec::with_capacity(BATCH), done: 0 };
    let mut failed = Ok(());
    each(&file.bytes, reading, region, |found, done| {
        match found.map(|(line, contact)| prepare(contact).map(|prepared| (line, prepared))) {
            Ok(Ok(ready)) => batch.found.push(Ok(ready)),
            Ok(Err(error)) => failed = Err(error),
            Err(skipped) => batch.found.push(Err(skipped)),
        }
        batch.done = done;
        let full = batch.found.len() >= BATCH;
        let next = Batch { found: Vec::with_capacity(BATCH), done };
        failed.is_ok() && (!full || batches.blocking_send(std::mem::replace(&mut batch, next)).is_ok())
    })?;
    failed?;
    // Gone: the writer has failed, and says so itself.
    let _ = batches.blocking_send(batch);
    Ok(())
}
