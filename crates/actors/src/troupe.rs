//! All actors together.

use std::net::IpAddr;
use std::sync::Arc;

use audio::codec::opus::CodecError;
use base::{Chance, Secret};
use team_client::{TeamClient, TeamError};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::phone::{Seat, play};
use crate::voice::Voice;
use crate::{Agent, Caller, Pace, Rhythm, Target};

/// Pitch of the voices, Hz.
const PITCHES: [f32; 4] = [118.0, 205.0, 140.0, 228.0];
/// A call to a queue is so many times as likely as one to an agent's own extension, all queues and agents together.
const QUEUE_WEIGHT: u32 = 8;

/// Who plays, where.
#[derive(Clone, Debug)]
pub struct Cast {
    /// The team server, as [`TeamClient::new`] takes it.
    pub server: String,
    /// Who answers.
    pub agents: Vec<Part>,
    /// Who calls.
    pub callers: Vec<Part>,
    /// Extensions of the queues that are called.
    pub queues: Vec<String>,
    /// How much happens.
    pub pace: Pace,
    /// Addresses for media; see [`media::local_addresses`].
    pub local_ips: Vec<IpAddr>,
    /// The same seed draws the same decisions; what becomes of them depends on the network as well.
    pub seed: u64,
}

/// One actor.
#[derive(Clone, Debug)]
pub struct Part {
    /// Their extension.
    pub extension: String,
    /// Their session.
    pub session: Secret,
    /// What they write beside their status while in a course.
    pub course: &'static str,
}

/// Why the actors do not play.
#[derive(Debug, thiserror::Error)]
pub enum CastError {
    /// The address of the server, or the system's certificates.
    #[error("the team server: {0}")]
    Server(#[from] TeamError),
    /// The voices cannot be made.
    #[error("making voices: {0}")]
    Voice(#[from] CodecError),
}

/// Actors who play. Dropping it ends them without a good-bye.
#[derive(Debug)]
pub struct Troupe {
    stop: CancellationToken,
    actors: JoinSet<()>,
}

impl Troupe {
    /// Everybody signs on and begins. Needs a tokio runtime.
    ///
    /// # Errors
    /// [`CastError`]; what is lost later is tried again by each actor.
    pub fn start(cast: Cast) -> Result<Troupe, CastError> {
        let mut chance = Chance::from_number(cast.seed);
        let client = TeamClient::new(&cast.server, None)?;
        let voices = PITCHES.map(|pitch| Voice::of(pitch, &mut chance));
        let voices = voices.into_iter().map(|voice| voice.map(Arc::new)).collect::<Result<Vec<_>, _>>()?;
        let rhythm = Rhythm::of(cast.pace, cast.agents.len(), cast.callers.len());
        let targets = targets(&cast);
        let (stop, mut actors) = (CancellationToken::new(), JoinSet::new());
        for (index, part) in cast.agents.into_iter().chain(cast.callers).enumerate() {
            let listens = index < targets.agents;
            let seat = Seat {
                client: client.another(part.session),
                listens,
                local_ips: cast.local_ips.clone(),
                voice: voices[index % voices.len()].clone(),
                chance: chance.fork(),
                course: part.course,
            };
            let (chance, stop) = (chance.fork(), stop.clone());
            match listens {
                true => actors.spawn(play(Agent::new(rhythm, chance), seat, stop)),
                false => actors.spawn(play(Caller::new(rhythm, targets.all.clone(), chance), seat, stop)),
            };
        }
        Ok(Troupe { stop, actors })
    }

    /// Everybody hangs up and unregisters; two seconds at most.
    pub async fn end(mut self) {
        self.stop.cancel();
        while let Some(ended) = self.actors.join_next().await {
            if let Err(error) = ended {
                tracing::error!(%error, "an actor failed");
            }
        }
    }
}

struct Targets {
    all: Vec<Target>,
    agents: usize,
}

/// Mostly queues, sometimes an agent.
fn targets(cast: &Cast) -> Targets {
    let target = |number: &String, weight| Target { number: number.clone(), weight };
    let (queues, agents) = (cast.queues.len().max(1), cast.agents.len().max(1));
    let for_queue = QUEUE_WEIGHT.saturating_mul(u32::try_from(agents).unwrap_or(u32::MAX));
    let queue = cast.queues.iter().map(|number| target(number, for_queue));
    let for_agent = u32::try_from(queues).unwrap_or(u32::MAX);
    let agent = cast.agents.iter().map(|part| target(&part.extension, for_agent));
    Targets { all: queue.chain(agent).collect(), agents: cast.agents.len() }
}
