//! What the edge tells, as the rest of the server hears it.

use std::collections::BTreeSet;

use base::Redacted;
use sip::edge::{CallKey, EdgeEvent, OfferKey};
use tokio::sync::mpsc;

use crate::seam::VoiceEvent;

/// Turns edge events into voice events and hands them on without waiting.
pub(super) struct News {
    events: mpsc::Sender<VoiceEvent>,
    /// Call ids begin with it, so that those of two lives of a server differ.
    life: String,
    registered: BTreeSet<String>,
    /// Services of ours, which are no extensions.
    hidden: String,
    lost: u64,
}

impl News {
    pub(super) fn new(events: mpsc::Sender<VoiceEvent>, life: String, hidden: &str) -> Self {
        News { events, life, registered: BTreeSet::new(), hidden: hidden.to_owned(), lost: 0 }
    }

    /// `is_registered` says whether a device of this user is left.
    pub(super) fn tell(&mut self, event: EdgeEvent, is_registered: impl Fn(&str) -> bool) {
        match event {
            EdgeEvent::Registered { user, .. } | EdgeEvent::Unregistered { user, .. } => {
                let now = is_registered(&user);
                let changed = if now { self.registered.insert(user.clone()) } else { self.registered.remove(&user) };
                if changed && user != self.hidden {
                    tracing::info!(extension = %Redacted(&user), registered = now, "registration changed");
                    self.send(VoiceEvent::RegistrationChanged { extension: user, registered: now });
                }
            }
            EdgeEvent::CallStarted { key, from, to } => {
                tracing::info!(call.id = key.0, from = %Redacted(&from), to = %Redacted(&to), "call started");
                self.send(VoiceEvent::CallStarted { call: self.call(key), from, to });
            }
            EdgeEvent::CallRinging { key, from, to } => {
                self.send(VoiceEvent::CallRinging { call: self.call(key), from, to });
            }
            EdgeEvent::CallAnswered { key, from, to } => {
                tracing::info!(call.id = key.0, "call answered");
                self.send(VoiceEvent::CallAnswered { call: self.call(key), from, to });
            }
            EdgeEvent::CallEnded { key, from, to, code } => {
                tracing::info!(call.id = key.0, code, "call ended");
                self.send(VoiceEvent::CallEnded { call: self.call(key), from, to, code });
            }
            EdgeEvent::CallMoved { key, was, .. } => {
                tracing::info!(call.id = key.0, "a ringing call has another owner");
                self.send(VoiceEvent::CallMoved { call: self.call(key), was });
            }
            EdgeEvent::CallTurnedAway { key, from, to, code } => {
                tracing::info!(call.id = key.0, from = %Redacted(&from), to = %Redacted(&to), code, "call blocked by a status");
                self.send(VoiceEvent::CallBlocked { call: self.call(key), from, to, code });
            }
            EdgeEvent::OfferRinging { offer, agent, .. } => {
                self.send(VoiceEvent::OfferRinging { offer: self.offer(offer), agent });
            }
            EdgeEvent::OfferTaken { offer, agent, .. } | EdgeEvent::OfferOver { offer, agent, .. } => {
                self.send(VoiceEvent::OfferOver { offer: self.offer(offer), agent });
            }
            // For the queues alone.
            EdgeEvent::QueueCalled { .. } | EdgeEvent::QueueLeft { .. } => {}
            EdgeEvent::Supervised { by, of, mode, .. } => self.send(VoiceEvent::Supervised { by, of, mode }),
            EdgeEvent::SuperviseOver { by, of, .. } => self.send(VoiceEvent::SuperviseOver { by, of }),
            EdgeEvent::SuperviseRefused { by, of, why } => {
                tracing::warn!(by = %Redacted(&by), of = %Redacted(&of), why = why.code(), "supervision refused");
                self.send(VoiceEvent::SuperviseRefused { by, of, why: why.code() });
            }
            EdgeEvent::AuthFailed { user, flow } => {
                tracing::warn!(extension = %Redacted(&user), flow.id = flow.0, "SIP credentials refused");
            }
        }
    }

    fn call(&self, key: CallKey) -> String {
        format!("{}-{}", self.life, key.0)
    }

    fn offer(&self, offer: OfferKey) -> String {
        format!("{}-offer-{}", self.life, offer.0)
    }

    fn send(&mut self, event: VoiceEvent) {
        if self.events.try_send(event).is_err() {
            self.lost += 1;
            if self.lost.is_power_of_two() {
                tracing::warn!(lost = self.lost, "voice events are not fetched");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registration_is_told_when_it_changes_and_never_for_services() {
        let (sender, mut events) = mpsc::channel(8);
        let mut news = News::new(sender, "x".into(), "*43");
        let came = |user: &str| EdgeEvent::Registered {
            user: user.into(),
            contact: String::new(),
            user_agent: String::new(),
            expires: std::time::Duration::ZERO,
        };
        let went = |user: &str| EdgeEvent::Unregistered { user: user.into(), contact: String::new() };
        news.tell(came("*43"), |_| true);
        news.tell(came("101"), |_| true);
        news.tell(came("101"), |_| true);
        news.tell(went("101"), |_| true);
        news.tell(went("101"), |_| false);
        let told: Vec<_> = std::iter::from_fn(|| events.try_recv().ok()).collect();
        let change = |registered| VoiceEvent::RegistrationChanged { extension: "101".into(), registered };
        assert_eq!(told, [change(true), change(false)]);
    }
}
