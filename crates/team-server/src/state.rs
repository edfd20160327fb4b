//! What every handler may reach.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Instant;

use base::Secret;
use tokio::sync::{Semaphore, mpsc};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::auth::limits::LoginLimits;
use crate::auth::password::Passwords;
use crate::config::ServerConfig;
use crate::db::Db;
use crate::forgotten::Forgotten;
use crate::hub::Hub;
use crate::metrics::{Metrics, Question};
use crate::online::Online;
use crate::parking::Parking;
use crate::pictures::Pictures;
use crate::presence::Presence;
use crate::queue_seam::QueueInput;
use crate::recordings::Files;
use crate::seam::VoiceInput;
use crate::supervision::Supervisions;

/// Cheap to clone.
#[derive(Clone)]
pub(crate) struct Server(Arc<Shared>);

pub(crate) struct Shared {
    pub config: ServerConfig,
    pub instance: String,
    pub sip_secret: Secret,
    pub db: Db,
    pub passwords: Passwords,
    pub limits: LoginLimits,
    pub pictures: Pictures,
    /// Forgotten passwords; `None` when no mail is set up.
    pub forgotten: Option<Forgotten>,
    /// Links of mails that are tried.
    pub links: LoginLimits,
    /// Access PINs that are tried by phone.
    pub pins: LoginLimits,
    pub hub: Hub,
    pub online: Online,
    pub metrics: Metrics,
    pub presence: Arc<Presence>,
    pub parking: Parking,
    pub supervisions: Supervisions,
    /// The sound of recordings.
    pub recordings: Files,
    /// Into the queues.
    pub queues: mpsc::Sender<QueueInput>,
    /// The voice task's queue. Closed while there is none.
    pub voice: mpsc::Sender<VoiceInput>,
    pub next_flow: AtomicU64,
    pub flows: Arc<Semaphore>,
    /// Cancelled when the server ends.
    pub stop: CancellationToken,
    /// Every task that outlives its request: the WebSockets.
    pub tasks: TaskTracker,
}

impl Server {
    pub(crate) fn new(shared: Shared) -> Self {
        Server(Arc::new(shared))
    }

    /// Whether the database answers.
    pub(crate) async fn ping(&self) -> sqlx::Result<()> {
        let began = Instant::now();
        let answer = self.db.ping().await;
        self.metrics.asked(Question::Ping, began.elapsed());
        answer
    }
}

impl Deref for Server {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}
