//! Parking: a place for a call, what is parked, and when it comes back.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use model::{Act, may};
use sip::edge::slot_extension;
use team_api::{ParkPlace, Parked, ParkingRules, code};
use tokio::sync::oneshot;

use crate::db::status_rows::Hand;
use crate::extract::{Administrator, Body, Caller};
use crate::problem::Refusal;
use crate::random::wall_ms;
use crate::seam::VoiceInput;
use crate::state::Server;

/// What may be asked for, seconds.
const RING_BACK_S: std::ops::RangeInclusive<u32> = 5..=3600;

pub(crate) async fn list(State(server): State<Server>, caller: Caller) -> Json<Parked> {
    let parked = server.parking.parked.borrow().clone();
    Json(Parked { calls: server.presence.parked_for(&caller.user.extension, &parked) })
}

pub(crate) async fn park(State(server): State<Server>, caller: Caller) -> Result<Json<ParkPlace>, Refusal> {
    let standing = server.db.standing(&caller.user.id).await?.ok_or_else(Refusal::not_signed_in)?;
    if !may(&standing, Act::Park, &standing) {
        return Err(Refusal::forbidden("You may not park calls."));
    }
    let (answer, place) = oneshot::channel();
    let input = VoiceInput::Park { by: caller.user.extension.clone(), answer };
    server.voice.send(input).await.map_err(|_| Refusal::busy())?;
    let slot = place.await.map_err(|_| Refusal::busy())?;
    let slot = slot.ok_or_else(|| Refusal::new(StatusCode::CONFLICT, code::NO_PLACE, "No parking place is free."))?;
    tracing::info!(user.id = caller.user.id, slot, "a parking place is kept");
    Ok(Json(ParkPlace { slot, dial: slot_extension(slot) }))
}

pub(crate) async fn rules(State(server): State<Server>, _administrator: Administrator) -> Json<ParkingRules> {
    Json(in_force(&server))
}

pub(crate) async fn put_rules(
    State(server): State<Server>,
    Administrator(user): Administrator,
    Body(wish): Body<ParkingRules>,
) -> Result<Json<ParkingRules>, Refusal> {
    if !RING_BACK_S.contains(&wish.ring_back_s) {
        return Err(Refusal::bad_body("Parked calls come back after 5 to 3600 seconds."));
    }
    let after = Duration::from_secs(wish.ring_back_s.into());
    server.db.set_ring_back(after, Hand { user_id: &user.id, now: wall_ms() }).await?;
    server.parking.ring_back.send_replace(after);
    tracing::info!(user.id = user.id, seconds = wish.ring_back_s, "when parked calls come back was changed");
    Ok(Json(in_force(&server)))
}

fn in_force(server: &Server) -> ParkingRules {
    ParkingRules { ring_back_s: u32::try_from(server.parking.ring_back.borrow().as_secs()).unwrap_or(u32::MAX) }
}
