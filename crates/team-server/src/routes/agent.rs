//! Agents as they see themselves.

use axum::Json;
use axum::extract::State;
use team_api::AgentData;
use tokio::sync::oneshot;

use crate::extract::Caller;
use crate::problem::Refusal;
use crate::queue_seam::QueueInput;
use crate::state::Server;

pub(crate) async fn mine(State(server): State<Server>, caller: Caller) -> Result<Json<AgentData>, Refusal> {
    stands(&server, caller).await
}

pub(crate) async fn ready(State(server): State<Server>, caller: Caller) -> Result<Json<AgentData>, Refusal> {
    say(&server, QueueInput::Ready(caller.user.extension.clone())).await?;
    stands(&server, caller).await
}

pub(crate) async fn extend(State(server): State<Server>, caller: Caller) -> Result<Json<AgentData>, Refusal> {
    say(&server, QueueInput::Extend(caller.user.extension.clone())).await?;
    stands(&server, caller).await
}

async fn stands(server: &Server, caller: Caller) -> Result<Json<AgentData>, Refusal> {
    let (answer, answered) = oneshot::channel();
    say(server, QueueInput::AskAgent(caller.user.extension, answer)).await?;
    answered.await.map(Json).map_err(|_| Refusal::busy())
}

async fn say(server: &Server, input: QueueInput) -> Result<(), Refusal> {
    server.queues.send(input).await.map_err(|_| Refusal::busy())
}
