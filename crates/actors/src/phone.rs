//! An actor's phone: does what the mind wants, and tells it what happens. One call at a time.

mod hands;
mod signalling;

use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use base::{Aor, Chance, FlowId, Now, WallMs};
use model::StatusKind;
use sip::ViaTransport;
use sip::ua::{DialogId, UaConfig, UserAgent};
use sip_io::{Flow, FlowEvent, FlowNews, FlowTarget, Trust};
use team_client::{EventStream, SipCredentials, StreamItem, TeamClient, TeamError, TeamEvent};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::speech::{Ask, Media, Told};
use crate::voice::Voice;
use crate::{Input, Mind};

/// News of the flow, and of calls' media, that may wait.
const NEWS: usize = 64;
/// Requests that a call's media may be behind.
const ASKS: usize = 4;
/// Until a lost phone tries again; twice as long each time.
const AGAIN: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(15));
/// Time to say good-bye.
const FAREWELL: Duration = Duration::from_secs(2);
/// A registration is refreshed by the user agent, well before this is over.
const EXPIRES: Duration = Duration::from_secs(600);

/// What an actor sits at.
pub(crate) struct Seat {
    pub client: TeamClient,
    /// Follows the event stream, as whoever is an agent does.
    pub listens: bool,
    pub local_ips: Vec<IpAddr>,
    pub voice: Arc<Voice>,
    pub chance: Chance,
    /// What somebody in a course writes beside their status.
    pub course: &'static str,
}

/// Plays a mind until `stop`: signs on, and again after whatever was lost.
pub(crate) async fn play(mut mind: impl Mind, mut seat: Seat, stop: CancellationToken) {
    let epoch = Instant::now();
    let mut wait = AGAIN.0;
    loop {
        let credentials = tokio::select! {
            () = stop.cancelled() => return,
            credentials = seat.client.sip_credentials() => credentials,
        };
        let why = match credentials.map(|it| Phone::new(&mut mind, &mut seat, it, epoch)) {
            Ok(Some(mut phone)) => {
                let why = phone.live(&stop).await;
                if phone.was_registered {
                    wait = AGAIN.0;
                }
                why
            }
            Ok(None) => "the server names no address of its own".to_owned(),
            Err(error) => error.to_string(),
        };
        if stop.is_cancelled() {
            return;
        }
        tracing::warn!(why, "an actor's phone begins anew");
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(wait) => wait = (wait * 2).min(AGAIN.1),
        }
    }
}

struct Phone<'a, M> {
    mind: &'a mut M,
    seat: &'a mut Seat,
    ua: UserAgent,
    flow: Flow,
    news: mpsc::Receiver<FlowEvent>,
    host: String,
    epoch: Instant,
    call: Option<Call>,
    calls: u64,
    tell: mpsc::Sender<Told>,
    told: mpsc::Receiver<Told>,
    events: Option<EventStream>,
    /// Requests to the team server, and the media of calls.
    errands: JoinSet<Errand>,
    renew_at: Instant,
    inputs: VecDeque<Input>,
    was_registered: bool,
    /// Nothing more can be done with this flow.
    lost: Option<String>,
    unregistered: bool,
}

struct Call {
    number: u64,
    id: Option<DialogId>,
    /// Where to, until the offer is made.
    target: Option<Aor>,
    /// Their offer, until it is answered.
    offer: Option<String>,
    asks: Option<mpsc::Sender<Ask>>,
}

/// What came of a task.
enum Errand {
    Asked(Result<(), TeamError>),
    Credentials(Result<SipCredentials, TeamError>),
    Spoke,
}

impl<'a, M: Mind> Phone<'a, M> {
    fn new(mind: &'a mut M, seat: &'a mut Seat, credentials: SipCredentials, epoch: Instant) -> Option<Self> {
        let target = credentials.ws.iter().find_map(|url| FlowTarget::parse(url).ok())?;
        let renew_at = renewal(&credentials);
        let config = UaConfig {
            aor: credentials.aor.clone(),
            display_name: credentials.display_name,
            auth_user: credentials.user,
            password: credentials.password,
            transport: ViaTransport::Ws,
            instance: instance(&mut seat.chance),
            user_agent: concat!("Rannan-Actor/", env!("CARGO_PKG_VERSION")).to_owned(),
            expires: EXPIRES,
        };
        let (flow_news, news) = mpsc::channel(NEWS);
        let (tell, told) = mpsc::channel(NEWS);
        let mut ua = UserAgent::new(config, seat.chance.fork());
        // Nothing is sent before the flow is up.
        let _ = ua.register(Now::at(epoch.elapsed()));
        let events = seat.listens.then(|| seat.client.events());
        Some(Phone {
            mind,
            ua,
            flow: Flow::open(FlowId(1), target, Arc::new(Trust::system()), flow_news),
            news,
            host: credentials.aor.host,
            epoch,
            call: None,
            calls: 0,
            tell,
            told,
            events,
            errands: JoinSet::new(),
            renew_at,
            inputs: VecDeque::new(),
            was_registered: false,
            lost: None,
            unregistered: false,
            seat,
        })
    }

    /// Until the flow is lost or everything ends; says why.
    async fn live(&mut self, stop: &CancellationToken) -> String {
        while self.lost.is_none() {
            tokio::select! {
                () = stop.cancelled() => {
                    self.say_good_bye().await;
                    return "it ends".to_owned();
                }
                () = self.turn() => self.think(),
            }
        }
        if self.call.take().is_some() {
            self.inputs.push_back(Input::Over);
            self.think();
        }
        self.lost.take().unwrap_or_default()
    }

    /// Waits for one thing and works on it. Cancelled only while it waits.
    async fn turn(&mut self) {
        let (epoch, at) = (self.epoch, |at: Now| self.epoch + at.since_epoch());
        let far = Instant::now() + EXPIRES;
        let ua_at = self.ua.wake_at().map_or(far, at);
        let mind_at = self.mind.wake_at().map_or(far, at);
        let events = async {
            match &mut self.events {
                Some(events) => events.next().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            news = self.news.recv() => self.on_news(news.map(|event| event.news)),
            Some(told) = self.told.recv() => self.on_media(told),
            item = events => self.on_item(item),
            Some(done) = self.errands.join_next() => self.on_errand(done.unwrap_or(Errand::Spoke)),
            () = sleep_until(self.renew_at) => {
                self.renew_at = far;
                let client = self.seat.client.clone();
                self.errands.spawn(async move { Errand::Credentials(client.sip_credentials().await) });
            }
            () = sleep_until(ua_at) => self.ua(|ua, now| ua.tick(now)),
            () = sleep_until(mind_at) => {
                // A timer may be a millisecond early, and the mind would be asked again and again.
                if Now::at(epoch.elapsed()) >= self.mind.wake_at().unwrap_or(Now::ZERO) {
                    self.inputs.push_back(Input::Time);
                }
            }
        }
    }

    fn now(&self) -> Now {
        Now::at(self.epoch.elapsed())
    }

    fn on_news(&mut self, news: Option<FlowNews>) {
        match news {
            Some(FlowNews::Up { .. }) => self.ua(|ua, now| ua.flow_up(now)),
            Some(FlowNews::Frame(frame)) => self.ua(|ua, now| ua.receive(now, &frame)),
            Some(FlowNews::RoundTrip(_)) => {}
            Some(FlowNews::Down(why)) => self.lost = Some(why.to_string()),
            None => self.lost = Some("the flow ended".to_owned()),
        }
    }

    fn on_item(&mut self, item: Option<StreamItem>) {
        match item {
            Some(StreamItem::Event(TeamEvent::StatusChanged(own))) => {
                let available = own.kind == StatusKind::Available && !own.marked_offline;
                self.inputs.push_back(Input::Status { available });
            }
            Some(StreamItem::Event(_) | StreamItem::Connected { .. } | StreamItem::Lost { .. }) => {}
            // The session is over; the phone goes on until its credentials are.
            None => self.events = None,
        }
    }

    fn on_errand(&mut self, done: Errand) {
        match done {
            Errand::Spoke | Errand::Asked(Ok(())) => {}
            Errand::Asked(Err(error)) => tracing::info!(%error, "an actor was refused"),
            Errand::Credentials(Ok(fresh)) => {
                self.renew_at = renewal(&fresh);
                self.ua.set_credentials(fresh.user, fresh.password);
            }
            Errand::Credentials(Err(error)) => self.lost = Some(error.to_string()),
        }
    }

    fn on_media(&mut self, Told { call: number, what }: Told) {
        let Some(call) = self.call.as_mut().filter(|call| call.number == number) else { return };
        match (what, call.id) {
            (Media::Ready(answer), Some(id)) => self.ua(|ua, now| ua.answer(now, id, answer)),
            (Media::Ready(offer), None) => {
                if let Some(target) = call.target.take() {
                    let now = self.now();
                    let (id, out) = self.ua.invite(now, &target, offer);
                    if let Some(call) = &mut self.call {
                        call.id = Some(id);
                    }
                    self.obey(out);
                }
            }
            (Media::Taken(sdp), Some(id)) => self.ua(|ua, now| ua.answer_reoffer(now, id, sdp)),
            (Media::NotTaken, Some(id)) => self.ua(|ua, now| ua.refuse_reoffer(now, id, 488)),
            (Media::Turned(sdp), Some(id)) => self.ua(|ua, now| ua.reoffer(now, id, sdp)),
            (Media::Over(why), id) => {
                tracing::info!(why, "an actor's call lost its media");
                match id {
                    Some(id) => self.ua(|ua, now| ua.hang_up(now, id)),
                    None => self.over(),
                }
            }
            (Media::Taken(_) | Media::NotTaken | Media::Turned(_), None) => {}
        }
    }
}

/// When half of their time is over.
fn renewal(credentials: &SipCredentials) -> Instant {
    let (WallMs(until), WallMs(now)) = (credentials.expires_at, credentials.server_now);
    let life = u64::try_from(until.saturating_sub(now)).unwrap_or_default().clamp(20_000, 24 * 3600 * 1000);
    Instant::now() + Duration::from_millis(life / 2)
}

fn instance(chance: &mut Chance) -> String {
    let (a, b) = (chance.token(), chance.token());
    format!("urn:uuid:{}-{}-4{}-8{}-{}", &a[..8], &a[8..12], &a[13..16], &b[1..4], &b[4..])
}
