//! One line per request: method, path without query, status, duration. Never headers, bodies or tokens.

use std::time::Instant;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

pub(crate) async fn requests(request: Request, next: Next) -> Response {
    let (method, path, began) = (request.method().clone(), request.uri().path().to_owned(), Instant::now());
    let response = next.run(request).await;
    let (status, duration_ms) = (response.status().as_u16(), began.elapsed().as_millis() as u64);
    if response.status().is_server_error() {
        tracing::warn!(%method, path, status, duration_ms, "request failed");
    } else {
        tracing::debug!(%method, path, status, duration_ms, "request");
    }
    response
}
