//! The table of contents.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, delete, get, patch, post, put};
use team_api::{code, path};

use crate::problem::Refusal;
use crate::routes::{
    account, agent, audit, contacts, departments, devices, directory, events, forgotten, health, openapi, operate,
    panel, parking, practice, profile, queues, recordings, reset, rights, roles, status, status_admin, supervision,
    voicemail,
};
use crate::state::Server;
use crate::{log, sip_socket};

/// Longest body of a request.
const MAX_BODY: usize = 16 * 1024;
/// The same with a picture: a little more than a picture may have, so that the answer can say what was too long.
const MAX_PICTURE: usize = crate::pictures::MAX_FILE + 16 * 1024;
/// Longest time from the head of a request to its answer, the body included.
const ANSWER: Duration = Duration::from_secs(20);

pub(crate) fn router(server: Server) -> Router {
    table()
        .router
        .fallback(async || Refusal::not_found())
        .method_not_allowed_fallback(async || {
            Refusal::new(StatusCode::METHOD_NOT_ALLOWED, code::METHOD, "Not with this method.")
        })
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn(nameable))
        .layer(from_fn(in_time))
        .layer(from_fn_with_state(server.clone(), log::requests))
        .with_state(server)
}

fn table() -> Table {
    Table::default()
        .at(path::HEALTH, get(health::health))
        .at(path::HEALTHZ, get(health::health))
        .at(path::OPENAPI, get(openapi::openapi))
        .at(path::LOGIN, post(account::login))
        .at(path::TRY, post(practice::try_it))
        .at(path::FORGOT_PASSWORD, post(forgotten::forgot))
        .at(path::RESET, get(reset::show).post(reset::set))
        .at(path::LOGOUT, post(account::logout))
        .at(path::ME, get(account::me).patch(profile::change))
        .at(
            path::MY_AVATAR,
            put(profile::put_avatar).delete(profile::delete_avatar).layer(DefaultBodyLimit::max(MAX_PICTURE)),
        )
        .at(path::MY_PASSWORD, put(profile::change_password))
        .at(path::USER_AVATAR, get(profile::avatar))
        .at(path::SIP_CREDENTIALS, post(account::sip_credentials))
        .at(path::STATUSES, get(status::list))
        .at(path::MY_RIGHTS, get(rights::mine))
        .at(path::USER_RIGHTS, get(rights::look).put(rights::change))
        .at(path::USERS, get(directory::list).post(directory::create))
        .at(path::USER, get(directory::card).patch(directory::edit).delete(directory::remove))
        .at(path::DEVICES, get(devices::list))
        .at(path::DEVICE, delete(devices::remove))
        .at(path::USER_FORCE, post(directory::force))
        .at(path::USER_END_SESSIONS, post(directory::end_sessions))
        .at(path::USER_PICK_UP, post(operate::pick_up))
        .at(path::USER_DIVERT, post(operate::divert))
        .at(path::USER_TRANSFER, post(operate::transfer))
        .at(path::USER_SUPERVISE, post(supervision::supervise))
        .at(path::AUDIT, get(audit::list))
        .at(path::SUPERVISION_POLICY, get(supervision::policy).put(supervision::put_policy))
        .at(path::MY_RECORDING, get(recordings::mine))
        .at(path::RECORDING_POLICY, get(recordings::policy).put(recordings::put_policy))
        .at(path::MY_RECORDING_OF, put(recordings::open))
        .at(
            path::MY_RECORDING_BYTES,
            put(recordings::bytes).layer(DefaultBodyLimit::max(recordings::MAX_PART + 16 * 1024)),
        )
        .at(path::MY_RECORDING_DONE, post(recordings::done))
        .at(path::RECORDINGS, get(recordings::list))
        .at(path::RECORDING, delete(recordings::remove))
        .at(path::RECORDING_AUDIO, get(recordings::audio))
        .at(path::PARKED, get(parking::list).post(parking::park))
        .at(path::PARKING_RULES, get(parking::rules).put(parking::put_rules))
        .at(path::MY_VOICEMAIL, get(voicemail::list))
        .at(path::MY_VOICE_MESSAGE, put(voicemail::put).delete(voicemail::remove))
        .at(path::MY_VOICE_MESSAGE_AUDIO, get(voicemail::audio))
        .at(path::DEPARTMENTS, get(departments::list).post(departments::create))
        .at(path::DEPARTMENT, patch(departments::rename).delete(departments::delete))
        .at(path::ROLES, get(roles::list))
        .at(path::ROLE, put(roles::change))
        .at(path::MANAGED_STATUSES, get(status_admin::list).post(status_admin::create))
        .at(path::MANAGED_STATUS, patch(status_admin::edit))
        .at(path::STATUS_ORDER, put(status_admin::order))
        .at(path::MY_STATUS, get(status::mine).put(status::choose))
        .at(path::MY_STATUS_SETTINGS, put(status::settings))
        .at(path::PRESENCE, get(status::people))
        .at(path::QUEUES, get(queues::list).post(queues::create))
        .at(path::QUEUE, get(queues::live).patch(queues::edit).delete(queues::remove))
        .at(path::QUEUE_AGENT, put(queues::put_agent).delete(queues::remove_agent))
        .at(path::PANEL, get(panel::look))
        .at(path::PANEL_WATCH, put(panel::watch).delete(panel::leave))
        .at(path::PANEL_CHARTS, get(panel::charts))
        .at(path::PANEL_FORCE, post(panel::force))
        .at(path::PANEL_END_SESSIONS, post(panel::end_sessions))
        .at(path::PANEL_PULL, post(panel::pull))
        .at(path::PANEL_SEND, post(panel::send))
        .at(path::MY_AGENT, get(agent::mine))
        .at(path::MY_AGENT_READY, post(agent::ready))
        .at(path::MY_AGENT_EXTEND, post(agent::extend))
        .at(path::CONTACTS, get(contacts::changes))
        .at(path::CONTACTS_PUSH, post(contacts::push).layer(DefaultBodyLimit::max(contacts::MAX_PUSH)))
        .at(path::CONTACT, put(contacts::put).delete(contacts::delete).layer(DefaultBodyLimit::max(contacts::MAX_PUSH)))
        .at(path::EVENTS, get(events::upgrade))
        .at(path::SIP, get(sip_socket::upgrade))
}

/// What is mounted, and where.
#[derive(Default)]
struct Table {
    router: Router<Server>,
    paths: Vec<&'static str>,
}

impl Table {
    fn at(mut self, path: &'static str, methods: MethodRouter<Server>) -> Self {
        self.paths.push(path);
        Table { router: self.router.route(path, methods), paths: self.paths }
    }
}

/// Where something is mounted.
#[cfg(test)]
pub(crate) fn paths() -> Vec<&'static str> {
    table().paths
}

/// Nothing has a name with U+0000 in it, and PostgreSQL would not even look for it.
async fn nameable(request: Request, next: Next) -> Response {
    if request.uri().path().contains("%00") {
        return Refusal::not_found().into_response();
    }
    next.run(request).await
}

pub(crate) async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(ANSWER, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Refusal::busy().into_response(),
    }
}
