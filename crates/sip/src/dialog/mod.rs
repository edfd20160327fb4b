//! Dialogs (RFC 3261 §12): who talks to whom, by which route, with which numbers.

mod caller;
mod routes;
mod state;

pub(crate) use caller::{caller, caller_in};
pub(crate) use routes::RouteSet;
pub(crate) use state::Dialog;
