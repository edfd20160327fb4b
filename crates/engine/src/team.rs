//! The team account: signing in, fresh SIP credentials before the old ones expire, the event stream, the round trip.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use base::{Secret, WallMs};
use book::sync::News;
use model::{Account, AccountKind, PanelDays};
use phone::TeamInput;
use team_client::{SipCredentials, StreamItem, TeamClient, TeamError, TeamEvent, code};
use tokio::sync::{Notify, mpsc};
use tokio::time::{MissedTickBehavior, interval, sleep};
use tokio_util::task::AbortOnDropHandle;

use crate::clock::Clock;
use crate::contacts::{AddressBook, SyncDoor, SyncLine, owner_of};
use crate::directory::{DirectoryError, refused};
use crate::mail::Mail;
use crate::panel::{PanelError, days};
use crate::profile::Profile;
use crate::session::{ACCOUNT, SignInError, User, server_of};
use crate::status::{StatusDoor, StatusLine};
use crate::system::{Internet, Panel, WhyDown};
use crate::voicemail::BoxState;

/// The round trip is measured this often.
const HEALTH_EVERY: Duration = Duration::from_secs(10);
/// The wall clock is looked at this often while waiting for credentials to expire: it goes on while the computer sleeps,
/// the runtime's clock does not.
const EXPIRY_CHECK: Duration = Duration::from_secs(20);
/// Fresh credentials are fetched this long before the old ones expire, or at half of their life if that is later.
const RENEW_AHEAD_MS: i64 = 300_000;
/// A refused renewal is tried again no sooner than this.
const RENEW_PAUSE: Duration = Duration::from_secs(5);
/// A list of the team that could not be fetched is asked for again no sooner than this.
const ROSTER_PAUSE: Duration = Duration::from_secs(5);

/// How to sign in.
pub(crate) enum TeamSignIn {
    /// With a password.
    Password { server: String, email: String, password: Secret, device: String },
    /// As a practice agent.
    Practice { server: String, profile: String },
    /// With a token that was kept.
    Token { server: String, token: Secret },
}

/// A team account in use.
pub(crate) struct Joined {
    pub(crate) client: TeamClient,
    pub(crate) user: User,
    pub(crate) account: Account,
    pub(crate) expires_at: WallMs,
    /// With what leaves to supervise our calls are judged, as it came with these credentials.
    pub(crate) supervision: Option<TeamInput>,
}

/// Signs in and fetches what is needed to register.
pub(crate) async fn join(how: &TeamSignIn, extra_ca: Option<&str>, clock: Clock) -> Result<Joined, SignInError> {
    let (server, practice) = match how {
        TeamSignIn::Password { server, .. } | TeamSignIn::Token { server, .. } => (server, false),
        TeamSignIn::Practice { server, .. } => (server, true),
    };
    let client = TeamClient::new(server, extra_ca)?;
    let (client, me) = match how {
        TeamSignIn::Password { email, password, device, .. } => {
            let me = client.login(email, password, device).await?.me;
            (client, me)
        }
        TeamSignIn::Practice { profile, .. } => {
            let me = client.try_practice(profile).await?.me;
            (client, me)
        }
        TeamSignIn::Token { token, .. } => {
            let client = client.with_token(token.clone());
            let me = client.me().await?;
            (client, me)
        }
    };
    let credentials = client.sip_credentials().await?;
    let profile = Some(Profile::from(&me));
    let user = User {
        id: me.id,
        name: me.name,
        email: me.email,
        extension: me.extension,
        server: client.base_url().to_owned(),
        practice,
        profile,
    };
    let account = account(&credentials, &user)?;
    let supervision = supervise_key(&credentials, clock.wall());
    Ok(Joined { client, user, account, expires_at: credentials.expires_at, supervision })
}

/// The key to judge leaves with, and how far the server's clock is ahead.
fn supervise_key(credentials: &SipCredentials, wall: WallMs) -> Option<TeamInput> {
    let key = credentials.supervision_key.clone()?;
    let told = credentials.server_now.0;
    Some(TeamInput::SuperviseKey { key, ahead_ms: if told > 0 { told - wall.0 } else { 0 } })
}

fn account(credentials: &SipCredentials, user: &User) -> Result<Account, SignInError> {
    // In the server's order; one that we do not understand is passed over.
    let server = credentials.ws.iter().find_map(|url| server_of(url).ok()).ok_or(SignInError::NotAServer)?;
    Ok(Account {
        id: ACCOUNT,
        kind: AccountKind::Team { server_url: user.server.clone(), email: user.email.clone() },
        aor: credentials.aor.clone(),
        display_name: credentials.display_name.clone(),
        auth_user: credentials.user.clone(),
        password: credentials.password.clone(),
        server,
        ice_servers: credentials.ice.clone(),
    })
}

/// What runs as long as a team account is signed in. Dropping it ends it.
pub(crate) struct TeamSession {
    pub(crate) client: TeamClient,
    pub(crate) status: StatusDoor,
    ask: Arc<Asks>,
    _task: AbortOnDropHandle<()>,
}

#[derive(Default)]
struct Asks {
    renew: Notify,
    measure: Notify,
    /// Who we are.
    me: Notify,
    roster: Notify,
    /// What we may see and do.
    rights: Notify,
    /// How we stand with the queues.
    agent: Notify,
    /// Counts what the server told of that by itself: an answer that was asked for before is older.
    agent_told: AtomicU64,
    /// The own voice box.
    voicemail: Notify,
    /// Parked calls, and a count of what the server told of them by itself.
    parked: Notify,
    parked_told: AtomicU64,
    /// The directory.
    directory: Notify,
    /// The live panel, and whether somebody looks at it.
    panel: Notify,
    panel_wanted: AtomicBool,
}

impl TeamSession {
    pub(crate) fn start(
        joined: &Joined,
        attempt: u64,
        clock: Clock,
        book: AddressBook,
        mail: mpsc::Sender<Mail>,
    ) -> TeamSession {
        let ask = Arc::new(Asks::default());
        let (status, line) = StatusLine::new(joined.client.clone(), attempt, clock, mail.clone());
        let (sync, contacts) = SyncLine::new(joined.client.clone(), book, owner_of(&joined.user), clock);
        // What is tried out on this computer stays on it.
        let contacts = (!joined.user.practice).then_some(contacts);
        let watch = Watch {
            client: joined.client.clone(),
            user: joined.user.clone(),
            attempt,
            clock,
            mail,
            ask: ask.clone(),
            sync,
        };
        let (expires_at, supervision) = (joined.expires_at, joined.supervision.clone());
        let task = tokio::spawn(async move {
            let contacts = async {
                if let Some(contacts) = contacts {
                    contacts.serve().await;
                }
            };
            tokio::join!(
                watch.keep_credentials(expires_at, supervision),
                watch.follow_events(),
                watch.measure(),
                watch.keep_me(),
                watch.fetch_roster(),
                watch.keep_rights(),
                watch.keep_agent(),
                watch.keep_voicemail(),
                watch.keep_parked(),
                watch.keep_directory(),
                watch.keep_panel(),
                line.serve(),
                contacts
            );
        });
        TeamSession { client: joined.client.clone(), status, ask, _task: AbortOnDropHandle::new(task) }
    }

    /// The registrar refuses the credentials: fetch fresh ones now.
    pub(crate) fn renew_now(&self) {
        self.ask.renew.notify_one();
    }

    /// Somebody looks at the directory.
    pub(crate) fn directory_now(&self) {
        self.ask.directory.notify_one();
    }

    /// Somebody looks at the live panel, or nobody any more.
    pub(crate) fn panel_now(&self, wanted: bool) {
        self.ask.panel_wanted.store(wanted, Ordering::Relaxed);
        self.ask.panel.notify_one();
    }

    /// Something changed on the network: measure now.
    pub(crate) fn measure_now(&self) {
        self.ask.measure.notify_one();
    }
}

struct Watch {
    client: TeamClient,
    user: User,
    attempt: u64,
    clock: Clock,
    mail: mpsc::Sender<Mail>,
    ask: Arc<Asks>,
    sync: Arc<SyncDoor>,
}

impl Watch {
    async fn keep_credentials(&self, mut expires_at: WallMs, supervision: Option<TeamInput>) {
        if let Some(input) = supervision {
            self.tell_team(input).await;
        }
        let mut due = self.renewal_due(expires_at);
        loop {
            tokio::select! {
                () = self.ask.renew.notified() => {}
                () = self.wait_until(due) => {}
            }
            match self.fresh_account().await {
                Ok((account, until, supervision)) => {
                    if let Some(input) = supervision {
                        self.tell_team(input).await;
                    }
                    expires_at = until;
                    due = self.renewal_due(expires_at);
                    self.tell(Mail::Renewed { attempt: self.attempt, account: Box::new(account) }).await;
                }
                Err(SignInError::Expired) => return self.tell(Mail::Expired { attempt: self.attempt }).await,
                Err(SignInError::Suspended) => return self.tell(Mail::Suspended { attempt: self.attempt }).await,
                Err(error) => {
                    // Not news for the user: the registration says when it begins to matter.
                    tracing::warn!(%error, "fresh SIP credentials could not be fetched");
                    due = WallMs(self.clock.wall().0 + RENEW_AHEAD_MS / 10);
                }
            }
            sleep(RENEW_PAUSE).await;
        }
    }

    async fn fresh_account(&self) -> Result<(Account, WallMs, Option<TeamInput>), SignInError> {
        let credentials = self.client.sip_credentials().await?;
        let supervision = supervise_key(&credentials, self.clock.wall());
        Ok((account(&credentials, &self.user)?, credentials.expires_at, supervision))
    }

    fn renewal_due(&self, expires_at: WallMs) -> WallMs {
        let now = self.clock.wall().0;
        renewal_due(now, expires_at.0)
    }

    async fn wait_until(&self, due: WallMs) {
        while let left @ 1.. = due.0 - self.clock.wall().0 {
            sleep(EXPIRY_CHECK.min(Duration::from_millis(left.unsigned_abs()))).await;
        }
    }

    async fn follow_events(&self) {
        let mut events = self.client.events();
        self.tell_panel(Panel::Connecting).await;
        while let Some(item) = events.next().await {
            match item {
                StreamItem::Connected { .. } => {
                    self.sync.tell(News::Connected);
                    self.tell_panel(Panel::Live).await;
                    self.tell_team(TeamInput::Connected).await;
                    self.ask.me.notify_one();
                    self.ask.roster.notify_one();
                    self.ask.rights.notify_one();
                    self.ask.agent.notify_one();
                    self.ask.voicemail.notify_one();
                    self.ask.parked.notify_one();
                    self.tell(Mail::RecordingAsked { attempt: self.attempt }).await;
                    self.tell(Mail::DirectoryStale { attempt: self.attempt }).await;
                    self.tell(Mail::PanelStale { attempt: self.attempt }).await;
                }
                StreamItem::Lost { why: TeamError::Expired, .. } => {
                    return self.tell(Mail::Expired { attempt: self.attempt }).await;
                }
                StreamItem::Lost { why: TeamError::Suspended, .. } => {
                    return self.tell(Mail::Suspended { attempt: self.attempt }).await;
                }
                StreamItem::Lost { why, retry_in } => {
                    self.sync.tell(News::Lost);
                    let (why, detail) = why_down(&why);
                    let retry_at = self.clock.now() + retry_in;
                    self.tell_panel(Panel::Lost { why, retry_at, detail }).await;
                    self.ask.measure.notify_one();
                }
                StreamItem::Event(event) => self.on_event(event).await,
            }
        }
    }

    async fn on_event(&self, event: TeamEvent) {
        match event {
            TeamEvent::StatusChanged(own) => self.tell_team(TeamInput::Status(Box::new(own))).await,
            TeamEvent::AgentChanged(own) => {
                self.ask.agent_told.fetch_add(1, Ordering::Relaxed);
                self.tell(Mail::Agent { attempt: self.attempt, own }).await;
            }
            // What is shown is old, as after a gap: the phone asks again.
            TeamEvent::StatusesChanged => self.tell_team(TeamInput::Connected).await,
            TeamEvent::RightsChanged => {
                self.tell(Mail::RosterAsked { attempt: self.attempt }).await;
                self.ask.me.notify_one();
                self.ask.roster.notify_one();
                self.ask.rights.notify_one();
                self.ask.parked.notify_one();
                self.tell(Mail::DirectoryStale { attempt: self.attempt }).await;
                self.tell(Mail::PanelStale { attempt: self.attempt }).await;
            }
            TeamEvent::RecordingPolicy => self.tell(Mail::RecordingAsked { attempt: self.attempt }).await,
            TeamEvent::VoicemailChanged => self.ask.voicemail.notify_one(),
            TeamEvent::RecordingsChanged => self.tell(Mail::RecordingsChanged { attempt: self.attempt }).await,
            TeamEvent::DirectoryChanged { changed, gone } => {
                self.tell(Mail::DirectoryNews { attempt: self.attempt, changed, gone }).await;
            }
            TeamEvent::ParkedChanged(parked) => {
                self.ask.parked_told.fetch_add(1, Ordering::Relaxed);
                self.tell(Mail::Parked { attempt: self.attempt, parked }).await;
            }
            TeamEvent::TransferAsked { to, by: _ } => self.tell_team(TeamInput::TransferAsked { to }).await,
            TeamEvent::PanelChanged(panel) => self.tell(Mail::PanelNews { attempt: self.attempt, panel }).await,
            TeamEvent::StatusForced(forced) => self.tell(Mail::Forced { attempt: self.attempt, forced }).await,
            TeamEvent::SupervisionEnded { by, of } => {
                self.tell_team(TeamInput::SuperviseRevoked { by, of }).await;
            }
            TeamEvent::CallBlocked { call, code } => {
                self.tell_team(TeamInput::CallBlocked { from: call.from, code }).await;
            }
            TeamEvent::PresenceChanged(colleague) => {
                self.tell(Mail::Colleague { attempt: self.attempt, colleague }).await;
            }
            TeamEvent::ProfileChanged(seen) => {
                if seen.id == self.user.id {
                    self.ask.me.notify_one();
                }
                self.tell(Mail::Face { attempt: self.attempt, face: seen.into() }).await;
            }
            TeamEvent::ContactsChanged { book, change } => self.sync.tell(News::Told { book, change }),
            // Nothing that this phone shows comes by these yet: calls and registration are its own.
            TeamEvent::RegistrationChanged { .. }
            | TeamEvent::CallStarted(_)
            | TeamEvent::CallRinging(_)
            | TeamEvent::CallAnswered(_)
            | TeamEvent::CallEnded { .. } => {}
        }
    }

    /// Who we are, each time that it may have changed. What cannot be fetched now is told by the lights, and asked for again when the
    /// stream is back.
    async fn keep_me(&self) {
        loop {
            self.ask.me.notified().await;
            match self.client.me().await {
                Ok(me) => self.tell(Mail::Me(Box::new(me))).await,
                Err(error) => tracing::warn!(%error, "the own profile could not be fetched"),
            }
        }
    }

    /// The whole team, each time that the stream of events begins or that we may see something else of it.
    async fn fetch_roster(&self) {
        loop {
            self.ask.roster.notified().await;
            match self.client.colleagues().await {
                Ok(colleagues) => self.tell(Mail::Colleagues { attempt: self.attempt, colleagues }).await,
                Err(error) => {
                    tracing::warn!(%error, "the team could not be fetched");
                    self.ask.roster.notify_one();
                    sleep(ROSTER_PAUSE).await;
                }
            }
        }
    }

    /// What we may see and do, each time that it may have changed.
    async fn keep_rights(&self) {
        loop {
            self.ask.rights.notified().await;
            match self.client.my_rights().await {
                Ok(rights) => self.tell(Mail::Rights { attempt: self.attempt, rights: Box::new(rights) }).await,
                Err(error) => {
                    tracing::warn!(%error, "the own rights could not be fetched");
                    self.ask.rights.notify_one();
                    sleep(ROSTER_PAUSE).await;
                }
            }
        }
    }

    /// How the own voice box stands, each time that there is news of it.
    async fn keep_voicemail(&self) {
        loop {
            self.ask.voicemail.notified().await;
            match self.client.voicemail().await {
                Ok(mailbox) => {
                    self.tell(Mail::Voicemail { attempt: self.attempt, state: BoxState::from(&mailbox) }).await;
                }
                // A server without voice boxes.
                Err(TeamError::Server { status: 404, .. }) => {}
                Err(error) => {
                    tracing::warn!(%error, "the own voice box could not be looked at");
                    self.ask.voicemail.notify_one();
                    sleep(ROSTER_PAUSE).await;
                }
            }
        }
    }

    /// How we stand with the queues, each time that the stream of events begins; afterwards it tells by itself.
    async fn keep_agent(&self) {
        loop {
            self.ask.agent.notified().await;
            let told = self.ask.agent_told.load(Ordering::Relaxed);
            match self.client.my_agent().await {
                Ok(_) if self.ask.agent_told.load(Ordering::Relaxed) != told => {}
                Ok(own) => self.tell(Mail::Agent { attempt: self.attempt, own: own.map(Box::new) }).await,
                // A server without queues.
                Err(TeamError::Server { status: 404, .. }) => {}
                Err(error) => {
                    tracing::warn!(%error, "how we stand with the queues could not be fetched");
                    self.ask.agent.notify_one();
                    sleep(ROSTER_PAUSE).await;
                }
            }
        }
    }

    /// The parked calls that we may take, each time that the stream begins or that we may do something else; afterwards it tells by itself.
    async fn keep_parked(&self) {
        loop {
            self.ask.parked.notified().await;
            let told = self.ask.parked_told.load(Ordering::Relaxed);
            match self.client.parked().await {
                Ok(_) if self.ask.parked_told.load(Ordering::Relaxed) != told => {}
                Ok(parked) => self.tell(Mail::Parked { attempt: self.attempt, parked }).await,
                // A server without parking places.
                Err(TeamError::Server { status: 404, .. }) => {}
                Err(error) => {
                    tracing::warn!(%error, "what is parked could not be fetched");
                    self.ask.parked.notify_one();
                    sleep(ROSTER_PAUSE).await;
                }
            }
        }
    }

    /// The directory, each time that somebody begins to look at it or that what is known of it may be old.
    async fn keep_directory(&self) {
        loop {
            self.ask.directory.notified().await;
            let users = self.client.directory().await.map_err(refused);
            let is_worth_another_try = matches!(users, Err(DirectoryError::Server(_)));
            self.tell(Mail::Directory { attempt: self.attempt, users }).await;
            if is_worth_another_try {
                tracing::warn!("the directory could not be fetched");
                sleep(ROSTER_PAUSE).await;
                // Asked for again only if somebody still looks.
                self.tell(Mail::DirectoryStale { attempt: self.attempt }).await;
            }
        }
    }

    /// The live panel, each time that somebody begins to look at it, that what is known of it may be old, or that a day begins. First the
    /// stream tells it, then it is asked for: nothing falls between.
    async fn keep_panel(&self) {
        let mut told = None;
        loop {
            tokio::select! {
                () = self.ask.panel.notified() => {}
                () = self.other_day(told) => {}
            }
            if !self.ask.panel_wanted.load(Ordering::Relaxed) {
                // Nobody looks: if this does not arrive, the server tells for nothing until the stream ends.
                if told.take().is_some()
                    && let Err(error) = self.client.leave_panel().await
                {
                    tracing::warn!(%error, "the live panel could not be left");
                }
                continue;
            }
            let days = days(self.clock.wall());
            told = Some(days);
            let panel = match self.client.watch_panel(days).await {
                Ok(()) => self.client.panel(days).await,
                // The stream is not open yet: it is watched when it is, and may be looked at until then.
                Err(TeamError::Server { code: word, .. }) if word == code::NO_STREAM => self.client.panel(days).await,
                Err(error) => Err(error),
            };
            let panel = panel.map(Box::new).map_err(crate::panel::refused);
            let is_worth_another_try = matches!(panel, Err(PanelError::Server(_)));
            self.tell(Mail::PanelCame { attempt: self.attempt, panel }).await;
            if is_worth_another_try {
                tracing::warn!("the live panel could not be fetched");
                sleep(ROSTER_PAUSE).await;
                // Asked for again only if somebody still looks.
                self.tell(Mail::PanelStale { attempt: self.attempt }).await;
            }
        }
    }

    /// Returns when it is another day than the one that is told; never while nothing is.
    async fn other_day(&self, told: Option<PanelDays>) {
        let Some(told) = told else { return std::future::pending().await };
        while days(self.clock.wall()) == told {
            sleep(EXPIRY_CHECK).await;
        }
    }

    async fn measure(&self) {
        let mut every = interval(HEALTH_EVERY);
        every.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = every.tick() => {}
                () = self.ask.measure.notified() => {}
            }
            let internet = match self.client.health().await {
                Ok(report) => Internet::Reached { rtt: report.rtt },
                Err(error) => {
                    let (why, detail) = why_down(&error);
                    Internet::Down { why, detail }
                }
            };
            self.tell(Mail::Internet { attempt: self.attempt, internet }).await;
        }
    }

    async fn tell_team(&self, input: TeamInput) {
        self.tell(Mail::Team { attempt: self.attempt, input }).await;
    }

    async fn tell_panel(&self, panel: Panel) {
        self.tell(Mail::Panel { attempt: self.attempt, panel }).await;
    }

    async fn tell(&self, mail: Mail) {
        // The driver ends this task when it ends.
        let _ = self.mail.send(mail).await;
    }
}

/// 5 minutes before the end, or at half of the remaining life of credentials that live shorter than 10 minutes.
fn renewal_due(now_ms: i64, expires_ms: i64) -> WallMs {
    let half = now_ms + (expires_ms - now_ms) / 2;
    WallMs(half.max(expires_ms - RENEW_AHEAD_MS))
}

fn why_down(error: &TeamError) -> (WhyDown, Option<String>) {
    match error {
        TeamError::Unreachable | TeamError::BadAddress => (WhyDown::Unreachable, None),
        TeamError::BadCertificate => (WhyDown::BadCertificate, None),
        TeamError::WrongCredentials { .. } | TeamError::Expired | TeamError::Suspended => {
            (WhyDown::WrongCredentials, None)
        }
        TeamError::RateLimited { .. } => (WhyDown::Refused, None),
        TeamError::NotAServer => (WhyDown::ServerError, None),
        TeamError::Server { status, code } => (WhyDown::ServerError, Some(format!("HTTP {status} {code}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_renewed_five_minutes_before_the_end_or_at_half_of_a_short_life() {
        assert_eq!(renewal_due(0, 3_600_000), WallMs(3_300_000));
        assert_eq!(renewal_due(0, 60_000), WallMs(30_000));
        assert!(renewal_due(10_000, 9_000) <= WallMs(10_000), "what has expired is renewed at once");
    }
}
