//! Many users at once (BK-01, BK-02): a range of extensions, or the rows of a table, as a job over the requests of single work.
//!
//! ```text
//! range ─┐                                  ┌─ take ─▶ worker ─▶ server (one user, as by hand)
//!        ├─▶ wishes ─▶ plan (dry run) ─▶ Job ┤                      │
//! file ──┘   read       judge                └─ finish ◀────────────┘ ─▶ news
//! ```
//! What decides is pure: `range`, `read`, `plan`, `job`. The thin hands are `run` (the server) and `door` (the handle). Every rule,
//! every right and every row of the server's audit is that of single work; a job only saves the typing. It is kept in memory, with
//! the passwords that it made, until it is left or somebody else signs in.

mod door;
mod export;
mod file;
mod job;
mod plan;
mod range;
mod read;
mod run;
mod wish;
mod words;

pub(crate) use door::Bulk;
pub use door::BulkError;
pub use file::{BulkFile, BulkTable};
pub use job::{BulkCounts, BulkNews, BulkPhase, BulkRow, BulkView, RowState};
pub use range::{RangeFault, RangeWish};
pub use wish::{BulkWhy, RowFault, UserField};
pub use words::TableLanguage;
