//! One signed-in account: the user agent, its link to the registrar, and every decision about trying again.

use std::time::Duration;

use base::{Chance, FlowId, Now, Secret};
use bytes::Bytes;
use model::{Account, Registration, RegistrationFailure, Transport};
use sip::ViaTransport;
use sip::ua::{UaConfig, UserAgent};

use super::back_off::BackOff;
use super::link::{Link, Standing};
use crate::effect::Effect;
use crate::notice::Notice;
use crate::phone::PhoneConfig;
use crate::turn::Turn;

/// An account in use, from sign-in to sign-out.
pub(crate) struct Attachment {
    account: Account,
    pub(super) ua: UserAgent,
    pub(super) link: Link,
    pub(super) back_off: BackOff,
    pub(super) chance: Chance,
    /// What was last told.
    pub(super) registration: Registration,
}

impl Attachment {
    /// Signs in: opens the first flow.
    pub(crate) fn new(
        account: Account,
        config: &PhoneConfig,
        flow: FlowId,
        chance: &mut Chance,
        turn: &mut Turn,
    ) -> Self {
        let ua = UserAgent::new(
            UaConfig {
                aor: account.aor.clone(),
                display_name: account.display_name.clone(),
                auth_user: account.auth_user.clone(),
                password: account.password.clone(),
                transport: match account.server.transport {
                    Transport::Ws => ViaTransport::Ws,
                    Transport::Wss => ViaTransport::Wss,
                },
                instance: config.instance.clone(),
                user_agent: config.user_agent.clone(),
                expires: EXPIRES,
            },
            chance.fork(),
        );
        let mut attachment = Attachment {
            account,
            ua,
            link: Link::Down { retry_at: None },
            back_off: BackOff::default(),
            chance: chance.fork(),
            registration: Registration::Off,
        };
        attachment.ask(turn, UserAgent::register);
        attachment.connect(turn, flow);
        attachment
    }

    /// Tries to connect: opens `flow` and waits for it.
    fn connect(&mut self, turn: &mut Turn, flow: FlowId) {
        turn.effect(Effect::OpenFlow(flow, self.account.server.clone()));
        self.link = Link::Connecting { flow };
        self.tell(turn, Registration::Registering);
    }

    /// Calls the user agent with the time and queues what it wants.
    pub(crate) fn ask(&mut self, turn: &mut Turn, f: impl FnOnce(&mut UserAgent, Now) -> Vec<sip::ua::Output>) {
        let outputs = f(&mut self.ua, turn.now);
        turn.from_sip.extend(outputs);
    }

    /// Same, for what also gives a value.
    pub(crate) fn ask_for<T>(
        &mut self,
        turn: &mut Turn,
        f: impl FnOnce(&mut UserAgent, Now) -> (T, Vec<sip::ua::Output>),
    ) -> T {
        let (value, outputs) = f(&mut self.ua, turn.now);
        turn.from_sip.extend(outputs);
        value
    }

    /// Writes one SIP message. Without a flow it is dropped: the user agent has been told that the flow is gone and
    /// has failed or kept what belongs to it.
    pub(crate) fn send(&self, turn: &mut Turn, message: Bytes) {
        if let Some(flow) = self.link.open_flow() {
            turn.effect(Effect::Send(flow, message));
        }
    }

    /// The flow that we asked for is up.
    pub(crate) fn flow_up(&mut self, turn: &mut Turn, flow: FlowId) {
        if self.link != (Link::Connecting { flow }) {
            return; // An older flow that came up after it was given up; it has been closed.
        }
        self.link = Link::Up { flow, standing: Standing::Asked };
        self.ask(turn, UserAgent::flow_up);
    }

    /// The flow is gone, or could not be opened.
    pub(crate) fn flow_down(&mut self, turn: &mut Turn, flow: FlowId, why: RegistrationFailure) {
        if self.link.flow() != Some(flow) {
            return; // Late news of an older flow.
        }
        match self.link {
            // The registrar forgets us with the flow, or when the registration runs out. Nothing more can be done.
            Link::SigningOut { .. } => {
                self.link = Link::SigningOut { flow: None, unregistered: true, give_up_at: turn.now }
            }
            Link::Connecting { .. } | Link::Up { .. } | Link::Down { .. } => {
                self.lose_flow(turn, why);
            }
        }
    }

    /// The addresses of this computer changed, or it slept: the flow may be dead without saying so. Opens a new one at
    /// once.
    pub(crate) fn network_changed(&mut self, turn: &mut Turn, new_flow: FlowId) {
        match self.link {
            Link::SigningOut { .. } | Link::Down { retry_at: None } => {}
            Link::Down { retry_at: Some(_) } => {
                self.back_off.reset();
                self.connect(turn, new_flow);
            }
            Link::Connecting { flow } | Link::Up { flow, .. } => {
                turn.effect(Effect::CloseFlow(flow));
                let was_up = matches!(self.link, Link::Up { .. });
                self.back_off.reset();
                self.connect(turn, new_flow);
                if was_up {
                    self.ask(turn, UserAgent::flow_down);
                }
            }
        }
    }

    /// The user does not want to wait for the end of a pause.
    pub(crate) fn retry_now(&mut self, turn: &mut Turn, new_flow: FlowId) {
        match self.link {
            Link::Down { .. } => self.connect(turn, new_flow),
            Link::Up { flow, standing: Standing::Pausing { .. } } => self.register_again(turn, flow),
            // Already trying, or nothing to try.
            Link::Connecting { .. }
            | Link::Up { standing: Standing::Asked | Standing::Confirmed, .. }
            | Link::SigningOut { .. } => {}
        }
    }

    /// New digest credentials; tries again if the old ones were the trouble.
    pub(crate) fn renew(&mut self, turn: &mut Turn, auth_user: String, password: Secret, new_flow: FlowId) {
        self.ua.set_credentials(auth_user.clone(), password.clone());
        self.account.auth_user = auth_user;
        self.account.password = password;
        self.retry_now(turn, new_flow);
    }

    /// Another name for others to see, from the next call on.
    pub(crate) fn rename(&mut self, name: String) {
        self.ua.set_display_name(name.clone());
        self.account.display_name = name;
    }

    /// Starts signing out. The caller has told the calls to end already.
    pub(crate) fn sign_out(&mut self, turn: &mut Turn) {
        match self.link {
            Link::Up { flow, .. } => {
                let give_up_at = turn.now + SIGN_OUT_PATIENCE;
                self.link = Link::SigningOut { flow: Some(flow), unregistered: false, give_up_at };
                self.tell(turn, Registration::Unregistering);
                self.ask(turn, UserAgent::unregister);
            }
            // Nobody to tell: over at once.
            Link::Connecting { .. } | Link::Down { .. } => {
                self.link = Link::SigningOut { flow: self.link.flow(), unregistered: true, give_up_at: turn.now };
            }
            Link::SigningOut { .. } => {}
        }
    }

    /// Ends it in this instant: whatever was sent is written, then the flow is closed.
    pub(crate) fn close(&mut self, turn: &mut Turn) {
        if let Some(flow) = self.link.flow() {
            turn.effect(Effect::CloseFlow(flow));
        }
        self.link = Link::Down { retry_at: None };
        self.tell(turn, Registration::Off);
    }

    pub(super) fn register_again(&mut self, turn: &mut Turn, flow: FlowId) {
        self.link = Link::Up { flow, standing: Standing::Asked };
        self.tell(turn, Registration::Registering);
        self.ask(turn, UserAgent::register);
    }

    /// A deadline may have passed.
    pub(crate) fn tick(&mut self, turn: &mut Turn, new_flow: FlowId) {
        self.ask(turn, UserAgent::tick);
        if self.link.deadline().is_none_or(|at| at > turn.now) {
            return;
        }
        match self.link {
            Link::Down { .. } => self.connect(turn, new_flow),
            Link::Up { flow, .. } => self.register_again(turn, flow),
            // `is_signed_out` looks at it.
            Link::SigningOut { .. } | Link::Connecting { .. } => {}
        }
    }

    pub(super) fn tell(&mut self, turn: &mut Turn, registration: Registration) {
        if self.registration != registration {
            self.registration = registration.clone();
            turn.notice(Notice::Registration(registration));
        }
    }

    /// The next moment at which [`Attachment::tick`] has something to do.
    pub(crate) fn wake_at(&self) -> Option<Now> {
        self.ua.wake_at().into_iter().chain(self.link.deadline()).min()
    }

    /// Is signing out done? `calls_are_over`: nothing is left to be ended.
    pub(crate) fn is_signed_out(&self, now: Now, calls_are_over: bool) -> bool {
        match self.link {
            Link::SigningOut { unregistered, give_up_at, .. } => (unregistered && calls_are_over) || give_up_at <= now,
            Link::Connecting { .. } | Link::Down { .. } | Link::Up { .. } => false,
        }
    }

    /// Was sign-out asked for?
    pub(crate) fn is_signing_out(&self) -> bool {
        matches!(self.link, Link::SigningOut { .. })
    }

    /// Do bytes of this flow concern us?
    pub(crate) fn listens_to(&self, flow: FlowId) -> bool {
        self.link.open_flow() == Some(flow)
    }

    /// Can a new call be sent? Also while REGISTER is still on its way: the server asks for the password in any case.
    pub(crate) fn can_call(&self) -> bool {
        matches!(self.link, Link::Up { standing: Standing::Asked | Standing::Confirmed, .. })
    }

    /// Can a re-offer in a running call be sent? Not before the registrar has answered on a new flow: until then the
    /// answer of the far end would still look for the old one.
    pub(crate) fn can_reach_dialogs(&self) -> bool {
        matches!(self.link, Link::Up { standing: Standing::Confirmed | Standing::Pausing { .. }, .. })
    }

    /// The account.
    pub(crate) fn account(&self) -> &Account {
        &self.account
    }

    /// Call-ID of one of our dialogs.
    pub(crate) fn call_id(&self, dialog: sip::ua::DialogId) -> Option<&str> {
        self.ua.call_id(dialog)
    }

    /// What was last told.
    pub(crate) fn registration(&self) -> &Registration {
        &self.registration
    }
}

/// Asked for in REGISTER. Short enough that a phone that vanished with its flow does not stay in the registrar for long.
const EXPIRES: Duration = Duration::from_secs(600);
/// SPEC ST-10: unregister is confirmed or given up after this time.
const SIGN_OUT_PATIENCE: Duration = Duration::from_secs(5);
