//! Phones that are registered, for those who administer their users (EX-01).

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use team_api::{Device, Devices};
use tokio::sync::oneshot;

use super::rights::{Giving, not_yours};
use crate::db::cards::CardRecord;
use crate::extract::Caller;
use crate::problem::Refusal;
use crate::seam::{DeviceHere, VoiceInput};
use crate::state::Server;

pub(crate) async fn list(State(server): State<Server>, caller: Caller) -> Result<Json<Devices>, Refusal> {
    let giving = Giving::administering(&server, &caller.user).await?;
    let cards = server.db.cards().await?;
    let mine = cards.iter().filter(|card| giving.giver().reaches(&card.department));
    let users: BTreeMap<&str, &CardRecord> = mine.map(|card| (card.extension.as_str(), card)).collect();
    // TLS is the business of whatever stands before this server.
    let is_secure = server.config.public_url.as_ref().is_some_and(|url| url.starts_with("https:"));
    let transport = if is_secure { "wss" } else { "ws" };
    let device = |here: DeviceHere| {
        let user = users.get(here.extension.as_str())?;
        Some(Device {
            id: here.id,
            extension: here.extension,
            user: user.id.clone(),
            name: user.name.clone(),
            agent: here.user_agent,
            transport: transport.to_owned(),
            address: here.peer.to_string(),
            since_ms: here.since_ms,
            until_ms: here.until_ms,
        })
    };
    Ok(Json(Devices { devices: all(&server).await?.into_iter().filter_map(device).collect() }))
}

/// Ends a registration; the connection is closed, which tells the phone. One that may still register comes back by itself.
pub(crate) async fn remove(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    let giving = Giving::administering(&server, &caller.user).await?;
    let device = all(&server).await?.into_iter().find(|device| device.id == id).ok_or_else(Refusal::not_found)?;
    let card = server.db.card_of_extension(&device.extension).await?.ok_or_else(Refusal::not_found)?;
    let rights = giving.looked_at(&server, &card.id).await?;
    giving.judge(&card.id, &rights, &rights).map_err(not_yours)?;
    let (done, answer) = oneshot::channel();
    server.voice.send(VoiceInput::Unregister { id, done }).await.map_err(|_| Refusal::busy())?;
    match answer.await {
        Ok(true) => {
            tracing::info!(user.id = caller.user.id, subject = card.id, "a registration was ended");
            Ok(StatusCode::NO_CONTENT)
        }
        Ok(false) => Err(Refusal::not_found()),
        Err(_) => Err(Refusal::busy()),
    }
}

async fn all(server: &Server) -> Result<Vec<DeviceHere>, Refusal> {
    let (reply, answer) = oneshot::channel();
    server.voice.send(VoiceInput::Devices(reply)).await.map_err(|_| Refusal::busy())?;
    answer.await.map_err(|_| Refusal::busy())
}
