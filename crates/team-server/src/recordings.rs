//! The sound of recordings: files beside the database, named by their ids. What is on its way has a name of its own until it is complete.

use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;
use sha2::{Digest as _, Sha256};
use team_api::RecordingPolicy;
use tokio::sync::Mutex;
use tokio::time::{MissedTickBehavior, interval};

use crate::db::status_rows::Hand;
use crate::random::wall_ms;
use crate::state::Server;

/// Longest file: more than a day of conversation.
pub(crate) const MAX_BYTES: u64 = 512 << 20;
/// Old recordings are looked for so often.
const SWEEP: Duration = Duration::from_secs(3600);
const DAY_MS: i64 = 24 * 3600 * 1000;
/// A recording that stopped coming is given up.
const GIVEN_UP_MS: i64 = 7 * DAY_MS;
/// Parts of different recordings are written side by side.
const LANES: usize = 16;
/// The setting with the policy.
const POLICY: &str = "recording_policy";

/// Where files are.
pub(crate) struct Files {
    dir: PathBuf,
    lanes: [Mutex<()>; LANES],
}

/// Why a part was not written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotWritten {
    #[error("it begins elsewhere")]
    Offset,
    #[error("the file would be too long")]
    TooLong,
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("a task failed")]
    Task,
}

impl Files {
    pub(crate) fn new(dir: &Path) -> Files {
        Files { dir: dir.to_owned(), lanes: std::array::from_fn(|_| Mutex::new(())) }
    }

    /// How much of one is there.
    pub(crate) async fn have(&self, id: &str) -> std::io::Result<u64> {
        match tokio::fs::metadata(self.coming(id)).await {
            Ok(found) => Ok(found.len()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error),
        }
    }

    /// Adds a part. How much is there then.
    pub(crate) async fn add(&self, id: &str, offset: u64, part: bytes::Bytes) -> Result<u64, NotWritten> {
        let _turn = self.turn(id).await;
        let (dir, path) = (self.dir.clone(), self.coming(id));
        let written = tokio::task::spawn_blocking(move || {
            make_private(&dir)?;
            let mut file = private().open(&path)?;
            let have = file.seek(std::io::SeekFrom::End(0))?;
            if have != offset {
                return Err(NotWritten::Offset);
            }
            if have + part.len() as u64 > MAX_BYTES {
                return Err(NotWritten::TooLong);
            }
            if let Err(error) = file.write_all(&part) {
                // What was written of it would be in the way of the next try.
                file.set_len(have)?;
                return Err(error.into());
            }
            Ok(have + part.len() as u64)
        });
        written.await.map_err(|_| NotWritten::Task)?
    }

    /// Is it as announced? Then it has its name, and is on the disk when this returns. Else it is thrown away.
    pub(crate) async fn finish(&self, id: &str, bytes: u64, sha256: &str) -> std::io::Result<bool> {
        let _turn = self.turn(id).await;
        let (from, to, sha256) = (self.coming(id), self.path(id), sha256.to_owned());
        #[cfg(unix)]
        let dir = self.dir.clone();
        let done = tokio::task::spawn_blocking(move || {
            let mut file = match std::fs::File::open(&from) {
                Ok(file) => file,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
                Err(error) => return Err(error),
            };
            let (mut hash, mut head, mut read) = (Sha256::new(), [0; 64], 0);
            let mut buffer = vec![0; 64 * 1024];
            loop {
                let length = file.read(&mut buffer)?;
                if length == 0 {
                    break;
                }
                if read == 0 {
                    let first = length.min(head.len());
                    head[..first].copy_from_slice(&buffer[..first]);
                }
                hash.update(&buffer[..length]);
                read += length as u64;
            }
            let digest: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
            if read != bytes || digest != sha256 || !is_ogg_opus(&head) {
                std::fs::remove_file(&from)?;
                return Ok(false);
            }
            file.sync_all()?;
            std::fs::rename(&from, &to)?;
            // The phone deletes its own copy when it hears of it: the new name must outlive a power cut, too.
            #[cfg(unix)]
            std::fs::File::open(&dir)?.sync_all()?;
            Ok(true)
        });
        done.await.map_err(std::io::Error::other)?
    }

    /// A complete one.
    pub(crate) async fn open(&self, id: &str) -> std::io::Result<tokio::fs::File> {
        tokio::fs::File::open(self.path(id)).await
    }

    /// Removes what there is of one.
    pub(crate) async fn remove(&self, id: &str) -> std::io::Result<()> {
        let _turn = self.turn(id).await;
        for path in [self.path(id), self.coming(id)] {
            match tokio::fs::remove_file(path).await {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    async fn turn(&self, id: &str) -> tokio::sync::MutexGuard<'_, ()> {
        let lane = id.bytes().fold(0usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
        self.lanes[lane % LANES].lock().await
    }

    fn path(&self, id: &str) -> PathBuf {
        self.dir.join(format!("{id}.ogg"))
    }

    fn coming(&self, id: &str) -> PathBuf {
        self.dir.join(format!("{id}.part"))
    }
}

/// When a call began, of which a phone says that it was then. What is not of the last thirty days is what a wrong clock says: retention would
/// delete it at once, or never.
pub(crate) fn believed(started_ms: i64, now: i64) -> i64 {
    let plausible = now.saturating_sub(30 * DAY_MS)..=now;
    if plausible.contains(&started_ms) { started_ms } else { now }
}

/// A UUID as a phone writes it: nothing else becomes a name of a file.
pub(crate) fn is_id(id: &str) -> bool {
    id.len() == 36 && id.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte) || byte == b'-')
}

/// The first page of an Ogg file whose first packet is that of Opus with one channel or two (RFC 7845 §5.1).
fn is_ogg_opus(head: &[u8; 64]) -> bool {
    head.starts_with(b"OggS\0\x02") && head[28..].starts_with(b"OpusHead\x01") && matches!(head[37], 1 | 2)
}

fn make_private(dir: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

fn private() -> std::fs::OpenOptions {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true).read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

impl Server {
    /// What holds for recordings.
    pub(crate) async fn recording_policy(&self) -> sqlx::Result<RecordingPolicy> {
        let usual = RecordingPolicy { consent: Default::default(), retention_days: 0, may_pause: true };
        let kept = self.db.setting(POLICY).await?;
        // What a newer server has written and this one cannot read: nothing is deleted by it.
        Ok(kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or(usual))
    }

    /// Says what holds, and tells every phone.
    pub(crate) async fn put_recording_policy(&self, policy: RecordingPolicy, hand: Hand<'_>) -> sqlx::Result<()> {
        self.db.set_setting(POLICY, &json!(policy).to_string(), hand).await?;
        self.hub.recording_policy();
        Ok(())
    }
}

/// Deletes what is too old, again and again.
pub(crate) async fn sweep(server: Server) {
    let mut ticks = interval(SWEEP);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = server.stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        if let Err(error) = sweep_once(&server, wall_ms()).await {
            tracing::error!(%error, "old recordings could not be deleted");
        }
    }
}

/// How many were deleted.
pub(crate) async fn sweep_once(server: &Server, now: i64) -> Result<usize, Box<dyn std::error::Error + Send + Sync>> {
    let days = i64::from(server.recording_policy().await?.retention_days);
    let done_before = if days == 0 { i64::MIN } else { now - days * DAY_MS };
    let mut deleted = 0;
    loop {
        let old = server.db.old_recordings(done_before, now - GIVEN_UP_MS).await?;
        let before = deleted;
        for id in old {
            // The file first: a row without a file can be deleted again. One that cannot be deleted keeps no other one.
            if let Err(error) = server.recordings.remove(&id).await {
                tracing::error!(recording.id = id, %error, "an old recording cannot be deleted");
                continue;
            }
            server.db.forget_recording(&id, None).await?;
            deleted += 1;
        }
        if deleted == before {
            break;
        }
    }
    if deleted > 0 {
        tracing::info!(deleted, "old recordings were deleted");
        let hand = Hand { user_id: "", now };
        server.db.note_recording(hand, "recording.expired", "", json!({ "count": { "after": deleted } })).await?;
    }
    Ok(deleted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound() -> Vec<u8> {
        let mut file = b"OggS\0\x02".to_vec();
        file.resize(28, 0);
        file.extend_from_slice(b"OpusHead\x01\x02");
        file.resize(5000, 7);
        file
    }

    fn digest(bytes: &[u8]) -> String {
        Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[tokio::test]
    async fn parts_are_put_together_where_they_belong_and_nowhere_else_rg_12() {
        let dir = tempfile::tempdir().unwrap();
        let files = Files::new(&dir.path().join("recordings"));
        let (id, sound) = ("0190a000-0000-7000-8000-00000000000a", sound());
        assert_eq!(files.have(id).await.unwrap(), 0);
        assert_eq!(files.add(id, 0, sound[..3000].to_vec().into()).await.unwrap(), 3000);
        assert!(matches!(files.add(id, 0, sound[..10].to_vec().into()).await, Err(NotWritten::Offset)));
        assert!(matches!(files.add(id, 3001, sound[..10].to_vec().into()).await, Err(NotWritten::Offset)));
        assert_eq!(files.have(id).await.unwrap(), 3000);
        assert_eq!(files.add(id, 3000, sound[3000..].to_vec().into()).await.unwrap(), 5000);
        assert!(files.open(id).await.is_err(), "not before it is complete");
        assert!(files.finish(id, 5000, &digest(&sound)).await.unwrap());
        let mut found = Vec::new();
        tokio::io::AsyncReadExt::read_to_end(&mut files.open(id).await.unwrap(), &mut found).await.unwrap();
        assert_eq!(found, sound);
        files.remove(id).await.unwrap();
        files.remove(id).await.unwrap();
        assert!(files.open(id).await.is_err());
    }

    #[tokio::test]
    async fn what_is_not_as_announced_is_thrown_away_rg_12() {
        let dir = tempfile::tempdir().unwrap();
        let files = Files::new(dir.path());
        let (id, sound) = ("0190a000-0000-7000-8000-00000000000b", sound());
        let mut other = sound.clone();
        other[40] ^= 1;
        let mut no_ogg = sound.clone();
        no_ogg[0] = b'X';
        for (sent, bytes, hash) in
            [(&sound, 4999, digest(&sound)), (&other, 5000, digest(&sound)), (&no_ogg, 5000, digest(&no_ogg))]
        {
            files.add(id, 0, sent.clone().into()).await.unwrap();
            assert!(!files.finish(id, bytes, &hash).await.unwrap());
            assert_eq!(files.have(id).await.unwrap(), 0);
        }
        assert!(!files.finish(id, 0, &digest(b"")).await.unwrap(), "nothing is none");
    }

    #[test]
    fn a_clock_that_is_wrong_neither_deletes_early_nor_keeps_for_ever_rg_12() {
        let now = 1_800_000_000_000;
        for (told, kept) in [
            (now, now),
            (now - 1, now - 1),
            (now - 30 * DAY_MS, now - 30 * DAY_MS),
            (now - 30 * DAY_MS - 1, now),
            (0, now),
            (i64::MIN, now),
            (now + 1, now),
            (i64::MAX, now),
        ] {
            assert_eq!(believed(told, now), kept, "{told}");
        }
    }

    #[test]
    fn only_a_uuid_is_a_name() {
        assert!(is_id("0190a000-0000-7000-8000-00000000000a"));
        for id in ["", "../../../../../../../../../etc/passwd", "0190A000-0000-7000-8000-00000000000A", "a\0b"] {
            assert!(!is_id(id), "{id}");
        }
    }
}
