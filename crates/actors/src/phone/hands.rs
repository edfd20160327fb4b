//! Does what the mind wants.

use std::time::Duration;

use base::Aor;
use media::Direction;
use tokio::sync::mpsc;

use super::{ASKS, Call, Errand, Phone};
use crate::speech::{Ask, Begin, Speaker};
use crate::{Effect, Input, Mind, Mood};

impl<M: Mind> Phone<'_, M> {
    /// Gives the mind what has happened, and does what it wants, until both are quiet.
    pub(super) fn think(&mut self) {
        while let Some(input) = self.inputs.pop_front() {
            let now = self.now();
            for effect in self.mind.handle(now, input) {
                self.carry_out(effect);
            }
        }
    }

    fn carry_out(&mut self, effect: Effect) {
        let id = self.call.as_ref().and_then(|call| call.id);
        match effect {
            Effect::Dial(number) => self.dial(&number),
            Effect::Answer => {
                if let Some(offer) = self.call.as_mut().and_then(|call| call.offer.take()) {
                    self.speak(Begin::Answer(offer));
                }
            }
            Effect::Refuse => {
                if let Some(id) = id {
                    self.ua(|ua, now| ua.reject(now, id, 486));
                }
            }
            Effect::HangUp => match id {
                Some(id) => self.ua(|ua, now| ua.hang_up(now, id)),
                None => self.over(),
            },
            Effect::Hold => self.ask(Ask::Turn(Direction::SendOnly)),
            Effect::Resume => self.ask(Ask::Turn(Direction::SendRecv)),
            Effect::Choose(mood) => {
                let (status, text) = match mood {
                    Mood::Available => ("available", ""),
                    Mood::Break => ("break", ""),
                    Mood::Meeting => ("meeting", ""),
                    Mood::Course => ("other", self.seat.course),
                };
                let client = self.seat.client.clone();
                self.errands.spawn(async move {
                    Errand::Asked(client.choose_status(status, text, Duration::ZERO).await.map(drop))
                });
            }
            Effect::Ready => {
                let client = self.seat.client.clone();
                self.errands.spawn(async move { Errand::Asked(client.agent_ready().await.map(drop)) });
            }
        }
    }

    fn dial(&mut self, number: &str) {
        let target = Aor::new(number, &self.host).ok().filter(|_| self.call.is_none());
        if target.is_none() {
            return self.inputs.push_back(Input::Over);
        }
        self.begin(Call { number: 0, id: None, target, offer: None, asks: None });
        self.speak(Begin::Offer);
    }

    pub(super) fn begin(&mut self, call: Call) {
        self.calls += 1;
        self.call = Some(Call { number: self.calls, ..call });
    }

    fn speak(&mut self, begin: Begin) {
        let Some(call) = &mut self.call else { return };
        let (asks, asked) = mpsc::channel(ASKS);
        call.asks = Some(asks);
        let speaker = Speaker {
            call: call.number,
            local_ips: self.seat.local_ips.clone(),
            voice: self.seat.voice.clone(),
            chance: self.seat.chance.fork(),
            tell: self.tell.clone(),
        };
        self.errands.spawn(async move {
            speaker.run(begin, asked).await;
            Errand::Spoke
        });
    }

    /// Media that are behind by more than a few requests hear no more of them; the call ends some day.
    pub(super) fn ask(&mut self, ask: Ask) {
        if let Some(asks) = self.call.as_ref().and_then(|call| call.asks.as_ref()) {
            let _ = asks.try_send(ask);
        }
    }

    pub(super) fn over(&mut self) {
        // The media see the dropped sender and end.
        if self.call.take().is_some() {
            self.inputs.push_back(Input::Over);
        }
    }
}
