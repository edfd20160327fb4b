//! *Try it on this computer*: the team server inside the app (DECISIONS 1).
//!
//! The practice server belongs to the computer's user, not to one window: whichever window holds the lock file runs it, on a
//! port that is remembered, and every other window joins it. When the window that ran it closes, another takes over on the same
//! port, so the phones of the remaining windows register again by themselves.

use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use team_server::{RunningServer, ServerConfig};
use tokio::sync::{Mutex, Notify};
use tokio::time::{Instant, sleep};

/// How often a window that does not run the server looks whether it should take over.
const TAKE_OVER_EVERY: Duration = Duration::from_secs(1);
/// How long the window that holds the lock may take to write its address.
const START_WITHIN: Duration = Duration::from_secs(20);

/// The practice server, seen from one window.
pub struct Practice {
    dir: PathBuf,
    ours: Mutex<Option<Held>>,
    /// Practice was asked for in this window; until then it has no business with the server.
    joined: Notify,
}

/// The server runs here; the lock is held as long as the file is open.
struct Held {
    server: RunningServer,
    _lock: File,
}

/// Why practice is not possible.
#[derive(Debug, thiserror::Error)]
pub enum PracticeError {
    /// The folder cannot be used.
    #[error("the folder {dir} cannot be used: {source}")]
    Folder {
        /// Which.
        dir: PathBuf,
        /// The system's word.
        source: std::io::Error,
    },
    /// The server did not start.
    #[error("the practice server did not start: {0}")]
    Start(#[from] team_server::StartError),
    /// Another window holds the lock, but never said where its server is.
    #[error("another window is starting the practice server and does not finish; close it and try again")]
    Stuck,
}

impl Practice {
    /// `dir` is shared by all profiles of this user.
    #[must_use]
    pub fn new(dir: PathBuf) -> Self {
        Practice { dir, ours: Mutex::new(None), joined: Notify::new() }
    }

    /// Address of the running server; starts it here when nobody runs it.
    ///
    /// # Errors
    /// [`PracticeError`].
    pub async fn address(&self) -> Result<SocketAddr, PracticeError> {
        self.joined.notify_one();
        let give_up = Instant::now() + START_WITHIN;
        loop {
            if let Some(held) = &*self.ours.lock().await {
                return Ok(held.server.addr());
            }
            if self.take_over().await? {
                continue;
            }
            if let Some(address) = remembered(&self.dir) {
                return Ok(address);
            }
            if Instant::now() > give_up {
                return Err(PracticeError::Stuck);
            }
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// Runs until the program ends: once this window has joined, takes the server over when the window that ran it is gone.
    pub async fn keep_alive(&self) {
        self.joined.notified().await;
        loop {
            sleep(TAKE_OVER_EVERY).await;
            if self.ours.lock().await.is_none() {
                match self.take_over().await {
                    Ok(true) => tracing::info!("took the practice server over"),
                    Ok(false) => {}
                    Err(fault) => tracing::error!(%fault, "the practice server cannot be taken over"),
                }
            }
        }
    }

    /// Stops the server if it runs here.
    pub async fn stop(&self) {
        if let Some(held) = self.ours.lock().await.take() {
            held.server.shutdown().await;
        }
    }

    /// True when the server runs here now.
    async fn take_over(&self) -> Result<bool, PracticeError> {
        let mut ours = self.ours.lock().await;
        if ours.is_some() {
            return Ok(true);
        }
        let Some(lock) = self.lock()? else { return Ok(false) };
        let before = remembered(&self.dir);
        forget(&self.dir)?;
        let server = start(&self.dir, before).await?;
        remember(&self.dir, server.addr())?;
        *ours = Some(Held { server, _lock: lock });
        Ok(true)
    }

    fn lock(&self) -> Result<Option<File>, PracticeError> {
        let folder = |source| PracticeError::Folder { dir: self.dir.clone(), source };
        fs::create_dir_all(&self.dir).map_err(folder)?;
        let file = File::create(self.dir.join("server.lock")).map_err(folder)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            Err(fs::TryLockError::Error(source)) => Err(folder(source)),
        }
    }
}

/// On the port of last time if it is free, so that phones that know it find the server again.
async fn start(dir: &Path, before: Option<SocketAddr>) -> Result<RunningServer, PracticeError> {
    if let Some(bind) = before {
        match team_server::start(ServerConfig { bind, ..ServerConfig::practice(dir) }).await {
            Ok(server) => return Ok(server),
            Err(fault) => tracing::warn!(%fault, "the practice server's last port is taken, using another"),
        }
    }
    Ok(team_server::start(ServerConfig::practice(dir)).await?)
}

fn address_file(dir: &Path) -> PathBuf {
    dir.join("server.addr")
}

/// A last port is a hint, not a truth: the file may be absent, or half written by a program that was killed.
fn remembered(dir: &Path) -> Option<SocketAddr> {
    let port = fs::read_to_string(address_file(dir)).ok()?.trim().parse().ok()?;
    Some(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
}

fn remember(dir: &Path, address: SocketAddr) -> Result<(), PracticeError> {
    fs::write(address_file(dir), address.port().to_string())
        .map_err(|source| PracticeError::Folder { dir: dir.to_owned(), source })
}

/// While the server starts, nobody shall join the address of last time.
fn forget(dir: &Path) -> Result<(), PracticeError> {
    match fs::remove_file(address_file(dir)) {
        Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => {
            Err(PracticeError::Folder { dir: dir.to_owned(), source: fault })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn two_windows_share_one_server_and_the_second_takes_over_on_the_same_port() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let first = Practice::new(dir.path().to_owned());
        let second = Practice::new(dir.path().to_owned());
        let address = first.address().await.expect("starts");
        assert_eq!(second.address().await.expect("joins"), address);
        assert!(second.ours.lock().await.is_none(), "the second window must not run a server of its own");

        first.stop().await;
        assert_eq!(second.address().await.expect("takes over"), address);
        assert!(second.ours.lock().await.is_some());
        second.stop().await;
    }
}
