//! Answers to 401 and 407 (RFC 3261 §22, RFC 7616).
//!
//! The newest challenge of each protection space is kept and answered in advance with a rising nonce count, which saves a
//! round trip for each call. A server that no longer likes the nonce gets one fresh try.

use base::{Chance, Secret};

use crate::core::digest::{Challenge, Credentials, challenges, respond};
use crate::core::{HeaderName, Headers, Request, header};

/// Our name and password, and the challenges we know.
pub(crate) struct Keyring {
    user: String,
    password: Secret,
    known: Vec<Known>,
}

struct Known {
    challenge: Challenge,
    /// How often this nonce was used (`nc`).
    count: u32,
}

/// What was already tried for one request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tries(Vec<(String, bool, u8)>);

/// What to do about a 401 or 407.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Sign again and send.
    Again,
    /// Our answer to this very challenge was refused.
    Wrong,
    /// No challenge in it that we can answer.
    Unreadable,
}

/// Protection spaces we remember; the oldest is dropped.
const MAX_KNOWN: usize = 8;
/// Protection spaces one request may be asked for.
const MAX_SPACES: usize = 4;
/// Fresh answers to one space that a server may call stale before we stop believing it.
const MAX_STALE: u8 = 2;

impl Keyring {
    pub(crate) fn new(user: String, password: Secret) -> Self {
        Keyring { user, password, known: Vec::new() }
    }

    /// Learns from a challenge and says whether sending again makes sense.
    pub(crate) fn challenged(&mut self, tries: &mut Tries, headers: &Headers) -> Verdict {
        let offered = challenges(headers);
        if offered.is_empty() {
            return Verdict::Unreadable;
        }
        for challenge in offered {
            let full = tries.0.len() == MAX_SPACES;
            let space = tries.0.iter_mut().find(|t| t.0 == challenge.realm && t.1 == challenge.from_proxy);
            match space {
                Some(space) if challenge.stale && space.2 < MAX_STALE => space.2 += 1,
                Some(_) => return Verdict::Wrong,
                None if full => return Verdict::Wrong,
                None => tries.0.push((challenge.realm.clone(), challenge.from_proxy, 1)),
            }
            self.learn(challenge);
        }
        Verdict::Again
    }

    /// Puts credentials for every known space onto a request, in place of what it had.
    pub(crate) fn sign(&mut self, chance: &mut Chance, request: &mut Request) {
        request.headers.remove_all(&HeaderName::Authorization);
        request.headers.remove_all(&HeaderName::ProxyAuthorization);
        let credentials = Credentials::new(self.user.clone(), self.password.reveal());
        let (method, uri) = (request.method.to_string(), request.uri.to_string());
        for known in &mut self.known {
            known.count = known.count.saturating_add(1);
            let answer = respond(&known.challenge, &credentials, &method, &uri, known.count, &chance.token());
            request.headers.push(header(known.challenge.response_header(), answer));
        }
    }

    fn learn(&mut self, challenge: Challenge) {
        let same = |k: &Known| k.challenge.realm == challenge.realm && k.challenge.from_proxy == challenge.from_proxy;
        let count = match self.known.iter().position(same) {
            Some(at) => {
                let old = self.known.remove(at);
                if old.challenge.nonce == challenge.nonce { old.count } else { 0 }
            }
            None => 0,
        };
        if self.known.len() == MAX_KNOWN {
            self.known.remove(0);
        }
        self.known.push(Known { challenge, count });
    }
}
