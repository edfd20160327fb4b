//! A team that is made at once, for a server that is no real one: a demonstration, a measurement.
//!
//! [`Plan`] says who and what there shall be (pure), [`furnish`] writes it into an empty database. A database that was furnished carries a
//! mark; one that holds people and has no mark is never touched.

mod contact_centre;
mod names;
mod plan;
mod write;

pub use plan::{Plan, PlannedPerson, PlannedQueue};
pub use write::{FurnishError, Furnished, furnish, is_free};
