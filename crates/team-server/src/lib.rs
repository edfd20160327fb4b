//! The team server: accounts, sign-in, events and SIP over WebSocket on one port.
//!
//! As a library it runs inside the desktop app (*Try it on this computer*), as the binary `rannan-server` it runs alone.
//! [`start`] opens the database, starts the voice task and listens; everything below is reached through [`router`]'s table.
//!
//! ```text
//!  HTTP ─▶ serve ─▶ router ─▶ routes/ ─▶ auth, db ─▶ SQLite or PostgreSQL
//!                      │          └────▶ presence ─▶ hub ─▶ /v1/events
//!                      └─▶ sip_socket ─▶ seam ─▶ voice ─▶ hub
//! ```
//!
//! It does not do TLS: on a network it stands behind a proxy that does.

mod auth;
mod book_rights;
mod config;
mod contact_limits;
mod db;
mod extract;
mod hub;
mod lines;
mod log;
mod pictures;
mod presence;
mod problem;
mod random;
mod router;
mod routes;
mod seam;
mod serve;
mod sip_socket;
mod start;
mod state;
#[cfg(test)]
mod tests;
mod user;
mod voice;

pub use config::ServerConfig;
pub use start::{RunningServer, StartError, start};
pub use user::{AddUserError, NewUser, add_user};
