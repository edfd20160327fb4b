//! One line per request: method, path without query, status, duration. Never headers, bodies or tokens. Counts it, too.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::state::Server;

pub(crate) async fn requests(State(server): State<Server>, request: Request, next: Next) -> Response {
    let (method, path, began) = (request.method().clone(), request.uri().path().to_owned(), Instant::now());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let took = began.elapsed();
    server.metrics.answered(&method, route.as_ref().map(MatchedPath::as_str), response.status(), took);
    let (status, duration_ms) = (response.status().as_u16(), took.as_millis() as u64);
    if response.status().is_server_error() {
        tracing::warn!(%method, path, status, duration_ms, "request failed");
    } else {
        tracing::debug!(%method, path, status, duration_ms, "request");
    }
    response
}
