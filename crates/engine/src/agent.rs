//! The person at this phone as an agent of queues: what the server tells is kept as it was told, and told on with the time that is left.

use base::Now;
use model::OwnAgent;
use team_client::{TeamClient, TeamError};

use crate::handle::EngineHandle;
use crate::session::SignInError;

/// Why an agent's wish did not reach the queues.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AgentError {
    /// There is no team account in use.
    #[error("no team account is in use")]
    NotSignedIn,
    /// The server was not reached, or refuses.
    #[error(transparent)]
    Server(#[from] SignInError),
}

/// Queues. What comes of a wish is told by [`crate::EngineEvent::Agent`].
impl EngineHandle {
    /// Ends wrap-up now: the next call may come (AO-02).
    ///
    /// # Errors
    /// [`AgentError`].
    pub async fn agent_ready(&self) -> Result<(), AgentError> {
        self.of_team().await?.agent_ready().await.map(|_| ()).map_err(failed)
    }

    /// Some more wrap-up (AO-02).
    ///
    /// # Errors
    /// [`AgentError`].
    pub async fn agent_extend(&self) -> Result<(), AgentError> {
        self.of_team().await?.agent_extend().await.map(|_| ()).map_err(failed)
    }

    async fn of_team(&self) -> Result<TeamClient, AgentError> {
        self.team_client().await.ok_or(AgentError::NotSignedIn)
    }
}

fn failed(error: TeamError) -> AgentError {
    AgentError::Server(error.into())
}

/// The newest that the server told.
#[derive(Default)]
pub(crate) struct AgentSeat(Option<(Now, Box<OwnAgent>)>);

impl AgentSeat {
    /// Takes what was told. True: that is news.
    pub(crate) fn take(&mut self, now: Now, own: Option<Box<OwnAgent>>) -> bool {
        let news = own.is_some() || self.0.is_some();
        self.0 = own.map(|own| (now, own));
        news
    }

    /// How it stands now, with the time that is left now.
    pub(crate) fn at(&self, now: Now) -> Option<Box<OwnAgent>> {
        self.0.as_ref().map(|(told, own)| Box::new(own.later(now.since(*told))))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use model::AgentState;

    use super::*;

    #[test]
    fn a_window_that_opens_later_gets_the_time_that_is_left_then_ao_02() {
        let at = |secs| Now::at(Duration::from_secs(secs));
        let left = |seat: &AgentSeat, secs| seat.at(at(secs)).and_then(|own| own.left);
        let wrap_up =
            OwnAgent { state: AgentState::WrapUp, left: Some(Duration::from_secs(30)), gates: Vec::new(), missed: 0 };
        let mut seat = AgentSeat::default();
        assert!(!seat.take(at(1), None), "nobody is no agent for ever");
        assert!(seat.take(at(10), Some(Box::new(wrap_up))));
        assert_eq!(left(&seat, 10), Some(Duration::from_secs(30)));
        assert_eq!(left(&seat, 25), Some(Duration::from_secs(15)));
        assert_eq!(left(&seat, 99), Some(Duration::ZERO), "only the server says that it is over");
        assert!(seat.take(at(100), None));
        assert_eq!(seat.at(at(100)), None);
    }
}
