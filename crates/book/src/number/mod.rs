//! Telephone numbers made comparable (SPEC 2 rows 14 and 30, 4.3 "Digits"): what people write, one form to compare and to look up.
//!
//! The rules of each country are those of libphonenumber; what no country knows, extensions and service codes, stays as it is dialled.

mod format;
mod keys;
mod read;
mod region;

pub use format::{Style, format};
pub use keys::{Keys, Likeness, keys, matches};
pub(crate) use keys::{LEAST_PART, digits_for_search, typed_digits};
pub use read::{Number, Phone, read};
pub use region::Region;
