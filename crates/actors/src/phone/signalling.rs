//! Calls and registration, as the user agent tells of them.

use std::collections::VecDeque;

use base::Now;
use media::Direction;
use sip::ua::{DialogId, Event, Output, UserAgent};
use sip_io::{FlowEvent, FlowNews};
use tokio::time::timeout;

use super::{Call, FAREWELL, Phone};
use crate::speech::Ask;
use crate::{Input, Mind};

impl<M: Mind> Phone<'_, M> {
    pub(super) fn ua(&mut self, input: impl FnOnce(&mut UserAgent, Now) -> Vec<Output>) {
        let now = self.now();
        let out = input(&mut self.ua, now);
        self.obey(out);
    }

    pub(super) fn obey(&mut self, out: Vec<Output>) {
        let mut todo = VecDeque::from(out);
        while let Some(output) = todo.pop_front() {
            match output {
                Output::Send(frame) => {
                    // If it is not taken, the flow says that it is down.
                    let _ = self.flow.send(frame);
                }
                Output::Event(event) => todo.extend(self.on_event(event)),
            }
        }
    }

    fn on_event(&mut self, event: Event) -> Vec<Output> {
        let now = self.now();
        let ours = |id: &DialogId| self.call.as_ref().is_some_and(|call| call.id == Some(*id));
        match event {
            Event::Registered { .. } => {
                self.was_registered = true;
                self.inputs.push_back(Input::Registered);
            }
            Event::RegistrationFailed { why } => self.lost = Some(format!("not registered: {why:?}")),
            Event::Unregistered => self.unregistered = true,
            Event::Invited { id, offer: Some(offer), replaces: None, supervise: None, .. } if self.call.is_none() => {
                self.begin(Call { number: 0, id: Some(id), target: None, offer: Some(offer), asks: None });
                self.inputs.push_back(Input::Rings);
                return self.ua.ring(now, id);
            }
            // Actors cannot be supervised, and take no call that takes the place of another.
            Event::Invited { id, supervise, .. } => {
                return self.ua.reject(now, id, if supervise.is_some() { 403 } else { 486 });
            }
            Event::Accepted { id, answer } if ours(&id) => match answer {
                Some(answer) => {
                    self.ask(Ask::Apply(answer));
                    self.inputs.push_back(Input::Connected);
                }
                None => return self.ua.hang_up(now, id),
            },
            Event::Confirmed { id } if ours(&id) => self.inputs.push_back(Input::Connected),
            Event::Reoffered { id, offer } => match ours(&id) {
                true => self.ask(Ask::Take(offer)),
                false => return self.ua.refuse_reoffer(now, id, 488),
            },
            Event::ReofferAnswered { id, answer: Some(answer) } if ours(&id) => self.ask(Ask::Apply(answer)),
            Event::ReofferFailed { id, .. } if ours(&id) => self.ask(Ask::RollBack),
            Event::WantsReoffer { id } if ours(&id) => self.ask(Ask::Turn(Direction::SendRecv)),
            Event::Failed { id, .. }
            | Event::TimedOut { id }
            | Event::FlowLost { id }
            | Event::Cancelled { id, .. }
            | Event::Ended { id, .. }
            | Event::Closed { id }
                if ours(&id) =>
            {
                self.over();
            }
            Event::Referred { id, .. } => return self.ua.refuse_refer(now, id, 603),
            Event::SuperviseAsked { id, .. } => return self.ua.answer_supervise(now, id, 403),
            // Of calls that are none of ours any more, and what an actor does not look at.
            _ => {}
        }
        Vec::new()
    }

    /// Ends the call and the registration, as long as the server listens.
    pub(super) async fn say_good_bye(&mut self) {
        if let Some(id) = self.call.as_ref().and_then(|call| call.id) {
            self.ua(|ua, now| ua.hang_up(now, id));
        }
        self.ua(|ua, now| ua.unregister(now));
        let farewell = async {
            while !(self.unregistered || self.lost.is_some()) {
                match self.news.recv().await {
                    Some(FlowEvent { news: FlowNews::Frame(frame), .. }) => self.ua(|ua, now| ua.receive(now, &frame)),
                    Some(FlowEvent { news: FlowNews::Down(_), .. }) | None => return,
                    Some(_) => {}
                }
            }
        };
        // Whoever is not answered in time is forgotten with the flow.
        let _ = timeout(FAREWELL, farewell).await;
        self.call = None;
        self.errands.shutdown().await;
    }
}
