//! Somebody whose call is supervised.

use crate::ColleagueParty;

/// Whom a supervisor listens to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supervised {
    /// Id of the user.
    pub user: String,
    /// Name.
    pub name: String,
    /// Extension.
    pub extension: String,
    /// With whom they talk; `None`: it may not be seen.
    pub other: Option<ColleagueParty>,
}
