//! One book in several places: what follows when two of them differ. Pure; the server, the store and the engine obey it.
//!
//! ```text
//!  an edit here ─▶ waits (store) ─▶ push ─▶ judge (server) ─┬─ accept ─▶ next number of the book, told to everybody
//!                                                          ╰─ disputed ─╮
//!  pull ─▶ what others changed ─────────────────────────────────────────┴▶ meet (store): take it, or keep both and ask
//!                        agenda: what to ask for next, and when
//! ```
//! The server numbers the changes of a book. An edit names the number that it was made on: if that is not the newest any more,
//! somebody else was faster, and nobody's work is written over. Each edit also carries a tag of its own (`device.chance`), by which
//! a repeated one is known, and by which a device knows its own work again when an answer was lost on its way.

mod agenda;
mod judge;
mod meet;

pub use agenda::{Agenda, Ask, News, Phase};
pub use judge::{Edit, Held, Judgement, judge};
pub use meet::{Meeting, Mine, Theirs, is_from, meet};
