//! Notices that the computer has other addresses than before, or that it slept.

use std::net::IpAddr;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval};

use crate::clock::Clock;
use crate::mail::Mail;

const LOOK_EVERY: Duration = Duration::from_secs(1);
/// The wall clock ran ahead of ours by more than this between two looks: we slept, or somebody set the clock. Looking
/// after the connection does no harm in either case.
const SLEPT: Duration = Duration::from_secs(5);

/// Tells the driver of each change, until it ends.
pub(crate) async fn watch(clock: Clock, mail: mpsc::Sender<Mail>) {
    let mut every = interval(LOOK_EVERY);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut eye = Eye::default();
    loop {
        every.tick().await;
        let addresses = media::local_addresses(None);
        let sight = Sight { addresses, now: clock.now().since_epoch(), wall_ms: clock.wall().0 };
        if let Some(change) = eye.look(sight) {
            tracing::info!(?change, "the network is not what it was");
            if mail.send(Mail::NetworkChanged).await.is_err() {
                return;
            }
        }
    }
}

/// What is seen at one look.
struct Sight {
    addresses: Vec<IpAddr>,
    now: Duration,
    wall_ms: i64,
}

/// What changed between two looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Addresses,
    Slept,
}

#[derive(Default)]
struct Eye(Option<Sight>);

impl Eye {
    fn look(&mut self, sight: Sight) -> Option<Change> {
        let before = self.0.replace(sight)?;
        let sight = self.0.as_ref().expect("was put there the line before");
        let ours = i64::try_from(sight.now.saturating_sub(before.now).as_millis()).unwrap_or(i64::MAX);
        let jump = (sight.wall_ms - before.wall_ms).saturating_sub(ours);
        if jump > i64::try_from(SLEPT.as_millis()).expect("5000 fits") {
            return Some(Change::Slept);
        }
        // Being left without any address is no news to act on: there is nothing to connect with.
        let gone = sight.addresses.iter().all(IpAddr::is_loopback);
        (!gone && sight.addresses != before.addresses).then_some(Change::Addresses)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sight(address: &str, seconds: u64, wall_s: i64) -> Sight {
        Sight { addresses: vec![address.parse().unwrap()], now: Duration::from_secs(seconds), wall_ms: wall_s * 1000 }
    }

    #[test]
    fn another_address_is_a_change_and_the_first_look_is_not() {
        let mut eye = Eye::default();
        assert_eq!(eye.look(sight("192.0.2.1", 1, 101)), None);
        assert_eq!(eye.look(sight("192.0.2.1", 2, 102)), None);
        assert_eq!(eye.look(sight("192.0.2.9", 3, 103)), Some(Change::Addresses));
    }

    #[test]
    fn losing_the_network_is_no_change_and_getting_it_back_is() {
        let mut eye = Eye::default();
        assert_eq!(eye.look(sight("192.0.2.1", 1, 101)), None);
        assert_eq!(eye.look(sight("127.0.0.1", 2, 102)), None);
        assert_eq!(eye.look(sight("192.0.2.1", 3, 103)), Some(Change::Addresses));
    }

    #[test]
    fn a_wall_clock_that_ran_ahead_means_sleep() {
        let mut eye = Eye::default();
        assert_eq!(eye.look(sight("192.0.2.1", 1, 101)), None);
        assert_eq!(eye.look(sight("192.0.2.1", 2, 3700)), Some(Change::Slept));
        assert_eq!(eye.look(sight("192.0.2.1", 3, 1)), None, "a clock set back is no sleep");
    }
}
