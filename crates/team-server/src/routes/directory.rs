//! The directory: users as administrators see, make and change them (SPEC 1.6, 1.7). A change holds before it is answered.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use base::Secret;
use serde::Deserialize;
use team_api::{AgentCard, Directory, EditUser, ForceStatus, NewUser, UserCard, code};

use super::oversight;
use super::rights::{Giving, not_yours};
use crate::auth::password;
use crate::auth::token::TokenHash;
use crate::db::cards::{CardRecord, CardWritten, Hashes};
use crate::db::status_rows::Hand;
use crate::directory_rules::{self as rules, Flaw};
use crate::extract::{Body, Caller};
use crate::problem::Refusal;
use crate::queues::agents_changed;
use crate::random::{uuid_v7, wall_ms};
use crate::seam::VoiceInput;
use crate::state::Server;

pub(crate) async fn list(State(server): State<Server>, caller: Caller) -> Result<Json<Directory>, Refusal> {
    let giving = Giving::administering(&server, &caller.user).await?;
    let cards = server.db.cards().await?;
    let mine = cards.iter().filter(|card| giving.giver().reaches(&card.department));
    Ok(Json(Directory { users: mine.map(|card| server.directory_row(card)).collect() }))
}

pub(crate) async fn card(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<UserCard>, Refusal> {
    let giving = Giving::administering(&server, &caller.user).await?;
    giving.looked_at(&server, &id).await?;
    one(&server, &id).await.map(|card| Json(told(card)))
}

pub(crate) async fn create(
    State(server): State<Server>,
    caller: Caller,
    Body(wish): Body<NewUser>,
) -> Result<(StatusCode, Json<UserCard>), Refusal> {
    let giving = Giving::administering(&server, &caller.user).await?;
    let role = wish.role.known().ok_or_else(|| Refusal::bad_body("There is no such role."))?;
    let department = wish.department.unwrap_or_else(|| giving.standing.department.clone());
    giving.giver().judge_new(role, &department).map_err(not_yours)?;
    rules::password(wish.password.reveal()).map_err(flawed)?;
    let now = wall_ms();
    let card = CardRecord {
        id: uuid_v7(now),
        extension: rules::extension(&wish.extension).map_err(flawed)?.to_owned(),
        name: rules::name(&wish.name).map_err(flawed)?.to_owned(),
        email: rules::email(&wish.email).map_err(flawed)?,
        role,
        department,
        active: true,
        created_ms: now,
        agent: rules::agent(&wish.agent).map_err(flawed)?,
        acl: rules::acl(&wish.acl).map_err(flawed)?,
        has_pin: false,
        use_voicemail: wish.use_voicemail,
        version: 1,
    };
    let pin = pin_hash(wish.pin.as_ref()).await?.unwrap_or_default();
    let card = CardRecord { has_pin: !pin.is_empty(), ..card };
    let hash = password::hash(wish.password).await;
    let hand = Hand { user_id: &caller.user.id, now };
    written(server.db.add_card(&card, &hash, &pin, hand).await?)?;
    tracing::info!(user.id = caller.user.id, subject = card.id, "a user was made");
    restrict(&server, &card).await?;
    if card.use_voicemail {
        let open = VoiceInput::Box { extension: card.extension.clone(), has: true };
        server.voice.send(open).await.map_err(|_| Refusal::busy())?;
    }
    if let Some(member) = server.db.member(&card.id).await? {
        server.presence.chose(member, &server.hub);
    }
    server.read_standings().await?;
    if card.agent.is_agent {
        agents_changed(&server).await?;
    }
    server.hub.directory.touch(&card.extension);
    one(&server, &card.id).await.map(|card| (StatusCode::CREATED, Json(told(card))))
}

pub(crate) async fn edit(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
    Body(wish): Body<EditUser>,
) -> Result<Json<UserCard>, Refusal> {
    let giving = Giving::administering(&server, &caller.user).await?;
    let rights = giving.looked_at(&server, &id).await?;
    giving.judge(&id, &rights, &rights).map_err(not_yours)?;
    let before = one(&server, &id).await?;
    let mut after = before.clone();
    if let Some(name) = &wish.name {
        rules::name(name).map_err(flawed)?.clone_into(&mut after.name);
    }
    if let Some(email) = &wish.email {
        after.email = rules::email(email).map_err(flawed)?;
    }
    if let Some(agent) = &wish.agent {
        after.agent = rules::agent(agent).map_err(flawed)?;
    }
    if let Some(acl) = &wish.acl {
        after.acl = rules::acl(acl).map_err(flawed)?;
    }
    after.use_voicemail = wish.use_voicemail.unwrap_or(before.use_voicemail);
    after.active = wish.active.unwrap_or(before.active);
    if !after.active && id == caller.user.id {
        let detail = "Nobody suspends themselves; another administrator can.";
        return Err(Refusal::new(StatusCode::CONFLICT, code::YOURSELF, detail));
    }
    if before.version != wish.version {
        return Err(stale());
    }
    let hash = match wish.password {
        None => None,
        Some(new) => {
            rules::password(new.reveal()).map_err(flawed)?;
            Some(password::hash(new).await)
        }
    };
    let pin = pin_hash(wish.pin.as_ref()).await?;
    after.has_pin = pin.as_ref().map_or(before.has_pin, |hash| !hash.is_empty());
    let hand = Hand { user_id: &caller.user.id, now: wall_ms() };
    let hashes = Hashes { password: hash.as_deref(), pin: pin.as_deref() };
    let ended = written(server.db.change_card(&before, &after, hashes, hand).await?)?;
    tracing::info!(user.id = caller.user.id, subject = id, sessions_ended = ended.len(), "a user was changed");
    ended.into_iter().for_each(|token| server.hub.revoke(token));
    if before.acl != after.acl {
        restrict(&server, &after).await?;
    }
    if before.active && !after.active {
        // Their phones are gone before this is answered, or with the voice task.
        server.end_supervisions_by(&before.extension);
        let gone = VoiceInput::ForgetExtension { extension: before.extension.clone() };
        server.voice.send(gone).await.map_err(|_| Refusal::busy())?;
    }
    if (before.use_voicemail, before.active) != (after.use_voicemail, after.active) {
        let (extension, has) = (after.extension.clone(), after.use_voicemail && after.active);
        server.voice.send(VoiceInput::Box { extension, has }).await.map_err(|_| Refusal::busy())?;
    }
    if let Some(member) = server.db.member(&id).await? {
        server.presence.chose(member, &server.hub);
    }
    if before.agent != after.agent || before.active != after.active {
        agents_changed(&server).await?;
    }
    server.hub.directory.touch(&before.extension);
    one(&server, &id).await.map(|card| Json(told(card)))
}

/// What names the card that somebody looked at.
#[derive(Deserialize)]
pub(crate) struct Which {
    version: u64,
}

/// Gone for good, phones and sessions before the answer (DR-10).
pub(crate) async fn remove(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
    which: Result<Query<Which>, axum::extract::rejection::QueryRejection>,
) -> Result<StatusCode, Refusal> {
    let Query(Which { version }) = which.map_err(|_| Refusal::bad_request("version is a number."))?;
    let before = administered(&server, &caller, &id).await?;
    if id == caller.user.id {
        let detail = "Nobody deletes themselves; another administrator can.";
        return Err(Refusal::new(StatusCode::CONFLICT, code::YOURSELF, detail));
    }
    if before.version != version {
        return Err(stale());
    }
    let stood = server.db.standing(&id).await?.ok_or_else(Refusal::not_found)?;
    let hand = Hand { user_id: &caller.user.id, now: wall_ms() };
    let ended = written(server.db.delete_card(&before, hand).await?)?;
    tracing::info!(user.id = caller.user.id, subject = id, sessions_ended = ended.len(), "a user was deleted");
    ended.into_iter().for_each(|token| server.hub.revoke(token));
    server.end_supervisions_by(&before.extension);
    let gone = VoiceInput::ForgetExtension { extension: before.extension.clone() };
    server.voice.send(gone).await.map_err(|_| Refusal::busy())?;
    restrict(&server, &CardRecord { acl: Vec::new(), ..before.clone() }).await?;
    agents_changed(&server).await?;
    server.presence.forget(&before.extension, &server.hub);
    server.hub.directory.gone(stood);
    Ok(StatusCode::NO_CONTENT)
}

/// Somebody's status, by somebody else (DR-11).
pub(crate) async fn force(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
    Body(wish): Body<ForceStatus>,
) -> Result<StatusCode, Refusal> {
    let subject = administered(&server, &caller, &id).await?;
    oversight::force(&server, caller.user, (&id, &subject.extension), wish).await
}

/// Signed out everywhere, and their phones are gone. They may sign in again.
pub(crate) async fn end_sessions(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    let subject = administered(&server, &caller, &id).await?;
    oversight::end_sessions(&server, &caller.user, (&id, &subject.extension)).await
}

/// From where their phones may come, from now on.
async fn restrict(server: &Server, card: &CardRecord) -> Result<(), Refusal> {
    let networks = rules::networks(&card.acl);
    let input = VoiceInput::Restrict { extension: card.extension.clone(), networks };
    server.voice.send(input).await.map_err(|_| Refusal::busy())
}

/// The card of somebody whom the caller may change.
async fn administered(server: &Server, caller: &Caller, id: &str) -> Result<CardRecord, Refusal> {
    let giving = Giving::administering(server, &caller.user).await?;
    let rights = giving.looked_at(server, id).await?;
    giving.judge(id, &rights, &rights).map_err(not_yours)?;
    one(server, id).await
}

/// What is kept of a PIN: its hash; empty when there shall be none. `None`: nothing was said of it.
async fn pin_hash(typed: Option<&Secret>) -> Result<Option<String>, Refusal> {
    let Some(typed) = typed else { return Ok(None) };
    let digits = rules::pin(typed.reveal()).map_err(flawed)?;
    Ok(Some(if digits.is_empty() { digits } else { password::hash(Secret::new(digits)).await }))
}

async fn one(server: &Server, id: &str) -> Result<CardRecord, Refusal> {
    server.db.card(id).await?.ok_or_else(Refusal::not_found)
}

fn told(card: CardRecord) -> UserCard {
    let agent = AgentCard::from(&card.agent);
    let CardRecord {
        id,
        extension,
        name,
        email,
        role,
        department,
        active,
        created_ms,
        acl,
        has_pin,
        use_voicemail,
        version,
        ..
    } = card;
    let role = role.into();
    UserCard {
        id,
        extension,
        name,
        email,
        role,
        department,
        active,
        created_ms,
        agent,
        acl,
        has_pin,
        use_voicemail,
        version,
    }
}

fn flawed(Flaw(code, detail): Flaw) -> Refusal {
    Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail)
}

fn stale() -> Refusal {
    let detail = "Somebody else has changed this user since. Look at them again.";
    Refusal::new(StatusCode::CONFLICT, code::USER_CHANGED, detail)
}

fn written(how: CardWritten) -> Result<Vec<TokenHash>, Refusal> {
    let conflict = |code, detail| Err(Refusal::new(StatusCode::CONFLICT, code, detail));
    match how {
        CardWritten::Done(ended) => Ok(ended),
        CardWritten::ExtensionTaken => conflict(code::EXTENSION_TAKEN, "A user or a queue has this extension."),
        CardWritten::EmailTaken => conflict(code::EMAIL_TAKEN, "Somebody signs in with this e-mail already."),
        CardWritten::LastOwner => conflict(code::LAST_OWNER, "This is the last system owner."),
        CardWritten::Stale => Err(stale()),
        CardWritten::NoDepartment => Err(Refusal::bad_body("There is no such department.")),
    }
}
