//! The world: clock, server, phones, and the queue of what happens next.

use std::collections::BTreeMap;
use std::time::Duration;

use base::{AccountId, Aor, CallId, Chance, FlowId, Now, Secret, WallMs};
use bytes::Bytes;
use model::{Account, AccountKind, Registration, Server, Transport};
use phone::{Command, Input, MediaInput, Phone, PhoneConfig, TeamInput};
use sip::edge::{Edge, EdgeConfig, ephemeral_password};

use super::network::{Link, Owner, Weather};
use super::raw::{RawId, RawPeer};
use super::station::Station;

/// Which phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PhoneId(pub(super) usize);

/// What is on its way.
pub(super) enum Happening {
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
    pub(super) ring_timeout: Duration,
    pub(super) now: Now,
    pub(super) chance: Chance,
    pub(super) queue: BTreeMap<(Now, u64), Happening>,
    pub(super) counter: u64,
    pub(super) links: BTreeMap<FlowId, Link>,
    pub(super) stations: Vec<Station>,
    pub(super) raws: Vec<RawPeer>,
    pub(super) trace: Option<Vec<String>>,
}

/// Realm of the server and host of every address.
pub const REALM: &str = "rannan.test";
pub(super) const SECRET: &str = "between the two of us";
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

    /// The team server tells something in this instant.
    pub fn team(&mut self, id: PhoneId, input: TeamInput) {
        self.feed(id.0, Input::Team(input));
    }

    /// Dials. Says the id of the call, which exists if the command was not refused.
    pub fn dial(&mut self, id: PhoneId, target: &str) -> CallId {
        let station = &mut self.stations[id.0];
        station.dialled += 1;
        let call = CallId(station.dialled);
        self.command(id, Command::Dial { call, target: target.to_owned() });
        call
    }

    /// Asks somebody before `about` is transferred there. Says the id of the new call, as [`World::dial`] does.
    pub fn consult(&mut self, id: PhoneId, about: CallId, target: &str) -> CallId {
        let station = &mut self.stations[id.0];
        station.dialled += 1;
        let call = CallId(station.dialled);
        self.command(id, Command::Consult { call, about, target: target.to_owned() });
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

    pub(super) fn later(&mut self, pause: Duration, happening: Happening) {
        self.at(self.now + pause, happening);
    }

    pub(super) fn at(&mut self, at: Now, happening: Happening) {
        self.counter += 1;
        self.queue.insert((at, self.counter), happening);
    }

    pub(super) fn wall(&self) -> WallMs {
        WallMs(WALL_AT_START + i64::try_from(self.now.since_epoch().as_millis()).unwrap_or(i64::MAX - WALL_AT_START))
    }

    pub(super) fn note(&mut self, line: impl FnOnce() -> String) {
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

pub(super) fn fresh_edge(chance: &mut Chance, users: &[String], ring_timeout: Duration) -> Edge {
    let config = EdgeConfig { ring_timeout, ..EdgeConfig::new(REALM, Secret::new(SECRET)) };
    let mut edge = Edge::new(config, chance.fork());
    edge.set_users(users.iter().cloned());
    edge
}

pub(super) fn first_line(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let cseq = text.lines().find(|line| line.starts_with("CSeq")).unwrap_or_default();
    format!("{} {cseq}", text.lines().next().unwrap_or_default())
}

pub(super) fn short(what: &impl std::fmt::Debug) -> String {
    format!("{what:?}").chars().take(160).collect()
}
