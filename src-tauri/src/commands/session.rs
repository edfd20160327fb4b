//! Signing in and out.

use base::Secret;
use engine::{EngineHandle, Keep, SipSignIn};
use ipc::{ErrorCode, ForgotPassword, IpcError, PasswordMail, ServerCheck, ServerState, SignIn, SignInSip};
use tauri::State;

use crate::commands::convert;
use crate::options::Options;
use crate::practice::Practice;

#[tauri::command]
pub async fn check_server(engine: State<'_, EngineHandle>, request: ServerCheck) -> Result<ServerState, IpcError> {
    let found = engine.check_server(&request.server).await.map_err(|fault| convert::sign_in_error(&fault))?;
    let rtt_ms = u32::try_from(found.rtt.as_millis()).unwrap_or(u32::MAX);
    Ok(ServerState { version: found.version, rtt_ms })
}

#[tauri::command]
pub async fn forgot_password(
    engine: State<'_, EngineHandle>,
    request: ForgotPassword,
) -> Result<PasswordMail, IpcError> {
    let outcome = engine.forgot_password(&request.server, &request.email, &request.language).await;
    match outcome.map_err(|fault| convert::sign_in_error(&fault))? {
        engine::PasswordMail::Asked => Ok(PasswordMail::Asked),
        engine::PasswordMail::NotSent { ask } => Ok(PasswordMail::NotSent { ask }),
    }
}

#[tauri::command]
pub async fn sign_in(engine: State<'_, EngineHandle>, request: SignIn) -> Result<(), IpcError> {
    let password = Secret::new(request.password);
    let outcome =
        engine.sign_in_team(&request.server, &request.email, password, keep(request.keep, request.shared)).await;
    outcome.map(drop).map_err(|fault| convert::sign_in_error(&fault))
}

#[tauri::command]
pub async fn sign_in_sip(engine: State<'_, EngineHandle>, request: SignInSip) -> Result<(), IpcError> {
    let account = SipSignIn {
        url: request.url,
        user: request.user,
        domain: request.domain,
        auth_user: request.auth_user,
        password: Secret::new(request.password),
        display_name: request.display_name,
    };
    let keep = keep(request.keep, request.shared);
    engine.sign_in_sip(account, keep).await.map(drop).map_err(|fault| convert::sign_in_error(&fault))
}

#[tauri::command]
pub async fn try_here(
    engine: State<'_, EngineHandle>,
    practice: State<'_, Practice>,
    options: State<'_, Options>,
) -> Result<(), IpcError> {
    let address = practice.address().await.map_err(|fault| {
        tracing::error!(%fault, "practice is not possible");
        IpcError { detail: Some(fault.to_string()), ..IpcError::new(ErrorCode::PracticeFailed) }
    })?;
    let profile = if options.profile.is_empty() { "default" } else { &options.profile };
    let outcome = engine.sign_in_practice(&format!("http://{address}"), profile).await;
    outcome.map(drop).map_err(|fault| convert::sign_in_error(&fault))
}

fn keep(session: bool, shared: bool) -> Keep {
    if shared { Keep::Nothing } else { session.into() }
}

#[tauri::command]
pub fn sign_out(engine: State<'_, EngineHandle>) {
    engine.sign_out();
}

#[tauri::command]
pub fn retry_now(engine: State<'_, EngineHandle>) {
    engine.retry_now();
}
