//! Tables of contacts: comma-separated values from any program and for any program.
//!
//! ```text
//! bytes ─▶ Options::sniff ─▶ Table::open ─▶ header, preview, propose ─▶ the user's Mapping ─▶ rows ─▶ a contact or a reason each
//! ```
//! Writing protects people who open the file in a spreadsheet; see [`cell`](self::protected).

mod cell;
mod header;
mod rows;
mod sniff;
mod table;
mod write;

pub use cell::{bare, protected};
pub use header::{Column, Mapping};
pub use rows::{Row, RowError, RowFault, Rows};
pub use sniff::{Options, SEPARATORS};
pub use table::{Table, TableError};
pub use write::{write, write_rows};
