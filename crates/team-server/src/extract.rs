//! What handlers ask of a request: a JSON body, a signed-in caller.

use std::time::Instant;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use bytes::Bytes;
use model::Reach;
use serde::de::DeserializeOwned;
use team_api::{AccountStatus, code};

use crate::auth::token::TokenHash;
use crate::db::users::User;
use crate::metrics::Question;
use crate::problem::Refusal;
use crate::random::wall_ms;
use crate::state::Server;

/// A JSON body; everything else is a problem: 400, 413, 415, 422.
pub(crate) struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Server> for Body<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, server: &Server) -> Result<Self, Refusal> {
        let (parts, body) = request.into_parts();
        let Raw(bytes) = Raw::from_request(Request::from_parts(parts.clone(), body), server).await?;
        if holds_nul(&bytes) {
            return Err(Refusal::bad_body("A text holds the character U+0000, which no text may."));
        }
        match Json::<T>::from_request(Request::from_parts(parts, bytes.into()), server).await {
            Ok(Json(body)) => Ok(Body(body)),
            Err(JsonRejection::JsonDataError(_)) => Err(Refusal::bad_body("The body has not the expected shape.")),
            Err(JsonRejection::JsonSyntaxError(_)) => Err(Refusal::bad_request("The body is no JSON.")),
            Err(JsonRejection::MissingJsonContentType(_)) => {
                Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, code::NOT_JSON, "Send application/json."))
            }
            Err(_) => Err(Refusal::bad_request("The body did not arrive.")),
        }
    }
}

/// Is there a text with U+0000 in this JSON? PostgreSQL keeps none. JSON writes it as an escape only (RFC 8259 §7), and a backslash that is
/// escaped itself begins none.
fn holds_nul(json: &[u8]) -> bool {
    let mut rest = json;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        let escape = &rest[at + 1..];
        if escape.starts_with(b"u0000") {
            return true;
        }
        rest = escape.get(1..).unwrap_or_default();
    }
    false
}

/// A body as it came.
pub(crate) struct Raw(pub Bytes);

impl FromRequest<Server> for Raw {
    type Rejection = Refusal;

    async fn from_request(request: Request, server: &Server) -> Result<Self, Refusal> {
        match Bytes::from_request(request, server).await {
            Ok(bytes) => Ok(Raw(bytes)),
            Err(other) if other.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, code::TOO_LARGE, "The body is too long."))
            }
            Err(_) => Err(Refusal::bad_request("The body did not arrive.")),
        }
    }
}

/// Who asks, proven by `Authorization: Bearer TOKEN`.
pub(crate) struct Caller {
    pub user: User,
    pub token: TokenHash,
    /// When the session ends unless it is used.
    pub expires_ms: i64,
}

impl FromRequestParts<Server> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Refusal> {
        let value = parts.headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let (scheme, token) = value.split_once(' ').ok_or_else(Refusal::not_signed_in)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(Refusal::not_signed_in());
        }
        let token = TokenHash::of(token.trim());
        let now = wall_ms();
        let began = Instant::now();
        let found = server.db.session(&token, now).await;
        server.metrics.asked(Question::Session, began.elapsed());
        let session = found?.ok_or_else(Refusal::not_signed_in)?;
        if session.user.status != AccountStatus::Active {
            return Err(Refusal::suspended());
        }
        let lifetime = i64::try_from(server.config.session_lifetime.as_millis()).unwrap_or(i64::MAX);
        let expires_ms = server.db.prolong_session(&token, session.expires_ms, now, lifetime).await?;
        Ok(Caller { user: session.user, token, expires_ms })
    }
}

/// Who asks, and administers everybody: by the role, as it is at this moment.
pub(crate) struct Administrator(pub User);

impl FromRequestParts<Server> for Administrator {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Refusal> {
        let caller = Caller::from_request_parts(parts, server).await?;
        match server.db.role_rights(caller.user.role).await?.administers {
            Reach::Everybody => Ok(Administrator(caller.user)),
            Reach::Nobody | Reach::Departments => Err(Refusal::forbidden("For administrators only.")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nul_is_found_where_it_is_one() {
        for (json, is_one) in [
            (r#"{"a":"x\u0000"}"#, true),
            (r#"{"a":"\\\u0000"}"#, true),
            (r#"{"a":"\\u0000"}"#, false),
            (r#"{"a":"u0000"}"#, false),
            (r#""\"#, false),
            ("", false),
        ] {
            assert_eq!(holds_nul(json.as_bytes()), is_one, "{json}");
        }
    }
}
