//! What somebody leaves behind who signs in on a shared computer (LO-02): nothing. Their calls, contacts and settings go into a database of
//! its own, in a folder that is erased when they sign out, when the program ends, and at the next start in case it was killed.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Beside the database of those whose computer it is.
const FOLDER: &str = "shared-computer";

/// Folder of the `nth` sign-in of this run: one that is being erased is never written into again.
pub(crate) fn folder(data_dir: &Path, nth: u64) -> PathBuf {
    data_dir.join(FOLDER).join(nth.to_string())
}

/// Erases what a program that was killed left behind.
///
/// # Errors
/// The system's, when something is left.
pub(crate) fn erase_all(data_dir: &Path) -> std::io::Result<()> {
    there_need_be_none(std::fs::remove_dir_all(data_dir.join(FOLDER)))
}

/// Erases one of [`folder`].
///
/// # Errors
/// The system's, when something is left.
pub(crate) async fn erase(dir: &Path) -> std::io::Result<()> {
    there_need_be_none(tokio::fs::remove_dir_all(dir).await)
}

fn there_need_be_none(removed: std::io::Result<()>) -> std::io::Result<()> {
    match removed {
        Err(fault) if fault.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
