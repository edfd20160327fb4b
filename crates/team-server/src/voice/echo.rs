//! The echo phone: a user agent like that of any phone, on a flow inside the process, that answers everybody.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use base::{Aor, Chance, Now, Redacted, Secret};
use bytes::Bytes;
use sip::ViaTransport;
use sip::ua::{DialogId, Event, Output, UaConfig, UserAgent};
use tokio::sync::mpsc;

use super::VoiceError;
use super::echo_call::{self, Ask, Media, Told};

/// What people dial.
pub(super) const EXTENSION: &str = "*43";
/// Calls at once; more are told that it is busy.
const MAX_CALLS: usize = 16;
/// Nobody talks to themselves for longer.
const MAX_DURATION: Duration = Duration::from_secs(600);
/// Requests of the far end that a call's media may be behind.
const ASKS: usize = 4;
/// Messages from all calls' media.
const TOLD: usize = 64;

/// The echo and its calls. Frames it wants to send come back from every method.
pub(super) struct EchoPhone {
    ua: UserAgent,
    media_ip: IpAddr,
    calls: BTreeMap<DialogId, EchoCall>,
    tell: mpsc::Sender<Told>,
}

struct EchoCall {
    asks: mpsc::Sender<Ask>,
    ends_at: Now,
}

impl EchoPhone {
    /// The phone, and what its calls' media will tell: pass it to [`EchoPhone::media`].
    pub(super) fn new(
        domain: &str,
        media_ip: IpAddr,
        chance: Chance,
    ) -> Result<(Self, mpsc::Receiver<Told>), VoiceError> {
        let config = UaConfig {
            aor: Aor::new(EXTENSION, domain)?,
            display_name: "Echo".to_owned(),
            auth_user: EXTENSION.to_owned(),
            password: Secret::new(""),
            transport: ViaTransport::Ws,
            instance: "urn:uuid:6f0c34a1-0f5b-4b0e-9d7e-000000000043".to_owned(),
            user_agent: concat!("Rannan-Echo/", env!("CARGO_PKG_VERSION")).to_owned(),
            expires: Duration::from_secs(600),
        };
        let (tell, told) = mpsc::channel(TOLD);
        Ok((EchoPhone { ua: UserAgent::new(config, chance), media_ip, calls: BTreeMap::new(), tell }, told))
    }

    pub(super) fn connect(&mut self, now: Now) -> Vec<Bytes> {
        let mut frames = self.obey(now, |ua| ua.flow_up(now));
        frames.extend(self.obey(now, |ua| ua.register(now)));
        frames
    }

    pub(super) fn receive(&mut self, now: Now, frame: &[u8]) -> Vec<Bytes> {
        self.obey(now, |ua| ua.receive(now, frame))
    }

    pub(super) fn tick(&mut self, now: Now) -> Vec<Bytes> {
        let mut frames = self.obey(now, |ua| ua.tick(now));
        let over: Vec<DialogId> = self.calls.iter().filter(|(_, c)| c.ends_at <= now).map(|(id, _)| *id).collect();
        for id in over {
            tracing::info!(echo.call = id.0, "the echo ends a call that lasted long enough");
            frames.extend(self.hang_up(now, id));
        }
        frames
    }

    /// A call's media have news.
    pub(super) fn media(&mut self, now: Now, Told { id, what }: Told) -> Vec<Bytes> {
        if !self.calls.contains_key(&id) {
            return Vec::new();
        }
        match what {
            Media::Ready(answer) => self.obey(now, |ua| ua.answer(now, id, answer)),
            Media::Refused { code, why } => {
                tracing::warn!(echo.call = id.0, code, why, "the echo refuses a call");
                self.calls.remove(&id);
                self.obey(now, |ua| ua.reject(now, id, code))
            }
            Media::Changed(sdp) => self.obey(now, |ua| ua.answer_reoffer(now, id, sdp)),
            Media::Unchanged { code } => self.obey(now, |ua| ua.refuse_reoffer(now, id, code)),
            Media::Over { why } => {
                tracing::info!(echo.call = id.0, why, "the echo lost the media of a call");
                self.hang_up(now, id)
            }
        }
    }

    /// Ends every call.
    pub(super) fn farewell(&mut self, now: Now) -> Vec<Bytes> {
        let all: Vec<DialogId> = self.calls.keys().copied().collect();
        all.into_iter().flat_map(|id| self.hang_up(now, id)).collect()
    }

    pub(super) fn wake_at(&self) -> Option<Now> {
        self.calls.values().map(|c| c.ends_at).chain(self.ua.wake_at()).min()
    }

    fn hang_up(&mut self, now: Now, id: DialogId) -> Vec<Bytes> {
        self.calls.remove(&id);
        self.obey(now, |ua| ua.hang_up(now, id))
    }

    /// Does what the user agent says, and what its events lead to.
    fn obey(&mut self, now: Now, input: impl FnOnce(&mut UserAgent) -> Vec<Output>) -> Vec<Bytes> {
        let mut frames = Vec::new();
        let mut todo: std::collections::VecDeque<Output> = input(&mut self.ua).into();
        while let Some(output) = todo.pop_front() {
            match output {
                Output::Send(frame) => frames.push(frame),
                Output::Event(event) => todo.extend(self.on_event(now, event)),
            }
        }
        frames
    }

    fn on_event(&mut self, now: Now, event: Event) -> Vec<Output> {
        match event {
            Event::Invited { id, from, offer, .. } => return self.on_invited(now, id, &from.number, offer),
            Event::Reoffered { id, offer } => {
                let asked = self.calls.get(&id).is_some_and(|c| c.asks.try_send(Ask::Reoffer(offer)).is_ok());
                if !asked {
                    return self.ua.refuse_reoffer(now, id, 500);
                }
            }
            Event::ReofferAnswered { id, answer } => {
                let asked = |c: &EchoCall| answer.is_some_and(|sdp| c.asks.try_send(Ask::Answer(sdp)).is_ok());
                if !self.calls.get(&id).is_some_and(asked) {
                    self.calls.remove(&id);
                    return self.ua.hang_up(now, id);
                }
            }
            Event::Cancelled { id, .. } | Event::Ended { id, .. } | Event::Closed { id } => {
                // The media task sees the dropped sender and ends.
                self.calls.remove(&id);
            }
            Event::RegistrationFailed { why } => {
                tracing::error!(?why, "the echo lost its registration");
                return self.ua.register(now);
            }
            Event::Registered { .. } | Event::Unregistered | Event::Confirmed { .. } => {}
            // The echo has no calls that could be supervised.
            Event::SuperviseAsked { id, .. } => return self.ua.answer_supervise(now, id, 403),
            // The echo calls nobody.
            Event::Referred { id, .. } => return self.ua.refuse_refer(now, id, 603),
            // Nothing of this can happen to a phone that never calls.
            Event::Provisional { .. }
            | Event::Queued { .. }
            | Event::Accepted { .. }
            | Event::Failed { .. }
            | Event::TimedOut { .. }
            | Event::FlowLost { .. }
            | Event::ReofferFailed { .. }
            | Event::SuperviseAnswered { .. }
            | Event::WantsReoffer { .. }
            | Event::ReferAccepted { .. }
            | Event::ReferFailed { .. }
            | Event::ReferProgress { .. } => {}
        }
        Vec::new()
    }

    fn on_invited(&mut self, now: Now, id: DialogId, from: &str, offer: Option<String>) -> Vec<Output> {
        if self.calls.len() >= MAX_CALLS {
            tracing::warn!(calls = self.calls.len(), "the echo is busy");
            return self.ua.reject(now, id, 486);
        }
        let Some(offer) = offer else { return self.ua.reject(now, id, 488) };
        tracing::info!(echo.call = id.0, from = %Redacted(from), "the echo is called");
        let (asks, asked) = mpsc::channel(ASKS);
        self.calls.insert(id, EchoCall { asks, ends_at: now + MAX_DURATION });
        let toward = Some(self.media_ip).filter(|ip| !ip.is_unspecified());
        let local_ips = media::local_addresses(toward);
        tokio::spawn(echo_call::run(id, local_ips, offer, asked, self.tell.clone()));
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use media::{MediaConfig, MediaSession};

    /// A caller wired straight to the echo; hands on until both are quiet.
    fn exchange(now: Now, caller: &mut UserAgent, echo: &mut EchoPhone, out: Vec<Output>) -> Vec<Event> {
        let (mut events, mut todo) = (Vec::new(), std::collections::VecDeque::from(out));
        while let Some(output) = todo.pop_front() {
            match output {
                Output::Event(event) => events.push(event),
                Output::Send(frame) => {
                    for back in echo.receive(now, &frame) {
                        todo.extend(caller.receive(now, &back));
                    }
                }
            }
        }
        events
    }

    #[tokio::test]
    async fn call_ends_after_ten_minutes() {
        let loopback: IpAddr = [127, 0, 0, 1].into();
        let (mut echo, mut told) =
            EchoPhone::new("rannan.local", loopback, Chance::from_number(1)).expect("an address");
        echo.connect(Now::ZERO);
        let config = UaConfig { aor: Aor::new("101", "rannan.local").expect("aor"), ..echo_config() };
        let mut caller = UserAgent::new(config, Chance::from_number(2));
        assert!(caller.flow_up(Now::ZERO).is_empty());
        let media = MediaConfig::opus(vec![loopback]);
        let (session, _events) = MediaSession::new(media).await.expect("media");
        let offer = session.make_offer().await.expect("offer");
        let (_, out) = caller.invite(Now::ZERO, &Aor::new("*43", "rannan.local").expect("aor"), offer);
        exchange(Now::ZERO, &mut caller, &mut echo, out);
        let ready = told.recv().await.expect("media tell");
        let accepted = echo.media(Now::ZERO, ready).into_iter().flat_map(|f| caller.receive(Now::ZERO, &f)).collect();
        let events = exchange(Now::ZERO, &mut caller, &mut echo, accepted);
        assert!(events.iter().any(|e| matches!(e, Event::Accepted { .. })), "{events:?}");

        let just_before = Now::at(MAX_DURATION - Duration::from_millis(1));
        assert!(!echo.tick(just_before).iter().any(|f| f.starts_with(b"BYE")));
        assert!(echo.tick(Now::at(MAX_DURATION)).iter().any(|f| f.starts_with(b"BYE")));
        assert!(echo.calls.is_empty());
    }

    fn echo_config() -> UaConfig {
        UaConfig {
            aor: Aor::new("x", "rannan.local").expect("aor"),
            display_name: String::new(),
            auth_user: String::new(),
            password: Secret::new(""),
            transport: ViaTransport::Ws,
            instance: "urn:uuid:1".into(),
            user_agent: String::new(),
            expires: Duration::from_secs(600),
        }
    }
}
