//! What is done with calls of colleagues (RG-08). The server judges each of it; a call that is picked up comes as any other, with a word by
//! which the phone knows that it shall answer.

use base::{CallId, Chance};
use model::ParkPlace;
use phone::Command;
use team_client::{TeamClient, TeamError, code};

use crate::handle::EngineHandle;
use crate::session::SignInError;

/// What is dialled for a parking place begins with it (`team_api::ParkedCall::dial`).
const PARKING: &str = "*68";

/// Why nothing was done with a colleague's call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OperateError {
    /// There is no team account in use.
    #[error("no team account is in use")]
    NotSignedIn,
    /// The right is missing, or they are of another department.
    #[error("the calls of this person are not yours to operate")]
    Refused,
    /// There is no such call any more.
    #[error("there is no such call any more")]
    NoCall,
    /// A queue offers it.
    #[error("a queue offers this call")]
    OfQueue,
    /// Nobody can take it there.
    #[error("nobody can take the call there")]
    NobodyThere,
    /// Every parking place is taken.
    #[error("every parking place is taken")]
    NoPlace,
    /// The system gives no random numbers.
    #[error("the system gives no random numbers")]
    NoChance,
    /// The server could not be asked.
    #[error(transparent)]
    Server(SignInError),
}

impl EngineHandle {
    /// Takes a colleague's ringing call. `Ok`: it is on its way here and is answered when it comes; whoever talks is held.
    ///
    /// # Errors
    /// [`OperateError`]; it rings on at the colleague's.
    pub async fn pick_up(&self, user: &str) -> Result<(), OperateError> {
        let server = self.operated().await?;
        let mut seed = [0u8; 32];
        getrandom::fill(&mut seed).map_err(|_| OperateError::NoChance)?;
        let word = Chance::from_seed(seed).token();
        // Before the server is asked: the call may come before its answer.
        self.command(Command::ExpectPickup(word.clone()));
        server.pick_up(user, &word).await.map_err(refused)
    }

    /// Sends a colleague's ringing call to another extension.
    ///
    /// # Errors
    /// [`OperateError`]; it rings on at the colleague's.
    pub async fn divert(&self, user: &str, to: &str) -> Result<(), OperateError> {
        self.operated().await?.divert(user, to).await.map_err(refused)
    }

    /// Sends a colleague's running call to another extension. `Ok`: their phone was told.
    ///
    /// # Errors
    /// [`OperateError`].
    pub async fn transfer_call_of(&self, user: &str, to: &str) -> Result<(), OperateError> {
        self.operated().await?.transfer_call_of(user, to).await.map_err(refused)
    }

    /// Parks a running call: asks for a place and sends the call there. `Ok`: it is on its way to this place; that it is there is told by
    /// [`crate::EngineEvent::Parked`], and if the other phone does not go, the call is back.
    ///
    /// # Errors
    /// [`OperateError`]; the call goes on.
    pub async fn park(&self, call: CallId) -> Result<ParkPlace, OperateError> {
        let place = self.operated().await?.park().await.map_err(refused)?;
        self.transfer(call, &place.dial);
        Ok(place)
    }

    /// Calls a parking place, for the call that waits there.
    pub fn unpark(&self, slot: u8) -> CallId {
        self.dial(&format!("{PARKING}{slot:02}"))
    }

    async fn operated(&self) -> Result<TeamClient, OperateError> {
        self.team_client().await.ok_or(OperateError::NotSignedIn)
    }
}

fn refused(error: TeamError) -> OperateError {
    let (status, word) = match error {
        TeamError::Server { status, code } => (status, code),
        error => return OperateError::Server(error.into()),
    };
    match (status, word.as_str()) {
        (_, code::NO_CALL) => OperateError::NoCall,
        (_, code::CALL_OF_QUEUE) => OperateError::OfQueue,
        (_, code::NOBODY_THERE) => OperateError::NobodyThere,
        (_, code::NO_PLACE) => OperateError::NoPlace,
        (403 | 404, _) => OperateError::Refused,
        (status, _) => OperateError::Server(SignInError::Server { status, code: word }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_that_is_told_otherwise_has_a_name_rg_08() {
        let server = |status, code: &str| refused(TeamError::Server { status, code: code.into() });
        for (status, word, expected) in [
            (409, code::NO_CALL, OperateError::NoCall),
            (409, code::CALL_OF_QUEUE, OperateError::OfQueue),
            (409, code::NOBODY_THERE, OperateError::NobodyThere),
            (409, code::NO_PLACE, OperateError::NoPlace),
            (403, code::FORBIDDEN, OperateError::Refused),
            (404, code::NOT_FOUND, OperateError::Refused),
        ] {
            assert_eq!(server(status, word), expected, "{word}");
        }
        assert!(matches!(server(500, code::INTERNAL), OperateError::Server(_)));
    }
}
