//! Paths below the base URL of a server.

/// `GET`: who answers here. No token needed.
pub const HEALTH: &str = "/v1/health";
/// `POST` [`crate::Login`] → [`crate::LoginAnswer`].
pub const LOGIN: &str = "/v1/login";
/// `POST` [`crate::Try`] → [`crate::LoginAnswer`]. Only on a practice server, only from this computer.
pub const TRY: &str = "/v1/try";
/// `POST` [`crate::ForgotPassword`] → 204, whether or not there is such an account. No token needed.
pub const FORGOT_PASSWORD: &str = "/v1/password/forgot";
/// The server's own page, for a browser: `GET` with `?token=…&lang=…` from the mail, `POST` of its form.
pub const RESET: &str = "/reset";
/// `POST` without a body → 204. The token is void afterwards.
pub const LOGOUT: &str = "/v1/logout";
/// `GET` → [`crate::Me`].
pub const ME: &str = "/v1/me";
/// `POST` without a body → [`crate::SipCredentials`].
pub const SIP_CREDENTIALS: &str = "/v1/me/sip-credentials";
/// `GET` → [`crate::StatusList`]: the statuses that there are.
pub const STATUSES: &str = "/v1/statuses";
/// `GET` → [`crate::MyStatus`]; `PUT` [`crate::SetStatus`] → [`crate::MyStatus`].
pub const MY_STATUS: &str = "/v1/me/status";
/// `PUT` [`crate::StatusSettings`] → [`crate::MyStatus`].
pub const MY_STATUS_SETTINGS: &str = "/v1/me/status/settings";
/// `GET` → [`crate::People`]: who can be reached, of the whole team.
pub const PRESENCE: &str = "/v1/presence";
/// `GET` with a WebSocket upgrade; text frames with one [`crate::Event`] each. `?since=SEQ` asks for what was missed.
pub const EVENTS: &str = "/v1/events";
/// `GET` with a WebSocket upgrade and sub-protocol `sip` (RFC 7118).
pub const SIP: &str = "/sip";
