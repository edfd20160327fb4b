//! Registration (RFC 3261 §10): what is wanted, what is granted, when to ask again.

use std::time::Duration;

use base::Now;

use crate::core::{Contact, HeaderName, Headers, lossy, number};

/// One binding of one address of record over one flow at a time.
///
/// ```text
/// Idle ──register/flow_up──▶ Registering ──2xx──▶ Registered ──refresh_at──▶ Registering …
///   ▲                          │ failure             │
///   └──────────────────────────┴──── flow_down ──────┘        any ──unregister──▶ Unregistering ──2xx, failure, 5 s──▶ Idle
/// ```
pub(crate) struct Registration {
    pub(crate) call_id: String,
    pub(crate) from_tag: String,
    pub(crate) cseq: u32,
    /// Whether a new flow registers by itself.
    pub(crate) wanted: bool,
    /// Whether we still offer RFC 5626; a registrar that refuses it with 439 is asked without.
    pub(crate) outbound: bool,
    /// What we ask for; raised by 423.
    pub(crate) expires: Duration,
    /// Numbers the attempts, so that a late answer to an earlier one changes nothing.
    pub(crate) round: u64,
    pub(crate) state: RegistrationState,
}

pub(crate) enum RegistrationState {
    /// Nothing is under way and nothing is known to be granted.
    Idle,
    /// REGISTER is out; Timer F ends it. Counts how often 423 or 439 made us ask differently.
    Registering { adjusted: u8 },
    /// Granted; asked again at `refresh_at`.
    Registered { refresh_at: Now },
    /// `Expires: 0` is out. Nobody waits longer than 5 s for a goodbye.
    Unregistering { give_up_at: Now },
}

/// How long the answer to `Expires: 0` may take.
pub(crate) const GOODBYE: Duration = Duration::from_secs(5);
/// A registrar cannot make us ask for more than a week.
const MAX_EXPIRES: Duration = Duration::from_secs(7 * 24 * 3600);

impl Registration {
    pub(crate) fn new(call_id: String, from_tag: String, expires: Duration) -> Self {
        let state = RegistrationState::Idle;
        Registration { call_id, from_tag, cseq: 0, wanted: false, outbound: true, expires, round: 0, state }
    }

    /// Takes over what 423 demands. False when it makes no sense or was demanded before.
    pub(crate) fn raise(&mut self, headers: &Headers) -> bool {
        let least = number(headers, &HeaderName::MinExpires).map(|s| Duration::from_secs(s.into()));
        match least {
            Some(least) if least > self.expires && least <= MAX_EXPIRES => {
                self.expires = least;
                true
            }
            _ => false,
        }
    }

    /// What a 2xx grants to `contact_user`: the `expires` of our Contact, else Expires, else what we asked for.
    pub(crate) fn granted(&self, headers: &Headers, contact_user: &str) -> Duration {
        let ours = headers
            .typed_all::<Contact>()
            .filter_map(Result::ok)
            .find(|contact| contact.uri.user().is_some_and(|user| user == contact_user.as_bytes()));
        let seconds = ours
            .and_then(|contact| lossy(contact.param("expires")?).trim().parse::<u32>().ok())
            .or_else(|| number(headers, &HeaderName::Expires));
        seconds.map_or(self.expires, |s| Duration::from_secs(s.into())).clamp(Duration::from_secs(1), MAX_EXPIRES)
    }

    /// After which part of the granted time we ask again: at 80 %, but never more than five minutes early.
    pub(crate) fn refresh_after(granted: Duration) -> Duration {
        let early = (granted / 5).min(Duration::from_secs(300));
        (granted - early).max(Duration::from_secs(1))
    }

    pub(crate) fn wake_at(&self) -> Option<Now> {
        match self.state {
            RegistrationState::Idle | RegistrationState::Registering { .. } => None,
            RegistrationState::Registered { refresh_at } => Some(refresh_at),
            RegistrationState::Unregistering { give_up_at } => Some(give_up_at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refresh_is_early_enough_and_not_too_early() {
        for (granted, after) in [(60, 48), (600, 480), (3600, 3300), (1, 1)] {
            assert_eq!(
                Registration::refresh_after(Duration::from_secs(granted)).as_secs(),
                after,
                "granted {granted} s"
            );
        }
    }
}
