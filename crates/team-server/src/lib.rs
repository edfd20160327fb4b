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

mod addressed;
mod audit;
mod auth;
mod book_rights;
mod config;
mod config_file;
mod contact_limits;
mod db;
mod directory_news;
mod directory_rules;
mod event_log;
mod extract;
mod forgotten;
mod furnish;
mod hub;
mod lines;
mod log;
mod mail;
mod mail_seam;
mod metrics;
mod metrics_door;
mod online;
mod panel;
mod panel_news;
mod parking;
mod person;
mod pictures;
mod presence;
mod problem;
mod queue_rules;
mod queue_seam;
mod queues;
mod random;
mod recordings;
mod reset_page;
mod rights_rules;
mod router;
mod routes;
mod seam;
mod serve;
mod sight;
mod sip_socket;
mod standings;
mod start;
mod state;
mod status_rules;
mod supervision;
#[cfg(test)]
mod tests;
mod upkeep;
mod user;
mod voice;
mod voicemail;
#[cfg(test)]
mod walk;
mod words;

pub use config::{MetricsSettings, ServerConfig, holds_password};
pub use config_file::{ConfigError, EXAMPLE as CONFIG_EXAMPLE, read_config};
pub use furnish::{FurnishError, Furnished, Plan, PlannedPerson, PlannedQueue, furnish, is_free};
pub use mail::{MailSecurity, MailSettings};
pub use start::{RunningServer, StartError, start};
pub use upkeep::{BackupError, CheckError, Checkup, DatabaseState, backup, check};
pub use user::{AddUserError, NewUser, add_user};
