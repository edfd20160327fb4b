//! The address book as text, from outside.

mod csv;
mod names;
mod numbers;
mod properties;
mod vcard;
