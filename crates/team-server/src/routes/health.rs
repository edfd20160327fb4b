//! `GET /v1/health` and `GET /healthz`: who answers here, and that it can serve.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use team_api::{Health, PRODUCT};

use crate::problem::Refusal;
use crate::state::Server;

/// A database that is slower is none.
const DATABASE: Duration = Duration::from_secs(2);

pub(crate) async fn health(State(server): State<Server>) -> Result<Json<Health>, Refusal> {
    match tokio::time::timeout(DATABASE, server.ping()).await {
        Ok(Ok(())) => Ok(Json(Health {
            product: PRODUCT.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            instance: server.instance.clone(),
        })),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the database does not answer");
            Err(Refusal::busy())
        }
        Err(_) => {
            tracing::warn!("the database does not answer in time");
            Err(Refusal::busy())
        }
    }
}
