//! The task that owns the edge, the echo and the clock.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base::{Chance, FlowId, Now, WallMs};
use bytes::Bytes;
use sip::edge::{CloseReason, Edge, EdgeConfig, EdgeOutput, PARKING, VOICEMAIL};
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::VoiceError;
use super::echo::{self, EchoPhone};
use super::echo_call::Told;
use super::mail::MailPhone;
use super::news::News;
use super::park::ParkPhone;
use super::queues::{At, Queues};
use crate::seam::{DeviceHere, Operation, Outbound, VoiceInput, VoiceSetup};

/// The echo's flow, far away from those of sockets.
const ECHO_FLOW: FlowId = FlowId(u64::MAX);
/// The flow of the voice boxes.
const MAIL_FLOW: FlowId = FlowId(u64::MAX - 1);
/// The flow of the parking places.
const PARK_FLOW: FlowId = FlowId(u64::MAX - 2);
/// How long to sleep when nothing is due.
const IDLE: Duration = Duration::from_secs(3600);

/// Everything that the voice task owns.
pub(super) struct VoiceTask {
    setup: VoiceSetup,
    edge: Edge,
    echo: EchoPhone,
    told: mpsc::Receiver<Told>,
    mail: MailPhone,
    mail_told: mpsc::Receiver<Told>,
    park: ParkPhone,
    park_told: mpsc::Receiver<Told>,
    news: News,
    queues: Queues,
    flows: HashMap<FlowId, (Outbound, SocketAddr)>,
    /// Names of devices begin with it, so that those of two lives of a server differ.
    life: String,
    epoch: Instant,
}

impl VoiceTask {
    /// Builds everything and registers the echo.
    pub(super) fn new(setup: VoiceSetup) -> Result<Self, VoiceError> {
        let mut seed = [0u8; 32];
        getrandom::fill(&mut seed)?;
        let mut chance = Chance::from_seed(seed);
        let config = EdgeConfig::new(&setup.domain, setup.ephemeral_secret.clone());
        let mut edge = Edge::new(config, chance.fork());
        edge.set_users(setup.extensions.iter().cloned());
        edge.turn_away(setup.turned_away.borrow().clone());
        for (extension, networks) in &setup.networks {
            edge.restrict(extension, networks.clone());
        }
        let (echo, told) = EchoPhone::new(&setup.domain, setup.media_ip, chance.fork())?;
        let (mail, mail_told) = MailPhone::new(&setup.domain, setup.media_ip, setup.box_wishes.clone(), chance.fork())?;
        let (park, park_told) = ParkPhone::new(&setup.domain, setup.media_ip, setup.parking.clone(), chance.fork())?;
        setup.boxes.iter().for_each(|extension| edge.set_box(extension, true));
        let life = chance.token();
        let news = News::new(setup.events.clone(), life.clone(), echo::EXTENSION);
        let queues = Queues::new(setup.queues.news.clone(), life.clone());
        let mut task = VoiceTask {
            edge,
            echo,
            told,
            mail,
            mail_told,
            park,
            park_told,
            news,
            queues,
            flows: HashMap::new(),
            life,
            epoch: Instant::now(),
            setup,
        };
        let now = task.now();
        let so = task.setup.queues.availability.borrow_and_update().clone();
        let _ = task.queues.heed(At { now, wall: wall() }, &mut task.edge, so);
        let out = task.edge.flow_up(now, ECHO_FLOW, Some(echo::EXTENSION.to_owned()));
        task.perform(now, out);
        let frames = task.echo.connect(now);
        task.carry(now, ECHO_FLOW, frames);
        let out = task.edge.flow_up(now, MAIL_FLOW, Some(VOICEMAIL.to_owned()));
        task.perform(now, out);
        let frames = task.mail.connect(now);
        task.carry(now, MAIL_FLOW, frames);
        let out = task.edge.flow_up(now, PARK_FLOW, Some(PARKING.to_owned()));
        task.perform(now, out);
        let frames = task.park.connect(now);
        task.carry(now, PARK_FLOW, frames);
        if task.edge.is_registered(echo::EXTENSION) { Ok(task) } else { Err(VoiceError::Echo) }
    }

    /// Works until told to stop.
    pub(super) async fn run(mut self) {
        loop {
            let phones = [self.echo.wake_at(), self.mail.wake_at(), self.park.wake_at()];
            let wake = [self.edge.wake_at(), self.queues.wake_at()].into_iter().chain(phones).flatten().min();
            let wake = wake.map_or_else(|| Instant::now() + IDLE, |at| self.epoch + at.since_epoch());
            tokio::select! {
                () = self.setup.stop.cancelled() => break,
                input = self.setup.inputs.recv() => match input {
                    Some(input) => self.on_input(input),
                    None => break,
                },
                Some(input) = self.setup.queues.inputs.recv() => {
                    self.heed_statuses();
                    let at = self.at();
                    let out = self.queues.on_input(at, &mut self.edge, input);
                    self.perform(at.now, out);
                }
                // Having waited for it has marked it as seen: it is not asked again whether it has changed.
                Ok(()) = self.setup.queues.availability.changed() => self.tell_queues(),
                Some(told) = self.told.recv() => {
                    let now = self.now();
                    let frames = self.echo.media(now, told);
                    self.carry(now, ECHO_FLOW, frames);
                }
                Some(told) = self.mail_told.recv() => {
                    let now = self.now();
                    let frames = self.mail.media(now, told);
                    self.carry(now, MAIL_FLOW, frames);
                }
                Some(told) = self.park_told.recv() => {
                    let now = self.now();
                    let frames = self.park.media(now, told);
                    self.carry(now, PARK_FLOW, frames);
                }
                () = tokio::time::sleep_until(wake) => self.tick(),
            }
        }
        let now = self.now();
        let frames = self.echo.farewell(now);
        self.carry(now, ECHO_FLOW, frames);
        let frames = self.mail.farewell(now);
        self.carry(now, MAIL_FLOW, frames);
        let frames = self.park.farewell(now);
        self.carry(now, PARK_FLOW, frames);
    }

    fn on_input(&mut self, input: VoiceInput) {
        let now = self.now();
        let out = match input {
            VoiceInput::FlowUp { flow, peer, outbound } => {
                tracing::debug!(flow.id = flow.0, %peer, "SIP flow is served");
                self.flows.insert(flow, (outbound, peer));
                let out = self.edge.flow_up(now, flow, None);
                self.edge.flow_comes_from(flow, peer.ip());
                out
            }
            VoiceInput::Frame { flow, bytes } => {
                self.heed_statuses();
                self.edge.receive(now, wall(), flow, &bytes)
            }
            VoiceInput::FlowDown { flow } => {
                self.flows.remove(&flow);
                self.edge.flow_down(now, flow)
            }
            VoiceInput::KnowExtension { extension } => {
                self.edge.add_user(&extension);
                return;
            }
            VoiceInput::ForgetExtension { extension } => self.edge.revoke(now, &extension),
            VoiceInput::SignOut { extension, void_until } => self.edge.sign_out(now, &extension, void_until),
            VoiceInput::Box { extension, has } => {
                self.edge.set_box(&extension, has);
                return;
            }
            VoiceInput::Restrict { extension, networks } => {
                self.edge.restrict(&extension, networks);
                return;
            }
            VoiceInput::TalkOf { extension, answer } => {
                let talk = self.edge.talk_of(&extension).map(|(call, with)| (call.to_owned(), with.to_owned()));
                // Who asked may have gone.
                let _ = answer.send(talk);
                return;
            }
            VoiceInput::Park { by, answer } => {
                // Who asked may have gone; then the place is free again in half a minute.
                let _ = answer.send(self.park.reserve(now, &by));
                return;
            }
            VoiceInput::Devices(answer) => {
                // Who asked may have gone.
                let _ = answer.send(self.devices(now));
                return;
            }
            VoiceInput::Operate { user, operation, done } => {
                self.heed_statuses();
                let out = match &operation {
                    Operation::PickUp { by, word } => self.edge.pick_up(now, &user, by, word),
                    Operation::Divert { to } => self.edge.divert(now, &user, to),
                };
                let (told, out) = match out {
                    Ok(out) => (Ok(()), out),
                    Err(why) => (Err(why), Vec::new()),
                };
                // Who asked may have gone.
                let _ = done.send(told);
                out
            }
            VoiceInput::Unregister { id, done } => {
                let out = self.device_id(&id).and_then(|id| self.edge.unregister(now, id));
                // Who asked may have gone.
                let _ = done.send(out.is_some());
                out.unwrap_or_default()
            }
        };
        self.perform(now, out);
    }

    /// What was confirmed before a call came counts for this call.
    fn heed_statuses(&mut self) {
        if self.setup.turned_away.has_changed().unwrap_or(false) {
            let turned_away = self.setup.turned_away.borrow_and_update().clone();
            self.edge.turn_away(turned_away);
        }
        if self.setup.queues.availability.has_changed().unwrap_or(false) {
            self.tell_queues();
        }
    }

    /// The queues obey the statuses as they are.
    fn tell_queues(&mut self) {
        let so = self.setup.queues.availability.borrow_and_update().clone();
        let at = self.at();
        let out = self.queues.heed(at, &mut self.edge, so);
        self.perform(at.now, out);
    }

    fn tick(&mut self) {
        let now = self.now();
        let out = self.edge.tick(now, wall());
        self.perform(now, out);
        let out = self.queues.tick(At { now, wall: wall() }, &mut self.edge);
        self.perform(now, out);
        let frames = self.echo.tick(now);
        self.carry(now, ECHO_FLOW, frames);
        let frames = self.mail.tick(now);
        self.carry(now, MAIL_FLOW, frames);
        let frames = self.park.tick(now);
        self.carry(now, PARK_FLOW, frames);
    }

    fn carry(&mut self, now: Now, flow: FlowId, frames: Vec<Bytes>) {
        for frame in frames {
            let out = self.edge.receive(now, wall(), flow, &frame);
            self.perform(now, out);
        }
    }

    /// Does what the edge says. What goes to the echo is answered on the spot, and the edge hears that too.
    fn perform(&mut self, now: Now, out: Vec<EdgeOutput>) {
        let mut todo: VecDeque<EdgeOutput> = out.into();
        while let Some(output) = todo.pop_front() {
            match output {
                EdgeOutput::Send { flow: ECHO_FLOW, bytes } => {
                    for frame in self.echo.receive(now, &bytes) {
                        todo.extend(self.edge.receive(now, wall(), ECHO_FLOW, &frame));
                    }
                }
                EdgeOutput::Send { flow: MAIL_FLOW, bytes } => {
                    for frame in self.mail.receive(now, &bytes) {
                        todo.extend(self.edge.receive(now, wall(), MAIL_FLOW, &frame));
                    }
                }
                EdgeOutput::Send { flow: PARK_FLOW, bytes } => {
                    for frame in self.park.receive(now, &bytes) {
                        todo.extend(self.edge.receive(now, wall(), PARK_FLOW, &frame));
                    }
                }
                EdgeOutput::Send { flow, bytes } => {
                    if let Some((outbound, _)) = self.flows.get(&flow) {
                        outbound.send(bytes);
                    }
                }
                EdgeOutput::Close { flow, why } => self.close(flow, why),
                EdgeOutput::Event(event) => {
                    todo.extend(self.queues.hear(At { now, wall: wall() }, &mut self.edge, &event));
                    self.news.tell(event, |user| self.edge.is_registered(user));
                }
            }
        }
    }

    fn close(&self, flow: FlowId, why: CloseReason) {
        tracing::warn!(flow.id = flow.0, ?why, "a SIP flow is closed");
        if let Some((outbound, _)) = self.flows.get(&flow) {
            outbound.close();
        }
    }

    fn devices(&self, now: Now) -> Vec<DeviceHere> {
        let wall_now = wall().0;
        let millis = |time: Duration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        self.edge
            .devices()
            .filter_map(|device| {
                Some(DeviceHere {
                    id: format!("{}-{}", self.life, device.id),
                    extension: device.user.to_owned(),
                    user_agent: device.user_agent.to_owned(),
                    peer: self.flows.get(&device.flow)?.1,
                    since_ms: wall_now.saturating_sub(millis(now.since(device.since))),
                    until_ms: wall_now.saturating_add(millis(device.until.since(now))),
                })
            })
            .collect()
    }

    fn device_id(&self, name: &str) -> Option<u64> {
        let (life, id) = name.rsplit_once('-')?;
        (life == self.life).then(|| id.parse().ok()).flatten()
    }

    fn at(&self) -> At {
        At { now: self.now(), wall: wall() }
    }

    fn now(&self) -> Now {
        Now::at(self.epoch.elapsed())
    }
}

fn wall() -> WallMs {
    // Before 1970 every credential is still good; no clock that wrong keeps a TLS connection either.
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    WallMs(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
