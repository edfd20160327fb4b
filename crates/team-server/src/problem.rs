//! Refusals as RFC 9457 answers.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use team_api::{PROBLEM_TYPE, Problem, code, problem_type};

/// What a handler returns instead of an answer. `?` turns database errors into a logged 500.
#[derive(Debug)]
pub(crate) struct Refusal(Box<Problem>);

impl Refusal {
    /// `detail` says what was wrong this time; the title belongs to the code.
    pub(crate) fn new(status: StatusCode, code: &str, detail: &str) -> Self {
        Refusal(Box::new(Problem {
            kind: problem_type(code),
            status: status.as_u16(),
            code: code.to_owned(),
            title: title(code).to_owned(),
            detail: detail.to_owned(),
            ask: None,
            tries_left: None,
            retry_after_s: None,
        }))
    }

    /// To be sent as a part of something larger.
    pub(crate) fn into_problem(self) -> Problem {
        *self.0
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

    pub(crate) fn forbidden(detail: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, code::FORBIDDEN, detail)
    }

    pub(crate) fn suspended() -> Self {
        Self::new(StatusCode::FORBIDDEN, code::ACCOUNT_SUSPENDED, "This account is suspended.")
    }

    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, code::NOT_FOUND, "Nothing here.")
    }

    pub(crate) fn bad_request(detail: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code::BAD_REQUEST, detail)
    }

    pub(crate) fn bad_body(detail: &str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code::BAD_BODY, detail)
    }

    pub(crate) fn busy() -> Self {
        let mut refusal = Self::new(StatusCode::SERVICE_UNAVAILABLE, code::BUSY, "Try again a little later.");
        refusal.0.retry_after_s = Some(2);
        refusal
    }

    /// This server sends no mail.
    pub(crate) fn no_mail(ask: Option<String>) -> Self {
        let mut refusal =
            Self::new(StatusCode::NOT_IMPLEMENTED, code::NO_MAIL, "Ask an administrator for a new password.");
        refusal.0.ask = ask;
        refusal
    }

    pub(crate) fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, code::INTERNAL, "The server failed.")
    }
}

/// RFC 9457 §3.1.3: the title does not change from one problem to the next of its type.
fn title(code: &str) -> &'static str {
    match code {
        code::BAD_REQUEST => "The request is broken",
        code::NOT_SIGNED_IN => "Not signed in",
        code::WRONG_CREDENTIALS => "Wrong e-mail or password",
        code::ACCOUNT_SUSPENDED => "The account is suspended",
        code::FORBIDDEN => "Not for this caller",
        code::NOT_FOUND => "Nothing here",
        code::METHOD => "Not with this method",
        code::NO_STREAM => "No event stream is open",
        code::NOT_NOW => "Not possible now",
        code::NO_FREE_AGENT => "No ready-made agent is free",
        code::NEWER_STATUS => "Another status was chosen later",
        code::TOO_LARGE => "The body is too long",
        code::NOT_JSON => "The body is not announced as JSON",
        code::BAD_BODY => "The body is not as expected",
        code::UNKNOWN_STATUS => "No such status",
        code::STATUS_TEXT => "The words of the status do not fit",
        code::STATUS_CHANGED => "The status was changed meanwhile",
        code::BUILT_IN_STATUS => "This status cannot be changed like that",
        code::TOO_MANY_STATUSES => "There are as many statuses as there may be",
        code::STATUS_NAMES => "The names of the status do not fit",
        code::QUEUE_SETTINGS => "The settings of the queue do not fit",
        code::QUEUE_CHANGED => "The queue was changed meanwhile",
        code::TOO_MANY_QUEUES => "There are as many queues as there may be",
        code::EXTENSION_TAKEN => "The extension is taken",
        code::RIGHTS_CHANGED => "The rights were changed meanwhile",
        code::DEPARTMENT_CHANGED => "The department was changed meanwhile",
        code::DEPARTMENT_IN_USE => "The department is needed",
        code::DEPARTMENT_TAKEN => "Another department has this name",
        code::TOO_MANY_DEPARTMENTS => "There are as many departments as there may be",
        code::DEPARTMENT_NAME => "The name of the department does not fit",
        code::SUPERVISE_NO_CALL => "Nobody talks there",
        code::SUPERVISE_TAKEN => "Somebody supervises this call already",
        code::LAST_OWNER => "Nobody would be left who administers everybody",
        code::CONTACT_CONFLICT => "The contact was changed meanwhile",
        code::BOOK_FULL => "The address book is full",
        code::CONTACT_LIMITS => "The contact is larger than one may be",
        code::NAME => "The name does not fit",
        code::WEAK_PASSWORD => "The password is too weak",
        code if code.starts_with(code::PICTURE) => "The picture cannot be used",
        code::RATE_LIMITED => "Too many tries",
        code::NO_MAIL => "This server sends no mail",
        code::INTERNAL => "The server failed",
        code::BUSY => "The server is busy",
        // `type` and `code` tell which.
        _ => "The request was refused",
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
