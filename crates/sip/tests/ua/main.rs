//! The user agent against moved time: two of them back to back, a small registrar, scripted far ends, and hostile ones.

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
