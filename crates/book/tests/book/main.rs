//! The address book as text, from outside.

#![allow(clippy::unwrap_used, reason = "tests")]

mod csv;
mod names;
mod numbers;
mod properties;
mod sync;
mod vcard;
