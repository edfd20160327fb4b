//! What holds for the whole team, and what was done: for those who administer everybody.

use base::WallMs;
use model::{AuditChange, AuditEntry, AuditPage, AuditQuery};
use reqwest::Method;
use team_api::{ParkingRules, SupervisionPolicy, path};

use crate::client::TeamClient;
use crate::error::TeamError;

impl TeamClient {
    /// What was done by administrators and supervisors, newest first.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `forbidden` for those who do not administer everybody.
    pub async fn audit(&self, query: &AuditQuery) -> Result<AuditPage, TeamError> {
        let wish: Vec<(&str, &str)> = [("before", &query.before), ("area", &query.area)]
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.as_deref()?)))
            .collect();
        let page: team_api::AuditPage = self.ask(self.authorized(Method::GET, path::AUDIT)?.query(&wish), true).await?;
        Ok(AuditPage { entries: page.entries.into_iter().map(entry).collect(), next: page.next })
    }

    /// Do agents see who supervises their calls?
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `forbidden` for those who do not administer everybody.
    pub async fn agents_see_supervision(&self) -> Result<bool, TeamError> {
        let policy: SupervisionPolicy = self.ask(self.authorized(Method::GET, path::SUPERVISION_POLICY)?, true).await?;
        Ok(policy.agents_see)
    }

    /// Says whether they do, for supervisions that begin from now on.
    ///
    /// # Errors
    /// Like [`TeamClient::agents_see_supervision`]; nothing is changed then.
    pub async fn show_supervision(&self, agents_see: bool) -> Result<bool, TeamError> {
        let request = self.authorized(Method::PUT, path::SUPERVISION_POLICY)?.json(&SupervisionPolicy { agents_see });
        let policy: SupervisionPolicy = self.ask(request, true).await?;
        Ok(policy.agents_see)
    }

    /// Seconds after which a parked call rings at the one who parked it (RG-08).
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `forbidden` for those who do not administer everybody.
    pub async fn park_ring_back(&self) -> Result<u32, TeamError> {
        let rules: ParkingRules = self.ask(self.authorized(Method::GET, path::PARKING_RULES)?, true).await?;
        Ok(rules.ring_back_s)
    }

    /// Says after how many, 5 to 3600.
    ///
    /// # Errors
    /// Like [`TeamClient::park_ring_back`]; `bad-body` for another number. Nothing is changed then.
    pub async fn set_park_ring_back(&self, ring_back_s: u32) -> Result<u32, TeamError> {
        let request = self.authorized(Method::PUT, path::PARKING_RULES)?.json(&ParkingRules { ring_back_s });
        let rules: ParkingRules = self.ask(request, true).await?;
        Ok(rules.ring_back_s)
    }
}

fn entry(entry: team_api::AuditEntry) -> AuditEntry {
    let team_api::AuditEntry { id, at_ms, by, by_extension, action, subject, changes } = entry;
    let change = |team_api::AuditChange { what, before, after }| AuditChange { what, before, after };
    let changes = changes.into_iter().map(change).collect();
    AuditEntry { id, at: WallMs(at_ms), by, by_extension, action, subject, changes }
}
