//! Parked calls (RG-08).

use base::WallMs;
use model::{ParkPlace, ParkedCall, Party};
use reqwest::Method;
use team_api::path;

use crate::client::TeamClient;
use crate::error::TeamError;

impl TeamClient {
    /// The parked calls that we may take.
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn parked(&self) -> Result<Vec<ParkedCall>, TeamError> {
        let parked: team_api::Parked = self.ask(self.authorized(Method::GET, path::PARKED)?, true).await?;
        Ok(calls(parked))
    }

    /// A place for a call, kept for half a minute: the call is transferred there.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `forbidden` or `no-place`.
    pub async fn park(&self) -> Result<ParkPlace, TeamError> {
        let place: team_api::ParkPlace = self.ask(self.authorized(Method::POST, path::PARKED)?, true).await?;
        Ok(ParkPlace { slot: place.slot, dial: place.dial })
    }
}

pub(crate) fn calls(parked: team_api::Parked) -> Vec<ParkedCall> {
    let call = |call: team_api::ParkedCall| ParkedCall {
        slot: call.slot,
        dial: call.dial,
        by: call.by,
        by_name: call.by_name,
        since: WallMs(call.since_ms),
        comes_back: call.comes_back,
        with: call.with.map(|with| Party { number: with.number, display_name: with.name }),
    };
    parked.calls.into_iter().map(call).collect()
}
