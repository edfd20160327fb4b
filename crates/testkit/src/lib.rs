//! What tests of several rooms share. Nothing ships leaning on it.

pub mod card;
pub mod database;
pub mod fft;
pub mod http;
pub mod mail;
pub mod picture;
#[cfg(unix)]
pub mod postgres;
mod program;
#[cfg(unix)]
pub mod pulse;
pub mod radicale;
pub mod sim;
pub mod slapd;
