//! `/reset`: the page that a mail for a forgotten password leads to. Looking at it changes nothing, since mail servers look too.

use std::net::SocketAddr;
use std::time::Instant;

use axum::extract::rejection::BytesRejection;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, Uri, header};
use axum::response::Response;
use base::Secret;
use bytes::Bytes;
use model::PasswordRules;
use url::form_urlencoded;

use super::account::MAX_PASSWORD;
use crate::auth::limits::Verdict;
use crate::auth::password;
use crate::auth::token::TokenHash;
use crate::db::users::User;
use crate::problem::Refusal;
use crate::random::wall_ms;
use crate::reset_page::{Fault, Page, View};
use crate::state::Server;
use crate::words::Language;

pub(crate) async fn show(
    State(server): State<Server>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let fields = Fields::read(uri.query().unwrap_or_default().as_bytes());
    let page = Page { language: fields.language(&headers), token: fields.token.clone() };
    let view = match owner(&server, peer, &fields.token).await {
        Ok(user) => View::Form { name: user.name, fault: None },
        Err(view) => view,
    };
    page.response(&view)
}

pub(crate) async fn set(
    State(server): State<Server>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let fields = body.map(|body| Fields::read(&body)).unwrap_or_default();
    let page = Page { language: fields.language(&headers), token: fields.token.clone() };
    let view = match owner(&server, peer, &fields.token).await {
        Ok(user) => match fields.fault() {
            Some(fault) => View::Form { name: user.name, fault: Some(fault) },
            None => change(&server, user, fields).await.unwrap_or(View::Busy),
        },
        Err(view) => view,
    };
    page.response(&view)
}

/// What the page sends and what stands in the link; what is missing is empty.
#[derive(Default)]
struct Fields {
    token: String,
    lang: String,
    password: String,
    again: String,
}

impl Fields {
    fn read(text: &[u8]) -> Self {
        let mut fields = Fields::default();
        for (name, value) in form_urlencoded::parse(text) {
            match name.as_ref() {
                "token" => fields.token = value.into_owned(),
                "lang" => fields.lang = value.into_owned(),
                "password" => fields.password = value.into_owned(),
                "again" => fields.again = value.into_owned(),
                _ => {}
            }
        }
        fields
    }

    /// What was chosen, or what the browser prefers.
    fn language(&self, headers: &HeaderMap) -> Language {
        let accepted = || headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        Language::of_tag(&self.lang).unwrap_or_else(|| Language::accepted(accepted()))
    }

    fn fault(&self) -> Option<Fault> {
        let rules = PasswordRules::of(&self.password);
        if !rules.all_kept() {
            Some(Fault::Weak(rules))
        } else if self.password.len() > MAX_PASSWORD {
            Some(Fault::TooLong)
        } else {
            (self.password != self.again).then_some(Fault::Differs)
        }
    }
}

/// Whose link this is. Whoever tries links that are none has to wait soon.
async fn owner(server: &Server, peer: SocketAddr, token: &str) -> Result<User, View> {
    if let Verdict::Wait(_) = server.links.take(Instant::now(), peer.ip(), "") {
        tracing::warn!("a link for a forgotten password refused: too many tries");
        return Err(View::Wait);
    }
    match server.db.reset_user(&TokenHash::of(token), wall_ms()).await {
        Ok(Some(user)) => {
            server.links.not_used(peer.ip(), "");
            Ok(user)
        }
        Ok(None) => Err(View::Void),
        Err(error) => {
            server.links.not_used(peer.ip(), "");
            // Logs it.
            let _ = Refusal::from(error);
            Err(View::Busy)
        }
    }
}

async fn change(server: &Server, user: User, fields: Fields) -> Result<View, Refusal> {
    let hash = password::hash(Secret::new(fields.password)).await;
    let ended = server.db.reset_password(&TokenHash::of(&fields.token), &user, hash, wall_ms()).await?;
    let Some(ended) = ended else { return Ok(View::Void) };
    tracing::info!(user.id = user.id, sessions = ended.len(), "password set with a link; every session ended");
    ended.into_iter().for_each(|token| server.hub.revoke(token));
    // The password is set, whatever comes of the status.
    if super::status::signed_out(server, &user).await.is_err() {
        tracing::warn!(user.id = user.id, "the status could not follow the end of the sessions");
    }
    Ok(View::Done)
}
