//! vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350): read whatever programs write, write what all of them read.
//!
//! ```text
//! bytes ─▶ line: unfolded lines with numbers ─▶ property: name, parameters, value ─▶ read: a contact for each card
//! ```
//! A card that cannot be used is an error with its line and its reason; the others are read. What a contact has no place for
//! (birthdays, postal addresses) is left out.

mod line;
mod property;
mod read;
mod write;

pub use read::{Card, CardError, Cards, Fault, Photo, read};
pub use write::{Version, write};
