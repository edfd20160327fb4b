//! From settings to a running engine.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use base::{Chance, CodecKind};
use phone::{Phone, PhoneConfig};
use sip_io::{Trust, TrustError};
use tokio::sync::mpsc;

use crate::archive::Archive;
use crate::board::Board;
use crate::calls::Calls;
use crate::clock::Clock;
use crate::contacts::{AddressBook, Callers};
use crate::devices::{DeviceBoard, SoundOverride};
use crate::directory::Bulk;
use crate::driver::{Driver, FIRST_DIALLED};
use crate::feed::{EventStream, Feed};
use crate::handle::{Door, EngineHandle};
use crate::hands::Hands;
use crate::lobby::Lobby;
use crate::profile::{Album, Darkroom};
use crate::recording::{Player, Recorder};
use crate::secrets::{Keychain, SecretStore};
use crate::sound::Sound;
use crate::sources::Sources;
use crate::watch;

/// Letters that may wait for the driver.
const MAIL: usize = 256;
/// SIP messages that may wait for the driver; then the sockets wait.
const FLOW_EVENTS: usize = 64;

/// What an engine is made from.
pub struct EngineConfig {
    /// Folder of database and settings; created when missing.
    pub data_dir: PathBuf,
    /// `User-Agent`, as `Rannan/0.1.0`.
    pub user_agent: String,
    /// Told to the team server at sign-in, so that the user recognises this computer.
    pub device_name: String,
    /// Certificates in PEM form that are trusted in addition to the system's.
    pub extra_ca: Option<String>,
    /// False: no ringing, ringback, busy and key tones.
    pub tones: bool,
    /// Sound that is fixed at start.
    pub sound: SoundOverride,
    /// Codecs that are spoken, best first; [`media::ALL_CODECS`] unless there is a reason.
    pub codecs: Vec<CodecKind>,
    /// Where secrets rest.
    pub secrets: Arc<dyn SecretStore>,
}

/// Why an engine cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The extra certificates cannot be used.
    #[error("the extra certificates: {0}")]
    Certificates(#[from] TrustError),
    /// The system gives no random numbers.
    #[error("no random numbers: {0}")]
    Chance(getrandom::Error),
    /// The data folder cannot be used.
    #[error("using the data folder {path}: {source}")]
    DataDir {
        /// Folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// Starts an engine. Returns at once: the database is opened behind it, sound is not touched before it is needed.
///
/// Must be called within a tokio runtime. End it with [`EngineHandle::shutdown`].
///
/// # Errors
/// [`StartError`].
pub fn start(config: EngineConfig) -> Result<(EngineHandle, EventStream), StartError> {
    let trust = match &config.extra_ca {
        Some(pem) => Trust::with_extra(pem)?,
        None => Trust::system(),
    };
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(StartError::Chance)?;
    let mut chance = Chance::from_seed(seed);
    let instance = instance(&config.data_dir, &mut chance)
        .map_err(|source| StartError::DataDir { path: config.data_dir.clone(), source })?;

    let clock = Clock::start();
    let (mail, mail_out) = mpsc::channel(MAIL);
    let (flow_tx, flow_events) = mpsc::channel(FLOW_EVENTS);
    let (feed, feed_door) = Feed::new();
    let archive = Archive::open(config.data_dir, mail.clone());
    let book = AddressBook::new(archive.clone(), mail.clone(), clock);
    let keychain = Keychain(config.secrets);
    let sources = Sources::new(book.clone(), keychain.clone(), mail.clone(), clock);
    let devices = DeviceBoard::new(config.sound);
    let hands = Hands::new(
        Sound::new(clock, config.tones, devices.voice),
        devices,
        Calls::new(mail.clone(), clock, config.codecs),
        archive.clone(),
        flow_tx,
        Arc::new(trust),
        Recorder::new(mail.clone()),
    );
    let driver = Driver {
        clock,
        phone: Phone::new(PhoneConfig::new(config.user_agent, instance), chance),
        hands,
        lobby: Lobby::new(
            clock,
            keychain.clone(),
            archive.clone(),
            book.clone(),
            config.extra_ca.clone(),
            mail.clone(),
        ),
        board: Board::new(clock, feed, Callers::new(book.clone())),
        book: book.clone(),
        sources: sources.clone(),
        mail: mail_out,
        box_in: mail.clone(),
        flow_events,
        player: Player::new(mail.clone()),
        watch: None,
        stopping: None,
        team_in_use: None,
    };
    tokio::spawn(driver.run());
    tokio::spawn(watch::watch(clock, mail.clone()));
    tokio::spawn(sources.clone().serve());
    let handle = EngineHandle(Arc::new(Door {
        bulk: Bulk::new(mail.clone()),
        mail,
        feed: feed_door,
        clock,
        archive,
        book,
        sources,
        darkroom: Darkroom::default(),
        album: Album::default(),
        keychain,
        extra_ca: config.extra_ca,
        device_name: config.device_name,
        next_call: AtomicU64::new(FIRST_DIALLED.0),
    }));
    let events = handle.subscribe();
    Ok((handle, events))
}

/// Name of this installation (RFC 5626 §4.1), the same over restarts. A small file of its own, because registering does not
/// wait for the database.
fn instance(dir: &Path, chance: &mut Chance) -> std::io::Result<String> {
    let path = dir.join("instance");
    if let Ok(text) = std::fs::read_to_string(&path)
        && is_urn(text.trim())
    {
        return Ok(text.trim().to_owned());
    }
    let urn = fresh_urn(chance);
    std::fs::create_dir_all(dir)?;
    std::fs::File::create(&path)?.write_all(urn.as_bytes())?;
    Ok(urn)
}

/// A name that nobody else has.
fn fresh_urn(chance: &mut Chance) -> String {
    format!("urn:uuid:{}", uuid(chance.next_u64(), chance.next_u64()))
}

/// A version 4 UUID of so much chance (RFC 9562 §5.4).
pub(crate) fn uuid(a: u64, b: u64) -> String {
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        a >> 32,
        a >> 16 & 0xffff,
        a & 0xfff,
        b >> 48 & 0x3fff | 0x8000,
        b & 0xffff_ffff_ffff
    )
}

fn is_urn(text: &str) -> bool {
    let Some(uuid) = text.strip_prefix("urn:uuid:") else { return false };
    uuid.len() == 36 && uuid.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_instance_is_the_same_after_a_restart() {
        let dir = tempfile::tempdir().unwrap();
        let mut chance = Chance::from_number(1);
        let first = instance(dir.path(), &mut chance).unwrap();
        assert!(is_urn(&first), "{first}");
        assert_eq!(instance(dir.path(), &mut chance).unwrap(), first);
        std::fs::write(dir.path().join("instance"), "nonsense\r\nContact: x").unwrap();
        assert_ne!(instance(dir.path(), &mut chance).unwrap(), first);
    }
}
