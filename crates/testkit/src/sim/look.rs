//! What is: questions to the world, and what must hold in it.

use base::{CallId, Now};
use model::{EndReason, Registration};
use phone::{CallView, LineState};

use super::media::FakeMedia;
use super::raw::{RawId, RawPeer};
use super::station::{Heard, Station};
use super::world::{PhoneId, World};

impl World {
    /// The moment.
    #[must_use]
    pub fn now(&self) -> Now {
        self.now
    }

    /// One phone.
    #[must_use]
    pub fn station(&self, id: PhoneId) -> &Station {
        &self.stations[id.0]
    }

    /// The first phone of a user.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn phone_of(&self, user: &str) -> PhoneId {
        PhoneId(self.stations.iter().position(|station| station.user == user).expect("a user with a phone"))
    }

    /// One raw peer.
    #[must_use]
    pub fn raw(&self, id: RawId) -> &RawPeer {
        &self.raws[id.0]
    }

    /// The newest call of a phone.
    #[must_use]
    pub fn call(&self, id: PhoneId) -> Option<CallView> {
        self.station(id).phone.calls().pop()
    }

    /// The line of the newest call.
    #[must_use]
    pub fn line(&self, id: PhoneId) -> Option<LineState> {
        self.call(id).map(|view| view.line)
    }

    /// One call by its id, while it lives.
    #[must_use]
    pub fn view(&self, id: PhoneId, call: CallId) -> Option<CallView> {
        self.station(id).phone.calls().into_iter().find(|view| view.call == call)
    }

    /// Every call of this phone that is over, oldest first.
    #[must_use]
    pub fn ends(&self, id: PhoneId) -> Vec<EndReason> {
        self.station(id).ended.iter().filter_map(|view| view.ended).collect()
    }

    /// How the newest call that is over has ended.
    #[must_use]
    pub fn last_end(&self, id: PhoneId) -> Option<EndReason> {
        self.station(id).ended.last().and_then(|view| view.ended)
    }

    /// Registration of a phone.
    #[must_use]
    pub fn registration(&self, id: PhoneId) -> Registration {
        self.station(id).phone.registration()
    }

    /// Does `listener` hear what `speaker` says? Follows the media sessions by their names.
    #[must_use]
    pub fn hears(&self, listener: PhoneId, speaker: PhoneId) -> bool {
        let (near, far) = (self.station(listener), self.station(speaker));
        let (Some((call, _)), Some((far_call, Heard::Joined))) = (near.ear, far.ear) else { return false };
        let (Some(media), Some(far_media)) = (near.media.get(&call), far.media.get(&far_call)) else { return false };
        let ways = media.way.is_some_and(|way| way.hears) && far_media.way.is_some_and(|way| way.sends);
        !far.muted && ways && media.is_connected && far_media.is_connected && media.fits(far_media)
    }

    /// Both hear each other.
    #[must_use]
    pub fn talk(&self, a: PhoneId, b: PhoneId) -> bool {
        self.hears(a, b) && self.hears(b, a)
    }

    /// Nothing happened that must never happen.
    ///
    /// # Panics
    /// When something did: with the seed.
    pub fn assert_sound(&self) {
        let faults: Vec<&String> = self.stations.iter().flat_map(|station| &station.faults).collect();
        assert!(faults.is_empty(), "seed {}: {faults:#?}\n{}", self.seed, self.describe());
    }

    /// After the network has been well for a while: each running call has its other end, and both think the same of it.
    ///
    /// # Panics
    /// When one end is left alone, or hold and held-by disagree: with the seed.
    pub fn assert_agreement(&self) {
        let ends: Vec<(CallView, &FakeMedia)> = self
            .stations
            .iter()
            .flat_map(|station| station.phone.calls().into_iter().map(move |view| (view, &station.media)))
            .filter(|(view, _)| matches!(view.line, LineState::Talking | LineState::Held))
            .filter_map(|(view, media)| Some((media.get(&view.call)?, view)).map(|(media, view)| (view, media)))
            .collect();
        for (view, media) in &ends {
            let far = ends.iter().find(|(_, far)| far.fits(media));
            let Some((far_view, far_media)) = far else {
                panic!("seed {}: call {} is a ghost\n{}", self.seed, view.call, self.describe());
            };
            let is_held = |view: &CallView| view.line == LineState::Held;
            let ways = media.way.zip(far_media.way).is_some_and(|(a, b)| a.sends == b.hears && a.hears == b.sends);
            assert!(
                ways && !view.pending && is_held(view) == far_view.held_by_far_end,
                "seed {}: calls {} and {} disagree: {view:#?} {:?} {far_view:#?} {:?}\n{}",
                self.seed,
                view.call,
                far_view.call,
                media.way,
                far_media.way,
                self.describe()
            );
        }
    }

    /// The state of all phones, and the trace if it was asked for.
    #[must_use]
    pub fn describe(&self) -> String {
        let mut out = self.trace.as_deref().unwrap_or_default().join("\n");
        for station in &self.stations {
            out += &format!(
                "\n{} at {:?}: {:?} ear {:?} ended {:?} refused {:?} calls {:#?}",
                station.user,
                self.now,
                station.phone.registration(),
                station.ear,
                station.ended.iter().map(|view| (view.call.0, view.ended, view.sip_code)).collect::<Vec<_>>(),
                station.refused,
                station.phone.calls(),
            );
        }
        for raw in &self.raws {
            out += &format!(
                "\n{}: {:#?}",
                raw.user,
                raw.inbox.iter().map(|m| (&m.start, m.header("CSeq"))).collect::<Vec<_>>()
            );
        }
        out
    }
}
