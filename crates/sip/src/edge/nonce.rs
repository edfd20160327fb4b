//! Digest nonces that describe themselves (RFC 7616 §3.3): when they were made, some chance, and a MAC over both.
//!
//! Nothing is kept about a nonce until it is used; then its highest `nc` is, so that a captured answer cannot be played
//! again (§3.4.5). The table is bounded: when the oldest entry has to go, every nonce up to its age becomes stale.

use std::collections::BTreeMap;
use std::time::Duration;

use base::{Chance, Now};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// Used nonces that are remembered.
const REMEMBERED: usize = 8192;

/// Makes and judges the nonces of one realm.
pub(super) struct Nonces {
    key: [u8; 32],
    lifetime: Duration,
    chance: Chance,
    used: BTreeMap<Birth, u32>,
    forgotten: Option<Birth>,
}

/// Time of making in milliseconds, then chance.
type Birth = (u64, u64);

/// What a nonce from a client is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NonceUse {
    /// Ours, young, and this `nc` was not seen.
    Fresh,
    /// Ours once: challenge again with `stale=true`, nobody needs to be asked for a password.
    Stale,
    /// Not ours.
    Foreign,
}

impl Nonces {
    pub(super) fn new(lifetime: Duration, mut chance: Chance) -> Self {
        let mut key = [0u8; 32];
        for part in key.chunks_exact_mut(8) {
            part.copy_from_slice(&chance.next_u64().to_le_bytes());
        }
        Nonces { key, lifetime, chance, used: BTreeMap::new(), forgotten: None }
    }

    /// A new nonce: 64 hexadecimal digits.
    pub(super) fn make(&mut self, now: Now) -> String {
        let born = format!("{:016x}{:016x}", millis(now), self.chance.next_u64());
        let mac = self.mac(&born);
        format!("{born}{mac}")
    }

    /// Judges a nonce whose digest was right and remembers the use. `nc` must rise with every request (§3.4).
    pub(super) fn spend(&mut self, now: Now, nonce: &str, nc: u32) -> NonceUse {
        let Some(birth) = self.birth_of(nonce) else { return NonceUse::Foreign };
        let age = millis(now).saturating_sub(birth.0);
        let too_old = age > u64::try_from(self.lifetime.as_millis()).unwrap_or(u64::MAX);
        let seen = self.used.get(&birth).copied();
        let lost = seen.is_none() && self.forgotten.is_some_and(|floor| birth <= floor);
        if too_old || lost || seen.is_some_and(|highest| nc <= highest) {
            return NonceUse::Stale;
        }
        self.used.insert(birth, nc);
        if self.used.len() > REMEMBERED
            && let Some((oldest, _)) = self.used.pop_first()
        {
            self.forgotten = Some(oldest);
        }
        NonceUse::Fresh
    }

    fn birth_of(&self, nonce: &str) -> Option<Birth> {
        let (born, mac) = nonce.split_at_checked(32)?;
        let genuine: bool = self.mac(born).as_bytes().ct_eq(mac.as_bytes()).into();
        let (at, chance) = born.split_at_checked(16)?;
        genuine.then_some((u64::from_str_radix(at, 16).ok()?, u64::from_str_radix(chance, 16).ok()?))
    }

    fn mac(&self, born: &str) -> String {
        hex_mac(&self.key, &[born.as_bytes()])
    }
}

/// 128 bits of HMAC-SHA-256 over `parts`, each with its length so that they cannot run together; 32 hexadecimal digits.
pub(super) fn hex_mac(key: &[u8; 32], parts: &[&[u8]]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().iter().take(16).map(|b| format!("{b:02x}")).collect()
}

fn millis(now: Now) -> u64 {
    u64::try_from(now.since_epoch().as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nonces() -> Nonces {
        Nonces::new(Duration::from_secs(300), Chance::from_number(1))
    }

    #[test]
    fn two_nonces_of_one_moment_differ() {
        let mut n = nonces();
        assert_ne!(n.make(Now::ZERO), n.make(Now::ZERO));
    }

    #[test]
    fn count_must_rise() {
        let mut n = nonces();
        let nonce = n.make(Now::ZERO);
        let uses: Vec<_> = [1, 1, 2, 5, 4, 6].into_iter().map(|nc| n.spend(Now::ZERO, &nonce, nc)).collect();
        use NonceUse::{Fresh, Stale};
        assert_eq!(uses, [Fresh, Stale, Fresh, Fresh, Stale, Fresh]);
    }

    #[test]
    fn old_is_stale_and_invented_is_foreign() {
        let mut n = nonces();
        let nonce = n.make(Now::ZERO);
        assert_eq!(n.spend(Now::from_millis(300_001), &nonce, 1), NonceUse::Stale);
        let other = Nonces::new(Duration::from_secs(300), Chance::from_number(2)).make(Now::ZERO);
        for foreign in [other.as_str(), "", "äöü", &nonce[..63]] {
            assert_eq!(n.spend(Now::ZERO, foreign, 1), NonceUse::Foreign, "{foreign}");
        }
    }

    #[test]
    fn what_was_forgotten_cannot_be_replayed() {
        let mut n = nonces();
        let first = n.make(Now::ZERO);
        assert_eq!(n.spend(Now::ZERO, &first, 1), NonceUse::Fresh);
        for ms in 0..=REMEMBERED as u64 {
            let nonce = n.make(Now::from_millis(ms + 1));
            assert_eq!(n.spend(Now::from_millis(ms + 1), &nonce, 1), NonceUse::Fresh);
        }
        assert!(n.used.len() <= REMEMBERED);
        assert_eq!(n.spend(Now::from_millis(20_000), &first, 1), NonceUse::Stale);
    }
}
