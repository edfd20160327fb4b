//! The phone of the parking places: keeps calls that somebody parked, until a colleague takes them, they hang up, or they ring back (RG-08).
//! What becomes of a call is decided by [`Slots`]; this carries it out.

use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;
use std::time::Duration;

use base::{Aor, Chance, Now, Redacted, Secret};
use bytes::Bytes;
use sip::ViaTransport;
use sip::edge::{PARKING, slot_in};
use sip::ua::{DialogId, Event, Output, UaConfig, UserAgent};
use tokio::sync::mpsc;

use super::VoiceError;
use super::echo_call::{Ask, Media, Told};
use super::park_call::{self, HoldSound};
use super::park_slots::{Deed, Slots, Visitor};
use crate::random::wall_ms;
use crate::seam::{ParkDoor, ParkedHere};

/// Calls at once: every place, and some who come for one.
const MAX_CALLS: usize = 160;
/// Requests of the far end that a call's media may be behind.
const ASKS: usize = 4;
/// Messages from all calls' media.
const TOLD: usize = 64;

/// The phone and its calls. Frames it wants to send come back from every method.
pub(super) struct ParkPhone {
    ua: UserAgent,
    media_ip: IpAddr,
    domain: String,
    sound: HoldSound,
    slots: Slots,
    calls: BTreeMap<DialogId, mpsc::Sender<Ask>>,
    tell: mpsc::Sender<Told>,
    door: ParkDoor,
}

impl ParkPhone {
    /// The phone, and what its calls' media will tell: pass it to [`ParkPhone::media`].
    pub(super) fn new(
        domain: &str,
        media_ip: IpAddr,
        door: ParkDoor,
        chance: Chance,
    ) -> Result<(Self, mpsc::Receiver<Told>), VoiceError> {
        let config = UaConfig {
            aor: Aor::new(PARKING, domain)?,
            display_name: "Parking".to_owned(),
            auth_user: PARKING.to_owned(),
            password: Secret::new(""),
            transport: ViaTransport::Ws,
            instance: "urn:uuid:6f0c34a1-0f5b-4b0e-9d7e-000000000068".to_owned(),
            user_agent: concat!("Rannan-Parking/", env!("CARGO_PKG_VERSION")).to_owned(),
            expires: Duration::from_secs(600),
        };
        let (tell, told) = mpsc::channel(TOLD);
        let slots = Slots::new(*door.ring_back.borrow());
        let phone = ParkPhone {
            ua: UserAgent::new(config, chance),
            media_ip,
            domain: domain.to_owned(),
            sound: HoldSound::tone()?,
            slots,
            calls: BTreeMap::new(),
            tell,
            door,
        };
        Ok((phone, told))
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
        self.slots.ring_back_after(*self.door.ring_back.borrow_and_update());
        let deeds = self.slots.tick(now);
        frames.extend(self.does(now, deeds));
        frames
    }

    /// Keeps a place for a call that `by` is about to park.
    pub(super) fn reserve(&mut self, now: Now, by: &str) -> Option<u8> {
        self.slots.reserve(now, by)
    }

    /// A call's media have news.
    pub(super) fn media(&mut self, now: Now, Told { id, what }: Told) -> Vec<Bytes> {
        if !self.calls.contains_key(&id) {
            return Vec::new();
        }
        match what {
            Media::Ready(answer) => self.obey(now, |ua| ua.answer(now, id, answer)),
            Media::Refused { code, why } => {
                tracing::warn!(park.call = id.0, code, why, "a call is not parked");
                let mut frames = self.obey(now, |ua| ua.reject(now, id, code));
                frames.extend(self.is_over(now, id));
                frames
            }
            Media::Changed(sdp) => self.obey(now, |ua| ua.answer_reoffer(now, id, sdp)),
            Media::Unchanged { code } => self.obey(now, |ua| ua.refuse_reoffer(now, id, code)),
            Media::Over { why } => {
                tracing::info!(park.call = id.0, why, "the sound of a parked call is lost");
                let mut frames = self.obey(now, |ua| ua.hang_up(now, id));
                frames.extend(self.is_over(now, id));
                frames
            }
        }
    }

    /// Ends every call.
    pub(super) fn farewell(&mut self, now: Now) -> Vec<Bytes> {
        let all: Vec<DialogId> = self.calls.keys().copied().collect();
        all.into_iter().flat_map(|id| self.obey(now, |ua| ua.hang_up(now, id))).collect()
    }

    pub(super) fn wake_at(&self) -> Option<Now> {
        [self.ua.wake_at(), self.slots.wake_at()].into_iter().flatten().min()
    }

    fn is_over(&mut self, now: Now, id: DialogId) -> Vec<Bytes> {
        // The media task sees the dropped sender and ends.
        self.calls.remove(&id);
        let deeds = self.slots.over(now, id);
        self.does(now, deeds)
    }

    fn does(&mut self, now: Now, deeds: Vec<Deed>) -> Vec<Bytes> {
        let mut frames = Vec::new();
        for deed in deeds {
            let out = self.carry_out(now, deed);
            frames.extend(self.obey(now, |_| out));
        }
        self.tell_parked();
        frames
    }

    /// Does what the user agent says, and what its events lead to.
    fn obey(&mut self, now: Now, input: impl FnOnce(&mut UserAgent) -> Vec<Output>) -> Vec<Bytes> {
        let mut frames = Vec::new();
        let mut todo: VecDeque<Output> = input(&mut self.ua).into();
        while let Some(output) = todo.pop_front() {
            match output {
                Output::Send(frame) => frames.push(frame),
                Output::Event(event) => todo.extend(self.on_event(now, event)),
            }
        }
        self.tell_parked();
        frames
    }

    fn on_event(&mut self, now: Now, event: Event) -> Vec<Output> {
        let deeds = match event {
            Event::Invited { .. } => return self.on_invited(now, event),
            Event::Confirmed { id } => self.slots.stands(now, id),
            Event::Reoffered { id, offer } => {
                let asked = self.calls.get(&id).is_some_and(|asks| asks.try_send(Ask::Reoffer(offer)).is_ok());
                return if asked { Vec::new() } else { self.ua.refuse_reoffer(now, id, 500) };
            }
            Event::ReofferAnswered { id, answer } => {
                let asked =
                    |asks: &mpsc::Sender<Ask>| answer.is_some_and(|sdp| asks.try_send(Ask::Answer(sdp)).is_ok());
                return if self.calls.get(&id).is_some_and(asked) { Vec::new() } else { self.ua.hang_up(now, id) };
            }
            Event::ReferProgress { id, code: Some(200..300), .. } | Event::ReferAccepted { id, reports: false } => {
                self.slots.taken(id)
            }
            Event::ReferProgress { id, code: Some(300..), .. }
            | Event::ReferProgress { id, over: true, .. }
            | Event::ReferFailed { id, .. } => self.slots.not_taken(now, id),
            Event::Cancelled { id, .. } | Event::Ended { id, .. } | Event::Closed { id } => {
                self.calls.remove(&id);
                self.slots.over(now, id)
            }
            Event::RegistrationFailed { why } => {
                tracing::error!(?why, "the parking places lost their registration");
                return self.ua.register(now);
            }
            Event::SuperviseAsked { id, .. } => return self.ua.answer_supervise(now, id, 403),
            Event::Referred { id, .. } => return self.ua.refuse_refer(now, id, 603),
            // The rest cannot happen to a phone that never calls, or changes nothing.
            _ => return Vec::new(),
        };
        deeds.into_iter().flat_map(|deed| self.carry_out(now, deed)).collect()
    }

    fn carry_out(&mut self, now: Now, deed: Deed) -> Vec<Output> {
        match deed {
            Deed::Join { dialog, picker } => {
                tracing::info!(park.call = dialog.0, "a parked call is taken");
                self.ua.refer_into(now, dialog, picker)
            }
            Deed::Send { dialog, to } => {
                tracing::info!(park.call = dialog.0, to = %Redacted(&to), "a parked call rings back");
                match Aor::new(&to, &self.domain) {
                    Ok(to) => self.ua.refer(now, dialog, &to),
                    Err(_) => Vec::new(),
                }
            }
            Deed::HangUp(dialog) => self.ua.hang_up(now, dialog),
        }
    }

    fn on_invited(&mut self, now: Now, event: Event) -> Vec<Output> {
        let Event::Invited { id, from, offer, pickup, referred_by, .. } = event else { return Vec::new() };
        // Only the edge brings calls here, and says which place is meant.
        let Some(place) = pickup.as_deref().and_then(slot_in) else { return self.ua.reject(now, id, 404) };
        if self.calls.len() >= MAX_CALLS {
            tracing::warn!(calls = self.calls.len(), "the parking places are busy");
            return self.ua.reject(now, id, 486);
        }
        let Some(offer) = offer else { return self.ua.reject(now, id, 488) };
        let visitor = Visitor {
            dialog: id,
            number: &from.number,
            name: &from.display_name,
            sent_by: referred_by.as_ref().map(|by| by.number.as_str()),
            now_ms: wall_ms(),
        };
        if let Err(code) = self.slots.come(now, place, &visitor, |by, of| (self.door.may_take)(by, of)) {
            return self.ua.reject(now, id, code);
        }
        tracing::info!(park.call = id.0, place, from = %Redacted(&from.number), "a parking place is called");
        let (asks, asked) = mpsc::channel(ASKS);
        self.calls.insert(id, asks);
        let local_ips = media::local_addresses(Some(self.media_ip).filter(|ip| !ip.is_unspecified()));
        tokio::spawn(park_call::run(id, local_ips, offer, self.sound.clone(), asked, self.tell.clone()));
        Vec::new()
    }

    fn tell_parked(&self) {
        let now: Vec<ParkedHere> = self.slots.parked();
        self.door.parked.send_if_modified(|parked| {
            let is_news = *parked != now;
            *parked = now;
            is_news
        });
    }
}
