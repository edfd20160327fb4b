//! How often one may guess.
//!
//! Failures are counted in a window (five minutes for a sign-in) that begins with the first one, for three keys: the pair of e-mail and address
//! (what a person at the sign-in screen uses up), the address alone, and the e-mail alone. The last is generous, because
//! otherwise anybody could lock a colleague out. Unknown e-mails count as known ones do.
//!
//! A try is counted *before* the password is checked and given back when it was right, so a hundred guesses at once are still a
//! hundred guesses. Time is an argument.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How much is allowed.
#[derive(Clone, Copy)]
struct Rates {
    window: Duration,
    per_pair: u32,
    per_address: u32,
    per_email: u32,
}

/// Sign-in: failures.
const SIGN_IN: Rates = Rates { window: Duration::from_secs(300), per_pair: 5, per_address: 20, per_email: 30 };
/// Forgotten passwords: every request, each may send a mail.
const FORGOTTEN: Rates = Rates { window: Duration::from_secs(900), per_pair: 3, per_address: 10, per_email: 6 };
/// Links of mails: those that are not valid. Nobody is named, so only the address counts.
const LINKS: Rates = Rates { window: Duration::from_secs(300), per_pair: 20, per_address: 20, per_email: u32::MAX };
/// Access PINs by phone: wrong ones. Whoever calls is known, so only the account counts.
const PINS: Rates = Rates { window: Duration::from_secs(900), per_pair: 6, per_address: u32::MAX, per_email: u32::MAX };
/// Keys that are remembered. When full of fresh ones, nobody new may try until some have ended.
const MAX_KEYS: usize = 30_000;
const SWEEP_EVERY: Duration = Duration::from_secs(5);

/// May this sign-in be tried?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Yes; so many tries are left if this one fails.
    Try { left: u32 },
    /// No; not before this time has passed.
    Wait(Duration),
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Pair(IpAddr, String),
    Address(IpAddr),
    Email(String),
}

struct Window {
    began: Instant,
    failures: u32,
}

/// The counters of one kind of try.
pub(crate) struct LoginLimits {
    rates: Rates,
    table: Mutex<Table>,
}

impl Default for LoginLimits {
    /// For signing in.
    fn default() -> Self {
        Self::with(SIGN_IN)
    }
}

#[derive(Default)]
struct Table {
    windows: HashMap<Key, Window>,
    /// When windows that have ended were last swept out; sweeping takes time, so a crowd must not cause it at will.
    swept: Option<Instant>,
}

impl Table {
    /// Is there a place for `more` keys?
    fn has_room(&mut self, now: Instant, more: usize, window: Duration) -> bool {
        if self.windows.len() + more > MAX_KEYS && self.swept.is_none_or(|at| now.duration_since(at) >= SWEEP_EVERY) {
            self.windows.retain(|_, w| now.duration_since(w.began) < window);
            self.swept = Some(now);
        }
        self.windows.len() + more <= MAX_KEYS
    }
}

impl LoginLimits {
    /// For requests of a mail with a link.
    pub(crate) fn forgotten() -> Self {
        Self::with(FORGOTTEN)
    }

    /// For links of mails.
    pub(crate) fn links() -> Self {
        Self::with(LINKS)
    }

    /// For access PINs.
    pub(crate) fn pins() -> Self {
        Self::with(PINS)
    }

    fn with(rates: Rates) -> Self {
        LoginLimits { rates, table: Mutex::default() }
    }

    /// Counts a try.
    pub(crate) fn take(&self, now: Instant, address: IpAddr, email: &str) -> Verdict {
        let mut table = self.table.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let (limits, window) = (self.limits(address, email), self.rates.window);
        let windows = &mut table.windows;
        for (key, _) in &limits {
            if windows.get(key).is_some_and(|w| now.duration_since(w.began) >= window) {
                windows.remove(key);
            }
        }
        let wait = limits
            .iter()
            .filter_map(|(key, limit)| windows.get(key).filter(|w| w.failures >= *limit))
            .map(|w| window.saturating_sub(now.duration_since(w.began)))
            .max();
        if let Some(wait) = wait {
            return Verdict::Wait(wait);
        }
        if !table.has_room(now, limits.len(), window) {
            return Verdict::Wait(SWEEP_EVERY);
        }
        let left = limits.into_iter().map(|(key, limit)| {
            let window = table.windows.entry(key).or_insert(Window { began: now, failures: 0 });
            window.failures += 1;
            limit - window.failures
        });
        Verdict::Try { left: left.min().unwrap_or(0) }
    }

    /// The try was right: it does not count, and the person starts afresh.
    pub(crate) fn succeeded(&self, address: IpAddr, email: &str) {
        let windows = &mut self.table.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).windows;
        for (key, _) in self.limits(address, email) {
            match key {
                Key::Pair(..) => drop(windows.remove(&key)),
                Key::Address(_) | Key::Email(_) => give_back(windows, key),
            }
        }
    }

    /// The try was not used (the server was too busy to look): it does not count.
    pub(crate) fn not_used(&self, address: IpAddr, email: &str) {
        let windows = &mut self.table.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).windows;
        self.limits(address, email).into_iter().for_each(|(key, _)| give_back(windows, key));
    }

    fn limits(&self, address: IpAddr, email: &str) -> [(Key, u32); 3] {
        let address = whole_network(address);
        [
            (Key::Pair(address, email.to_owned()), self.rates.per_pair),
            (Key::Address(address), self.rates.per_address),
            (Key::Email(email.to_owned()), self.rates.per_email),
        ]
    }
}

fn give_back(windows: &mut HashMap<Key, Window>, key: Key) {
    if let Some(window) = windows.get_mut(&key) {
        window.failures = window.failures.saturating_sub(1);
        if window.failures == 0 {
            windows.remove(&key);
        }
    }
}

/// One household has a whole IPv6 /64: it counts as one address.
fn whole_network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => v4.into(),
            None => std::net::Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX)).into(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Duration = SIGN_IN.window;
    const PER_ADDRESS: u32 = SIGN_IN.per_address;
    const PER_EMAIL: u32 = SIGN_IN.per_email;
    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));

    fn there(n: u8) -> IpAddr {
        IpAddr::from([198, 51, 100, n])
    }

    #[test]
    fn five_wrong_tries_then_a_wait_until_the_window_ends() {
        let (limits, t0) = (LoginLimits::default(), Instant::now());
        for left in [4, 3, 2, 1, 0] {
            assert_eq!(limits.take(t0, HERE, "a@x"), Verdict::Try { left });
        }
        assert_eq!(limits.take(t0 + Duration::from_secs(60), HERE, "a@x"), Verdict::Wait(Duration::from_secs(240)));
        assert_eq!(limits.take(t0 + WINDOW, HERE, "a@x"), Verdict::Try { left: 4 });
    }

    #[test]
    fn success_starts_afresh() {
        let (limits, t0) = (LoginLimits::default(), Instant::now());
        for _ in 0..4 {
            limits.take(t0, HERE, "a@x");
        }
        assert_eq!(limits.take(t0, HERE, "a@x"), Verdict::Try { left: 0 });
        limits.succeeded(HERE, "a@x");
        assert_eq!(limits.take(t0, HERE, "a@x"), Verdict::Try { left: 4 });
    }

    #[test]
    fn a_stranger_does_not_lock_a_colleague_out() {
        let (limits, t0) = (LoginLimits::default(), Instant::now());
        for _ in 0..9 {
            limits.take(t0, there(1), "a@x");
        }
        assert_eq!(limits.take(t0, HERE, "a@x"), Verdict::Try { left: 4 });
    }

    #[test]
    fn one_address_cannot_walk_through_the_staff() {
        let (limits, t0) = (LoginLimits::default(), Instant::now());
        for n in 0..PER_ADDRESS {
            assert!(matches!(limits.take(t0, HERE, &format!("{n}@x")), Verdict::Try { .. }));
        }
        assert_eq!(limits.take(t0, HERE, "fresh@x"), Verdict::Wait(WINDOW));
    }

    #[test]
    fn many_addresses_cannot_share_one_victim() {
        let (limits, t0) = (LoginLimits::default(), Instant::now());
        let allowed = (0..200).filter(|n| matches!(limits.take(t0, there(*n), "a@x"), Verdict::Try { .. })).count();
        assert_eq!(allowed as u32, PER_EMAIL);
    }

    /// PW-03.
    #[test]
    fn three_mails_in_a_quarter_of_an_hour_and_nobody_else_is_kept_from_theirs() {
        let (limits, t0) = (LoginLimits::forgotten(), Instant::now());
        for _ in 0..3 {
            assert!(matches!(limits.take(t0, HERE, "a@x"), Verdict::Try { .. }));
        }
        assert_eq!(limits.take(t0, HERE, "a@x"), Verdict::Wait(Duration::from_secs(900)));
        assert!(matches!(limits.take(t0, there(1), "a@x"), Verdict::Try { .. }));
        assert!(matches!(limits.take(t0, HERE, "b@x"), Verdict::Try { .. }));
    }

    #[test]
    fn memory_is_bounded() {
        let (limits, t0) = (LoginLimits::default(), Instant::now());
        for n in 0..20_000u32 {
            let address = IpAddr::from(std::net::Ipv4Addr::from_bits(n));
            let _ = limits.take(t0, address, &format!("{n}@x"));
        }
        assert!(limits.table.lock().unwrap().windows.len() <= MAX_KEYS);
        assert_eq!(limits.take(t0, HERE, "a@x"), Verdict::Wait(SWEEP_EVERY));
        assert_eq!(limits.take(t0 + WINDOW, HERE, "a@x"), Verdict::Try { left: 4 }, "what has ended makes room");
    }
}
