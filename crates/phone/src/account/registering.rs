//! What the registrar says, what a lost flow means, and when it is tried again.

use std::time::Duration;

use model::{Registration, RegistrationFailure};
use sip::ua::{Event, RegisterFailure, UserAgent};

use super::attachment::Attachment;
use super::link::{Link, Standing};
use crate::effect::Effect;
use crate::turn::Turn;

/// Did something make the registrar know us on a new flow?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Registered {
    /// First confirmation on this flow: dialogs must be told where we are now.
    OnNewFlow,
    /// A refresh, or nothing of the kind.
    NoChange,
}

impl Attachment {
    /// What the user agent says about the registration. Other events are not for this place.
    pub(crate) fn on_event(&mut self, turn: &mut Turn, event: &Event) -> Registered {
        match event {
            Event::Registered { .. } => return self.registered(turn),
            Event::RegistrationFailed { why } => self.registration_failed(turn, why),
            Event::Unregistered => {
                if let Link::SigningOut { unregistered, .. } = &mut self.link {
                    *unregistered = true;
                }
            }
            _ => {}
        }
        Registered::NoChange
    }

    fn registered(&mut self, turn: &mut Turn) -> Registered {
        let Link::Up { flow, standing } = self.link else { return Registered::NoChange };
        self.back_off.reset();
        self.link = Link::Up { flow, standing: Standing::Confirmed };
        self.tell(turn, Registration::Registered);
        if standing == Standing::Confirmed { Registered::NoChange } else { Registered::OnNewFlow }
    }

    fn registration_failed(&mut self, turn: &mut Turn, why: &RegisterFailure) {
        // Only an open flow can be refused; while it is down the way back is planned already.
        let Link::Up { flow, .. } = self.link else { return };
        let failure = match *why {
            RegisterFailure::WrongCredentials => RegistrationFailure::WrongCredentials,
            RegisterFailure::NotFromHere => RegistrationFailure::NotFromHere,
            RegisterFailure::Refused { code } => RegistrationFailure::Refused { code },
            RegisterFailure::ServerError { code } => RegistrationFailure::ServerError { code },
            RegisterFailure::NoAnswer => {
                // 32 s of silence: the flow is dead although nobody told us.
                turn.effect(Effect::CloseFlow(flow));
                self.link = Link::Up { flow, standing: Standing::Asked };
                return self.lose_flow(turn, RegistrationFailure::NoAnswer);
            }
            RegisterFailure::FlowLost => return, // `FlowDown` says the same and decides.
        };
        let pause = self.pause_after(&failure);
        self.link = Link::Up { flow, standing: Standing::Pausing { retry_at: pause.map(|pause| turn.now + pause) } };
        self.tell(turn, Registration::Failed { why: failure, retry_in_ms: pause.map(millis) });
    }

    /// Goes to `Down` and plans the way back.
    pub(super) fn lose_flow(&mut self, turn: &mut Turn, why: RegistrationFailure) {
        let was_up = matches!(self.link, Link::Up { .. });
        let (why, retry_at) = match self.link {
            // The registrar had refused us, then the flow went: a new flow would not change its mind, so the longer pause stays.
            Link::Up { standing: Standing::Pausing { retry_at }, .. } => match &self.registration {
                Registration::Failed { why, .. } => (why.clone(), retry_at),
                _ => (why, retry_at),
            },
            _ => {
                let pause = self.pause_after(&why);
                (why, pause.map(|pause| turn.now + pause))
            }
        };
        self.link = Link::Down { retry_at };
        self.tell(turn, Registration::Failed { why, retry_in_ms: retry_at.map(|at| millis(at - turn.now)) });
        if was_up {
            self.ask(turn, UserAgent::flow_down);
        }
    }

    fn pause_after(&mut self, why: &RegistrationFailure) -> Option<Duration> {
        match why {
            RegistrationFailure::WrongCredentials => None,
            RegistrationFailure::Refused { .. } | RegistrationFailure::NotFromHere => Some(REFUSED_PAUSE),
            RegistrationFailure::Unreachable
            | RegistrationFailure::BadCertificate
            | RegistrationFailure::NoAnswer
            | RegistrationFailure::ServerError { .. } => Some(self.back_off.next(&mut self.chance)),
        }
    }
}

fn millis(pause: Duration) -> u64 {
    u64::try_from(pause.as_millis()).unwrap_or(u64::MAX)
}

/// After 403 or 404: rarely mends itself, and many servers lock out who knocks too often.
const REFUSED_PAUSE: Duration = Duration::from_secs(300);
