//! `GET /v1/health`.

use axum::Json;
use axum::extract::State;
use team_api::{Health, PRODUCT};

use crate::state::Server;

pub(crate) async fn health(State(server): State<Server>) -> Json<Health> {
    Json(Health {
        product: PRODUCT.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        instance: server.instance.clone(),
    })
}
