//! `/metrics`, at an address of its own: what Prometheus may see is not what phones may reach.
//!
//! Behind a proxy every request comes from this computer, so a door on the main port could not tell Prometheus from a stranger by its address.
//! Without a token it opens on a loopback address only.

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::from_fn;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use base::Secret;

use crate::auth::token::TokenHash;
use crate::metrics::Standing;
use crate::problem::Refusal;
use crate::random::wall_ms;
use crate::router::in_time;
use crate::state::Server;

/// Connections at the same time.
pub(crate) const CONNECTIONS: usize = 16;
/// A database that is slower is told as one that does not answer.
const DATABASE: Duration = Duration::from_secs(2);
const OPEN_METRICS: HeaderValue =
    HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");

#[derive(Clone)]
struct Door {
    server: Server,
    token: Option<TokenHash>,
}

pub(crate) fn door(server: Server, token: Option<&Secret>) -> Router {
    let token = token.map(|token| TokenHash::of(token.reveal()));
    Router::new()
        .route("/metrics", get(metrics))
        .fallback(async || Refusal::not_found())
        .layer(from_fn(in_time))
        .with_state(Door { server, token })
}

async fn metrics(State(Door { server, token }): State<Door>, headers: HeaderMap) -> Result<Response, Refusal> {
    if let Some(token) = token {
        let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let shown = value.strip_prefix("Bearer ").unwrap_or_default();
        // Hashes are compared: how long that takes tells nothing of the token.
        if TokenHash::of(shown) != token {
            return Err(Refusal::not_signed_in());
        }
    }
    let text = server.metrics.text(standing(&server).await);
    Ok(([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response())
}

async fn standing(server: &Server) -> Standing {
    let counted = tokio::time::timeout(DATABASE, async {
        server.ping().await?;
        server.db.count_sessions(wall_ms()).await
    });
    let sessions = match counted.await {
        Ok(Ok(sessions)) => Some(sessions),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the database does not answer");
            None
        }
        Err(_) => {
            tracing::warn!("the database does not answer in time");
            None
        }
    };
    let (registrations, calls) = server.presence.counts();
    Standing { sessions, streams: server.hub.streams(), registrations, calls, connections: server.db.connections() }
}
