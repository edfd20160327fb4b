//! What happens, and what phones ask for.

use model::RegistrationFailure;
use phone::{Effect, Input, MediaInput};

use super::media::FakeMedia;
use super::network::{Link, Owner};
use super::sip_text::SipText;
use super::world::{Happening, World, first_line, short};

impl World {
    pub(super) fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::ToServer(flow, bytes) => {
                if self.links.get(&flow).is_some_and(|link| !link.is_cut) {
                    self.note(|| format!("  → {flow} {}", first_line(&bytes)));
                    let outputs = self.edge.receive(self.now, self.wall(), flow, &bytes);
                    self.obey_edge(outputs);
                }
            }
            Happening::ToNear(flow, bytes) => {
                let Some((owner, near)) =
                    self.links.get(&flow).filter(|link| !link.is_cut).map(|link| (link.owner, link.near))
                else {
                    return;
                };
                match owner {
                    Owner::Phone(index) => self.feed(index, Input::Sip(near, bytes)),
                    Owner::Raw(index) => self.raws[index].inbox.push(SipText::parse(&bytes)),
                    Owner::Nobody => {}
                }
            }
            Happening::FlowOpens(flow) => self.flow_opens(flow),
            Happening::NearLearnsOfLoss(flow) => {
                if let Some(Link { owner: Owner::Phone(index), near, .. }) = self.links.get(&flow).cloned() {
                    self.feed(index, Input::FlowDown(near, RegistrationFailure::Unreachable));
                }
            }
            Happening::ServerLearnsOfLoss(flow) => {
                if self.links.remove(&flow).is_some() {
                    let outputs = self.edge.flow_down(self.now, flow);
                    self.obey_edge(outputs);
                }
            }
            Happening::Refused(index, near) => {
                self.feed(index, Input::FlowDown(near, RegistrationFailure::Unreachable));
            }
            Happening::Media(index, call, session, input) => self.media_speaks(index, call, &session, input),
            Happening::Connects(index, call, session, epoch, give_up_at) => {
                self.media_connects(index, call, session, epoch, give_up_at);
            }
            Happening::ConsentLost(index, call, session, epoch) => {
                if let Some(media) = self.current(index, call, &session, epoch).filter(|media| media.is_connected) {
                    media.is_connected = false;
                    self.feed(index, Input::Media(call, MediaInput::Disconnected));
                }
            }
            Happening::MediaLost(index, call, session, epoch) => {
                if self.current(index, call, &session, epoch).is_some_and(|media| !media.is_connected) {
                    self.feed(index, Input::Media(call, MediaInput::Failed));
                }
            }
        }
    }

    pub(super) fn feed(&mut self, index: usize, input: Input) {
        self.note(|| format!("{index} ◀ {}", short(&input)));
        let (now, wall) = (self.now, self.wall());
        let outputs = self.stations[index].phone.handle(now, wall, input);
        let stored = outputs.effects.iter().filter(|effect| matches!(effect, Effect::Store(_))).count();
        for effect in outputs.effects {
            self.note(|| format!("{index} ▶ {}", short(&effect)));
            self.stations[index].watch(&effect);
            self.obey(index, effect);
        }
        self.stations[index].listen(now, outputs.notices, stored);
    }

    pub(super) fn obey(&mut self, index: usize, effect: Effect) {
        match effect {
            Effect::OpenFlow(near, _) => self.open_flow(index, near),
            Effect::CloseFlow(near) => self.close_flow(index, near),
            Effect::Send(near, bytes) => match self.link_of(index, near) {
                Some(flow) => self.send_up(flow, bytes),
                // Its end of the flow is gone and the news is on its way.
                None if self.stations[index].flow == Some(near) => {}
                None => self.stations[index].fault(format!("sends on flow {near}, which is not open")),
            },
            Effect::OpenMedia(call) => {
                self.counter += 1;
                let session = format!("{}/{}", self.stations[index].user, self.counter);
                self.stations[index].media.insert(call, FakeMedia::new(session));
            }
            Effect::CloseMedia(call) => self.close_media(index, call),
            Effect::MakeOffer(call) => {
                self.ask_media(index, call, |media| media.make_offer(false, false), MediaInput::Offer)
            }
            Effect::MakeReoffer { call, hold, ice_restart } => {
                self.ask_media(index, call, |media| media.make_offer(hold, ice_restart), MediaInput::Offer);
            }
            Effect::MakeAnswer { call, offer, hold } => {
                self.ask_media(index, call, |media| media.make_answer(&offer, hold), MediaInput::Answer);
            }
            Effect::ApplyAnswer(call, answer) => {
                self.ask_media(index, call, |media| media.apply_answer(&answer), MediaInput::Answer);
            }
            Effect::RollbackOffer(call) => {
                if let Some(media) = self.stations[index].media.get_mut(&call) {
                    media.rollback();
                }
            }
            Effect::SendDtmf(call, digits) => self.stations[index].digits.push((call, digits)),
            Effect::JoinAudio(_)
            | Effect::ListenAudio(_)
            | Effect::Bridge { .. }
            | Effect::EndBridge(_)
            | Effect::LeaveAudio(_)
            | Effect::Record(..)
            | Effect::MuteMicrophone(_)
            | Effect::Tone(_)
            | Effect::StopTone
            | Effect::StartRinging(_)
            | Effect::StopRinging
            | Effect::UseDevices(_)
            | Effect::RememberDevices(_)
            | Effect::Test(_)
            | Effect::EndTest
            | Effect::AskStatus(_)
            | Effect::KeepStatusWish(_)
            | Effect::Store(_) => {} // `Station::watch` keeps them.
        }
        self.collect_misuse(index);
    }
}
