//! Contacts that are kept at the team server as well.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Contact;

/// Whose book a contact stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ContactBook {
    /// Ours alone.
    Personal,
    /// Everybody's in the company.
    Company,
}

/// A part of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ContactsWhich {
    /// All of it, one's own and the company's.
    All,
    /// Favourites.
    Favourites,
    /// One's own.
    Personal,
    /// The company's.
    Company,
    /// Those that wait for a decision.
    Open,
}

/// How an edit of a contact stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ContactStanding {
    /// Nothing waits.
    Clean,
    /// It waits for the server.
    Waiting,
    /// It was changed in two places: `contact_versions` shows both, `contact_resolve` decides.
    Conflict,
    /// The server did not take it: the same.
    Refused,
}

/// `contact(ContactRef) -> ContactLook`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactLook {
    /// Who.
    pub contact: Contact,
    /// Whether it may be edited and deleted.
    pub can_edit: bool,
    /// How an edit of it stands.
    pub standing: ContactStanding,
    /// What the outside address book is called that it comes from; it can be copied then, with `contact_copy(ContactRef) -> String`, the
    /// copy's id. Isolate it.
    pub source: Option<String>,
}

/// `contact_versions(ContactRef) -> ContactVersions`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactVersions {
    /// Ours; none: we deleted it.
    pub mine: Option<Contact>,
    /// The server's; none: it is not there, or not any more.
    pub theirs: Option<Contact>,
    /// The server did not take ours.
    pub refused: bool,
}

/// `contact_resolve(ContactDecision) -> ContactSaved`: this stands from now on.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactDecision {
    /// Which.
    pub id: String,
    /// None deletes it.
    pub contact: Option<Contact>,
}

/// How the books stand at the team server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactsSync {
    /// In step, on the way, or without a connection.
    pub phase: ContactsSyncPhase,
    /// When they were in step last; none: never.
    pub synced_at_ms: Option<i64>,
    /// Edits that wait for the server.
    pub waiting: u32,
    /// Contacts that wait for a decision: changed in two places, or not taken by the server.
    pub open: u32,
    /// The agent may change the company's book.
    pub company_writable: bool,
}

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "phase", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ContactsSyncPhase {
    /// No connection to the server; it goes on by itself.
    Offline,
    /// Nothing.
    Rested,
    /// Under way.
    Working {
        /// Contacts that were exchanged by now.
        done: u32,
        /// Of how many, as far as is known.
        total: u32,
    },
}
