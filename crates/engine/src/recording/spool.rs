//! The recordings that wait on this computer until the server has them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use base::WallMs;
use model::NewRecording;
use serde::{Deserialize, Serialize};

use super::seal::{self, OwnerKey, SealError, Sealed};

const FOLDER: &str = "recordings";
/// More than this does not wait: about 80 hours of conversation.
const MOST_BYTES: u64 = 2 << 30;

/// Kinds of pieces.
const ABOUT: u8 = 0;
const SOUND: u8 = 1;
const END: u8 = 2;

/// What is known of a recording when it begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct About {
    /// Whose it is: id of the user, and the server's address.
    pub(crate) user: String,
    pub(crate) server: String,
    pub(crate) other: String,
    pub(crate) other_name: String,
    pub(crate) outgoing: bool,
    pub(crate) external: bool,
    pub(crate) queue: Option<String>,
    pub(crate) started_at_ms: i64,
    pub(crate) by_button: bool,
}

/// A recording that was read from the spool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spooled {
    pub(crate) about: About,
    /// An Ogg Opus file; without its end when the program died.
    pub(crate) sound: Vec<u8>,
}

/// Why nothing can be recorded.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SpoolError {
    /// Sealing, or the disk.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// Too much waits already.
    #[error("more than {} GiB of recordings wait for the server", MOST_BYTES >> 30)]
    Full,
    /// The beginning is missing.
    #[error("it does not say what it is")]
    Nameless,
}

/// A folder of sealed files. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Spool {
    dir: PathBuf,
    key: OwnerKey,
    /// Ids of those that are being written.
    open: Arc<Mutex<BTreeSet<String>>>,
}

impl Spool {
    pub(crate) fn new(data_dir: &Path, key: OwnerKey) -> Spool {
        Spool { dir: data_dir.join(FOLDER), key, open: Arc::default() }
    }

    /// Begins a recording.
    pub(crate) fn create(&self, id: &str, about: &About) -> Result<SpoolFile, SpoolError> {
        std::fs::create_dir_all(&self.dir).map_err(SealError::Io)?;
        let waiting: u64 = self.files().iter().filter_map(|(_, path)| Some(path.metadata().ok()?.len())).sum();
        if waiting > MOST_BYTES {
            return Err(SpoolError::Full);
        }
        self.lock().insert(id.to_owned());
        let begun = Sealed::create(&self.path(id), &self.key).map_err(SpoolError::from).and_then(|mut sealed| {
            let about = serde_json::to_vec(about).map_err(|error| SealError::Io(error.into()))?;
            sealed.add(ABOUT, &about)?;
            Ok(sealed)
        });
        match begun {
            Ok(sealed) => Ok(SpoolFile { sealed, id: id.to_owned(), open: self.open.clone() }),
            Err(error) => {
                self.lock().remove(id);
                Err(error)
            }
        }
    }

    /// Ids of those that are complete, or were left behind, the oldest name first.
    pub(crate) fn waiting(&self) -> Vec<String> {
        let open = self.lock().clone();
        let mut ids: Vec<String> = self.files().into_iter().map(|(id, _)| id).filter(|id| !open.contains(id)).collect();
        ids.sort();
        ids
    }

    /// Reads one. Waits for the disk.
    pub(crate) fn read(&self, id: &str) -> Result<Spooled, SpoolError> {
        let (mut about, mut sound) = (None, Vec::new());
        for (kind, bytes) in seal::open(&self.path(id), &self.key)? {
            match kind {
                ABOUT => about = serde_json::from_slice(&bytes).ok(),
                SOUND => sound.extend_from_slice(&bytes),
                _ => {}
            }
        }
        Ok(Spooled { about: about.ok_or(SpoolError::Nameless)?, sound })
    }

    /// The server has it, or nobody can ever read it.
    pub(crate) fn remove(&self, id: &str) -> std::io::Result<()> {
        std::fs::remove_file(self.path(id))
    }

    fn path(&self, id: &str) -> PathBuf {
        self.dir.join(format!("{id}.sealed"))
    }

    fn files(&self) -> Vec<(String, PathBuf)> {
        // No folder: none were made.
        let Ok(entries) = std::fs::read_dir(&self.dir) else { return Vec::new() };
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let ours = |path: &PathBuf| path.extension().is_some_and(|it| it == "sealed");
        paths.filter(ours).filter_map(|path| Some((path.file_stem()?.to_str()?.to_owned(), path))).collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeSet<String>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A recording that is written. When it is dropped it is complete.
pub(crate) struct SpoolFile {
    sealed: Sealed,
    id: String,
    open: Arc<Mutex<BTreeSet<String>>>,
}

impl SpoolFile {
    pub(crate) fn add(&mut self, sound: &[u8]) -> Result<(), SealError> {
        self.sealed.add(SOUND, sound)
    }

    pub(crate) fn sync(&self) -> Result<(), SealError> {
        self.sealed.sync()
    }

    /// Nothing more comes.
    pub(crate) fn end(mut self) -> Result<(), SealError> {
        self.sealed.add(END, &[])?;
        self.sealed.sync()
    }
}

impl Drop for SpoolFile {
    fn drop(&mut self) {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.id);
    }
}

impl About {
    /// For the server.
    pub(crate) fn to_new(&self) -> NewRecording {
        NewRecording {
            other: self.other.clone(),
            other_name: self.other_name.clone(),
            outgoing: self.outgoing,
            external: self.external,
            queue: self.queue.clone(),
            started_at: WallMs(self.started_at_ms),
            by_button: self.by_button,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn about() -> About {
        About {
            user: "u1".into(),
            server: "http://127.0.0.1:1".into(),
            other: "+966501234567".into(),
            other_name: "ليلى".into(),
            outgoing: false,
            external: true,
            queue: Some("Support".into()),
            started_at_ms: 5,
            by_button: false,
        }
    }

    #[test]
    fn what_is_written_waits_when_it_is_complete() {
        let dir = tempfile::tempdir().unwrap();
        let key = OwnerKey::read(&OwnerKey::fresh().unwrap()).unwrap();
        let spool = Spool::new(dir.path(), key.clone());
        assert!(spool.waiting().is_empty());
        let mut file = spool.create("a", &about()).unwrap();
        file.add(b"one").unwrap();
        assert!(spool.waiting().is_empty(), "it is written");
        file.add(b"two").unwrap();
        file.end().unwrap();
        assert_eq!(spool.waiting(), ["a"]);
        assert_eq!(spool.read("a").unwrap(), Spooled { about: about(), sound: b"onetwo".to_vec() });
        assert!(spool.create("a", &about()).is_err());
        // Another program of the same user finds what this one left behind.
        assert_eq!(Spool::new(dir.path(), key).waiting(), ["a"]);
        spool.remove("a").unwrap();
        assert!(spool.waiting().is_empty());
    }
}
