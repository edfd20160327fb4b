//! Opening the file, and what to do when it is damaged.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sqlx::migrate::MigrateError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, SqlitePool};

use crate::contacts::{Words, trim_news};
use crate::error::StoreError;

/// Name of the file in the data folder.
const FILE: &str = "phone.db";
/// How long to wait for another program that holds the file.
const BUSY: Duration = Duration::from_secs(5);

/// Pages that a connection keeps at hand: those of a change of many contacts (of SQLite's own 2 MiB each would be written again and again)
/// and those that a search reads. Only what is used is taken.
const CACHE_KIB: u32 = 64 * 1024;
/// How much of the file is read where it lies, without a copy.
const MAPPED_BYTES: u64 = 1 << 30;

/// The open store. Cheap to clone; one connection, so writes come one after the other, and two that read while something is written.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) pool: SqlitePool,
    /// Reads only: who is calling must not wait for an import.
    pub(crate) reads: SqlitePool,
    /// For the search only: who reads all contacts into memory holds it for a while.
    pub(crate) searches: SqlitePool,
    /// What is searched of the contacts.
    pub(crate) words: Arc<Words>,
}

/// What [`Store::open`] gives.
#[derive(Debug)]
pub struct Opened {
    /// Ready to use.
    pub store: Store,
    /// The file was damaged: it is here now, and `store` is empty. Tell the user.
    pub set_aside: Option<PathBuf>,
}

impl Store {
    /// Opens the store in `dir`; makes folder and file when they are missing, readable by their owner only.
    ///
    /// A damaged file is moved to `phone.db.damaged-MS` beside it (with its `-wal` and `-shm`), never deleted or overwritten.
    ///
    /// # Errors
    /// [`StoreError`]; the file is then as it was.
    pub async fn open(dir: &Path) -> Result<Opened, StoreError> {
        make_private_folder(dir)?;
        let path = dir.join(FILE);
        match open_file(&path).await {
            Ok(store) => Ok(Opened { store, set_aside: None }),
            Err(StoreError::Damaged(error)) => {
                let aside = set_aside(&path)?;
                tracing::error!(%error, aside = %aside.display(), "the database was damaged and moved aside");
                Ok(Opened { store: open_file(&path).await?, set_aside: Some(aside) })
            }
            Err(other) => Err(other),
        }
    }

    /// Writes everything down and closes the file. Further use of clones fails.
    pub async fn close(self) {
        self.searches.close().await;
        self.reads.close().await;
        self.pool.close().await;
    }
}

async fn open_file(path: &Path) -> Result<Store, StoreError> {
    make_private_file(path)?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .pragma("cache_size", format!("-{CACHE_KIB}"))
        .pragma("mmap_size", MAPPED_BYTES.to_string());
    let mut probe = options.connect().await?;
    // Reads every page of the file; a history of ten thousand calls takes a few milliseconds.
    let checked = sqlx::query_scalar::<_, String>("PRAGMA quick_check(1)").fetch_one(&mut probe).await;
    probe.close().await?;
    let verdict = checked?;
    if verdict != "ok" {
        return Err(StoreError::Damaged(sqlx::Error::Protocol(verdict)));
    }
    let one =
        || SqlitePoolOptions::new().max_connections(1).acquire_timeout(BUSY).idle_timeout(None).max_lifetime(None);
    let pool = one().connect_with(options.clone()).await?;
    match sqlx::migrate!("./migrations").run(&pool).await {
        Ok(()) => {
            let [reads, searches] = [(); 2].map(|()| one().connect_lazy_with(options.clone().read_only(true)));
            let store = Store { pool, reads, searches, words: Arc::default() };
            trim_news(&mut *store.pool.acquire().await?).await?;
            store.index_old_calls().await?;
            Ok(store)
        }
        Err(error) => {
            pool.close().await;
            Err(match error {
                MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..) => StoreError::Newer,
                MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
                other => StoreError::Other(sqlx::Error::Migrate(Box::new(other))),
            })
        }
    }
}

fn make_private_folder(dir: &Path) -> Result<(), StoreError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir).map_err(|source| StoreError::Folder { path: dir.to_owned(), source })
}

fn make_private_file(path: &Path) -> Result<(), StoreError> {
    let mut options = std::fs::OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(|source| StoreError::Folder { path: path.to_owned(), source })
}

fn set_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let ms = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let aside = with_suffix(path, &format!(".damaged-{ms}"));
    for part in ["", "-wal", "-shm"] {
        let (from, to) = (with_suffix(path, part), with_suffix(&aside, part));
        match std::fs::rename(&from, &to) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !part.is_empty() => {}
            Err(source) => return Err(StoreError::Folder { path: from, source }),
        }
    }
    Ok(aside)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
