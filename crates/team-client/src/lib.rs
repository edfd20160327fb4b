//! The phone's side of the team server: requests and the event stream, over one kind of trust.
//!
//! [`TeamClient`] asks and gets an answer or one of a few [`TeamError`]s, each of which means something different to the user.
//! [`TeamClient::events`] keeps a stream open for ever and tells when it is lost and found. It decides nothing else: who signs in
//! again, and what a lost stream means for the phone, is said elsewhere.

mod address;
mod agent;
mod client;
mod contacts;
mod directory;
mod error;
mod events;
mod forgotten;
mod nouns;
mod operate;
mod panel;
mod parking;
mod profile;
mod queue_admin;
mod recordings;
mod rights;
mod rules;
mod status;
mod status_admin;
mod supervision;
mod tls;
mod voicemail;

pub use client::{HealthReport, Session, TeamClient};
pub use contacts::{ContactChange, ContactChanges, ContactEdit, PushedContact};
pub use error::TeamError;
pub use events::{EventStream, StreamItem};
pub use forgotten::PasswordMail;
pub use nouns::{AccountStatus, CallSeen, Me, ProfileSeen, SipCredentials, TeamEvent};
pub use profile::Avatar;
pub use supervision::SuperviseLeave;
pub use team_api::{AvatarSize, Service, code};
pub use tls::tls_config;
