//! How a synchronised account's contacts stand, for people.

use base::WallMs;
use book::sync::Phase;
use store::SyncFacts;

/// How it stands. An account without a team server has none of this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactsSync {
    /// In step, on the way, or without a connection.
    pub phase: SyncPhase,
    /// When both books were in step last.
    pub synced_at: Option<WallMs>,
    /// Edits that wait for the server.
    pub waiting: u64,
    /// Contacts that were changed in two places: the agent is asked.
    pub conflicts: u64,
    /// Edits that the server did not take.
    pub refused: u64,
    /// The agent may change the company's book.
    pub company_writable: bool,
}

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyncPhase {
    /// No connection to the server; it goes on by itself.
    Offline,
    /// Nothing.
    Rested,
    /// Under way.
    Working {
        /// Contacts that were exchanged by now.
        done: u64,
        /// Of how many, as far as is known.
        total: u64,
    },
}

pub(super) fn view(facts: &SyncFacts, phase: Phase) -> ContactsSync {
    let (personal, company) = (&facts.personal, &facts.company);
    ContactsSync {
        phase: match phase {
            Phase::Offline => SyncPhase::Offline,
            Phase::Rested => SyncPhase::Rested,
            Phase::Working { done, total } => SyncPhase::Working { done, total },
        },
        synced_at: personal.synced_at.zip(company.synced_at).map(|(one, other)| one.min(other)),
        waiting: personal.waiting + company.waiting,
        conflicts: personal.conflicts + company.conflicts,
        refused: personal.refused + company.refused,
        company_writable: company.writable,
    }
}
