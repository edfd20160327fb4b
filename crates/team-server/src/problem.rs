//! Refusals as RFC 9457 answers.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use team_api::{PROBLEM_TYPE, Problem, code};

/// What a handler returns instead of an answer. `?` turns database errors into a logged 500.
#[derive(Debug)]
pub(crate) struct Refusal(Box<Problem>);

impl Refusal {
    pub(crate) fn new(status: StatusCode, code: &str, title: &str) -> Self {
        Refusal(Box::new(Problem {
            status: status.as_u16(),
            code: code.to_owned(),
            title: title.to_owned(),
            tries_left: None,
            retry_after_s: None,
        }))
    }

    pub(crate) fn not_signed_in() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code::NOT_SIGNED_IN, "Sign in first.")
    }

    pub(crate) fn wrong_credentials(tries_left: u32) -> Self {
        let mut refusal =
            Self::new(StatusCode::UNAUTHORIZED, code::WRONG_CREDENTIALS, "The e-mail or the password is not right.");
        refusal.0.tries_left = Some(tries_left);
        refusal
    }

    pub(crate) fn rate_limited(retry_after_s: u64) -> Self {
        let mut refusal = Self::new(StatusCode::TOO_MANY_REQUESTS, code::RATE_LIMITED, "Too many tries.");
        refusal.0.retry_after_s = Some(retry_after_s);
        refusal
    }

    pub(crate) fn forbidden(title: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, code::FORBIDDEN, title)
    }

    pub(crate) fn suspended() -> Self {
        Self::new(StatusCode::FORBIDDEN, code::ACCOUNT_SUSPENDED, "This account is suspended.")
    }

    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, code::NOT_FOUND, "Nothing here.")
    }

    pub(crate) fn bad_request(title: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code::BAD_REQUEST, title)
    }

    pub(crate) fn bad_body(title: &str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code::BAD_BODY, title)
    }

    pub(crate) fn busy() -> Self {
        let mut refusal = Self::new(StatusCode::SERVICE_UNAVAILABLE, code::BUSY, "Try again a little later.");
        refusal.0.retry_after_s = Some(2);
        refusal
    }

    pub(crate) fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, code::INTERNAL, "The server failed.")
    }
}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolTimedOut => {
                tracing::warn!("the database did not answer in time");
                Refusal::busy()
            }
            error => {
                tracing::error!(%error, "database request failed");
                Refusal::internal()
            }
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after_s = self.0.retry_after_s;
        let mut response = (status, axum::Json(self.0)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_TYPE));
        if let Some(seconds) = retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
