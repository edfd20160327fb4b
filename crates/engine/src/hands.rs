//! Carries out what the phone asks for, by giving it to the room that can.

use std::collections::HashMap;
use std::sync::Arc;

use base::FlowId;
use bytes::Bytes;
use model::{RegistrationFailure, Server, Transport};
use phone::{Effect, Input};
use sip_io::{Flow, FlowEvent, FlowFault, FlowTarget, Trust};
use tokio::sync::mpsc;

use crate::archive::Archive;
use crate::calls::{Calls, Order};
use crate::devices::{DeviceBoard, setting};
use crate::recording::Recorder;
use crate::sound::Sound;
use crate::status::{KEPT_WISH, StatusDoor, wish_to_text};

/// One hand for each kind of effect.
pub(crate) struct Hands {
    pub(crate) sound: Sound,
    pub(crate) devices: DeviceBoard,
    pub(crate) calls: Calls,
    pub(crate) archive: Archive,
    pub(crate) status: StatusDoor,
    pub(crate) recorder: Recorder,
    flows: HashMap<FlowId, Flow>,
    flow_events: mpsc::Sender<FlowEvent>,
    trust: Arc<Trust>,
}

impl Hands {
    pub(crate) fn new(
        sound: Sound,
        devices: DeviceBoard,
        calls: Calls,
        archive: Archive,
        flow_events: mpsc::Sender<FlowEvent>,
        trust: Arc<Trust>,
        recorder: Recorder,
    ) -> Hands {
        Hands {
            sound,
            devices,
            calls,
            archive,
            status: StatusDoor::default(),
            recorder,
            flows: HashMap::new(),
            flow_events,
            trust,
        }
    }

    /// Does one thing. What it leads to at once is returned as the next input.
    #[must_use]
    pub(crate) fn carry_out(&mut self, effect: Effect) -> Option<Input> {
        match effect {
            Effect::OpenFlow(flow, server) => self.open_flow(flow, &server),
            Effect::CloseFlow(flow) => drop(self.flows.remove(&flow)),
            Effect::Send(flow, message) => return self.send(flow, message),

            Effect::OpenMedia(call) => {
                let audio = self.sound.handle();
                self.calls.open(call, audio);
            }
            Effect::MakeOffer(call) => {
                self.sound.warm_up(call);
                self.calls.order(call, Order::Offer);
            }
            Effect::MakeReoffer { call, hold, ice_restart } => {
                self.calls.order(call, Order::Reoffer { hold, ice_restart })
            }
            Effect::MakeAnswer { call, offer, hold } => {
                self.sound.warm_up(call);
                self.calls.order(call, Order::Answer { offer, hold });
            }
            Effect::ApplyAnswer(call, sdp) => self.calls.order(call, Order::ApplyAnswer(sdp)),
            Effect::RollbackOffer(call) => self.calls.order(call, Order::Rollback),
            Effect::SendDtmf(call, digits) => self.calls.order(call, Order::Dtmf(digits)),
            Effect::CloseMedia(call) => {
                self.sound.leave(call);
                self.calls.close(call);
            }

            Effect::JoinAudio(call) => self.sound.talk(call, self.calls.voice(call), || self.calls.sink(call)),
            Effect::ListenAudio(call) => self.sound.listen(call, self.calls.voice(call), || self.calls.sink(call)),
            Effect::Bridge { guest, to, mode, apart, supervisor } => {
                let (voice, calls) = (self.calls.voice(guest), &self.calls);
                self.sound.bridge((guest, to), (mode, apart, supervisor), voice, || calls.sink(guest));
            }
            Effect::EndBridge(guest) => self.sound.end_bridge(guest),
            Effect::LeaveAudio(call) => self.sound.hold(call),
            Effect::Record(call, step) => {
                let now = self.sound.wall();
                return self.recorder.carry_out((call, step), now, &mut self.sound);
            }
            Effect::MuteMicrophone(on) => self.sound.mute(on),
            Effect::Tone(tone) => self.sound.tone(tone),
            Effect::StopTone => self.sound.stop_tone(),
            Effect::StartRinging(_) => self.sound.ring(&self.devices),
            Effect::StopRinging => self.sound.stop_ringing(),

            Effect::UseDevices(plan) => {
                self.devices.use_plan(*plan);
                self.sound.try_again();
            }
            Effect::RememberDevices(kept) => {
                use phone::devices::{ranking_to_text, ringers_to_text};
                self.archive.keep_setting(setting::MICROPHONE, Some(ranking_to_text(&kept.microphone)));
                self.archive.keep_setting(setting::SPEAKER, Some(ranking_to_text(&kept.speaker)));
                self.archive.keep_setting(setting::RINGERS, Some(ringers_to_text(&kept.ringers)));
            }
            Effect::Test(step) => self.sound.test(*step),
            Effect::EndTest => self.sound.end_test(),

            Effect::Store(record) => self.archive.keep(*record),
            Effect::AskStatus(ask) => return self.status.ask(ask),
            Effect::KeepStatusWish(wish) => {
                self.archive.keep_setting(KEPT_WISH, wish.map(|(user, wish)| wish_to_text(&user, &wish)));
            }
        }
        None
    }

    /// A flow that said it is down needs no closing.
    pub(crate) fn forget_flow(&mut self, flow: FlowId) {
        self.flows.remove(&flow);
    }

    fn open_flow(&mut self, flow: FlowId, server: &Server) {
        let target = FlowTarget {
            secure: server.transport == Transport::Wss,
            host: server.host.clone(),
            port: server.port,
            path: server.path.clone(),
        };
        self.flows.insert(flow, Flow::open(flow, target, self.trust.clone(), self.flow_events.clone()));
    }

    fn send(&mut self, flow: FlowId, message: Bytes) -> Option<Input> {
        if self.flows.get(&flow).is_none_or(|open| open.send(message)) {
            return None;
        }
        // Nothing leaves any more: the peer does not read, or its going down is on its way to us.
        self.flows.remove(&flow);
        Some(Input::FlowDown(flow, RegistrationFailure::Unreachable))
    }
}

/// What the user is told of a flow that is down.
pub(crate) fn registration_failure(fault: FlowFault) -> RegistrationFailure {
    match fault {
        FlowFault::BadCertificate => RegistrationFailure::BadCertificate,
        FlowFault::Refused { status: Some(code) } => RegistrationFailure::ServerError { code },
        FlowFault::Unreachable | FlowFault::Refused { status: None } | FlowFault::TimedOut | FlowFault::Closed => {
            RegistrationFailure::Unreachable
        }
    }
}
