//! Phones at the running server: real WebSockets, real media.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod calls;
mod counted;
mod directory;
mod directory_live;
mod every_role;
mod killed_calls;
mod panel;
mod parking;
mod phones;
mod queues;
mod recordings;
mod rights;
mod rights_routes;
mod status_admin;
mod statuses;
mod supervision;
mod voicemail;
