//! Sign-in, sign-out, oneself, credentials for SIP.

use std::net::SocketAddr;
use std::time::Instant;

use axum::Json;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use base::Redacted;
use model::normal_email;
use team_api::{AccountStatus, Login, LoginAnswer, Me, SipCredentials, path};

use crate::auth::limits::Verdict;
use crate::auth::token::TokenHash;
use crate::db::users::User;
use crate::extract::{Body, Caller};
use crate::problem::Refusal;
use crate::random;
use crate::seam::VoiceInput;
use crate::state::Server;

/// Longer passwords are refused before they cost time.
pub(crate) const MAX_PASSWORD: usize = 1024;
const MAX_DEVICE: usize = 128;

pub(crate) async fn login(
    State(server): State<Server>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Body(login): Body<Login>,
) -> Result<Json<LoginAnswer>, Refusal> {
    let email = normal_email(&login.email).ok_or_else(|| Refusal::bad_body("That is no e-mail address."))?;
    if login.password.reveal().len() > MAX_PASSWORD {
        return Err(Refusal::bad_body("The password is too long."));
    }
    let left = match server.limits.take(Instant::now(), peer.ip(), &email) {
        Verdict::Try { left } => left,
        Verdict::Wait(wait) => {
            tracing::warn!(user = %Redacted(&email), "sign-in refused: too many tries");
            return Err(Refusal::rate_limited(wait.as_secs() + 1));
        }
    };
    let looked = async {
        let user = server.db.user_by_email(&email).await?;
        let hash = user.as_ref().map(|u| u.password_hash.clone());
        let fits = server.passwords.verify(hash, login.password).await.map_err(|_| Refusal::busy())?;
        Ok(user.filter(|_| fits))
    };
    let user = match looked.await {
        Ok(user) => user,
        Err(refusal) => {
            server.limits.not_used(peer.ip(), &email);
            return Err(refusal);
        }
    };
    let Some(user) = user else {
        tracing::info!(user = %Redacted(&email), tries_left = left, "sign-in failed");
        return Err(Refusal::wrong_credentials(left));
    };
    server.limits.succeeded(peer.ip(), &email);
    if user.status != AccountStatus::Active {
        return Err(Refusal::suspended());
    }
    open_session(&server, &user, &login.device).await.map(Json)
}

/// A new session for `user`.
pub(crate) async fn open_session(server: &Server, user: &User, device: &str) -> Result<LoginAnswer, Refusal> {
    let (token, now) = (base::Secret::new(random::token()), random::wall_ms());
    let lifetime = i64::try_from(server.config.session_lifetime.as_millis()).unwrap_or(i64::MAX);
    let device: String = device.chars().filter(|c| !c.is_control()).take(MAX_DEVICE).collect();
    let hash = TokenHash::of(token.reveal());
    server.db.add_session(&hash, user, &device, now, now.saturating_add(lifetime)).await?;
    super::status::signed_in(server, user).await?;
    tracing::info!(user.id = user.id, "signed in");
    Ok(LoginAnswer { token, me: user.me() })
}

pub(crate) async fn logout(State(server): State<Server>, caller: Caller) -> Result<StatusCode, Refusal> {
    server.db.remove_session(&caller.token).await?;
    server.hub.revoke(caller.token);
    super::status::signed_out(&server, &caller.user).await?;
    tracing::info!(user.id = caller.user.id, "signed out");
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn me(caller: Caller) -> Json<Me> {
    Json(caller.user.me())
}

pub(crate) async fn sip_credentials(
    State(server): State<Server>,
    headers: HeaderMap,
    caller: Caller,
) -> Result<Json<SipCredentials>, Refusal> {
    let ws = ws_urls(&server.config.public_ws_urls, &headers)?;
    let extension = caller.user.extension;
    // The voice task may be gone or not there: then the WebSocket says so, not this answer.
    let _ = server.voice.send(VoiceInput::KnowExtension { extension: extension.clone() }).await;
    let lifetime_s = server.config.credentials_lifetime.as_secs();
    let expiry_s = random::wall_ms() / 1000 + i64::try_from(lifetime_s).unwrap_or(i64::from(u32::MAX));
    let user = format!("{expiry_s}:{extension}");
    Ok(Json(SipCredentials {
        aor: format!("sip:{extension}@{}", server.config.domain),
        display_name: caller.user.name,
        ws,
        password: sip::edge::ephemeral_password(&server.sip_secret, &user),
        user,
        expires_at_ms: expiry_s * 1000,
        supervision_key: Some(sip::supervise_key(&server.sip_secret, &extension)),
        now_ms: random::wall_ms(),
        ice: server.config.ice.clone(),
    }))
}

/// The configured URLs, or one that leads back to where this request came.
fn ws_urls(configured: &[String], headers: &HeaderMap) -> Result<Vec<String>, Refusal> {
    if !configured.is_empty() {
        return Ok(configured.to_vec());
    }
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]_".contains(c);
    if host.is_empty() || !host.chars().all(plain) {
        return Err(Refusal::bad_request("The header Host is missing or odd."));
    }
    Ok(vec![format!("ws://{host}{}", path::SIP)])
}
