//! Leaves to supervise our calls, as this phone judges them by itself: by its own key, by the server's clock, each once.

use std::collections::BTreeMap;

use base::{Secret, WallMs};
use sip::SuperviseToken;

/// Used leaves that are remembered until they are void; honest servers never come near.
const MOST_USED: usize = 256;

/// The key, and what was used.
#[derive(Default)]
pub(crate) struct Leaves {
    /// And how far the server's clock is ahead of ours.
    key: Option<(Secret, i64)>,
    used: BTreeMap<String, WallMs>,
}

impl Leaves {
    /// Judged with this key from now on.
    pub(crate) fn know(&mut self, key: Secret, ahead_ms: i64) {
        self.key = Some((key, ahead_ms));
    }

    /// Nobody has leave any more.
    pub(crate) fn forget(&mut self) {
        *self = Leaves::default();
    }

    /// A leave that the server gave and that is still good.
    pub(crate) fn read(&mut self, wall: WallMs, signed: &str) -> Option<SuperviseToken> {
        let (key, ahead_ms) = self.key.as_ref()?;
        let there = WallMs(wall.0.saturating_add(*ahead_ms));
        self.used.retain(|_, until| *until > there);
        let token = SuperviseToken::read(signed, key)?;
        (token.until > there && !self.used.contains_key(&token.id)).then_some(token)
    }

    /// Uses it up. False: it is not good any more.
    pub(crate) fn spend(&mut self, token: SuperviseToken) -> bool {
        self.used.len() < MOST_USED && self.used.insert(token.id, token.until).is_none()
    }
}

#[cfg(test)]
mod tests {
    use base::SuperviseMode;
    use sip::supervise_key;

    use super::*;

    fn token(id: &str, until: i64) -> SuperviseToken {
        let (by, of) = ("201".to_owned(), "101".to_owned());
        let mode = SuperviseMode::Listen;
        SuperviseToken { id: id.into(), until: WallMs(until), mode, shown: false, by, of, call: "c".into() }
    }

    #[test]
    fn a_leave_is_good_once_and_for_its_time_by_the_servers_clock_rg_09() {
        let key = supervise_key(&Secret::new("s"), "101");
        let mut leaves = Leaves::default();
        let signed = token("a", 10_000).sign(&key);
        assert_eq!(leaves.read(WallMs(0), &signed), None, "without a key nobody has leave");
        // Our clock is an hour behind.
        leaves.know(key.clone(), 3_600_000);
        assert_eq!(leaves.read(WallMs(0), &signed), None, "by the server's clock it is over");
        leaves.know(key.clone(), 5_000);
        let read = leaves.read(WallMs(4_999), &signed).expect("is good");
        assert_eq!(leaves.read(WallMs(5_000), &signed), None, "over");
        assert!(leaves.spend(read));
        assert_eq!(leaves.read(WallMs(0), &signed), None, "used");
        assert_eq!(leaves.read(WallMs(0), &token("b", 10_000).sign(&Secret::new("other"))), None, "forged");
        leaves.forget();
        assert_eq!(leaves.read(WallMs(0), &token("c", 10_000).sign(&key)), None, "signed out");
    }

    #[test]
    fn what_was_used_is_bounded_rg_09() {
        let key = supervise_key(&Secret::new("s"), "101");
        let mut leaves = Leaves::default();
        leaves.know(key, 0);
        let spent = (0..1000).filter(|n| leaves.spend(token(&n.to_string(), 10_000))).count();
        assert_eq!((spent, leaves.used.len()), (MOST_USED, MOST_USED));
    }
}
