//! The queues' side towards the database and the phones: what administrators want goes in, what happened comes out.

use std::time::Duration;

use base::Redacted;
use tokio::sync::mpsc;

use crate::problem::Refusal;
use crate::queue_seam::{Plan, QueueInput, QueueNews};
use crate::random::wall_ms;
use crate::routes::status::status_changed;
use crate::state::Server;

/// The status that agents are given who did not answer too often.
const BREAK: &str = "break";

/// Queues or agents were edited: it holds from now on. To be called after each such edit.
pub(crate) async fn agents_changed(server: &Server) -> Result<(), Refusal> {
    let plan = Plan { queues: server.db.queues().await?, agents: server.db.queue_agents().await? };
    server.hub.panel.queues_are(plan.queues.iter().map(|queue| queue.settings.extension.clone()).collect());
    server.queues.send(QueueInput::Plan(plan)).await.map_err(|_| Refusal::busy())?;
    server.hub.panel.touch();
    Ok(())
}

/// Tells the queues what they are, and who waited when the last server ended.
pub(crate) async fn begin(server: &Server) -> Result<(), Refusal> {
    agents_changed(server).await?;
    let now = wall_ms();
    let waited = |since: i64| Duration::from_millis(u64::try_from(now.saturating_sub(since)).unwrap_or_default());
    let waiting = server.db.take_queue_waiting(now).await?;
    let waiting = waiting.into_iter().map(|(queue, caller, since)| (queue, caller, waited(since))).collect();
    server.queues.send(QueueInput::Remember(waiting)).await.map_err(|_| Refusal::busy())
}

/// Carries what the queues tell to the database and to the agents' phones, until the voice task is gone. The end of the server does
/// not cut it off: whose place is not written would wait from the start again.
pub(crate) async fn keep(server: Server, mut news: mpsc::Receiver<QueueNews>) {
    while let Some(news) = news.recv().await {
        let is_logged = matches!(news, QueueNews::Event(_));
        let done = match news {
            QueueNews::Event(row) => server.db.add_queue_event(&row).await,
            QueueNews::Waits { queue, caller, joined_ms } => server.db.queue_waits(&queue, &caller, joined_ms).await,
            QueueNews::Abandoned { queue, caller, left_ms } => {
                server.db.queue_abandoned(&queue, &caller, left_ms).await
            }
            QueueNews::WaitsNoMore { queue, caller } => server.db.queue_waits_no_more(&queue, &caller).await,
            QueueNews::Agent { extension, data } => {
                server.hub.agent(&extension, data);
                Ok(())
            }
            QueueNews::ForceBreak { extension, missed } => {
                let done = force_break(&server, &extension, missed).await;
                if !matches!(done, Ok(true)) && server.queues.send(QueueInput::NoBreak(extension)).await.is_err() {
                    tracing::warn!("the voice task is gone");
                }
                done.map(|_| ())
            }
        };
        if let Err(error) = done {
            tracing::error!(%error, "news of the queues could not be kept");
        }
        if is_logged {
            server.hub.panel.logged();
        } else {
            server.hub.panel.touch();
        }
    }
}

/// The agent's real status becomes *Break*, for everybody to see. The queues have closed already. `false`: something later counts.
async fn force_break(server: &Server, extension: &str, missed: u16) -> sqlx::Result<bool> {
    let Some(user) = server.db.user_of_extension(extension).await? else { return Ok(false) };
    tracing::info!(user.id = user.id, extension = %Redacted(extension), missed, "status set by the queues");
    if !server.db.choose_status(&user.id, BREAK, "", wall_ms()).await? {
        return Ok(false);
    }
    status_changed(server, &user).await?;
    Ok(true)
}
