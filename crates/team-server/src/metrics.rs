//! What the server counts and times, for Prometheus.
//!
//! No label holds anything of a person: a route is its template, a method or an outcome one of a few words, and nothing comes from a request
//! otherwise. What is now (sessions, streams, registrations, calls) is looked at when it is asked for, what was is counted as it happens.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use crate::seam::VoiceEvent;

/// From a millisecond to the longest time that an answer may take.
const ANSWER_BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 20.0];
const DATABASE_BUCKETS: [f64; 11] = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1.0, 5.0];

/// Route of what is nowhere.
const NOWHERE: &str = "none";

/// All of them.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    durations: Family<Route, Histogram>,
    database: Family<Asked, Histogram>,
    calls: Family<Ended, Counter>,
    blocked: Counter,
    now: Now,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    question: &'static str,
}

/// What the database is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Question {
    /// Nothing: whether it answers.
    Ping,
    /// Whose session this is; asked for every request with a token.
    Session,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Ended {
    outcome: &'static str,
}

/// How things stand at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    /// The database answers; without it the sessions are not known.
    pub sessions: Option<u64>,
    pub streams: usize,
    pub registrations: usize,
    pub calls: usize,
    pub connections: u32,
}

#[derive(Default)]
struct Now {
    database_up: Gauge,
    sessions: Gauge,
    streams: Gauge,
    registrations: Gauge,
    calls: Gauge,
    connections: Gauge,
    memory: Gauge,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("rannan");
        let metrics = Metrics {
            requests: Family::default(),
            durations: Family::new_with_constructor(|| Histogram::new(ANSWER_BUCKETS)),
            database: Family::new_with_constructor(|| Histogram::new(DATABASE_BUCKETS)),
            calls: Family::default(),
            blocked: Counter::default(),
            now: Now::default(),
            registry: Registry::default(),
        };
        registry.register("build", "Version of the server", Info::new([("version", env!("CARGO_PKG_VERSION"))]));
        registry.register("http_requests", "Answered requests", metrics.requests.clone());
        let says = "Time from the head of a request to the head of its answer";
        registry.register_with_unit("http_request_duration", says, Unit::Seconds, metrics.durations.clone());
        let says = "Time that the database took to answer, waiting for a connection included";
        registry.register_with_unit("database_answer", says, Unit::Seconds, metrics.database.clone());
        registry.register("calls_ended", "Calls that are over, by how they ended", metrics.calls.clone());
        registry.register(
            "calls_blocked",
            "Calls that the status of the called side kept away",
            metrics.blocked.clone(),
        );
        let now = &metrics.now;
        registry.register("database_up", "1 while the database answers", now.database_up.clone());
        registry.register("sessions", "Sessions that are signed in", now.sessions.clone());
        registry.register("event_streams", "Open streams of events", now.streams.clone());
        registry.register("registrations", "Extensions with at least one registered phone", now.registrations.clone());
        registry.register("calls", "Calls that ring or are spoken on", now.calls.clone());
        registry.register("database_connections", "Open connections to the database", now.connections.clone());
        if memory().is_some() {
            let says = "Memory of this process that is in use";
            registry.register_with_unit("process_memory", says, Unit::Bytes, now.memory.clone());
        }
        Metrics { registry, ..metrics }
    }

    /// A request was answered. `route` is the template of its path.
    pub(crate) fn answered(&self, method: &Method, route: Option<&str>, status: StatusCode, took: Duration) {
        let route = route.unwrap_or(NOWHERE).to_owned();
        self.durations.get_or_create(&Route { route: route.clone() }).observe(took.as_secs_f64());
        let labels = Request { method: word(method), route, status: status.as_u16() };
        self.requests.get_or_create(&labels).inc();
    }

    /// The database answered, or failed to.
    pub(crate) fn asked(&self, question: Question, took: Duration) {
        let question = match question {
            Question::Ping => "ping",
            Question::Session => "session",
        };
        self.database.get_or_create(&Asked { question }).observe(took.as_secs_f64());
    }

    /// Something happened to a call.
    pub(crate) fn heard(&self, event: &VoiceEvent) {
        match event {
            VoiceEvent::CallEnded { code, .. } => {
                self.calls.get_or_create(&Ended { outcome: outcome(*code) }).inc();
            }
            VoiceEvent::CallBlocked { .. } => {
                self.blocked.inc();
            }
            VoiceEvent::RegistrationChanged { .. }
            | VoiceEvent::OfferRinging { .. }
            | VoiceEvent::OfferOver { .. }
            | VoiceEvent::CallMoved { .. }
            | VoiceEvent::Supervised { .. }
            | VoiceEvent::SuperviseOver { .. }
            | VoiceEvent::SuperviseRefused { .. }
            | VoiceEvent::CallStarted { .. }
            | VoiceEvent::CallRinging { .. }
            | VoiceEvent::CallAnswered { .. } => {}
        }
    }

    /// Everything, in the text format of OpenMetrics, which Prometheus reads.
    pub(crate) fn text(&self, standing: Standing) -> String {
        let now = &self.now;
        let small = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        now.database_up.set(i64::from(standing.sessions.is_some()));
        if let Some(sessions) = standing.sessions {
            now.sessions.set(i64::try_from(sessions).unwrap_or(i64::MAX));
        }
        now.streams.set(small(standing.streams));
        now.registrations.set(small(standing.registrations));
        now.calls.set(small(standing.calls));
        now.connections.set(i64::from(standing.connections));
        if let Some(bytes) = memory() {
            now.memory.set(bytes);
        }
        let mut text = String::new();
        prometheus_client::encoding::text::encode(&mut text, &self.registry).expect("a string takes everything");
        text
    }
}

/// Methods are what somebody wrote into a request: only those that we know are told apart.
fn word(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// How a call ended.
fn outcome(code: u16) -> &'static str {
    match code {
        200..=299 => "answered",
        486 | 600 => "busy",
        603 => "declined",
        487 => "given_up",
        404 | 408 | 480 => "unreachable",
        _ => "failed",
    }
}

/// Bytes that are resident, where the system tells.
fn memory() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: i64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_is_counted_and_what_is_is_told() {
        let metrics = Metrics::new();
        let took = Duration::from_millis(3);
        metrics.answered(&Method::GET, Some("/v1/users/{id}/avatar"), StatusCode::OK, took);
        metrics.answered(&Method::GET, Some("/v1/users/{id}/avatar"), StatusCode::OK, took);
        metrics.answered(&Method::from_bytes(b"NOOR").unwrap(), None, StatusCode::NOT_FOUND, took);
        metrics.asked(Question::Session, took);
        let call = |code| VoiceEvent::CallEnded { call: "c".into(), from: "101".into(), to: "102".into(), code };
        [200, 486, 487, 500].into_iter().for_each(|code| metrics.heard(&call(code)));
        let standing = Standing { sessions: Some(4), streams: 3, registrations: 2, calls: 1, connections: 1 };
        let text = metrics.text(standing);
        for line in [
            "rannan_http_requests_total{method=\"GET\",route=\"/v1/users/{id}/avatar\",status=\"200\"} 2",
            "rannan_http_requests_total{method=\"other\",route=\"none\",status=\"404\"} 1",
            "rannan_http_request_duration_seconds_count{route=\"none\"} 1",
            "rannan_database_answer_seconds_count{question=\"session\"} 1",
            "rannan_calls_ended_total{outcome=\"answered\"} 1",
            "rannan_calls_ended_total{outcome=\"given_up\"} 1",
            "rannan_calls_ended_total{outcome=\"failed\"} 1",
            "rannan_database_up 1",
            "rannan_sessions 4",
            "rannan_event_streams 3",
            "rannan_registrations 2",
            "rannan_calls 1",
            "# EOF",
        ] {
            assert!(text.lines().any(|it| it == line), "{line} in {text}");
        }
        assert!(!text.contains("NOOR") && !text.contains("101"));
        assert!(metrics.text(Standing::default()).contains("rannan_database_up 0\n"));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn memory_is_more_than_a_mebibyte_and_less_than_all() {
        let bytes = memory().unwrap();
        assert!((1 << 20..1 << 40).contains(&bytes), "{bytes}");
    }
}
