//! The devices on the agent's desk.

use std::time::Duration;

use base::Now;
use model::{AudioDevice, DeviceChoice, DeviceId, DeviceKind, DevicePreferences, DevicePurpose, KnownDevice, Ranking};

use super::matching::{Present, matched};
use super::plan::{DevicePlan, DevicesView, MoveWhy, RingSlot, Slot};
use super::ranking::{candidates, choose, choose_ringers, learn, wanted};
use crate::effect::Effect;
use crate::input::SoundFault;
use crate::notice::Notice;
use crate::turn::Turn;

/// A device that failed is passed over for so long, twice as long each further time.
const REST: Duration = Duration::from_secs(5);
/// At most.
const LONGEST_REST: Duration = Duration::from_secs(60);

/// Names remembered as shared by two devices.
const MOST_TWINS: usize = 64;

/// Devices that are there, what is remembered, and what is used.
#[derive(Default)]
pub(crate) struct Desk {
    list: Option<Vec<AudioDevice>>,
    preferences: DevicePreferences,
    resting: Vec<Resting>,
    /// Names that two devices of a kind had at the same time.
    twins: Vec<(DeviceKind, String)>,
    plan: DevicePlan,
    told: DevicesView,
    /// The agent has chosen in this run.
    has_chosen: bool,
    /// The next change of what is live was asked for: nobody needs to be told why.
    by_choice: bool,
}

/// What is there, per kind.
#[derive(Clone, Copy)]
struct There<'a> {
    list: &'a [AudioDevice],
    twins: &'a [(DeviceKind, String)],
}

impl<'a> There<'a> {
    fn of(self, kind: DeviceKind) -> Present<'a> {
        Present {
            devices: self.list.iter().filter(|device| device.kind == kind).collect(),
            twins: self.twins.iter().filter(|(of, _)| *of == kind).map(|(_, name)| &**name).collect(),
        }
    }
}

/// A device that failed.
struct Resting {
    kind: DeviceKind,
    id: DeviceId,
    until: Now,
    times: u32,
    /// It looked like being unplugged.
    gone: bool,
}

/// What was picked for one purpose.
struct Picked {
    device: Option<AudioDevice>,
    /// What is wanted first, if it is there.
    wanted: Option<AudioDevice>,
}

impl Desk {
    /// The devices that are there now.
    pub(crate) fn on_list(&mut self, list: Vec<AudioDevice>) {
        // What is plugged in again starts afresh.
        self.resting.retain(|rest| list.iter().any(|device| device.kind == rest.kind && device.id == rest.id));
        for (at, device) in list.iter().enumerate() {
            let twin = (device.kind, device.name.clone());
            let again = list[..at].iter().any(|other| other.kind == device.kind && other.name == device.name);
            if again && !self.twins.contains(&twin) && self.twins.len() < MOST_TWINS {
                self.twins.push(twin);
            }
        }
        self.list = Some(list);
    }

    /// What was remembered from an earlier run. A choice that was made meanwhile is newer.
    pub(crate) fn remember(&mut self, preferences: DevicePreferences) {
        if !self.has_chosen {
            self.preferences = preferences;
        }
    }

    /// The agent saved the screen of devices.
    pub(crate) fn save(&mut self, turn: &mut Turn, choice: &DeviceChoice) {
        let there = There { list: self.list.as_deref().unwrap_or_default(), twins: &self.twins };
        let (microphones, speakers) = (there.of(DeviceKind::Microphone), there.of(DeviceKind::Speaker));
        choose(&mut self.preferences.microphone, choice.microphone.as_ref(), &microphones);
        choose(&mut self.preferences.speaker, choice.speaker.as_ref(), &speakers);
        choose_ringers(&mut self.preferences.ringers, &choice.ringers, &speakers);
        self.preferences.ringers.with_speaker = choice.ring_with_speaker || choice.ringers.is_empty();
        self.preferences.ringers.percent = choice.ring_percent.min(100);
        self.chosen(turn);
    }

    /// The agent switched one device, as in a call; `None`: the system's default, for ringing the speaker.
    pub(crate) fn switch(&mut self, turn: &mut Turn, purpose: DevicePurpose, id: Option<&DeviceId>) {
        let there = There { list: self.list.as_deref().unwrap_or_default(), twins: &self.twins };
        match purpose {
            DevicePurpose::Microphone => {
                choose(&mut self.preferences.microphone, id, &there.of(DeviceKind::Microphone));
            }
            DevicePurpose::Speaker => choose(&mut self.preferences.speaker, id, &there.of(DeviceKind::Speaker)),
            DevicePurpose::Ringer => {
                let ids = id.map(std::slice::from_ref).unwrap_or_default();
                choose_ringers(&mut self.preferences.ringers, ids, &there.of(DeviceKind::Speaker));
                self.preferences.ringers.with_speaker = id.is_none();
            }
        }
        self.chosen(turn);
    }

    fn chosen(&mut self, turn: &mut Turn) {
        // The agent may know better than we that it works now.
        self.resting.clear();
        self.has_chosen = true;
        self.by_choice = true;
        turn.effect(Effect::RememberDevices(Box::new(self.preferences.clone())));
    }

    /// The live device of this kind did not open, or stopped.
    pub(crate) fn failed(&mut self, kind: DeviceKind, fault: SoundFault, now: Now) {
        let live = match kind {
            DeviceKind::Microphone => &self.plan.microphone,
            DeviceKind::Speaker => &self.plan.speaker,
        };
        let Some(id) = live.clone() else { return };
        let times = match self.resting.iter().position(|rest| rest.kind == kind && rest.id == id) {
            Some(at) => self.resting.swap_remove(at).times + 1,
            None => 0,
        };
        let until = now + (REST * 2u32.saturating_pow(times.min(8))).min(LONGEST_REST);
        let gone = matches!(fault, SoundFault::Lost | SoundFault::Missing);
        self.resting.push(Resting { kind, id, until, times, gone });
    }

    /// The live device of this kind is open.
    pub(crate) fn works(&mut self, kind: DeviceKind) {
        let live = match kind {
            DeviceKind::Microphone => &self.plan.microphone,
            DeviceKind::Speaker => &self.plan.speaker,
        };
        self.resting.retain(|rest| rest.kind != kind || Some(&rest.id) != live.as_ref());
    }

    /// Picks, and tells what has changed. Call at the end of every turn.
    pub(crate) fn settle(&mut self, turn: &mut Turn) {
        let there = There { list: self.list.as_deref().unwrap_or_default(), twins: &self.twins };
        let (microphones, speakers) = (there.of(DeviceKind::Microphone), there.of(DeviceKind::Speaker));
        let preferences = &mut self.preferences;
        learn(preferences.microphone.devices.iter_mut(), &microphones);
        learn(preferences.speaker.devices.iter_mut(), &speakers);
        learn(preferences.ringers.devices.iter_mut().map(|(device, _)| device), &speakers);
        let microphone = self.pick(&self.preferences.microphone, DeviceKind::Microphone, &microphones, turn.now);
        let speaker = self.pick(&self.preferences.speaker, DeviceKind::Speaker, &speakers, turn.now);
        let ringers = self.pick_ringers(&speaker, &speakers);

        let plan = DevicePlan {
            microphone: microphone.device.as_ref().map(|device| device.id.clone()),
            speaker: speaker.device.as_ref().map(|device| device.id.clone()),
            ringers: ringers.live.clone(),
            ring_percent: self.preferences.ringers.percent,
        };
        let by_choice = std::mem::take(&mut self.by_choice);
        let view = DevicesView {
            list: self.list.clone(),
            microphone: slot(&self.preferences.microphone, &microphone),
            speaker: slot(&self.preferences.speaker, &speaker),
            ringers,
        };
        if plan != self.plan {
            self.plan = plan.clone();
            turn.effect(Effect::UseDevices(Box::new(plan)));
        }
        if view != self.told {
            if !by_choice {
                self.tell_move(turn, DevicePurpose::Microphone, &view.microphone, &self.told.microphone, &microphone);
                self.tell_move(turn, DevicePurpose::Speaker, &view.speaker, &self.told.speaker, &speaker);
            }
            self.told = view.clone();
            turn.notice(Notice::Devices(Box::new(view)));
        }
    }

    fn tell_move(&self, turn: &mut Turn, purpose: DevicePurpose, new: &Slot, old: &Slot, picked: &Picked) {
        let Some(device) = &picked.device else { return };
        let listed_before = self.told.list.is_some();
        if new.live == old.live || (!listed_before && !new.is_fallback) {
            return;
        }
        let why = match (new.is_fallback, &new.wanted) {
            (false, None) if !old.is_fallback => MoveWhy::NewDefault,
            (false, _) => MoveWhy::Back,
            (true, Some(wanted)) if self.works_badly(device.kind, &wanted.id, turn.now) => MoveWhy::Failing,
            (true, None) if !self.resting.iter().any(|rest| rest.kind == device.kind && rest.gone) => MoveWhy::Failing,
            (true, _) => MoveWhy::Gone,
        };
        turn.notice(Notice::DeviceMoved { purpose, to: KnownDevice::from(device), why });
    }

    fn pick(&self, ranking: &Ranking, kind: DeviceKind, present: &Present<'_>, now: Now) -> Picked {
        let best = candidates(ranking, present);
        let working = best.iter().find(|device| !self.is_resting(kind, &device.id, now));
        let device = working.or(best.first()).map(|device| (*device).clone());
        Picked { wanted: wanted(ranking, present).cloned(), device }
    }

    fn pick_ringers(&self, speaker: &Picked, speakers: &Present<'_>) -> RingSlot {
        let ringers = &self.preferences.ringers;
        let known: Vec<KnownDevice> = ringers.devices.iter().map(|(device, _)| device.clone()).collect();
        let mut live: Vec<DeviceId> = Vec::new();
        for (found, (_, rings)) in matched(&known, speakers).iter().zip(&ringers.devices) {
            if let (Some(device), true) = (found, rings) {
                live.push(device.id.clone());
            }
        }
        let is_fallback = live.is_empty() && !ringers.with_speaker;
        if ringers.with_speaker || is_fallback {
            let id = speaker.device.as_ref().map(|device| device.id.clone());
            live.extend(id.filter(|id| !live.contains(id)));
        }
        RingSlot { ringers: ringers.clone(), live, is_fallback: is_fallback && self.list.is_some() }
    }

    fn is_resting(&self, kind: DeviceKind, id: &DeviceId, now: Now) -> bool {
        self.resting.iter().any(|rest| rest.kind == kind && rest.id == *id && rest.until > now)
    }

    fn works_badly(&self, kind: DeviceKind, id: &DeviceId, now: Now) -> bool {
        let mut resting = self.resting.iter().filter(|rest| rest.until > now);
        resting.any(|rest| rest.kind == kind && rest.id == *id && !rest.gone)
    }

    /// A device that rested is tried again then. `now` is the time of the last turn: what is over does not wake us.
    pub(crate) fn wake_at(&self, now: Now) -> Option<Now> {
        self.resting.iter().map(|rest| rest.until).filter(|until| *until > now).min()
    }

    /// Is a device of this kind and id there?
    pub(crate) fn has(&self, kind: DeviceKind, id: &DeviceId) -> bool {
        self.list.iter().flatten().any(|device| device.kind == kind && device.id == *id)
    }

    /// What shall be used.
    #[cfg(test)]
    pub(crate) fn plan(&self) -> &DevicePlan {
        &self.plan
    }

    /// For a window that was just opened.
    pub(crate) fn view(&self) -> &DevicesView {
        &self.told
    }
}

fn slot(ranking: &Ranking, picked: &Picked) -> Slot {
    Slot {
        wanted: match (&picked.wanted, ranking.follow_default) {
            (_, true) => None,
            (Some(device), false) => Some(KnownDevice::from(device)),
            (None, false) => ranking.devices.first().cloned(),
        },
        live: picked.device.as_ref().map(|device| device.id.clone()),
        is_fallback: picked.device.is_some() && picked.device != picked.wanted,
        remembered: ranking.devices.clone(),
    }
}

#[cfg(test)]
mod tests;
