//! What colleagues do with each other's calls (RG-08): each is judged at this moment, and written down.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use model::{Act, may};
use serde_json::json;
use sip::edge::NotOperated;
use team_api::{PickUp, SendTo, TransferAskedData, code};
use tokio::sync::oneshot;

use crate::db::cards::CardRecord;
use crate::db::status_rows::Hand;
use crate::extract::{Body, Caller};
use crate::problem::Refusal;
use crate::random::wall_ms;
use crate::seam::{Operation, VoiceInput};
use crate::state::Server;

pub(crate) async fn pick_up(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
    Body(wish): Body<PickUp>,
) -> Result<StatusCode, Refusal> {
    let subject = operated(&server, &caller, &id).await?;
    let is_plain = wish.word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if !is_plain || !(8..=64).contains(&wish.word.len()) {
        return Err(Refusal::bad_body("The word has 8 to 64 letters, digits and hyphens."));
    }
    let operation = Operation::PickUp { by: caller.user.extension.clone(), word: wish.word };
    done(&server, &caller, &subject, operation, "call.picked_up", "").await
}

pub(crate) async fn divert(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
    Body(wish): Body<SendTo>,
) -> Result<StatusCode, Refusal> {
    let subject = operated(&server, &caller, &id).await?;
    let to = extension(&wish)?;
    done(&server, &caller, &subject, Operation::Divert { to: to.to_owned() }, "call.diverted", to).await
}

pub(crate) async fn transfer(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
    Body(wish): Body<SendTo>,
) -> Result<StatusCode, Refusal> {
    let subject = operated(&server, &caller, &id).await?;
    let to = extension(&wish)?.to_owned();
    if !server.presence.talks(&subject.extension) {
        return Err(no_call());
    }
    note(&server, &caller, &subject, "call.transferred", &to).await?;
    server.hub.transfer_asked(&subject.extension, TransferAskedData { to, by: caller.user.name });
    Ok(StatusCode::NO_CONTENT)
}

/// A colleague whose calls the caller may operate.
async fn operated(server: &Server, caller: &Caller, id: &str) -> Result<CardRecord, Refusal> {
    let viewer = server.db.standing(&caller.user.id).await?.ok_or_else(Refusal::not_signed_in)?;
    if !viewer.rights.operations {
        return Err(Refusal::forbidden("You may not operate the calls of others."));
    }
    // Of people elsewhere they do not even hear whether there is one.
    let subject = server.db.standing(id).await?.ok_or_else(Refusal::not_found)?;
    if !may(&viewer, Act::Operate, &subject) {
        return Err(Refusal::not_found());
    }
    server.db.card(id).await?.ok_or_else(Refusal::not_found)
}

async fn done(
    server: &Server,
    caller: &Caller,
    subject: &CardRecord,
    operation: Operation,
    action: &str,
    to: &str,
) -> Result<StatusCode, Refusal> {
    let (done, answer) = oneshot::channel();
    let input = VoiceInput::Operate { user: subject.extension.clone(), operation, done };
    server.voice.send(input).await.map_err(|_| Refusal::busy())?;
    answer.await.map_err(|_| Refusal::busy())?.map_err(refused)?;
    note(server, caller, subject, action, to).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn note(server: &Server, caller: &Caller, subject: &CardRecord, action: &str, to: &str) -> Result<(), Refusal> {
    tracing::info!(user.id = caller.user.id, subject = subject.id, action, "a call of a colleague was operated");
    let hand = Hand { user_id: &caller.user.id, now: wall_ms() };
    Ok(server.db.note_action(hand, action, &subject.id, json!({ "to": to })).await?)
}

fn extension(wish: &SendTo) -> Result<&str, Refusal> {
    let to = wish.to.trim();
    let is_one = (1..=32).contains(&to.len()) && to.chars().all(|c| c.is_ascii_alphanumeric() || "*#+-._".contains(c));
    if is_one { Ok(to) } else { Err(Refusal::bad_body("Name the extension that shall get the call.")) }
}

fn refused(why: NotOperated) -> Refusal {
    let conflict = |code, detail| Refusal::new(StatusCode::CONFLICT, code, detail);
    match why {
        NotOperated::NoCall => no_call(),
        NotOperated::OfQueue => conflict(code::CALL_OF_QUEUE, "A queue offers this call."),
        NotOperated::Nobody(_) => conflict(code::NOBODY_THERE, "Nobody can take the call there."),
    }
}

fn no_call() -> Refusal {
    Refusal::new(StatusCode::CONFLICT, code::NO_CALL, "There is no such call any more.")
}
