//! What the phone of the voice boxes wants of the database.

use base::Secret;
use tokio::sync::oneshot;

/// Wishes that wait; a caller whose wish has no place is hung up on.
pub(crate) const WISHES: usize = 64;

/// One of them. Owners are named by extension, messages by id.
#[derive(Debug)]
pub(crate) enum BoxWish {
    /// Keep a message.
    Leave(Left),
    /// What the owner says to callers; `None`: the usual greeting.
    Greeting { owner: String, answer: oneshot::Sender<Option<Vec<u8>>> },
    /// The owner wants to hear the messages.
    Open { owner: String, pin: Secret, answer: oneshot::Sender<Opened> },
    /// The sound of one; `None`: it is gone.
    Sound { owner: String, id: String, answer: oneshot::Sender<Option<Vec<u8>>> },
    /// It was heard.
    Heard { owner: String, id: String },
    /// It shall be gone.
    Delete { owner: String, id: String },
    /// What the owner says from now on, an Ogg Opus file; `None`: the usual greeting again.
    Greet { owner: String, sound: Option<Vec<u8>> },
}

/// A message that somebody left in the voice box of `owner`, as an Ogg Opus file.
#[derive(Debug)]
pub(crate) struct Left {
    pub owner: String,
    pub from: String,
    pub from_name: String,
    pub duration_ms: u64,
    pub sound: Vec<u8>,
}

/// Whether a box was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Opened {
    /// It was: what is in it, new ones first, then the newest first.
    Yes(Vec<Waiting>),
    /// It was not: the PIN is another one.
    WrongPin,
    /// It cannot be: there is no PIN, or no box.
    NoPin,
    /// Not now: too many tries.
    TooOften,
}

/// A message in an open box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Waiting {
    pub id: String,
    pub heard: bool,
}
