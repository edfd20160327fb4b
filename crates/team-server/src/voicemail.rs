//! Puts what was left into the boxes, tells their owners, and opens them for owners who call.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Instant;

use base::Secret;
use team_api::VoiceMessage;
use tokio::sync::mpsc;

use crate::auth::limits::Verdict;
use crate::mail_seam::{BoxWish, Left, Opened, Waiting};
use crate::random::{uuid_v7, wall_ms};
use crate::state::Server;

/// Calls come through our own edge: only the account counts.
const ANYWHERE: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

/// Serves the phone of the boxes until it is gone.
pub(crate) async fn serve(server: Server, mut wishes: mpsc::Receiver<BoxWish>) {
    while let Some(wish) = wishes.recv().await {
        if let Err(error) = carry_out(&server, wish).await {
            tracing::error!(%error, "a wish of the voice boxes failed");
        }
    }
}

/// Whoever waits for an answer that does not come hears nothing and is hung up on.
async fn carry_out(server: &Server, wish: BoxWish) -> sqlx::Result<()> {
    match wish {
        BoxWish::Leave(left) => keep(server, left).await?,
        BoxWish::Greeting { owner, answer } => drop(answer.send(server.db.greeting(&owner).await?)),
        BoxWish::Open { owner, pin, answer } => {
            let server = server.clone();
            // Checking a PIN takes its time, and nobody else waits for it.
            tokio::spawn(async move {
                match open(&server, &owner, pin).await {
                    Ok(opened) => drop(answer.send(opened)),
                    Err(error) => tracing::error!(%error, "a voice box could not be opened"),
                }
            });
        }
        BoxWish::Sound { owner, id, answer } => {
            let sound = match server.db.user_of(&owner).await? {
                Some(user) => server.db.message_sound(&user, &id).await?,
                None => None,
            };
            drop(answer.send(sound));
        }
        BoxWish::Heard { owner, id } => {
            if let Some(user) = server.db.user_of(&owner).await?
                && server.db.message_heard(&user, &id, true).await?
            {
                tell(server, &owner).await?;
            }
        }
        BoxWish::Delete { owner, id } => {
            if let Some(user) = server.db.user_of(&owner).await?
                && server.db.delete_message(&user, &id).await?
            {
                tell(server, &owner).await?;
            }
        }
        BoxWish::Greet { owner, sound } => server.db.put_greeting(&owner, sound.as_deref()).await?,
    }
    Ok(())
}

async fn keep(server: &Server, left: Left) -> sqlx::Result<()> {
    let now = wall_ms();
    let Left { owner, from, from_name, duration_ms, sound } = left;
    let message = VoiceMessage { id: uuid_v7(now), from, from_name, left_at_ms: now, duration_ms, heard: false };
    let kept = server.db.add_message(&owner, &message, &sound).await?;
    tracing::info!(message.id, message.duration_ms, kept, "a message was left");
    tell(server, &owner).await
}

/// For whoever calls from a phone of this extension and knows its PIN.
async fn open(server: &Server, owner: &str, pin: Secret) -> sqlx::Result<Opened> {
    let Some((user, hash)) = server.db.box_key(owner).await?.filter(|(_, hash)| !hash.is_empty()) else {
        return Ok(Opened::NoPin);
    };
    if let Verdict::Wait(_) = server.pins.take(Instant::now(), ANYWHERE, &user) {
        tracing::warn!(user.id = user, "too many wrong access PINs");
        return Ok(Opened::TooOften);
    }
    match server.passwords.verify(Some(hash), pin).await {
        Ok(true) => server.pins.succeeded(ANYWHERE, &user),
        Ok(false) => return Ok(Opened::WrongPin),
        Err(_crowded) => {
            server.pins.not_used(ANYWHERE, &user);
            return Ok(Opened::TooOften);
        }
    }
    let mut all: Vec<Waiting> =
        server.db.messages(&user).await?.into_iter().map(|it| Waiting { id: it.id, heard: it.heard }).collect();
    all.sort_by_key(|it| it.heard);
    Ok(Opened::Yes(all))
}

/// Tells the owner how many messages there are.
pub(crate) async fn tell(server: &Server, extension: &str) -> sqlx::Result<()> {
    let count = server.db.message_count(extension).await?;
    server.hub.voicemail(extension, count);
    Ok(())
}
