//! News of the live panel: told while somebody looks, four times a second at most, to the streams that asked. Whatever happens marks it; then it is
//! gathered once and each stream writes what its reader may see. Nothing is remembered: whoever connects anew asks anew.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use team_api::{Event, EventBody, Panel, PanelDays};
use tokio::sync::{Notify, oneshot};
use tokio::time::{Instant, sleep};

use crate::auth::token::TokenHash;
use crate::extract::Caller;
use crate::panel::{QueuesHere, Sums};
use crate::queue_seam::QueueInput;
use crate::random::wall_ms;
use crate::state::Server;

/// What happens within this time is told together.
const TOGETHER: Duration = Duration::from_millis(250);
/// Sums over the log of a long day cost something: they are no older than that, and counted anew only if the log has grown.
const SUMS_LAST: Duration = Duration::from_millis(500);

/// Who looks, and whether something has happened.
#[derive(Default)]
pub(crate) struct PanelNews {
    seats: Mutex<BTreeMap<String, Seat>>,
    /// Extensions of queues, which are nobody's outside.
    lines: Mutex<BTreeSet<String>>,
    news: Notify,
    /// Rows of the log that there are since the start.
    logged: AtomicU64,
}

/// A session with open streams.
#[derive(Default)]
struct Seat {
    streams: usize,
    looks: Option<PanelDays>,
}

/// The live panel at one moment, for everybody who looks.
pub(crate) struct PanelItem {
    seq: u64,
    at_ms: i64,
    here: QueuesHere,
    sums: Arc<BTreeMap<PanelDays, Sums>>,
}

/// Sums that were counted.
struct Counted {
    at: Instant,
    logged: u64,
    sums: Arc<BTreeMap<PanelDays, Sums>>,
}

impl PanelNews {
    /// Something that the panel shows may be otherwise.
    pub(crate) fn touch(&self) {
        self.news.notify_one();
    }

    /// The log of the queues has grown.
    pub(crate) fn logged(&self) {
        self.logged.fetch_add(1, Ordering::Relaxed);
        self.touch();
    }

    /// A stream of this session is open, until what comes back is dropped. Whoever looked goes on looking as long as one is.
    pub(crate) fn sit(&self, token: &TokenHash) -> Sitting<'_> {
        self.lock().entry(token.as_str().to_owned()).or_default().streams += 1;
        Sitting { news: self, token: token.as_str().to_owned() }
    }

    /// This session looks, or no more. `false`: it has no stream.
    pub(crate) fn look(&self, token: &TokenHash, days: Option<PanelDays>) -> bool {
        let mut seats = self.lock();
        let Some(seat) = seats.get_mut(token.as_str()) else { return false };
        seat.looks = days;
        drop(seats);
        self.touch();
        true
    }

    /// Queues have these extensions.
    pub(crate) fn queues_are(&self, extensions: BTreeSet<String>) {
        *self.lines.lock().unwrap_or_else(PoisonError::into_inner) = extensions;
    }

    /// Is this the extension of a queue?
    pub(crate) fn is_queue(&self, extension: &str) -> bool {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).contains(extension)
    }

    fn days(&self) -> BTreeSet<PanelDays> {
        self.lock().values().filter_map(|seat| seat.looks).collect()
    }

    fn days_of(&self, token: &TokenHash) -> Option<PanelDays> {
        self.lock().get(token.as_str())?.looks
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Seat>> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An open stream.
pub(crate) struct Sitting<'a> {
    news: &'a PanelNews,
    token: String,
}

impl Drop for Sitting<'_> {
    fn drop(&mut self) {
        let mut seats = self.news.lock();
        if let Some(seat) = seats.get_mut(&self.token) {
            seat.streams = seat.streams.saturating_sub(1);
            if seat.streams == 0 {
                seats.remove(&self.token);
            }
        }
    }
}

impl Server {
    /// The queues at this moment; `None`: the voice task is gone.
    pub(crate) async fn queues_here(&self) -> Option<QueuesHere> {
        let (answer, answered) = oneshot::channel();
        self.queues.send(QueueInput::AskAll(answer)).await.ok()?;
        answered.await.ok()
    }

    /// What of it is written to this stream; `None`: its reader does not look, or may not.
    pub(crate) fn panel_event(&self, caller: &Caller, item: &PanelItem) -> Option<Event> {
        let days = self.hub.panel.days_of(&caller.token)?;
        let now = wall_ms();
        let sums = item.sums.get(&days)?;
        let panel: Panel =
            self.presence.panel_for(&caller.user.extension, &item.here, sums, (&self.supervisions, now))?;
        Some(Event { seq: item.seq, at_ms: item.at_ms, body: EventBody::PanelChanged(Box::new(panel)) })
    }

    async fn gather(
        &self,
        days: BTreeSet<PanelDays>,
        counted: &mut Option<Counted>,
    ) -> sqlx::Result<Option<PanelItem>> {
        let sums = self.sums(days, counted).await?;
        // Last, because it is what moves most.
        let Some(here) = self.queues_here().await else { return Ok(None) };
        Ok(Some(PanelItem { seq: 0, at_ms: wall_ms(), here, sums }))
    }

    async fn sums(
        &self,
        days: BTreeSet<PanelDays>,
        counted: &mut Option<Counted>,
    ) -> sqlx::Result<Arc<BTreeMap<PanelDays, Sums>>> {
        let logged = self.hub.panel.logged.load(Ordering::Relaxed);
        if let Some(it) = counted
            && it.sums.keys().eq(days.iter())
        {
            if it.logged == logged {
                return Ok(it.sums.clone());
            }
            if it.at.elapsed() < SUMS_LAST {
                // Told again with the newer ones.
                self.hub.panel.touch();
                return Ok(it.sums.clone());
            }
        }
        let mut sums = BTreeMap::new();
        for days in days {
            sums.insert(days, self.db.day_sums(days).await?);
        }
        let sums = Arc::new(sums);
        *counted = Some(Counted { at: Instant::now(), logged, sums: sums.clone() });
        Ok(sums)
    }
}

/// Tells until the server ends.
pub(crate) async fn tell(server: Server) {
    let news = &server.hub.panel;
    let work = async {
        let mut counted = None;
        loop {
            news.news.notified().await;
            sleep(TOGETHER).await;
            let days = news.days();
            if days.is_empty() {
                counted = None;
                continue;
            }
            match server.gather(days, &mut counted).await {
                Ok(Some(item)) => server.hub.panel_changed(item),
                Ok(None) => {}
                Err(error) => {
                    tracing::warn!(%error, "news of the live panel are late");
                    news.touch();
                }
            }
        }
    };
    tokio::select! {
        biased;
        () = server.stop.cancelled() => {}
        () = work => {}
    }
}

impl PanelItem {
    /// With its number.
    pub(crate) fn numbered(self, seq: u64) -> Arc<Self> {
        Arc::new(PanelItem { seq, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAYS: PanelDays = PanelDays { today_ms: 1, yesterday_ms: 0 };

    #[test]
    fn whoever_looks_looks_until_they_leave_or_the_last_stream_ends_lp_01() {
        let news = PanelNews::default();
        let token = TokenHash::of("t");
        assert!(!news.look(&token, Some(DAYS)), "nothing is kept for whom no stream is open");
        let (first, second) = (news.sit(&token), news.sit(&token));
        assert_eq!(news.days_of(&token), None, "nobody asked");
        assert!(news.look(&token, Some(DAYS)));
        drop(first);
        assert_eq!(news.days(), BTreeSet::from([DAYS]));
        assert!(news.look(&token, None) && news.days().is_empty());
        assert!(news.look(&token, Some(DAYS)));
        drop(second);
        assert!(news.days().is_empty() && news.lock().is_empty());
    }
}
