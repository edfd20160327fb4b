//! The phone of the voice boxes: answers for those whose calls nobody takes, and lets the caller leave a message; whoever dials it
//! opens their own box (EC-08).

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use base::{Aor, Chance, Now, Redacted, Secret};
use bytes::Bytes;
use sip::ViaTransport;
use sip::edge::{VOICEMAIL, box_of};
use sip::ua::{Caller, DialogId, Event, Output, UaConfig, UserAgent};
use tokio::sync::mpsc;

use super::VoiceError;
use super::echo_call::{Ask, Media, Told};
use super::mail_call::{self, Script, Visit};
use super::mail_sound::Prompts;
use crate::mail_seam::BoxWish;

/// Messages that are left at once; more callers hear what they would hear without a box.
const MAX_CALLS: usize = 64;
/// Requests of the far end that a call's media may be behind.
const ASKS: usize = 4;
/// Messages from all calls' media.
const TOLD: usize = 64;

/// The phone and its calls. Frames it wants to send come back from every method.
pub(super) struct MailPhone {
    ua: UserAgent,
    media_ip: IpAddr,
    prompts: Prompts,
    calls: BTreeMap<DialogId, mpsc::Sender<Ask>>,
    tell: mpsc::Sender<Told>,
    wishes: mpsc::Sender<BoxWish>,
}

impl MailPhone {
    /// The phone, and what its calls' media will tell: pass it to [`MailPhone::media`].
    pub(super) fn new(
        domain: &str,
        media_ip: IpAddr,
        wishes: mpsc::Sender<BoxWish>,
        chance: Chance,
    ) -> Result<(Self, mpsc::Receiver<Told>), VoiceError> {
        let config = UaConfig {
            aor: Aor::new(VOICEMAIL, domain)?,
            display_name: "Voicemail".to_owned(),
            auth_user: VOICEMAIL.to_owned(),
            password: Secret::new(""),
            transport: ViaTransport::Ws,
            instance: "urn:uuid:6f0c34a1-0f5b-4b0e-9d7e-000000000097".to_owned(),
            user_agent: concat!("Rannan-Voicemail/", env!("CARGO_PKG_VERSION")).to_owned(),
            expires: Duration::from_secs(600),
        };
        let (tell, told) = mpsc::channel(TOLD);
        let (ua, calls) = (UserAgent::new(config, chance), BTreeMap::new());
        Ok((MailPhone { ua, media_ip, prompts: Prompts::read()?, calls, tell, wishes }, told))
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
        self.obey(now, |ua| ua.tick(now))
    }

    /// A call's media have news.
    pub(super) fn media(&mut self, now: Now, Told { id, what }: Told) -> Vec<Bytes> {
        if !self.calls.contains_key(&id) {
            return Vec::new();
        }
        match what {
            Media::Ready(answer) => self.obey(now, |ua| ua.answer(now, id, answer)),
            Media::Refused { code, why } => {
                tracing::warn!(mail.call = id.0, code, why, "the voice boxes refuse a call");
                self.calls.remove(&id);
                self.obey(now, |ua| ua.reject(now, id, code))
            }
            Media::Changed(sdp) => self.obey(now, |ua| ua.answer_reoffer(now, id, sdp)),
            Media::Unchanged { code } => self.obey(now, |ua| ua.refuse_reoffer(now, id, code)),
            Media::Over { why } => {
                tracing::info!(mail.call = id.0, why, "a call to a voice box is over");
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
        self.ua.wake_at()
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
            Event::Invited { id, from, offer, pickup, .. } => self.on_invited(now, id, from, offer, pickup),
            Event::Reoffered { id, offer } => {
                let asked = self.calls.get(&id).is_some_and(|asks| asks.try_send(Ask::Reoffer(offer)).is_ok());
                if asked { Vec::new() } else { self.ua.refuse_reoffer(now, id, 500) }
            }
            Event::ReofferAnswered { id, answer } => {
                let asked =
                    |asks: &mpsc::Sender<Ask>| answer.is_some_and(|sdp| asks.try_send(Ask::Answer(sdp)).is_ok());
                if self.calls.get(&id).is_some_and(asked) {
                    return Vec::new();
                }
                self.calls.remove(&id);
                self.ua.hang_up(now, id)
            }
            Event::Cancelled { id, .. } | Event::Ended { id, .. } | Event::Closed { id } => {
                // The media task sees the dropped sender, and keeps what was said.
                self.calls.remove(&id);
                Vec::new()
            }
            Event::RegistrationFailed { why } => {
                tracing::error!(?why, "the voice boxes lost their registration");
                self.ua.register(now)
            }
            Event::SuperviseAsked { id, .. } => self.ua.answer_supervise(now, id, 403),
            Event::Referred { id, .. } => self.ua.refuse_refer(now, id, 603),
            // The rest cannot happen to a phone that never calls, or changes nothing.
            _ => Vec::new(),
        }
    }

    fn on_invited(
        &mut self,
        now: Now,
        id: DialogId,
        from: Caller,
        offer: Option<String>,
        pickup: Option<String>,
    ) -> Vec<Output> {
        // Where a call came from another phone, the edge says whose box it is. Who dials the boxes wants their own: the edge knows who it is.
        let (owner, script) = match pickup.as_deref() {
            Some(word) => match box_of(word) {
                Some(owner) => (owner, Script::Leave),
                None => return self.ua.reject(now, id, 404),
            },
            None => (from.number.clone(), Script::own()),
        };
        if self.calls.len() >= MAX_CALLS {
            tracing::warn!(calls = self.calls.len(), "the voice boxes are busy");
            return self.ua.reject(now, id, 486);
        }
        let Some(offer) = offer else { return self.ua.reject(now, id, 488) };
        tracing::info!(mail.call = id.0, from = %Redacted(&from.number), "a voice box answers");
        let (asks, asked) = mpsc::channel(ASKS);
        self.calls.insert(id, asks);
        let toward = Some(self.media_ip).filter(|ip| !ip.is_unspecified());
        let visit = Visit {
            id,
            owner,
            from: from.number,
            from_name: from.display_name,
            script,
            prompts: self.prompts.clone(),
            wishes: self.wishes.clone(),
        };
        tokio::spawn(mail_call::run(visit, media::local_addresses(toward), offer, asked, self.tell.clone()));
        Vec::new()
    }
}
