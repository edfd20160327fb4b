//! The world: clock, server, phones, and the queue of what happens next.

use std::collections::BTreeMap;
use std::time::Duration;

use base::{AccountId, Aor, CallId, Chance, FlowId, Now, Secret, WallMs};
use bytes::Bytes;
use model::{Account, AccountKind, EndReason, Registration, RegistrationFailure, Server, Transport};
use phone::{CallView, Command, Effect, Input, LineState, MediaInput, Phone, PhoneConfig};
use sip::edge::{Edge, EdgeConfig, EdgeOutput, ephemeral_password};

use super::media::{FakeMedia, Result as Done};
use super::network::{Link, Owner, Weather};
use super::raw::{RawId, RawPeer};
use super::sip_text::SipText;
use super::station::{Heard, Station};

/// Which phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PhoneId(pub(super) usize);

/// What is on its way.
enum Happening {
    ToServer(FlowId, Bytes),
    ToNear(FlowId, Bytes),
    FlowOpens(FlowId),
    NearLearnsOfLoss(FlowId),
    ServerLearnsOfLoss(FlowId),
    Refused(usize, FlowId),
    Media(usize, CallId, String, MediaInput),
    /// ICE looks whether both sides are ready. Session, epoch, deadline.
    Connects(usize, CallId, String, u64, Now),
    /// The far end of a media session is gone or cannot be reached: consent runs out.
    ConsentLost(usize, CallId, String, u64),
    MediaLost(usize, CallId, String, u64),
}

/// Two or more phones and the server, in moved time.
pub struct World {
    /// What made this world; printed with every failure.
    pub seed: u64,
    /// How the network is.
    pub weather: Weather,
    /// The server.
    pub edge: Edge,
    ring_timeout: Duration,
    now: Now,
    chance: Chance,
    queue: BTreeMap<(Now, u64), Happening>,
    counter: u64,
    links: BTreeMap<FlowId, Link>,
    stations: Vec<Station>,
    raws: Vec<RawPeer>,
    trace: Option<Vec<String>>,
}

/// Realm of the server and host of every address.
pub const REALM: &str = "rannan.test";
const SECRET: &str = "between the two of us";
const WALL_AT_START: i64 = 1_760_000_000_000;
/// Credentials are good for a day.
const EXPIRY: &str = "1760086400";

impl World {
    /// A server and nobody else. `SIM_TRACE=1` prints what happens.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        World::with_ring_timeout(seed, EdgeConfig::new(REALM, Secret::new(SECRET)).ring_timeout)
    }

    /// A server that lets calls ring for `ring_timeout`.
    #[must_use]
    pub fn with_ring_timeout(seed: u64, ring_timeout: Duration) -> Self {
        let mut chance = Chance::from_number(seed);
        World {
            seed,
            weather: Weather::default(),
            edge: fresh_edge(&mut chance, &[], ring_timeout),
            ring_timeout,
            now: Now::from_millis(1000),
            chance,
            queue: BTreeMap::new(),
            counter: 0,
            links: BTreeMap::new(),
            stations: Vec::new(),
            raws: Vec::new(),
            trace: std::env::var_os("SIM_TRACE").map(|_| Vec::new()),
        }
    }

    /// A phone that has not signed in.
    pub fn add_phone(&mut self, user: &str) -> PhoneId {
        let config =
            PhoneConfig::new("Rannan/test", format!("urn:uuid:00000000-0000-4000-8000-{:012}", self.stations.len()));
        let phone = Phone::new(config, self.chance.fork());
        self.edge.add_user(user);
        self.stations.push(Station::new(user, phone));
        PhoneId(self.stations.len() - 1)
    }

    /// A phone that is registered.
    pub fn add_registered(&mut self, user: &str) -> PhoneId {
        let id = self.add_phone(user);
        self.sign_in(id);
        self.until("the phone is registered", |w| w.registration(id) == Registration::Registered);
        id
    }

    /// A peer that is written by hand, registered.
    pub fn add_raw(&mut self, user: &str) -> RawId {
        let id = RawId(self.raws.len());
        self.raws.push(RawPeer::new(user));
        self.open_link(Owner::Raw(id.0), FlowId(0));
        let register = self.raws[id.0].register(REALM);
        self.raw_send(id, register);
        self.until("the raw peer is registered", |w| w.raw(id).last("REGISTER", Some(200)).is_some());
        id
    }

    /// Signs in with the right password.
    pub fn sign_in(&mut self, id: PhoneId) {
        let account = self.account(id);
        self.command(id, Command::SignIn(Box::new(account)));
    }

    /// The account of a phone, with the right password.
    #[must_use]
    pub fn account(&self, id: PhoneId) -> Account {
        let user = &self.station(id).user;
        let auth_user = format!("{EXPIRY}:{user}");
        Account {
            id: AccountId(1),
            kind: AccountKind::Sip,
            aor: Aor::new(user, REALM).expect("extensions are fine as users"),
            display_name: format!("Phone {user}"),
            password: ephemeral_password(&Secret::new(SECRET), &auth_user),
            auth_user,
            server: Server { transport: Transport::Ws, host: REALM.into(), port: 80, path: "/sip".into() },
            ice_servers: Vec::new(),
        }
    }

    /// Gives a command in this instant.
    pub fn command(&mut self, id: PhoneId, command: Command) {
        self.feed(id.0, Input::User(command));
    }

    /// Dials. Says the id of the call, which exists if the command was not refused.
    pub fn dial(&mut self, id: PhoneId, target: &str) -> CallId {
        let station = &mut self.stations[id.0];
        station.dialled += 1;
        let call = CallId(station.dialled);
        self.command(id, Command::Dial { call, target: target.to_owned() });
        call
    }

    /// Any input, in this instant.
    pub fn feed_input(&mut self, id: PhoneId, input: Input) {
        self.feed(id.0, input);
    }

    /// Lets `duration` pass.
    pub fn pass(&mut self, duration: Duration) {
        let end = self.now + duration;
        while self.step(end) {}
    }

    /// Lets time pass until `condition` holds, two minutes at most.
    ///
    /// # Panics
    /// When it does not come true: with `what`, the seed and the state of all phones.
    pub fn until(&mut self, what: &str, condition: impl Fn(&World) -> bool) {
        self.until_within(Duration::from_secs(120), what, condition);
    }

    /// Same, with a limit. Returns after how long.
    ///
    /// # Panics
    /// When it does not come true within `limit`.
    pub fn until_within(&mut self, limit: Duration, what: &str, condition: impl Fn(&World) -> bool) -> Duration {
        let (start, end) = (self.now, self.now + limit);
        while !condition(self) {
            if !self.step(end) {
                assert!(condition(self), "seed {}: not within {limit:?}: {what}\n{}", self.seed, self.describe());
                break;
            }
        }
        self.now - start
    }

    /// The flow of a phone breaks; both ends learn it.
    pub fn break_flow(&mut self, id: PhoneId) {
        for flow in self.links_of(Owner::Phone(id.0)) {
            self.cut(flow);
        }
    }

    /// The flow of a phone carries nothing any more; the phone notices after 12 s, the server after 45 s.
    pub fn silence_flow(&mut self, id: PhoneId) {
        for flow in self.links_of(Owner::Phone(id.0)) {
            if let Some(link) = self.links.get_mut(&flow).filter(|link| !link.is_cut) {
                link.is_cut = true;
                self.later(Duration::from_secs(12), Happening::NearLearnsOfLoss(flow));
                self.later(Duration::from_secs(45), Happening::ServerLearnsOfLoss(flow));
            }
        }
    }

    /// The flow of a phone stays open, but nothing that is sent on it arrives, and nobody notices.
    pub fn swallow(&mut self, id: PhoneId) {
        for flow in self.links_of(Owner::Phone(id.0)) {
            if let Some(link) = self.links.get_mut(&flow) {
                link.is_cut = true;
            }
        }
    }

    /// The server dies: all flows break, nothing is remembered, nobody can connect.
    pub fn kill_server(&mut self) {
        self.weather.server_is_up = false;
        let flows: Vec<FlowId> = self.links.keys().copied().collect();
        for flow in flows {
            self.cut(flow);
        }
        let users: Vec<String> = self.stations.iter().map(|station| station.user.clone()).collect();
        self.edge = fresh_edge(&mut self.chance, &users, self.ring_timeout);
    }

    /// The server is back, with a new memory.
    pub fn start_server(&mut self) {
        self.weather.server_is_up = true;
    }

    /// The server does not let a user in any more.
    pub fn revoke(&mut self, user: &str) {
        let outputs = self.edge.revoke(self.now, user);
        self.obey_edge(outputs);
    }

    /// Media of a phone stops getting through; consent runs out after 5 s, ICE gives up after 20 s.
    pub fn break_media(&mut self, id: PhoneId) {
        self.stations[id.0].media_path = false;
        for index in 0..self.stations.len() {
            let touched: Vec<(CallId, FakeMedia)> = self.stations[index]
                .media
                .iter()
                .filter(|(_, media)| media.is_connected && (index == id.0 || self.is_peer(id.0, media)))
                .map(|(call, media)| (*call, media.clone()))
                .collect();
            for (call, media) in touched {
                self.lose_media(index, call, &media);
            }
        }
    }

    /// Media gets through again. Sessions that are lost need new ICE credentials.
    pub fn mend_media(&mut self, id: PhoneId) {
        self.stations[id.0].media_path = true;
    }

    /// Sends a message of a raw peer.
    pub fn raw_send(&mut self, id: RawId, message: String) {
        let flow = self.links_of(Owner::Raw(id.0)).pop();
        let flow = flow.expect("a raw peer has a link from its birth");
        self.send_up(flow, Bytes::from(message));
    }

    /// Lets a raw peer write a request outside a dialog.
    pub fn raw_request(&mut self, id: RawId, method: &str, to: &str, extra: &str, sdp: Option<&str>) {
        let message = self.raws[id.0].request(method, to, REALM, "raw-call", extra, sdp);
        self.raw_send(id, message);
    }

    /// Lets a raw peer answer the newest request of `method`.
    pub fn raw_respond(&mut self, id: RawId, method: &str, code: u16, extra: &str, sdp: Option<&str>) {
        let peer = &self.raws[id.0];
        let request = peer.last(method, None).expect("the test waited for this request");
        let response = request.respond(code, "rawtag", &peer.contact(), extra, sdp);
        self.raw_send(id, response);
    }

    /// Lets a raw peer send a request inside the dialog that their newest INVITE began.
    pub fn raw_in_dialog(&mut self, id: RawId, method: &str, sdp: Option<&str>) {
        let peer = &mut self.raws[id.0];
        let first = peer.inbox.iter().find(|message| message.method() == "INVITE" && message.code().is_none());
        let invite = first.expect("the test waited for INVITE").clone();
        let message = peer.in_dialog_of(&invite, "rawtag", method, sdp);
        self.raw_send(id, message);
    }

    /// Lets a raw peer send a request inside the dialog that its own INVITE began.
    pub fn raw_in_own_dialog(&mut self, id: RawId, method: &str, sdp: Option<&str>) {
        let peer = &mut self.raws[id.0];
        let accepted = peer.last("INVITE", Some(200)).expect("the test waited for 200").clone();
        let message = peer.in_dialog_by(&accepted, method, sdp);
        self.raw_send(id, message);
    }

    /// A number below `bound`, from the world's own chance.
    pub fn roll(&mut self, bound: u64) -> u64 {
        self.chance.below(bound)
    }

    /// Everybody hangs up, the network is well, two minutes pass: then nothing may be left.
    pub fn end_everything(&mut self) {
        self.weather.server_is_up = true;
        for index in 0..self.stations.len() {
            for view in self.stations[index].phone.calls() {
                self.feed(index, Input::User(Command::HangUp(view.call)));
            }
        }
        self.pass(Duration::from_secs(120));
        for station in &mut self.stations {
            station.watch_emptiness();
        }
    }

    // What is.

    /// The moment.
    #[must_use]
    pub fn now(&self) -> Now {
        self.now
    }

    /// One phone.
    #[must_use]
    pub fn station(&self, id: PhoneId) -> &Station {
        &self.stations[id.0]
    }

    /// One raw peer.
    #[must_use]
    pub fn raw(&self, id: RawId) -> &RawPeer {
        &self.raws[id.0]
    }

    /// The newest call of a phone.
    #[must_use]
    pub fn call(&self, id: PhoneId) -> Option<CallView> {
        self.station(id).phone.calls().pop()
    }

    /// The line of the newest call.
    #[must_use]
    pub fn line(&self, id: PhoneId) -> Option<LineState> {
        self.call(id).map(|view| view.line)
    }

    /// One call by its id, while it lives.
    #[must_use]
    pub fn view(&self, id: PhoneId, call: CallId) -> Option<CallView> {
        self.station(id).phone.calls().into_iter().find(|view| view.call == call)
    }

    /// Every call of this phone that is over, oldest first.
    #[must_use]
    pub fn ends(&self, id: PhoneId) -> Vec<EndReason> {
        self.station(id).ended.iter().filter_map(|view| view.ended).collect()
    }

    /// How the newest call that is over has ended.
    #[must_use]
    pub fn last_end(&self, id: PhoneId) -> Option<EndReason> {
        self.station(id).ended.last().and_then(|view| view.ended)
    }

    /// Registration of a phone.
    #[must_use]
    pub fn registration(&self, id: PhoneId) -> Registration {
        self.station(id).phone.registration()
    }

    /// Does `listener` hear what `speaker` says? Follows the media sessions by their names.
    #[must_use]
    pub fn hears(&self, listener: PhoneId, speaker: PhoneId) -> bool {
        let (near, far) = (self.station(listener), self.station(speaker));
        let (Some((call, _)), Some((far_call, Heard::Joined))) = (near.ear, far.ear) else { return false };
        let (Some(media), Some(far_media)) = (near.media.get(&call), far.media.get(&far_call)) else { return false };
        let ways = media.way.is_some_and(|way| way.hears) && far_media.way.is_some_and(|way| way.sends);
        !far.muted && ways && media.is_connected && far_media.is_connected && media.fits(far_media)
    }

    /// Both hear each other.
    #[must_use]
    pub fn talk(&self, a: PhoneId, b: PhoneId) -> bool {
        self.hears(a, b) && self.hears(b, a)
    }

    /// Nothing happened that must never happen.
    ///
    /// # Panics
    /// When something did: with the seed.
    pub fn assert_sound(&self) {
        let faults: Vec<&String> = self.stations.iter().flat_map(|station| &station.faults).collect();
        assert!(faults.is_empty(), "seed {}: {faults:#?}\n{}", self.seed, self.describe());
    }

    /// After the network has been well for a while: each running call has its other end, and both think the same of it.
    ///
    /// # Panics
    /// When one end is left alone, or hold and held-by disagree: with the seed.
    pub fn assert_agreement(&self) {
        let ends: Vec<(CallView, &FakeMedia)> = self
            .stations
            .iter()
            .flat_map(|station| station.phone.calls().into_iter().map(move |view| (view, &station.media)))
            .filter(|(view, _)| matches!(view.line, LineState::Talking | LineState::Held))
            .filter_map(|(view, media)| Some((media.get(&view.call)?, view)).map(|(media, view)| (view, media)))
            .collect();
        for (view, media) in &ends {
            let far = ends.iter().find(|(_, far)| far.fits(media));
            let Some((far_view, far_media)) = far else {
                panic!("seed {}: call {} is a ghost\n{}", self.seed, view.call, self.describe());
            };
            let is_held = |view: &CallView| view.line == LineState::Held;
            let ways = media.way.zip(far_media.way).is_some_and(|(a, b)| a.sends == b.hears && a.hears == b.sends);
            assert!(
                ways && !view.pending && is_held(view) == far_view.held_by_far_end,
                "seed {}: calls {} and {} disagree: {view:#?} {:?} {far_view:#?} {:?}\n{}",
                self.seed,
                view.call,
                far_view.call,
                media.way,
                far_media.way,
                self.describe()
            );
        }
    }

    /// The state of all phones, and the trace if it was asked for.
    #[must_use]
    pub fn describe(&self) -> String {
        let mut out = self.trace.as_deref().unwrap_or_default().join("\n");
        for station in &self.stations {
            out += &format!(
                "\n{} at {:?}: {:?} ear {:?} ended {:?} refused {:?} calls {:#?}",
                station.user,
                self.now,
                station.phone.registration(),
                station.ear,
                station.ended.iter().map(|view| (view.call.0, view.ended, view.sip_code)).collect::<Vec<_>>(),
                station.refused,
                station.phone.calls(),
            );
        }
        for raw in &self.raws {
            out += &format!(
                "\n{}: {:#?}",
                raw.user,
                raw.inbox.iter().map(|m| (&m.start, m.header("CSeq"))).collect::<Vec<_>>()
            );
        }
        out
    }

    // What happens next.

    /// Does the next thing that happens before `end`. False: nothing does, and it is `end` now.
    fn step(&mut self, end: Now) -> bool {
        let phones = (0..self.stations.len()).filter_map(|i| Some((self.stations[i].phone.wake_at()?, Who::Phone(i))));
        let edge = self.edge.wake_at().map(|at| (at, Who::Edge));
        let queued = self.queue.keys().next().map(|(at, _)| (*at, Who::Queue));
        let Some((at, who)) =
            queued.into_iter().chain(edge).chain(phones).min_by_key(|(at, _)| *at).filter(|(at, _)| *at <= end)
        else {
            self.now = self.now.max(end);
            return false;
        };
        let moved = at > self.now;
        self.now = self.now.max(at);
        match who {
            Who::Queue => {
                if let Some((_, happening)) = self.queue.pop_first() {
                    self.happen(happening);
                }
            }
            Who::Edge => {
                let outputs = self.edge.tick(self.now, self.wall());
                self.obey_edge(outputs);
                assert!(
                    moved || self.edge.wake_at() != Some(at),
                    "seed {}: the edge does not get past {at:?}\n{}",
                    self.seed,
                    self.describe()
                );
            }
            Who::Phone(index) => {
                self.feed(index, Input::Tick);
                let next = self.stations[index].phone.wake_at();
                assert!(
                    next.is_none_or(|next| next > at),
                    "seed {}: phone {index} does not get past {at:?}\n{}",
                    self.seed,
                    self.describe()
                );
            }
        }
        true
    }

    fn happen(&mut self, happening: Happening) {
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

    // Flows.

    fn open_link(&mut self, owner: Owner, near: FlowId) -> FlowId {
        self.counter += 1;
        let flow = FlowId(self.counter);
        let (least, most) = self.weather.delay_ms;
        let delay = Duration::from_millis(least + self.chance.below(most - least + 1));
        self.links.insert(flow, Link::new(owner, near, delay));
        if let Owner::Raw(index) = owner {
            let outputs = self.edge.flow_up(self.now, flow, Some(self.raws[index].user.clone()));
            self.obey_edge(outputs);
        }
        flow
    }

    fn flow_opens(&mut self, flow: FlowId) {
        let Some(link) = self.links.get(&flow).cloned() else { return };
        let Owner::Phone(index) = link.owner else { return };
        if link.is_cut {
            return; // Closed while it was opened.
        }
        if !self.weather.server_is_up {
            self.links.remove(&flow);
            return self.feed(index, Input::FlowDown(link.near, RegistrationFailure::Unreachable));
        }
        let outputs = self.edge.flow_up(self.now, flow, None);
        self.obey_edge(outputs);
        self.feed(index, Input::FlowUp(link.near));
    }

    fn cut(&mut self, flow: FlowId) {
        let Some(link) = self.links.get_mut(&flow).filter(|link| !link.is_cut) else { return };
        link.is_cut = true;
        let delay = link.delay;
        self.later(delay, Happening::NearLearnsOfLoss(flow));
        self.later(delay + Duration::from_millis(1), Happening::ServerLearnsOfLoss(flow));
    }

    fn links_of(&self, owner: Owner) -> Vec<FlowId> {
        self.links.iter().filter(|(_, link)| link.owner == owner).map(|(flow, _)| *flow).collect()
    }

    fn link_of(&self, index: usize, near: FlowId) -> Option<FlowId> {
        self.links
            .iter()
            .find(|(_, link)| link.owner == Owner::Phone(index) && link.near == near)
            .map(|(flow, _)| *flow)
    }

    fn send_up(&mut self, flow: FlowId, bytes: Bytes) {
        if let Some(link) = self.links.get_mut(&flow).filter(|link| !link.is_cut) {
            let at = link.up(self.now);
            self.at(at, Happening::ToServer(flow, bytes));
        }
    }

    fn obey_edge(&mut self, outputs: Vec<EdgeOutput>) {
        for output in outputs {
            match output {
                EdgeOutput::Send { flow, bytes } => {
                    self.note(|| format!("  ← {flow} {}", first_line(&bytes)));
                    if let Some(link) = self.links.get_mut(&flow).filter(|link| !link.is_cut) {
                        let at = link.down(self.now);
                        self.at(at, Happening::ToNear(flow, bytes));
                    }
                }
                EdgeOutput::Close { flow, .. } => self.cut(flow),
                EdgeOutput::Event(_) => {}
            }
        }
    }

    // Phones.

    fn feed(&mut self, index: usize, input: Input) {
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

    fn obey(&mut self, index: usize, effect: Effect) {
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
            | Effect::LeaveAudio(_)
            | Effect::MuteMicrophone(_)
            | Effect::Tone(_)
            | Effect::StopTone
            | Effect::StartRinging(_)
            | Effect::StopRinging
            | Effect::Store(_) => {} // `Station::watch` keeps them.
        }
        self.collect_misuse(index);
    }

    fn open_flow(&mut self, index: usize, near: FlowId) {
        if let Some(open) = self.stations[index].flow.replace(near)
            && self.link_of(index, open).and_then(|flow| self.links.get(&flow)).is_some_and(|link| !link.is_cut)
        {
            self.stations[index].fault(format!("flow {near} is opened beside {open}"));
        }
        if !self.weather.server_is_up {
            return self.later(Duration::from_millis(1), Happening::Refused(index, near));
        }
        let flow = self.open_link(Owner::Phone(index), near);
        let delay = self.links[&flow].delay;
        self.later(delay * 3, Happening::FlowOpens(flow));
    }

    fn close_flow(&mut self, index: usize, near: FlowId) {
        if self.stations[index].flow == Some(near) {
            self.stations[index].flow = None;
        }
        let Some(flow) = self.link_of(index, near) else { return };
        // What was sent before still arrives; nothing comes back.
        let link = self.links.get_mut(&flow).filter(|link| !link.is_cut);
        if let Some(link) = link {
            let gone_at = link.up(self.now);
            link.owner = Owner::Nobody;
            self.at(gone_at, Happening::ServerLearnsOfLoss(flow));
        }
        self.later(Duration::from_millis(1), Happening::Refused(index, near)); // Late news that must not matter.
    }

    // Media.

    fn ask_media(
        &mut self,
        index: usize,
        call: CallId,
        ask: impl FnOnce(&mut FakeMedia) -> Done,
        report: impl FnOnce(String) -> MediaInput,
    ) {
        let (least, most) = self.weather.media_write_ms;
        let pause = Duration::from_millis(least + self.chance.below(most - least + 1));
        let Some(media) = self.stations[index].media.get_mut(&call) else { return };
        let epoch = media.epoch;
        let done = ask(media);
        let (session, connects) = (media.session.clone(), media.epoch != epoch);
        let (pause, input) = match done {
            Done::Text(text) => (pause, report(text)),
            Done::Applied => (Duration::from_millis(1), MediaInput::Applied),
            Done::Bad => (Duration::from_millis(1), MediaInput::BadDescription),
        };
        let epoch = media.epoch;
        self.later(pause, Happening::Media(index, call, session.clone(), input));
        if connects {
            let start = pause + Duration::from_millis(self.weather.media_connect_ms);
            let give_up_at = self.now + start + Duration::from_secs(15);
            self.later(start, Happening::Connects(index, call, session, epoch, give_up_at));
        }
    }

    fn media_speaks(&mut self, index: usize, call: CallId, session: &str, input: MediaInput) {
        // A rolled back or closed session may still speak: the phone has to cope.
        self.note(|| format!("  media {session}"));
        self.feed(index, Input::Media(call, input));
    }

    fn media_connects(&mut self, index: usize, call: CallId, session: String, epoch: u64, give_up_at: Now) {
        let Some(media) = self.current(index, call, &session, epoch).cloned() else { return };
        if self.far_end_is_ready(index, &media) {
            if let Some(media) = self.current(index, call, &session, epoch) {
                media.is_connected = true;
            }
            self.feed(index, Input::Media(call, MediaInput::Connected));
        } else if self.now >= give_up_at {
            self.feed(index, Input::Media(call, MediaInput::Failed));
        } else {
            self.later(Duration::from_millis(20), Happening::Connects(index, call, session, epoch, give_up_at));
        }
    }

    fn far_end_is_ready(&self, index: usize, media: &FakeMedia) -> bool {
        let Some((far, _)) = &media.remote else { return false };
        if !self.stations[index].media_path {
            return false;
        }
        if far.starts_with("raw") {
            return true;
        }
        self.stations
            .iter()
            .filter(|station| station.media_path)
            .flat_map(|station| station.media.values())
            .any(|other| media.fits(other))
    }

    fn is_peer(&self, index: usize, media: &FakeMedia) -> bool {
        let far = media.remote.as_ref().map(|(session, _)| session);
        self.stations[index].media.values().any(|other| Some(&other.session) == far)
    }

    fn close_media(&mut self, index: usize, call: CallId) {
        let Some(closed) = self.stations[index].media.remove(&call) else { return };
        let far = (0..self.stations.len()).find_map(|at| {
            let mut media = self.stations[at].media.iter();
            media
                .find(|(_, media)| media.remote.as_ref().is_some_and(|(far, _)| *far == closed.session))
                .map(|(id, media)| (at, *id, media.clone()))
        });
        if let Some((at, call, media)) = far {
            self.lose_media(at, call, &media);
        }
    }

    fn lose_media(&mut self, index: usize, call: CallId, media: &FakeMedia) {
        let news =
            |make: fn(usize, CallId, String, u64) -> Happening| make(index, call, media.session.clone(), media.epoch);
        self.later(Duration::from_secs(5), news(Happening::ConsentLost));
        self.later(Duration::from_secs(20), news(Happening::MediaLost));
    }

    fn current(&mut self, index: usize, call: CallId, session: &str, epoch: u64) -> Option<&mut FakeMedia> {
        self.stations[index].media.get_mut(&call).filter(|media| media.session == session && media.epoch == epoch)
    }

    fn collect_misuse(&mut self, index: usize) {
        let misuse: Vec<String> =
            self.stations[index].media.values_mut().flat_map(|media| std::mem::take(&mut media.misuse)).collect();
        for text in misuse {
            self.stations[index].fault(format!("media was asked for {text}"));
        }
    }

    // Time.

    fn later(&mut self, pause: Duration, happening: Happening) {
        self.at(self.now + pause, happening);
    }

    fn at(&mut self, at: Now, happening: Happening) {
        self.counter += 1;
        self.queue.insert((at, self.counter), happening);
    }

    fn wall(&self) -> WallMs {
        WallMs(WALL_AT_START + i64::try_from(self.now.since_epoch().as_millis()).unwrap_or(i64::MAX - WALL_AT_START))
    }

    fn note(&mut self, line: impl FnOnce() -> String) {
        if let Some(trace) = &mut self.trace {
            trace.push(format!("{:>9.3} {}", self.now.since_epoch().as_secs_f64(), line()));
        }
    }
}

enum Who {
    Queue,
    Edge,
    Phone(usize),
}

fn fresh_edge(chance: &mut Chance, users: &[String], ring_timeout: Duration) -> Edge {
    let config = EdgeConfig { ring_timeout, ..EdgeConfig::new(REALM, Secret::new(SECRET)) };
    let mut edge = Edge::new(config, chance.fork());
    edge.set_users(users.iter().cloned());
    edge
}

fn first_line(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let cseq = text.lines().find(|line| line.starts_with("CSeq")).unwrap_or_default();
    format!("{} {cseq}", text.lines().next().unwrap_or_default())
}

fn short(what: &impl std::fmt::Debug) -> String {
    format!("{what:?}").chars().take(160).collect()
}
