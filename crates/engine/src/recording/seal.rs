//! Files that only their owner's keychain opens, and that lose at most their last piece when the program dies.
//!
//! ```text
//! "RNSPOOL1" ─ nonce, key of this file sealed with the owner's ─ (length, sealed piece)…
//! ```
//! AES-256-GCM. The nonce of a piece is its number, so pieces can be neither exchanged nor left out in the middle; a torn last piece is not
//! there. A piece says by its first byte what it is.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use base::Secret;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

const MAGIC: &[u8; 8] = b"RNSPOOL1";
const KEY: usize = 32;
const TAG: usize = 16;
/// A piece that claims to be longer is damage.
const MOST_PIECE: usize = 1 << 20;

/// Why a sealed file cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SealError {
    /// The disk.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The system gives no random numbers.
    #[error("no random numbers: {0}")]
    Chance(#[from] getrandom::Error),
    /// It was sealed with another key, or is damaged from the beginning.
    #[error("not sealed with this key")]
    NotOurs,
}

/// The owner's key. Never printed.
#[derive(Clone)]
pub(crate) struct OwnerKey(LessSafeKey);

impl OwnerKey {
    /// As the keychain keeps it: 64 hexadecimal digits. `None`: it is something else.
    pub(crate) fn read(kept: &Secret) -> Option<OwnerKey> {
        let text = kept.reveal();
        let mut key = [0; KEY];
        if text.len() != 2 * KEY || !text.is_ascii() {
            return None;
        }
        for (at, byte) in key.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
        }
        Some(OwnerKey(key_of(&key)))
    }

    /// A fresh one, as it is to be kept.
    pub(crate) fn fresh() -> Result<Secret, SealError> {
        let mut key = [0; KEY];
        getrandom::fill(&mut key)?;
        Ok(Secret::new(key.iter().map(|byte| format!("{byte:02x}")).collect::<String>()))
    }
}

fn key_of(key: &[u8; KEY]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).expect("32 bytes are a key"))
}

fn numbered(number: u64) -> Nonce {
    let mut nonce = [0; NONCE_LEN];
    nonce[..8].copy_from_slice(&number.to_le_bytes());
    Nonce::assume_unique_for_key(nonce)
}

/// A file that is written.
pub(crate) struct Sealed {
    file: File,
    key: LessSafeKey,
    pieces: u64,
    buffer: Vec<u8>,
}

impl Sealed {
    /// Makes the file, for its owner only. One that is there is not touched.
    pub(crate) fn create(path: &Path, owner: &OwnerKey) -> Result<Sealed, SealError> {
        let (mut nonce, mut key) = ([0; NONCE_LEN], [0; KEY]);
        getrandom::fill(&mut nonce)?;
        getrandom::fill(&mut key)?;
        let mut sealed = key.to_vec();
        let unique = Nonce::assume_unique_for_key(nonce);
        owner.0.seal_in_place_append_tag(unique, Aad::from(MAGIC), &mut sealed).map_err(|_| SealError::NotOurs)?;
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        file.write_all(&[&MAGIC[..], &nonce, &sealed].concat())?;
        Ok(Sealed { file, key: key_of(&key), pieces: 0, buffer: Vec::new() })
    }

    /// Adds a piece of this kind. It is out of the program when this returns; see [`Sealed::sync`].
    pub(crate) fn add(&mut self, kind: u8, bytes: &[u8]) -> Result<(), SealError> {
        self.buffer.clear();
        self.buffer.push(kind);
        self.buffer.extend_from_slice(bytes);
        let number = numbered(self.pieces);
        self.key.seal_in_place_append_tag(number, Aad::empty(), &mut self.buffer).map_err(|_| SealError::NotOurs)?;
        self.pieces += 1;
        // In one write: what the program leaves behind is whole pieces.
        let mut out = Vec::with_capacity(4 + self.buffer.len());
        out.extend_from_slice(&(self.buffer.len() as u32).to_le_bytes());
        out.extend_from_slice(&self.buffer);
        self.file.write_all(&out)?;
        Ok(())
    }

    /// Returns when all of it is on the disk.
    pub(crate) fn sync(&self) -> Result<(), SealError> {
        Ok(self.file.sync_data()?)
    }
}

/// Reads all whole pieces of a file.
pub(crate) fn open(path: &Path, owner: &OwnerKey) -> Result<Vec<(u8, Vec<u8>)>, SealError> {
    let mut bytes = Vec::new();
    File::open(path)?.read_to_end(&mut bytes)?;
    let start = MAGIC.len() + NONCE_LEN;
    let head = start + KEY + TAG;
    if bytes.len() < head || &bytes[..MAGIC.len()] != MAGIC {
        return Err(SealError::NotOurs);
    }
    let mut nonce = [0; NONCE_LEN];
    nonce.copy_from_slice(&bytes[MAGIC.len()..start]);
    let unique = Nonce::assume_unique_for_key(nonce);
    let opened = owner.0.open_in_place(unique, Aad::from(MAGIC), &mut bytes[start..head]);
    let key: [u8; KEY] = opened.ok().and_then(|key| (&*key).try_into().ok()).ok_or(SealError::NotOurs)?;
    let key = key_of(&key);
    let (mut pieces, mut rest) = (Vec::new(), &mut bytes[head..]);
    while let Some((length, after)) = rest.split_first_chunk_mut::<4>() {
        let length = u32::from_le_bytes(*length) as usize;
        if length > MOST_PIECE || length > after.len() {
            break;
        }
        let (sealed, after) = after.split_at_mut(length);
        let Ok(plain) = key.open_in_place(numbered(pieces.len() as u64), Aad::empty(), sealed) else { break };
        let Some((kind, plain)) = plain.split_first() else { break };
        pieces.push((*kind, plain.to_vec()));
        rest = after;
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> OwnerKey {
        OwnerKey::read(&OwnerKey::fresh().unwrap()).unwrap()
    }

    #[test]
    fn what_was_sealed_is_read_by_its_owner_alone() {
        let dir = tempfile::tempdir().unwrap();
        let (path, owner) = (dir.path().join("one"), key());
        let mut file = Sealed::create(&path, &owner).unwrap();
        let pieces: Vec<(u8, Vec<u8>)> = (0..20u8).map(|n| (n % 3, vec![n; 300 * usize::from(n)])).collect();
        pieces.iter().for_each(|(kind, bytes)| file.add(*kind, bytes).unwrap());
        file.sync().unwrap();
        assert_eq!(open(&path, &owner).unwrap(), pieces);
        assert!(matches!(open(&path, &key()), Err(SealError::NotOurs)));
        assert!(matches!(Sealed::create(&path, &owner), Err(SealError::Io(_))), "nothing is written over");
        let bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.windows(40).any(|part| part.iter().all(|byte| *byte == 7)), "it is sealed");
    }

    #[test]
    fn of_a_torn_or_damaged_file_the_whole_pieces_before_are_read() {
        let dir = tempfile::tempdir().unwrap();
        let (path, owner) = (dir.path().join("one"), key());
        let mut file = Sealed::create(&path, &owner).unwrap();
        (0..10).for_each(|n| file.add(1, &[n; 100]).unwrap());
        let whole = std::fs::read(&path).unwrap();
        let (head, piece) = (68, 4 + 101 + TAG);
        assert_eq!(whole.len(), head + 10 * piece);
        for cut in (head..whole.len()).step_by(7) {
            std::fs::write(&path, &whole[..cut]).unwrap();
            assert_eq!(open(&path, &owner).unwrap().len(), (cut - head) / piece);
        }
        for at in (head..whole.len()).step_by(11) {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            std::fs::write(&path, &damaged).unwrap();
            assert_eq!(open(&path, &owner).unwrap().len(), (at - head) / piece);
        }
        for at in 0..head {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            std::fs::write(&path, &damaged).unwrap();
            assert!(matches!(open(&path, &owner), Err(SealError::NotOurs)));
        }
    }

    #[test]
    fn what_is_no_key_is_none() {
        for text in ["", "00", &"g".repeat(64), &"ä".repeat(32)] {
            assert!(OwnerKey::read(&Secret::new(text)).is_none());
        }
    }
}
