//! Writes down how everybody is seen and which calls there were, for the sums and charts of the live panel. Whoever tells waits for nothing: what
//! does not fit is counted.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval};

use crate::db::event_log::CallRow;
use crate::random::wall_ms;
use crate::seam::VoiceEvent;
use crate::state::Server;

/// Places in the queue.
const PLACES: usize = 4096;
/// Calls that run and are remembered; of more nothing is written.
const MOST_CALLS: usize = 10_000;
/// What is too old is forgotten this often.
const FORGET_EVERY: Duration = Duration::from_secs(6 * 60 * 60);

/// Something to write down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LogEntry {
    /// Somebody is seen with another status from then on.
    Status { user_id: String, status_id: String, since_ms: i64 },
    /// Somebody's part of a call that is over.
    Call(CallRow),
}

/// The door to the one who writes.
pub(crate) struct EventLog {
    entries: mpsc::Sender<LogEntry>,
    reader: Mutex<Option<mpsc::Receiver<LogEntry>>>,
    lost: AtomicU64,
}

impl Default for EventLog {
    fn default() -> Self {
        let (entries, reader) = mpsc::channel(PLACES);
        EventLog { entries, reader: Mutex::new(Some(reader)), lost: AtomicU64::new(0) }
    }
}

impl EventLog {
    pub(crate) fn put(&self, entry: LogEntry) {
        if self.entries.try_send(entry).is_err() {
            let lost = self.lost.fetch_add(1, Ordering::Relaxed) + 1;
            if lost.is_power_of_two() {
                tracing::warn!(lost, "the event log is not written as fast as things happen");
            }
        }
    }

    fn take_reader(&self) -> Option<mpsc::Receiver<LogEntry>> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Writes until the server ends, and then what is left.
pub(crate) async fn keep(server: Server) {
    let Some(mut entries) = server.hub.log.take_reader() else { return };
    if let Err(error) = server.db.close_status_log().await {
        tracing::error!(%error, "the statuses of the last server could not be closed");
    }
    let mut forget = interval(FORGET_EVERY);
    forget.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            Some(entry) = entries.recv() => write(&server, entry).await,
            _ = forget.tick() => match server.db.forget_logs(wall_ms()).await {
                Ok(0) => {}
                Ok(rows) => tracing::info!(rows, "old rows of the event log were forgotten"),
                Err(error) => tracing::warn!(%error, "old rows of the event log could not be forgotten"),
            },
            () = server.stop.cancelled() => break,
        }
    }
    while let Ok(entry) = entries.try_recv() {
        write(&server, entry).await;
    }
}

async fn write(server: &Server, entry: LogEntry) {
    let done = match &entry {
        LogEntry::Status { user_id, status_id, since_ms } => server.db.log_status(user_id, status_id, *since_ms).await,
        LogEntry::Call(row) => server.db.log_call(row).await,
    };
    if let Err(error) = done {
        tracing::error!(%error, "the event log could not be written");
    }
}

/// What is known of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// Of a user.
    User,
    /// Of a queue or a service of this server.
    Ours,
    /// Of somebody outside.
    Outside,
}

/// Calls that run, until they are over and become rows.
#[derive(Default)]
pub(crate) struct CallBook {
    calls: BTreeMap<String, Running>,
    /// Who supervises whom, since when.
    supervisions: BTreeMap<(String, String), i64>,
}

struct Running {
    /// Who is in it, since when.
    parts: BTreeMap<String, i64>,
    answered_ms: i64,
}

impl CallBook {
    /// What happened to a call; `line` says whose a number is. The rows of a call that is over by it.
    pub(crate) fn hear(&mut self, event: &VoiceEvent, now: i64, line: impl Fn(&str) -> Line) -> Vec<CallRow> {
        match event {
            VoiceEvent::CallStarted { call, from, .. } => {
                if self.calls.len() < MOST_CALLS {
                    let parts = BTreeMap::from([(from.clone(), now)]);
                    self.calls.entry(call.clone()).or_insert(Running { parts, answered_ms: 0 });
                }
                Vec::new()
            }
            VoiceEvent::CallRinging { call, to, .. } | VoiceEvent::CallAnswered { call, to, .. } => {
                if let Some(running) = self.calls.get_mut(call) {
                    running.parts.entry(to.clone()).or_insert(now);
                    if matches!(event, VoiceEvent::CallAnswered { .. }) && running.answered_ms == 0 {
                        running.answered_ms = now;
                    }
                }
                Vec::new()
            }
            VoiceEvent::CallEnded { call, from, to, .. } => {
                let Some(Running { parts, answered_ms }) = self.calls.remove(call) else { return Vec::new() };
                let row = |(extension, began_ms): (String, i64)| CallRow {
                    call: call.clone(),
                    direction: direction(extension == *from, line(if extension == *from { to } else { from })),
                    extension,
                    began_ms,
                    answered_ms,
                    ended_ms: now,
                };
                parts.into_iter().filter(|(who, _)| line(who) == Line::User).map(row).collect()
            }
            VoiceEvent::Supervised { by, of, .. } => {
                if self.supervisions.len() < MOST_CALLS {
                    self.supervisions.entry((by.clone(), of.clone())).or_insert(now);
                }
                Vec::new()
            }
            VoiceEvent::SuperviseOver { by, of } => {
                let began = self.supervisions.remove(&(by.clone(), of.clone()));
                let row = |began_ms| CallRow {
                    call: format!("supervision-{by}-{of}-{began_ms}"),
                    direction: "eavesdrop",
                    extension: by.clone(),
                    began_ms,
                    answered_ms: began_ms,
                    ended_ms: now,
                };
                began.map(row).into_iter().collect()
            }
            // Who it rang at before has had it ring all the same.
            VoiceEvent::CallMoved { .. }
            | VoiceEvent::SuperviseRefused { .. }
            | VoiceEvent::CallBlocked { .. }
            | VoiceEvent::RegistrationChanged { .. }
            | VoiceEvent::OfferRinging { .. }
            | VoiceEvent::OfferOver { .. } => Vec::new(),
        }
    }
}

fn direction(called: bool, other: Line) -> &'static str {
    match (called, other) {
        (_, Line::User | Line::Ours) => "internal",
        (true, Line::Outside) => "outbound",
        (false, Line::Outside) => "inbound",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: &str) -> Line {
        match number {
            "101" | "102" => Line::User,
            "800" => Line::Ours,
            _ => Line::Outside,
        }
    }

    fn call(from: &str, rings: &[&str], answers: Option<&str>) -> Vec<(String, &'static str, i64, i64, i64)> {
        let mut book = CallBook::default();
        let (call, from) = ("c".to_owned(), from.to_owned());
        let mut events = vec![VoiceEvent::CallStarted { call: call.clone(), from: from.clone(), to: "800".into() }];
        let to = |to: &str| (call.clone(), from.clone(), to.to_owned());
        for at in rings {
            let (call, from, to) = to(at);
            events.push(VoiceEvent::CallRinging { call, from, to });
        }
        if let Some(at) = answers {
            let (call, from, to) = to(at);
            events.push(VoiceEvent::CallAnswered { call, from, to });
        }
        let (call, from, to) = to(answers.or(rings.last().copied()).unwrap_or("800"));
        events.push(VoiceEvent::CallEnded { call, from, to, code: 200 });
        let rows = events.iter().zip(1..).flat_map(|(event, now)| book.hear(event, now, line)).collect::<Vec<_>>();
        assert!(book.calls.is_empty(), "what is over is not remembered");
        rows.into_iter().map(|it| (it.extension, it.direction, it.began_ms, it.answered_ms, it.ended_ms)).collect()
    }

    #[test]
    fn each_user_of_a_call_has_a_row_with_their_direction_ch_02() {
        let row = |extension: &str, direction, began, answered, ended| {
            (extension.to_owned(), direction, began, answered, ended)
        };
        assert_eq!(
            call("101", &["102"], Some("102")),
            [row("101", "internal", 1, 3, 4), row("102", "internal", 2, 3, 4)]
        );
        assert_eq!(call("0501", &["102"], Some("102")), [row("102", "inbound", 2, 3, 4)]);
        assert_eq!(call("101", &["0501"], None), [row("101", "outbound", 1, 0, 3)]);
        assert_eq!(call("101", &[], None), [row("101", "internal", 1, 0, 2)], "nobody took it in the queue");
        assert_eq!(call("0501", &[], None), []);
    }

    #[test]
    fn calls_without_end_are_not_remembered_without_bound() {
        let mut book = CallBook::default();
        for call in 0..MOST_CALLS + 10 {
            let started = VoiceEvent::CallStarted { call: call.to_string(), from: "101".into(), to: "102".into() };
            assert_eq!(book.hear(&started, 1, line), []);
        }
        assert_eq!(book.calls.len(), MOST_CALLS);
    }

    #[test]
    fn who_supervises_has_a_row_of_their_own_ch_02() {
        let mut book = CallBook::default();
        let (by, of) = ("101".to_owned(), "102".to_owned());
        let mode = base::SuperviseMode::Listen;
        let mut hear = |event, now| book.hear(&event, now, line);
        assert_eq!(hear(VoiceEvent::Supervised { by: by.clone(), of: of.clone(), mode }, 5), []);
        assert_eq!(
            hear(VoiceEvent::Supervised { by: by.clone(), of: of.clone(), mode: base::SuperviseMode::Barge }, 7),
            []
        );
        let rows = hear(VoiceEvent::SuperviseOver { by: by.clone(), of: of.clone() }, 9);
        let told: Vec<_> =
            rows.iter().map(|row| (row.extension.as_str(), row.direction, row.began_ms, row.ended_ms)).collect();
        assert_eq!(told, [("101", "eavesdrop", 5, 9)]);
        assert_eq!(hear(VoiceEvent::SuperviseOver { by, of }, 10), [], "told twice");
    }
}
