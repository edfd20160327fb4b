//! `POST /v1/password/forgot`.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, State};
use axum::http::StatusCode;
use model::normal_email;
use team_api::ForgotPassword;

use crate::extract::Body;
use crate::problem::Refusal;
use crate::state::Server;
use crate::words::Language;

/// 204 for every address. The mail comes later, if there is somebody to get it.
pub(crate) async fn forgot(
    State(server): State<Server>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Body(forgot): Body<ForgotPassword>,
) -> Result<StatusCode, Refusal> {
    let Some(desk) = &server.forgotten else { return Err(Refusal::no_mail(server.config.help.clone())) };
    let email = normal_email(&forgot.email).ok_or_else(|| Refusal::bad_body("That is no e-mail address."))?;
    let language = Language::of_tag(&forgot.language).unwrap_or(Language::English);
    desk.ask(peer.ip(), email, language)?;
    Ok(StatusCode::NO_CONTENT)
}
