//! The address book as text: names and numbers made comparable, vCard and CSV in and out.
//!
//! ```text
//! bytes of a file ─▶ charset ─▶ vcard, csv ─▶ model::Contact ─▶ fold::search_words ─▶ what an index keeps
//!                                                           ╰─▶ number::Keys      ─▶ who is calling?
//! what is typed   ─▶ fold::query ─▶ fold::WordIndex for contacts, an FTS5 expression for the history
//! ```
//!
//! Pure: no clock, no files, no database. The store keeps what this room makes comparable, and asks with what it makes of a query.

mod chars;
pub mod charset;
pub mod csv;
pub mod fold;
mod label;
pub mod name;
pub mod number;
pub mod sync;
pub mod vcard;

pub use chars::{clean, clean_line, clean_number};
