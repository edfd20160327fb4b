//! Puts what was left into the boxes, and tells their owners.

use team_api::VoiceMessage;
use tokio::sync::mpsc;

use crate::random::{uuid_v7, wall_ms};
use crate::seam::Left;
use crate::state::Server;

/// Keeps messages until nobody is left who could leave one.
pub(crate) async fn keep(server: Server, mut left: mpsc::Receiver<Left>) {
    while let Some(message) = left.recv().await {
        let now = wall_ms();
        let Left { owner, from, from_name, duration_ms, sound } = message;
        let message = VoiceMessage { id: uuid_v7(now), from, from_name, left_at_ms: now, duration_ms, heard: false };
        let kept = async {
            let kept = server.db.add_message(&owner, &message, &sound).await?;
            tell(&server, &owner).await?;
            Ok::<bool, sqlx::Error>(kept)
        };
        match kept.await {
            Ok(kept) => tracing::info!(message.id, message.duration_ms, kept, "a message was left"),
            Err(error) => tracing::error!(%error, "a message that was left could not be kept"),
        }
    }
}

/// Tells the owner how many messages there are.
pub(crate) async fn tell(server: &Server, extension: &str) -> sqlx::Result<()> {
    let count = server.db.message_count(extension).await?;
    server.hub.voicemail(extension, count);
    Ok(())
}
