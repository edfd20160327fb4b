//! The user agent against moved time: two of them back to back, a small registrar, scripted far ends, and hostile ones.

// All of this is test code, its helpers included.
#![allow(clippy::unwrap_used)]

mod authentication;
mod called;
mod calling;
mod flows;
mod hostile;
mod message;
mod registration;
mod reoffers;
mod scene;
mod torture;
