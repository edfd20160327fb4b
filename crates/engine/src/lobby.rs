//! The sign-in state: who asked, who is in, what is kept for the next start.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use model::Registration;
use team_client::{Me, TeamClient};
use tokio::sync::{Notify, mpsc};
use tokio_util::task::AbortOnDropHandle;

use crate::archive::Archive;
use crate::clock::Clock;
use crate::contacts::AddressBook;
use crate::mail::{Kept, Mail, SignInReply};
use crate::profile::Profile;
use crate::secrets::Keychain;
use crate::session::{Keep, Session, SignInError, SignedOutWhy, SipSignIn, User};
use crate::status::StatusDoor;
use crate::system::{Internet, Panel, WhyDown};
use crate::team::{self, Joined, TeamSession, TeamSignIn};

/// A kept session is tried again after this pause, doubled up to the longest, while the server cannot be reached.
const RESUME_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_RESUME_PAUSE: Duration = Duration::from_secs(30);

/// Who waits for what.
enum Waiting {
    /// Nobody.
    Nobody,
    /// For the team server.
    Team { keep: Keep, reply: SignInReply },
    /// For the team server, with a kept token; nobody asked.
    Resume,
    /// For the registrar.
    Sip { account: Box<SipSignIn>, keep: Keep, reply: SignInReply },
}

/// What is kept, to be forgotten when the user signs out.
struct KeptUnder {
    secret: String,
}

/// What the driver shall do with the phone.
pub(crate) enum Verdict {
    /// Nothing.
    Nothing,
    /// Use this account.
    SignIn(Box<model::Account>),
    /// Let the account go.
    SignOut,
}

/// The sign-in state.
pub(crate) struct Lobby {
    pub(crate) session: Session,
    pub(crate) panel: Panel,
    pub(crate) internet: Internet,
    /// Number of the latest sign-in; letters of an older one are late.
    attempt: u64,
    waiting: Waiting,
    joining: Option<AbortOnDropHandle<()>>,
    team: Option<TeamSession>,
    kept: Option<KeptUnder>,
    /// Whoever is in, or on the way, leaves nothing on this computer (LO-02).
    shared: bool,
    last_server: String,
    last_email: String,
    extra_ca: Option<String>,
    clock: Clock,
    keychain: Keychain,
    archive: Archive,
    book: AddressBook,
    mail: mpsc::Sender<Mail>,
    /// Tries of a kept session that did not reach the server.
    resume_tries: u32,
    /// Tries a kept session now, not after its pause.
    retry: Arc<Notify>,
}

impl Lobby {
    pub(crate) fn new(
        clock: Clock,
        keychain: Keychain,
        archive: Archive,
        book: AddressBook,
        extra_ca: Option<String>,
        mail: mpsc::Sender<Mail>,
    ) -> Lobby {
        Lobby {
            session: Session::SignedOut { why: None, server: String::new(), email: String::new() },
            panel: Panel::Unused,
            internet: Internet::Unused,
            attempt: 0,
            waiting: Waiting::Nobody,
            joining: None,
            team: None,
            kept: None,
            shared: false,
            last_server: String::new(),
            last_email: String::new(),
            extra_ca,
            clock,
            keychain,
            archive,
            book,
            mail,
            resume_tries: 0,
            retry: Arc::default(),
        }
    }

    /// Signs in with a team server. The account of before is let go.
    pub(crate) fn sign_in_team(&mut self, how: TeamSignIn, keep: Keep, reply: SignInReply) -> Verdict {
        self.begin();
        self.settle(keep);
        self.note_last(&how);
        self.session = Session::SigningIn;
        self.waiting = Waiting::Team { keep, reply };
        self.join(how, false);
        Verdict::SignOut
    }

    /// Signs in with a SIP account; the registrar decides.
    pub(crate) fn sign_in_sip(&mut self, account: Box<SipSignIn>, keep: Keep, reply: SignInReply) -> Verdict {
        self.begin();
        self.settle(keep);
        match account.account() {
            Ok(ready) => {
                self.session = Session::SigningIn;
                self.internet = Internet::Asking;
                self.waiting = Waiting::Sip { account, keep, reply };
                Verdict::SignIn(Box::new(ready))
            }
            Err(error) => {
                self.session = self.signed_out(None);
                // Who asked may have gone.
                let _ = reply.send(Err(error));
                Verdict::SignOut
            }
        }
    }

    /// Goes on with a session that was kept.
    pub(crate) fn resume(&mut self, kept: Kept) -> Verdict {
        self.begin();
        match kept {
            Kept::Team { server, email, token, user } => {
                self.kept = Some(KeptUnder { secret: token_name(&server, &email) });
                self.last_email = email;
                // Who was in before sees what is kept here, whether the server can be reached or not.
                self.session = user.map_or(Session::SigningIn, |user| Session::SignedIn(*user));
                if matches!(self.session, Session::SignedIn(_)) {
                    (self.panel, self.internet) = (Panel::Connecting, Internet::Asking);
                }
                self.resume_tries = 0;
                self.waiting = Waiting::Resume;
                let how = TeamSignIn::Token { server, token };
                self.note_last(&how);
                self.join(how, true);
                Verdict::Nothing
            }
            Kept::Sip(account) => match account.account() {
                Ok(ready) => {
                    self.kept = Some(KeptUnder { secret: password_name(&account) });
                    self.session = Session::SignedIn(SipSignIn::user_of(&ready));
                    self.internet = Internet::Asking;
                    Verdict::SignIn(Box::new(ready))
                }
                Err(error) => {
                    self.session = self.signed_out(Some(SignedOutWhy::Failed(error)));
                    Verdict::Nothing
                }
            },
        }
    }

    /// There was nothing to resume.
    pub(crate) fn nothing_kept(&mut self, no_keychain: bool, server: String, email: String) {
        self.last_server = server;
        self.last_email = email;
        if let Session::SignedOut { .. } = self.session {
            self.session = self.signed_out(no_keychain.then_some(SignedOutWhy::NoKeychain));
        }
    }

    /// The team server has answered.
    pub(crate) fn joined(&mut self, attempt: u64, result: Result<Box<Joined>, SignInError>) -> Verdict {
        if attempt != self.attempt {
            return Verdict::Nothing;
        }
        match result {
            Ok(joined) => {
                let waiting = std::mem::replace(&mut self.waiting, Waiting::Nobody);
                self.session = Session::SignedIn(joined.user.clone());
                self.panel = Panel::Connecting;
                self.internet = Internet::Asking;
                self.team =
                    Some(TeamSession::start(&joined, attempt, self.clock, self.book.clone(), self.mail.clone()));
                self.last_server.clone_from(&joined.user.server);
                self.last_email.clone_from(&joined.user.email);
                if let Waiting::Team { keep, reply } = waiting {
                    if keep != Keep::Nothing {
                        self.remember_form();
                    }
                    if keep == Keep::Session {
                        self.keep_token(&joined);
                    }
                    let _ = reply.send(Ok(joined.user.clone()));
                }
                if self.kept.is_some() {
                    self.archive.keep_setting(setting::USER, Some(user_to_text(&joined.user)));
                }
                Verdict::SignIn(Box::new(joined.account.clone()))
            }
            Err(error) => {
                match std::mem::replace(&mut self.waiting, Waiting::Nobody) {
                    Waiting::Team { reply, .. } => {
                        self.session = self.signed_out(None);
                        let _ = reply.send(Err(error));
                    }
                    Waiting::Resume => {
                        let expired = matches!(error, SignInError::Expired | SignInError::WrongCredentials { .. });
                        // The background goes on while the server cannot be reached.
                        if error == SignInError::Unreachable {
                            self.waiting = Waiting::Resume;
                            if matches!(self.session, Session::SignedIn(_)) {
                                self.not_reached();
                                return Verdict::Nothing;
                            }
                        }
                        (self.panel, self.internet) = (Panel::Unused, Internet::Unused);
                        if expired {
                            self.forget();
                        }
                        let why = match error {
                            _ if expired => SignedOutWhy::Expired,
                            SignInError::Suspended => SignedOutWhy::Suspended,
                            error => SignedOutWhy::Failed(error),
                        };
                        self.session = self.signed_out(Some(why));
                    }
                    waiting @ (Waiting::Nobody | Waiting::Sip { .. }) => self.waiting = waiting,
                }
                Verdict::Nothing
            }
        }
    }

    /// In with what is kept here, while the server cannot be reached.
    fn not_reached(&mut self) {
        let pause = RESUME_PAUSE.saturating_mul(1 << self.resume_tries.min(5)).min(LONGEST_RESUME_PAUSE);
        self.resume_tries += 1;
        let retry_at = self.clock.now() + pause;
        self.panel = Panel::Lost { why: WhyDown::Unreachable, retry_at, detail: None };
        self.internet = Internet::Down { why: WhyDown::Unreachable, detail: None };
    }

    /// The registration changed; a SIP sign-in waits for it.
    pub(crate) fn on_registration(&mut self, registration: &Registration) -> Verdict {
        match registration {
            Registration::Registered => {
                if let Waiting::Sip { account, keep, reply } = std::mem::replace(&mut self.waiting, Waiting::Nobody) {
                    // `account()` has worked when the sign-in began.
                    let Ok(ready) = account.account() else { return Verdict::SignOut };
                    let user = SipSignIn::user_of(&ready);
                    self.session = Session::SignedIn(user.clone());
                    if keep == Keep::Session {
                        self.keep_password(&account);
                    }
                    let _ = reply.send(Ok(user));
                } else {
                    return Verdict::Nothing;
                }
            }
            Registration::Failed { why, .. } => {
                match std::mem::replace(&mut self.waiting, Waiting::Nobody) {
                    Waiting::Sip { reply, .. } => {
                        self.session = self.signed_out(None);
                        self.internet = Internet::Unused;
                        let _ = reply.send(Err(why.into()));
                        return Verdict::SignOut;
                    }
                    waiting => self.waiting = waiting,
                }
                if *why == model::RegistrationFailure::WrongCredentials
                    && let Some(team) = &self.team
                {
                    team.renew_now();
                }
            }
            Registration::Off => {
                if self.session == Session::SigningOut {
                    self.session = self.signed_out(None);
                }
            }
            Registration::Registering | Registration::Unregistering => {}
        }
        Verdict::Nothing
    }

    /// The user signs out. `registered`: something has to be unregistered first.
    pub(crate) fn sign_out(&mut self, registered: bool) -> Verdict {
        let was_in = matches!(self.session, Session::SignedIn(_));
        let team = self.team.take();
        self.begin();
        self.forget();
        self.leave();
        if let Some(team) = team {
            let client = team.client.clone();
            tokio::spawn(async move {
                if let Err(error) = client.logout().await {
                    tracing::warn!(%error, "the server could not be told that we signed out");
                }
            });
        }
        self.session = if was_in && registered { Session::SigningOut } else { self.signed_out(None) };
        Verdict::SignOut
    }

    /// The server has ended the session.
    pub(crate) fn expired(&mut self, attempt: u64) -> Verdict {
        if attempt != self.attempt {
            return Verdict::Nothing;
        }
        self.begin();
        self.forget();
        self.session = self.signed_out(Some(SignedOutWhy::Expired));
        Verdict::SignOut
    }

    /// The server does not let the account in any more.
    pub(crate) fn suspended(&mut self, attempt: u64) -> Verdict {
        if attempt != self.attempt {
            return Verdict::Nothing;
        }
        self.begin();
        self.forget();
        self.session = self.signed_out(Some(SignedOutWhy::Suspended));
        Verdict::SignOut
    }

    /// The server says who we are. Another name than before, if it is one: the phone tells it to those whom it calls.
    pub(crate) fn is_me(&mut self, me: &Me) -> Option<String> {
        let Session::SignedIn(user) = &mut self.session else { return None };
        let known = user.profile.as_ref().filter(|_| user.id == me.id)?;
        // An answer that was overtaken by a later one.
        if known.version > me.profile_version {
            return None;
        }
        user.profile = Some(Profile::from(me));
        let renamed = user.name != me.name;
        user.name.clone_from(&me.name);
        renamed.then(|| me.name.clone())
    }

    /// Something changed on the network.
    pub(crate) fn network_changed(&self) {
        if let Some(team) = &self.team {
            team.measure_now();
        }
        self.retry_now();
    }

    /// A kept session that waits for its server is tried now.
    pub(crate) fn retry_now(&self) {
        // Not kept for later: only whoever waits is woken.
        self.retry.notify_waiters();
    }

    /// True while a plain SIP account is in use: its own flow tells about the internet then.
    pub(crate) fn flow_is_internet(&self) -> bool {
        self.team.is_none() && self.internet != Internet::Unused
    }

    /// Is this letter of the sign-in that counts?
    pub(crate) fn is_current(&self, attempt: u64) -> bool {
        attempt == self.attempt && self.team.is_some()
    }

    /// The team account in use: number of its sign-in, id of its user.
    pub(crate) fn team_in_use(&self) -> Option<(u64, String)> {
        match (&self.team, &self.session) {
            (Some(_), Session::SignedIn(user)) => Some((self.attempt, user.id.clone())),
            _ => None,
        }
    }

    /// Where to ask about statuses.
    pub(crate) fn status_door(&self) -> StatusDoor {
        self.team.as_ref().map(|team| team.status.clone()).unwrap_or_default()
    }

    /// The directory is wanted, or wanted again.
    pub(crate) fn ask_directory(&self) {
        if let Some(team) = &self.team {
            team.directory_now();
        }
    }

    /// The live panel is wanted, or wanted again, or no more.
    pub(crate) fn ask_panel(&self, wanted: bool) {
        if let Some(team) = &self.team {
            team.panel_now(wanted);
        }
    }

    /// The team server, while an account of its is in use.
    pub(crate) fn team_client(&self) -> Option<TeamClient> {
        self.team.as_ref().map(|team| team.client.clone())
    }

    /// Whose calls may be recorded, and where that is kept; without a keychain on a computer that others use (LO-02).
    pub(crate) fn recorded(&self) -> Option<(User, TeamClient, (PathBuf, Option<Keychain>))> {
        let (Some(team), Session::SignedIn(user)) = (&self.team, &self.session) else { return None };
        let keychain = (!self.shared).then(|| self.keychain.clone());
        Some((user.clone(), team.client.clone(), (self.archive.dir()?, keychain)))
    }

    /// What went before is over: whoever waits is told so.
    fn begin(&mut self) {
        self.attempt += 1;
        self.joining = None;
        self.team = None;
        self.panel = Panel::Unused;
        self.internet = Internet::Unused;
        match std::mem::replace(&mut self.waiting, Waiting::Nobody) {
            Waiting::Team { reply, .. } | Waiting::Sip { reply, .. } => {
                let _ = reply.send(Err(SignInError::Superseded));
            }
            Waiting::Nobody | Waiting::Resume => {}
        }
    }

    fn join(&mut self, how: TeamSignIn, for_ever: bool) {
        let (attempt, mail, extra_ca, retry, clock) =
            (self.attempt, self.mail.clone(), self.extra_ca.clone(), self.retry.clone(), self.clock);
        let task = tokio::spawn(async move {
            let mut pause = RESUME_PAUSE;
            loop {
                let result = team::join(&how, extra_ca.as_deref(), clock).await.map(Box::new);
                let again = for_ever && matches!(result, Err(SignInError::Unreachable));
                // The driver ends this task when it ends.
                let _ = mail.send(Mail::Joined { attempt, result }).await;
                if !again {
                    return;
                }
                tokio::select! {
                    () = tokio::time::sleep(pause) => {}
                    () = retry.notified() => {}
                }
                pause = (pause * 2).min(LONGEST_RESUME_PAUSE);
            }
        });
        self.joining = Some(AbortOnDropHandle::new(task));
    }

    fn note_last(&mut self, how: &TeamSignIn) {
        match how {
            TeamSignIn::Password { server, email, .. } => {
                self.last_server.clone_from(server);
                self.last_email.clone_from(email);
            }
            TeamSignIn::Token { server, .. } => self.last_server.clone_from(server),
            TeamSignIn::Practice { .. } => {}
        }
    }

    /// Where what this sign-in leaves behind goes.
    fn settle(&mut self, keep: Keep) {
        self.shared = keep == Keep::Nothing;
        if self.shared {
            self.archive.enter_shared();
        } else {
            self.archive.enter_own();
        }
    }

    /// Whoever used a shared computer is out: nothing of theirs stays, not in the form either.
    fn leave(&mut self) {
        if std::mem::take(&mut self.shared) {
            self.archive.leave_shared();
            self.last_email.clear();
        }
    }

    fn signed_out(&mut self, why: Option<SignedOutWhy>) -> Session {
        self.leave();
        Session::SignedOut { why, server: self.last_server.clone(), email: self.last_email.clone() }
    }

    /// So that the form is filled at the next start.
    fn remember_form(&self) {
        if let Session::SignedIn(User { practice: true, .. }) = self.session {
            return;
        }
        self.archive.keep_setting(setting::SERVER, Some(self.last_server.clone()));
        self.archive.keep_setting(setting::EMAIL, Some(self.last_email.clone()));
    }

    fn keep_token(&mut self, joined: &Joined) {
        let Some(token) = joined.client.token() else { return };
        let name = token_name(&joined.user.server, &joined.user.email);
        self.archive.keep_setting(setting::KIND, Some(setting::KIND_TEAM.to_owned()));
        self.keep_secret(name, token);
    }

    fn keep_password(&mut self, account: &SipSignIn) {
        for (key, value) in setting::sip_fields(account) {
            self.archive.keep_setting(key, Some(value.to_owned()));
        }
        self.archive.keep_setting(setting::KIND, Some(setting::KIND_SIP.to_owned()));
        self.keep_secret(password_name(account), account.password.clone());
    }

    fn keep_secret(&mut self, name: String, secret: base::Secret) {
        self.kept = Some(KeptUnder { secret: name.clone() });
        let (keychain, mail) = (self.keychain.clone(), self.mail.clone());
        tokio::spawn(async move {
            if let Err(error) = keychain.set(name, secret).await {
                let _ = mail.send(Mail::NotKept { detail: error.detail }).await;
            }
        });
    }

    fn forget(&mut self) {
        self.archive.keep_setting(setting::KIND, None);
        self.archive.keep_setting(setting::USER, None);
        if let Some(KeptUnder { secret }) = self.kept.take() {
            let keychain = self.keychain.clone();
            tokio::spawn(async move {
                if let Err(error) = keychain.delete(secret).await {
                    tracing::warn!(%error, "a secret could not be taken out of the keychain");
                }
            });
        }
    }
}

/// Reads back what was kept. `Err`: nothing to resume; says whether for lack of a keychain, and what the form was last filled with.
pub(crate) async fn kept(archive: &Archive, keychain: &Keychain) -> Result<Kept, Mail> {
    let setting = async |key: &str| match archive.setting(key).await {
        Ok(value) => value.unwrap_or_default(),
        Err(error) => {
            // The driver has told the user that the database does not work.
            tracing::warn!(%error, key, "a setting could not be read");
            String::new()
        }
    };
    let (server, email) = (setting(setting::SERVER).await, setting(setting::EMAIL).await);
    let nothing = |no_keychain| Mail::NothingKept { no_keychain, server: server.clone(), email: email.clone() };
    match setting(setting::KIND).await.as_str() {
        setting::KIND_TEAM => match keychain.get(token_name(&server, &email)).await {
            Ok(Some(token)) => {
                let user = user_from_text(&setting(setting::USER).await, &server, &email).map(Box::new);
                Ok(Kept::Team { server, email, token, user })
            }
            Ok(None) => Err(nothing(false)),
            Err(_) => Err(nothing(true)),
        },
        setting::KIND_SIP => {
            let mut account = SipSignIn {
                url: setting(setting::SIP_URL).await,
                user: setting(setting::SIP_USER).await,
                domain: setting(setting::SIP_DOMAIN).await,
                auth_user: setting(setting::SIP_AUTH_USER).await,
                password: base::Secret::new(""),
                display_name: setting(setting::SIP_NAME).await,
            };
            match keychain.get(password_name(&account)).await {
                Ok(Some(password)) => {
                    account.password = password;
                    Ok(Kept::Sip(Box::new(account)))
                }
                Ok(None) => Err(nothing(false)),
                Err(_) => Err(nothing(true)),
            }
        }
        _ => Err(nothing(false)),
    }
}

/// Who was in, as it is kept: three lines; server and e-mail have settings of their own.
fn user_to_text(user: &User) -> String {
    format!("{}\n{}\n{}", user.id, user.extension, user.name)
}

/// Reads [`user_to_text`].
fn user_from_text(text: &str, server: &str, email: &str) -> Option<User> {
    let mut lines = text.splitn(3, '\n');
    let (id, extension, name) = (lines.next()?, lines.next()?, lines.next()?);
    let [id, extension, name] = [id, extension, name].map(ToOwned::to_owned);
    // The server tells the profile when it can be reached.
    let (email, server) = (email.to_owned(), server.to_owned());
    Some(User { id, name, email, extension, server, practice: false, profile: None })
}

fn token_name(server: &str, email: &str) -> String {
    format!("team-token {server} {email}")
}

fn password_name(account: &SipSignIn) -> String {
    format!("sip-password {}@{}", account.user, account.domain)
}

/// Names of settings.
mod setting {
    use crate::session::SipSignIn;

    pub(super) const KIND: &str = "session.kind";
    pub(super) const KIND_TEAM: &str = "team";
    pub(super) const KIND_SIP: &str = "sip";
    pub(super) const SERVER: &str = "session.server";
    pub(super) const USER: &str = "session.user";
    pub(super) const EMAIL: &str = "session.email";
    pub(super) const SIP_URL: &str = "session.sip.url";
    pub(super) const SIP_USER: &str = "session.sip.user";
    pub(super) const SIP_DOMAIN: &str = "session.sip.domain";
    pub(super) const SIP_AUTH_USER: &str = "session.sip.auth-user";
    pub(super) const SIP_NAME: &str = "session.sip.name";

    /// All but the password.
    pub(super) fn sip_fields(account: &SipSignIn) -> [(&'static str, &str); 5] {
        [
            (SIP_URL, &account.url),
            (SIP_USER, &account.user),
            (SIP_DOMAIN, &account.domain),
            (SIP_AUTH_USER, &account.auth_user),
            (SIP_NAME, &account.display_name),
        ]
    }
}
