//! Load: thousands of registered agents, callers who wait in queues, and statuses that change, at a server in a process of its own.
//!
//! ```text
//! cargo run --release -p team-server --example load -- [--agents 2000] [--departments 1] [--callers 200] [--changes 50] [--seconds 60]
//!     [--database sqlite|postgres] [--json FILE]
//! ```
//!
//! Each agent has a SIP registration over WebSocket and an event stream. A change is `PUT /v1/me/status` with own words that hold its number;
//! each stream notes when these words arrive as presence. So the latency is from the moment before the request is sent to the moment at which the bytes
//! are read, for every watcher of every change. Needs some 4,500 open files at each side (`ulimit -n 20000`).

mod phones;
mod report;
mod watchers;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use base::Secret;
use model::{AgentOptions, Role};
use serde_json::json;
use team_api::QueueSettings;
use team_server::{Furnished, Plan, PlannedPerson, PlannedQueue, ServerConfig, furnish, start};
use testkit::database::Place;
use testkit::http::ask_as;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

use tracing_subscriber::EnvFilter;

use report::{Cost, Report};
use watchers::Latency;

/// Signing on, as many at once.
const AT_ONCE: usize = 64;
/// How long the server is looked at while nothing happens.
const QUIET: Duration = Duration::from_secs(10);
/// The last changes may take so long to arrive.
const REST: Duration = Duration::from_secs(20);
/// Agents of one queue.
const OF_QUEUE: usize = 100;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Load {
    /// Agents, each registered and with an event stream.
    pub agents: usize,
    /// Departments that they are spread over; colleagues of one department watch each other.
    pub departments: usize,
    /// Callers who wait in queues.
    pub callers: usize,
    /// Status changes a second.
    pub changes: u32,
    /// How long.
    pub seconds: u32,
    /// On PostgreSQL, not SQLite.
    pub postgres: bool,
    /// Where the report goes as JSON.
    pub json: Option<PathBuf>,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let done = match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["serve", url] => runtime.block_on(serve(url)),
        _ => read(&words).and_then(|load| runtime.block_on(measure(load))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("load: {error}");
            ExitCode::FAILURE
        }
    }
}

fn read(words: &[String]) -> Result<Load, String> {
    let mut load =
        Load { agents: 2000, departments: 1, callers: 200, changes: 50, seconds: 60, postgres: false, json: None };
    let mut words = words.iter();
    while let Some(option) = words.next() {
        let value = words.next().ok_or_else(|| format!("{option} needs a value"))?;
        let number =
            || value.parse::<u32>().ok().filter(|it| *it > 0).ok_or_else(|| format!("{option} needs a number"));
        match option.as_str() {
            "--agents" => load.agents = number()? as usize,
            "--departments" => load.departments = number()? as usize,
            "--callers" => load.callers = number()? as usize,
            "--changes" => load.changes = number()?,
            "--seconds" => load.seconds = number()?,
            "--database" => load.postgres = value == "postgres",
            "--json" => load.json = Some(value.into()),
            _ => return Err(format!("{option} is not known")),
        }
    }
    Ok(load)
}

/// The server, until its standard input ends.
async fn serve(url: &str) -> Result<(), String> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false).init();
    let bind = SocketAddr::from(([127, 0, 0, 1], 0));
    let config = ServerConfig { database_url: url.to_owned(), ..ServerConfig::in_dir(bind, std::path::Path::new(".")) };
    let server = start(config).await.map_err(|e| e.to_string())?;
    println!("{}", server.addr());
    let mut line = String::new();
    // Whoever started us is gone, or wants us to be.
    let _ = BufReader::new(tokio::io::stdin()).read_line(&mut line).await;
    server.shutdown().await;
    Ok(())
}

fn plan(load: &Load) -> Plan {
    let agent = |number: usize| PlannedPerson {
        name: format!("Agent {number}"),
        email: format!("a{number}@load.test"),
        extension: (10_000 + number).to_string(),
        role: Role::User,
        department: number % load.departments,
        watches: Vec::new(),
        agent: Some(AgentOptions::USUAL),
    };
    let caller = |number: usize| PlannedPerson {
        name: format!("Caller {number}"),
        email: format!("c{number}@load.test"),
        extension: (90_000 + number).to_string(),
        role: Role::User,
        department: load.departments,
        watches: Vec::new(),
        agent: None,
    };
    let queue = |number: usize| PlannedQueue {
        settings: QueueSettings {
            name: format!("Queue {number}"),
            extension: (800 + number).to_string(),
            max_callers: 1000,
            ..QueueSettings::default()
        },
        agents: (number * OF_QUEUE..load.agents.min((number + 1) * OF_QUEUE)).map(|agent| (agent, 1, 1)).collect(),
    };
    Plan {
        departments: (0..=load.departments).map(|number| format!("Department {number}")).collect(),
        people: (0..load.agents).map(agent).chain((0..load.callers).map(caller)).collect(),
        queues: (0..queues(load)).map(queue).collect(),
        breaks: Vec::new(),
    }
}

fn queues(load: &Load) -> usize {
    load.agents.div_ceil(OF_QUEUE).clamp(1, 100)
}

async fn measure(load: Load) -> Result<(), String> {
    #[cfg(unix)]
    let place = tokio::task::spawn_blocking({
        let postgres = load.postgres;
        move || if postgres { Place::postgres() } else { Place::sqlite() }
    })
    .await
    .map_err(|e| e.to_string())?;
    #[cfg(not(unix))]
    let place = Place::sqlite();
    let password = Secret::new("Load-Test-1-abc");
    let people = furnish(&place.url(), &plan(&load), password).await.map_err(|e| e.to_string())?;
    let (mut program, at) = run(&place.url()).await?;
    let pid = program.id().ok_or("the server is gone")?;
    let empty = Cost::of(pid)?;

    let latency = Arc::new(Latency::new(load.changes as usize * load.seconds as usize));
    let (agents, callers) = people.split_at(load.agents);
    let began = std::time::Instant::now();
    let phones = sign_on(at, agents, &latency).await?;
    let signed_on = began.elapsed();
    let waiting = queue_up(at, callers, queues(&load)).await?;
    eprintln!("{} agents in {signed_on:.1?}, {} callers wait", agents.len(), callers.len());
    // What follows from signing on is told first.
    sleep(Duration::from_secs(3)).await;

    let full = Cost::of(pid)?;
    sleep(QUIET).await;
    let quiet = Cost::of(pid)?;
    change(at, &load, agents, &latency).await;
    let expected = load.agents / load.departments * (load.changes * load.seconds) as usize;
    // Everything that is on its way.
    let arrived = async {
        while latency.count() < expected {
            sleep(Duration::from_millis(50)).await;
        }
    };
    let complete = timeout(REST, arrived).await.is_ok();
    let busy = Cost::of(pid)?;
    let report = Report {
        load: load.clone(),
        signed_on,
        empty,
        full,
        quiet,
        busy,
        latency: latency.summary(),
        expected,
        complete,
    };
    println!("{}", report.table());
    if let Some(file) = &load.json {
        std::fs::write(file, report.json().to_string()).map_err(|e| format!("writing {}: {e}", file.display()))?;
    }
    // They would complain that the server leaves.
    drop((phones, waiting));
    drop(program.stdin.take());
    // A server that does not end by itself is killed when it is dropped.
    let _ = timeout(Duration::from_secs(10), program.wait()).await;
    if complete { Ok(()) } else { Err("not every change reached every watcher".to_owned()) }
}

async fn run(url: &str) -> Result<(Child, SocketAddr), String> {
    let program = std::env::current_exe().map_err(|e| e.to_string())?;
    let mut child = Command::new(program)
        .args(["serve", url])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|e| e.to_string())?;
    let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
    let line = lines.next_line().await.map_err(|e| e.to_string())?.ok_or("the server did not start")?;
    Ok((child, line.parse().map_err(|_| format!("no address: {line}"))?))
}

/// Each on a break, registered, with an event stream.
async fn sign_on(at: SocketAddr, agents: &[Furnished], latency: &Arc<Latency>) -> Result<JoinSet<()>, String> {
    let (mut phones, mut signing, places) = (JoinSet::new(), JoinSet::new(), Arc::new(Semaphore::new(AT_ONCE)));
    for (number, agent) in agents.iter().cloned().enumerate() {
        let (latency, places) = (latency.clone(), places.clone());
        signing.spawn(async move {
            let _place = places.acquire_owned().await.map_err(|e| e.to_string())?;
            let token = agent.session.reveal();
            let rest = json!({ "status": "break", "text": "", "age_ms": 0 }).to_string();
            let answer = ask_as(at, token, "PUT /v1/me/status", rest).await;
            if answer.status != 200 {
                return Err(format!("{}: {}", answer.status, answer.text()));
            }
            let phone = phones::registered(at, token, number as u64).await?;
            let watcher = watchers::open(at, token, latency).await?;
            Ok((phone, watcher))
        });
    }
    while let Some(signed) = signing.join_next().await {
        let (phone, watcher) = signed.map_err(|e| e.to_string())??;
        phones.spawn(phone.stay());
        phones.spawn(watcher);
    }
    Ok(phones)
}

async fn queue_up(at: SocketAddr, callers: &[Furnished], queues: usize) -> Result<JoinSet<()>, String> {
    let mut waiting = JoinSet::new();
    for (number, caller) in callers.iter().enumerate() {
        let mut phone = phones::registered(at, caller.session.reveal(), 1_000_000 + number as u64).await?;
        phone.wait_in_queue(&(800 + number % queues).to_string()).await?;
        waiting.spawn(phone.stay());
    }
    Ok(waiting)
}

/// So many changes a second, one after the other through all agents.
async fn change(at: SocketAddr, load: &Load, agents: &[Furnished], latency: &Arc<Latency>) {
    let mut ticks = interval(Duration::from_secs(1) / load.changes);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut asked = JoinSet::new();
    for number in 0..(load.changes * load.seconds) as usize {
        ticks.tick().await;
        let token = agents[number % agents.len()].session.clone();
        let latency = latency.clone();
        asked.spawn(async move {
            let body = json!({ "status": "other", "text": watchers::words(number), "age_ms": 0 }).to_string();
            latency.sent(number);
            let answer = ask_as(at, token.reveal(), "PUT /v1/me/status", body).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
        });
        while asked.try_join_next().is_some() {}
    }
    while asked.join_next().await.is_some() {}
}
