//! The local database, opened behind the phone's back: nothing that rings waits for a disk.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use base::WallMs;
use model::{CallRecord, ContactId, Passport};
use store::{CallCursor, CallQuery, Store, StoreError};
use tokio::sync::{mpsc, watch};
use tokio_util::task::TaskTracker;

use crate::mail::Mail;
use crate::shared_computer;

/// Deleted rows that can be brought back.
const UNDO_ROWS: usize = 100;
/// Page ends that were given out.
const PAGE_ENDS: usize = 256;

/// The database cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the local database failed: {detail}")]
pub struct StorageFailed {
    /// Technical line.
    pub detail: String,
}

impl From<StoreError> for StorageFailed {
    fn from(error: StoreError) -> Self {
        StorageFailed { detail: error.to_string() }
    }
}

/// Rows of the history, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryPage {
    /// Rows.
    pub rows: Vec<CallRecord>,
    /// Give this as `before` for the next page; `None` at the end.
    pub next_before: Option<i64>,
    /// For each row the contact to whom its number belongs, under whose name it is shown.
    pub contacts: Vec<Option<ContactId>>,
}

/// A database, now or soon.
type Opening = watch::Receiver<Option<Result<Store, StorageFailed>>>;

/// Where what is kept goes.
///
/// ```text
/// Own ─ sign-in on a shared computer ─▶ Shared ─ signed out, refused ─▶ Left
///  ▲                                                                   │
///  └──────────────────────── any other sign-in ────────────────────────┘
/// ```
enum Place {
    /// Into the database of this computer's users.
    Own,
    /// Into one that will be erased (LO-02).
    Shared { dir: PathBuf, opened: Opening },
    /// Nowhere: who was in has left, and what is late must not end up with the others.
    Left,
}

/// The database, now or soon. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Archive {
    dir: PathBuf,
    opened: Opening,
    place: Arc<Mutex<Place>>,
    /// Sign-ins on a shared computer so far.
    shared: Arc<AtomicU64>,
    mail: mpsc::Sender<Mail>,
    /// Rows that are being written, so that the end of the program can wait for them.
    writes: TaskTracker,
    deleted: Arc<Mutex<BTreeMap<i64, CallRecord>>>,
    /// Row id → its start: the store's cursor has both.
    page_ends: Arc<Mutex<BTreeMap<i64, WallMs>>>,
}

impl Archive {
    /// Begins opening.
    pub(crate) fn open(dir: PathBuf, mail: mpsc::Sender<Mail>) -> Archive {
        let (tx, opened) = watch::channel(None);
        let left_behind = shared_computer::erase_all(&dir);
        let archive = Archive {
            dir: dir.clone(),
            opened,
            place: Arc::new(Mutex::new(Place::Own)),
            shared: Arc::default(),
            mail: mail.clone(),
            writes: TaskTracker::new(),
            deleted: Arc::default(),
            page_ends: Arc::default(),
        };
        tokio::spawn(async move {
            let (store, news) = match Store::open(&dir).await {
                Ok(opened) => (Ok(opened.store), Mail::StorageOpen { set_aside: opened.set_aside }),
                Err(error) => {
                    tracing::error!(%error, "the local database cannot be opened");
                    let failed = StorageFailed::from(error);
                    (Err(failed.clone()), Mail::StorageFailed { detail: failed.detail })
                }
            };
            // Whoever waited may be gone.
            let _ = tx.send(Some(store));
            let _ = mail.send(news).await;
            if let Err(fault) = left_behind {
                still_there(&fault, &mail).await;
            }
        });
        archive
    }

    /// From now on everything goes into a database that will be erased (LO-02).
    pub(crate) fn enter_shared(&self) {
        let dir = shared_computer::folder(&self.dir, self.shared.fetch_add(1, Ordering::Relaxed));
        let (tx, opened) = watch::channel(None);
        self.move_to(Place::Shared { dir: dir.clone(), opened });
        let mail = self.mail.clone();
        self.writes.spawn(async move {
            let store = Store::open(&dir).await.map(|opened| opened.store).map_err(StorageFailed::from);
            let failed = store.as_ref().err().map(|error| error.detail.clone());
            // Whoever waited may be gone.
            let _ = tx.send(Some(store));
            if let Some(detail) = failed {
                tracing::error!(detail, "a database for a shared computer cannot be opened");
                let _ = mail.send(Mail::StorageFailed { detail }).await;
            }
        });
    }

    /// The folder of whoever is in; `None` when they have left.
    pub(crate) fn dir(&self) -> Option<PathBuf> {
        match &*lock(&self.place) {
            Place::Own => Some(self.dir.clone()),
            Place::Shared { dir, .. } => Some(dir.clone()),
            Place::Left => None,
        }
    }

    /// Who was in on a shared computer has left: everything of theirs is erased.
    pub(crate) fn leave_shared(&self) {
        if matches!(*lock(&self.place), Place::Shared { .. }) {
            self.move_to(Place::Left);
        }
    }

    /// The database of this computer's users counts again.
    pub(crate) fn enter_own(&self) {
        if !matches!(*lock(&self.place), Place::Own) {
            self.move_to(Place::Own);
        }
    }

    fn move_to(&self, next: Place) {
        let own = matches!(next, Place::Own);
        let before = std::mem::replace(&mut *lock(&self.place), next);
        lock(&self.deleted).clear();
        lock(&self.page_ends).clear();
        if let Place::Shared { dir, opened } = before {
            let mail = self.mail.clone();
            self.writes.spawn(async move {
                if let Ok(store) = opened_store(opened).await {
                    store.close().await;
                }
                if let Err(fault) = shared_computer::erase(&dir).await {
                    still_there(&fault, &mail).await;
                }
            });
        }
        let archive = self.clone();
        self.writes.spawn(async move {
            let unseen_missed = if own { archive.unseen_missed().await.unwrap_or(0) } else { 0 };
            archive.tell(Mail::History { unseen_missed }).await;
        });
    }

    /// Keeps a call; the driver is told when it is there, or why not.
    pub(crate) fn keep(&self, record: CallRecord) {
        let Some(opening) = self.opening() else { return };
        let archive = self.clone();
        self.writes.spawn(async move {
            let kept = async {
                let store = opened_store(opening).await?;
                store.add_call(&record).await?;
                Ok::<_, StorageFailed>(store.unseen_missed().await?)
            };
            let news = match kept.await {
                Ok(unseen_missed) => Mail::History { unseen_missed },
                // Erased meanwhile.
                Err(_) if archive.has_left() => return,
                Err(StorageFailed { detail }) => {
                    tracing::error!(%detail, "a call could not be kept in the history");
                    Mail::StorageFailed { detail }
                }
            };
            archive.tell(news).await;
        });
    }

    /// Keeps a setting without waiting for it.
    pub(crate) fn keep_setting(&self, key: &'static str, value: Option<String>) {
        let Some(opening) = self.opening() else { return };
        let archive = self.clone();
        self.writes.spawn(async move {
            let kept = async {
                let store = opened_store(opening).await?;
                match &value {
                    Some(value) => store.set_setting(key, value).await?,
                    None => store.remove_setting(key).await?,
                }
                Ok::<_, StorageFailed>(())
            };
            if let Err(StorageFailed { detail }) = kept.await
                && !archive.has_left()
            {
                tracing::error!(%detail, key, "a setting could not be kept");
                archive.tell(Mail::StorageFailed { detail }).await;
            }
        });
    }

    pub(crate) async fn calls(
        &self,
        asked: CallQuery,
        before: Option<i64>,
        limit: u32,
    ) -> Result<HistoryPage, StorageFailed> {
        let before = before.and_then(|id| {
            let started_at = *lock(&self.page_ends).get(&id)?;
            Some(CallCursor { started_at, id })
        });
        let page = self.store().await?.calls(asked, before, limit).await?;
        if let Some(end) = page.next {
            let mut ends = lock(&self.page_ends);
            ends.insert(end.id, end.started_at);
            if ends.len() > PAGE_ENDS {
                ends.pop_first();
            }
        }
        Ok(HistoryPage { rows: page.calls, next_before: page.next.map(|end| end.id), contacts: Vec::new() })
    }

    pub(crate) async fn call(&self, id: i64) -> Result<Option<CallRecord>, StorageFailed> {
        Ok(self.store().await?.call(id).await?)
    }

    pub(crate) async fn quality(&self, id: i64) -> Result<Option<Passport>, StorageFailed> {
        Ok(self.store().await?.quality(id).await?)
    }

    pub(crate) async fn unseen_missed(&self) -> Result<u32, StorageFailed> {
        Ok(self.store().await?.unseen_missed().await?)
    }

    pub(crate) async fn mark_seen(&self) -> Result<(), StorageFailed> {
        self.store().await?.mark_seen().await?;
        self.changed().await
    }

    /// False: there is no such row.
    pub(crate) async fn note(&self, id: i64, note: &str) -> Result<bool, StorageFailed> {
        let noted = self.store().await?.note_call(id, note).await?;
        self.changed().await?;
        Ok(noted)
    }

    pub(crate) async fn delete(&self, id: i64) -> Result<(), StorageFailed> {
        if let Some(record) = self.store().await?.delete_call(id).await? {
            let mut deleted = lock(&self.deleted);
            deleted.insert(id, record);
            if deleted.len() > UNDO_ROWS {
                deleted.pop_first();
            }
        }
        self.changed().await
    }

    /// Brings a deleted row back. One that was never deleted, or too long ago, stays away.
    pub(crate) async fn restore(&self, id: i64) -> Result<(), StorageFailed> {
        let record = lock(&self.deleted).remove(&id);
        if let Some(record) = record {
            self.store().await?.add_call(&record).await?;
        }
        self.changed().await
    }

    pub(crate) async fn setting(&self, key: &str) -> Result<Option<String>, StorageFailed> {
        Ok(self.store().await?.setting(key).await?)
    }

    pub(crate) async fn set_setting(&self, key: &str, value: &str) -> Result<(), StorageFailed> {
        Ok(self.store().await?.set_setting(key, value).await?)
    }

    /// Waits for what is being written, then closes; what is not to stay on a shared computer is erased.
    pub(crate) async fn close(&self) {
        self.leave_shared();
        self.writes.close();
        self.writes.wait().await;
        if let Ok(store) = opened_store(self.opened.clone()).await {
            store.close().await;
        }
    }

    async fn changed(&self) -> Result<(), StorageFailed> {
        let unseen_missed = self.unseen_missed().await?;
        self.tell(Mail::History { unseen_missed }).await;
        Ok(())
    }

    pub(crate) async fn store(&self) -> Result<Store, StorageFailed> {
        match self.opening() {
            Some(opening) => opened_store(opening).await,
            None => Err(StorageFailed { detail: "nobody is signed in on this shared computer".to_owned() }),
        }
    }

    /// The database that counts now; `None`: nothing is kept.
    fn opening(&self) -> Option<Opening> {
        match &*lock(&self.place) {
            Place::Own => Some(self.opened.clone()),
            Place::Shared { opened, .. } => Some(opened.clone()),
            Place::Left => None,
        }
    }

    /// What is kept now will be erased (LO-02).
    pub(crate) fn is_shared(&self) -> bool {
        matches!(*lock(&self.place), Place::Shared { .. })
    }

    fn has_left(&self) -> bool {
        matches!(*lock(&self.place), Place::Left)
    }

    async fn tell(&self, mail: Mail) {
        // Nobody is left to be told when the program ends.
        let _ = self.mail.send(mail).await;
    }
}

async fn opened_store(mut opening: Opening) -> Result<Store, StorageFailed> {
    match opening.wait_for(Option::is_some).await {
        Ok(store) => store.clone().expect("waited for it to be there"),
        Err(_) => Err(StorageFailed { detail: "the database was not opened".to_owned() }),
    }
}

/// The agent must know: something of theirs is left on a computer that others use.
async fn still_there(fault: &std::io::Error, mail: &mpsc::Sender<Mail>) {
    tracing::error!(%fault, "what was to be erased from this shared computer is still there");
    // Nobody is left to be told when the program ends.
    let _ = mail.send(Mail::StorageFailed { detail: fault.to_string() }).await;
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
