//! The table of contents.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{any, get, post, put};
use team_api::{code, path};

use crate::problem::Refusal;
use crate::routes::{account, contacts, events, forgotten, health, practice, profile, reset, status};
use crate::state::Server;
use crate::{log, sip_socket};

/// Longest body of a request.
const MAX_BODY: usize = 16 * 1024;
/// The same with a picture: a little more than a picture may have, so that the answer can say what was too long.
const MAX_PICTURE: usize = crate::pictures::MAX_FILE + 16 * 1024;
/// Longest time from the head of a request to its answer, the body included.
const ANSWER: Duration = Duration::from_secs(20);

pub(crate) fn router(server: Server) -> Router {
    Router::new()
        .route(path::HEALTH, get(health::health))
        .route(path::LOGIN, post(account::login))
        .route(path::TRY, post(practice::try_it))
        .route(path::FORGOT_PASSWORD, post(forgotten::forgot))
        .route(path::RESET, get(reset::show).post(reset::set))
        .route(path::LOGOUT, post(account::logout))
        .route(path::ME, get(account::me).patch(profile::change))
        .route(
            path::MY_AVATAR,
            put(profile::put_avatar).delete(profile::delete_avatar).layer(DefaultBodyLimit::max(MAX_PICTURE)),
        )
        .route(path::MY_PASSWORD, put(profile::change_password))
        .route(path::USER_AVATAR, get(profile::avatar))
        .route(path::SIP_CREDENTIALS, post(account::sip_credentials))
        .route(path::STATUSES, get(status::list))
        .route(path::MY_STATUS, get(status::mine).put(status::choose))
        .route(path::MY_STATUS_SETTINGS, put(status::settings))
        .route(path::PRESENCE, get(status::people))
        .route(path::CONTACTS, get(contacts::changes))
        .route(path::CONTACTS_PUSH, post(contacts::push).layer(DefaultBodyLimit::max(contacts::MAX_PUSH)))
        .route(
            path::CONTACT,
            put(contacts::put).delete(contacts::delete).layer(DefaultBodyLimit::max(contacts::MAX_PUSH)),
        )
        .route(path::EVENTS, any(events::upgrade))
        .route(path::SIP, any(sip_socket::upgrade))
        .fallback(async || Refusal::not_found())
        .method_not_allowed_fallback(async || {
            Refusal::new(StatusCode::METHOD_NOT_ALLOWED, code::METHOD, "Not with this method.")
        })
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn(in_time))
        .layer(from_fn(log::requests))
        .with_state(server)
}

async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(ANSWER, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Refusal::busy().into_response(),
    }
}
