//! Starting and ending a server.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use base::Secret;
use ipnet::IpNet;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::auth::limits::LoginLimits;
use crate::auth::password::Passwords;
use crate::config::ServerConfig;
use crate::db::{Db, OpenError};
use crate::event_log::{CallBook, Line, LogEntry};
use crate::forgotten::{self, Forgotten};
use crate::hub::Hub;
use crate::mail::{MailError, Post};
use crate::mail_seam::WISHES;
use crate::metrics::Metrics;
use crate::metrics_door;
use crate::online::Online;
use crate::pictures::Pictures;
use crate::presence::Presence;
use crate::queue_seam::{QUEUE_INPUTS, QUEUE_NEWS, QueueDoor};
use crate::queues;
use crate::random::{token, uuid_v7, wall_ms};
use crate::recordings::{self, Files};
use crate::router::router;
use crate::seam::{EVENTS, INPUTS, VoiceEvent, VoiceSetup};
use crate::serve::serve;
use crate::state::{Server, Shared};
use crate::supervision::Supervisions;
use crate::{directory_news, directory_rules, event_log, panel_news, parking, voicemail};

/// Time for an orderly end.
const FAREWELL: Duration = Duration::from_secs(3);

/// Why a server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is taken, not ours or not allowed.
    #[error("listening at {at}: {source}")]
    Bind {
        /// The address that was asked for.
        at: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// Ready-made agents need no password, so they must not be on a network.
    #[error("a practice server listens at a loopback address only, not at {at}")]
    PracticeOnNetwork {
        /// The address that was asked for.
        at: SocketAddr,
    },
    /// Metrics tell how busy a company is: on a network only to those who show the token.
    #[error("metrics at {at} need a token_file; without one they are told at a loopback address only")]
    MetricsOnNetwork {
        /// The address that was asked for.
        at: SocketAddr,
    },
    /// The domain cannot be the host of an address.
    #[error("{0:?} is no SIP domain")]
    Domain(String),
    /// The database cannot be opened, read or brought up to date.
    #[error("{0}")]
    Database(Box<dyn std::error::Error + Send + Sync>),
    /// The settings of mail cannot be used.
    #[error("mail: {0}")]
    Mail(#[from] MailError),
    /// Links in mails need an address that the reader's browser reaches.
    #[error("mail is set up, so public_url must say where people reach this server, as https://phones.example.com")]
    PublicUrl,
    /// The voice task did not start.
    #[error("starting the voice task: {0}")]
    Voice(Box<dyn std::error::Error + Send + Sync>),
}

impl From<OpenError> for StartError {
    fn from(error: OpenError) -> Self {
        StartError::Database(error.into())
    }
}

impl From<sqlx::Error> for StartError {
    fn from(error: sqlx::Error) -> Self {
        StartError::Database(error.into())
    }
}

/// A server that listens. Dropping it ends everything at once; [`RunningServer::shutdown`] says good-bye first.
pub struct RunningServer {
    addr: SocketAddr,
    metrics: Option<SocketAddr>,
    instance: String,
    db: Db,
    stop: CancellationToken,
    tasks: TaskTracker,
    /// The accept loop, the event pump and the voice task.
    owned: Vec<JoinHandle<()>>,
}

/// Opens the database, starts the voice task and listens.
///
/// # Errors
/// [`StartError`]; nothing is left running then.
pub async fn start(config: ServerConfig) -> Result<RunningServer, StartError> {
    start_with(config, async |setup| crate::voice::start(setup).await.map_err(|e| StartError::Voice(e.into()))).await
}

/// [`start`] with a voice task of the caller's choice.
pub(crate) async fn start_with(
    config: ServerConfig,
    voice: impl AsyncFnOnce(VoiceSetup) -> Result<JoinHandle<()>, StartError>,
) -> Result<RunningServer, StartError> {
    if config.practice && !config.bind.ip().is_loopback() {
        return Err(StartError::PracticeOnNetwork { at: config.bind });
    }
    let domain = config.domain.to_ascii_lowercase();
    if base::Aor::new("x", &domain).is_err() {
        return Err(StartError::Domain(config.domain));
    }
    let config = ServerConfig { domain, ..config };
    let bind = |source| StartError::Bind { at: config.bind, source };
    let listener = TcpListener::bind(config.bind).await.map_err(bind)?;
    let addr = listener.local_addr().map_err(bind)?;
    let metrics = metrics_listener(&config).await?;
    let db = Db::open(config.database_access().reveal()).await?;
    if config.practice {
        db.seed_practice().await?;
    }
    let instance = db.setting_or("instance", || uuid_v7(wall_ms())).await?;
    let sip_secret = Secret::new(db.setting_or("sip_secret", token).await?);

    let (presence, turned_away) = Presence::new(db.members().await?, db.standings().await?);
    let presence = Arc::new(presence);
    let (parking, park_door) = parking::open(&db, &presence).await?;

    let mail = match &config.mail {
        None => None,
        Some(settings) => {
            let base = link_base(config.public_url.as_deref(), addr).ok_or(StartError::PublicUrl)?;
            Some((Post::new(settings)?, base))
        }
    };
    let (forgotten, waiting) = Forgotten::new();

    let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
    let (to_voice, inputs) = mpsc::channel(INPUTS);
    let (events, happened) = mpsc::channel(EVENTS);
    let (to_queues, queue_inputs) = mpsc::channel(QUEUE_INPUTS);
    let (queue_news, queue_told) = mpsc::channel(QUEUE_NEWS);
    let (to_boxes, box_wishes) = mpsc::channel(WISHES);
    let setup = VoiceSetup {
        domain: config.domain.clone(),
        ephemeral_secret: sip_secret.clone(),
        extensions: db.active_extensions().await?,
        networks: networks(&db).await?,
        turned_away,
        boxes: db.boxes().await?,
        box_wishes: to_boxes,
        parking: park_door,
        queues: QueueDoor { inputs: queue_inputs, news: queue_news, availability: presence.availability() },
        media_ip: addr.ip(),
        inputs,
        events,
        stop: stop.clone(),
    };
    let voice_task = voice(setup).await?;

    let server = Server::new(Shared {
        instance: instance.clone(),
        sip_secret,
        db: db.clone(),
        passwords: Passwords::new(),
        limits: LoginLimits::default(),
        pictures: Pictures::new(),
        forgotten: mail.is_some().then_some(forgotten),
        links: LoginLimits::links(),
        pins: LoginLimits::pins(),
        hub: Hub::new(),
        online: Online::default(),
        metrics: Metrics::new(),
        presence,
        parking,
        supervisions: Supervisions::default(),
        recordings: Files::new(&config.recordings),
        voice: to_voice,
        queues: to_queues,
        next_flow: AtomicU64::new(1),
        flows: Arc::new(Semaphore::new(config.max_flows)),
        stop: stop.clone(),
        tasks: tasks.clone(),
        config,
    });
    let max_connections = server.config.max_connections;
    let pump = tokio::spawn(pump(server.clone(), happened));
    let keeper = tokio::spawn(queues::keep(server.clone(), queue_told));
    let directory = tokio::spawn(directory_news::tell(server.clone()));
    let panel = tokio::spawn(panel_news::tell(server.clone()));
    let log = tokio::spawn(event_log::keep(server.clone()));
    let kept_mail = tokio::spawn(voicemail::serve(server.clone(), box_wishes));
    let parked = tokio::spawn(parking::tell(server.clone()));
    let sweep = tokio::spawn(recordings::sweep(server.clone()));
    if queues::begin(&server).await.is_err() {
        tracing::error!("the queues could not be set up");
    }
    let writer = server.clone();
    let metrics = metrics.map(|(listener, at)| {
        let token = server.config.metrics.as_ref().and_then(|settings| settings.token.as_ref());
        let router = metrics_door::door(server.clone(), token);
        (tokio::spawn(serve(listener, router, metrics_door::CONNECTIONS, stop.clone(), tasks.clone())), at)
    });
    let accept = tokio::spawn(serve(listener, router(server), max_connections, stop.clone(), tasks.clone()));
    let mut owned = vec![pump, keeper, directory, panel, log, sweep, kept_mail, parked, accept, voice_task];
    let metrics = metrics.map(|(task, at)| {
        owned.push(task);
        at
    });
    if let Some((post, base)) = mail {
        owned.push(tokio::spawn(forgotten::answer(writer, post, base, waiting)));
    }
    tracing::info!(%addr, instance, "team server listens");
    Ok(RunningServer { addr, metrics, instance, db, stop, tasks, owned })
}

/// From where those may register and call who may not from everywhere.
async fn networks(db: &Db) -> sqlx::Result<Vec<(String, Vec<IpNet>)>> {
    let restricted = db.cards().await?.into_iter().filter(|card| !card.acl.is_empty());
    Ok(restricted.map(|card| (card.extension, directory_rules::networks(&card.acl))).collect())
}

async fn metrics_listener(config: &ServerConfig) -> Result<Option<(TcpListener, SocketAddr)>, StartError> {
    let Some(settings) = &config.metrics else { return Ok(None) };
    let at = settings.bind;
    if !settings.is_allowed() {
        return Err(StartError::MetricsOnNetwork { at });
    }
    let bind = |source| StartError::Bind { at, source };
    let listener = TcpListener::bind(at).await.map_err(bind)?;
    let at = listener.local_addr().map_err(bind)?;
    tracing::info!(%at, "metrics are told");
    Ok(Some((listener, at)))
}

/// Carries what the voice task tells to the hub. Its end without `stop` means that the voice task died.
async fn pump(server: Server, mut happened: mpsc::Receiver<VoiceEvent>) {
    let mut calls = CallBook::default();
    let line = |number: &str| match number {
        number if server.presence.knows(number) => Line::User,
        // Services are called with a star.
        number if number.starts_with('*') || server.hub.panel.is_queue(number) => Line::Ours,
        _ => Line::Outside,
    };
    let carry = async {
        while let Some(event) = happened.recv().await {
            server.hub.voice(event.clone());
            server.metrics.heard(&event);
            let rows = calls.hear(&event, wall_ms(), line);
            rows.into_iter().for_each(|row| server.hub.log.put(LogEntry::Call(row)));
            match event {
                VoiceEvent::RegistrationChanged { extension, registered } => {
                    server.presence.registered(&extension, registered, wall_ms(), &server.hub);
                }
                VoiceEvent::Supervised { by, of, mode } => server.supervision_began(by, of, mode),
                VoiceEvent::SuperviseOver { by, of } => server.supervision_over(by, of),
                VoiceEvent::SuperviseRefused { by, of, why } => server.supervision_refused(&by, &of, why),
                call => server.presence.call(&call, wall_ms(), &server.hub),
            }
        }
    };
    tokio::select! {
        biased;
        () = server.stop.cancelled() => {}
        () = carry => tracing::error!("the voice task ended by itself; SIP is refused from now on"),
    }
}

/// Where links lead: the configured base without a slash at its end, or this computer while nobody else is served.
fn link_base(configured: Option<&str>, addr: SocketAddr) -> Option<String> {
    match configured {
        None => addr.ip().is_loopback().then(|| format!("http://{addr}")),
        Some(text) => {
            let url = url::Url::parse(text).ok()?;
            let fits = matches!(url.scheme(), "https" | "http") && url.has_host();
            let bare = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
            (fits && bare).then(|| url.as_str().trim_end_matches('/').to_owned())
        }
    }
}

impl RunningServer {
    /// Where it listens.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Where metrics are told, if they are.
    #[must_use]
    pub fn metrics_addr(&self) -> Option<SocketAddr> {
        self.metrics
    }

    /// The installation, as in `/v1/health`.
    #[must_use]
    pub fn instance(&self) -> &str {
        &self.instance
    }

    /// Stops accepting, closes the streams with "going away", waits three seconds at most for what is under way, closes the database.
    pub async fn shutdown(mut self) {
        self.stop.cancel();
        self.tasks.close();
        let mut owned = std::mem::take(&mut self.owned);
        let farewell = async {
            self.tasks.wait().await;
            for task in &mut owned {
                if let Err(error) = task.await {
                    tracing::error!(%error, "a task of the server failed");
                }
            }
        };
        if tokio::time::timeout(FAREWELL, farewell).await.is_err() {
            tracing::warn!("some connections did not end in time");
        }
        owned.iter().for_each(JoinHandle::abort);
        self.db.close().await;
        tracing::info!("team server ended");
    }
}

impl Drop for RunningServer {
    fn drop(&mut self) {
        self.stop.cancel();
        self.owned.iter().for_each(JoinHandle::abort);
    }
}
