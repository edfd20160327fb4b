//! The devices on the agent's desk.

use std::time::Duration;

use base::Now;
use model::{AudioDevice, DeviceChoice, DeviceId, DeviceKind, DevicePreferences, DevicePurpose, KnownDevice, Ranking};

use super::matching::matched;
use super::plan::{DevicePlan, DevicesView, MoveWhy, RingSlot, Slot};
use super::ranking::{candidates, choose, choose_ringers, is_wanted, learn, learn_ringers};
use crate::effect::Effect;
use crate::input::SoundFault;
use crate::notice::Notice;
use crate::turn::Turn;

/// A device that failed is passed over for so long, twice as long each further time.
const REST: Duration = Duration::from_secs(5);
/// At most.
const LONGEST_REST: Duration = Duration::from_secs(60);

/// Devices that are there, what is remembered, and what is used.
#[derive(Default)]
pub(crate) struct Desk {
    list: Option<Vec<AudioDevice>>,
    preferences: DevicePreferences,
    resting: Vec<Resting>,
    plan: DevicePlan,
    told: DevicesView,
    /// The agent has chosen in this run.
    has_chosen: bool,
    /// The next change of what is live was asked for: nobody needs to be told why.
    by_choice: bool,
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
    wanted: bool,
}

impl Desk {
    /// The devices that are there now.
    pub(crate) fn on_list(&mut self, list: Vec<AudioDevice>) {
        // What is plugged in again starts afresh.
        self.resting.retain(|rest| list.iter().any(|device| device.kind == rest.kind && device.id == rest.id));
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
        let (microphones, speakers) = (self.present(DeviceKind::Microphone), self.present(DeviceKind::Speaker));
        choose(&mut self.preferences.microphone, choice.microphone.as_ref(), &refs(&microphones));
        choose(&mut self.preferences.speaker, choice.speaker.as_ref(), &refs(&speakers));
        choose_ringers(&mut self.preferences.ringers, &choice.ringers, &refs(&speakers));
        self.preferences.ringers.with_speaker = choice.ring_with_speaker || choice.ringers.is_empty();
        self.preferences.ringers.percent = choice.ring_percent.min(100);
        self.chosen(turn);
    }

    /// The agent switched one device, as in a call; `None`: the system's default, for ringing the speaker.
    pub(crate) fn switch(&mut self, turn: &mut Turn, purpose: DevicePurpose, id: Option<&DeviceId>) {
        match purpose {
            DevicePurpose::Microphone => {
                let present = self.present(DeviceKind::Microphone);
                choose(&mut self.preferences.microphone, id, &refs(&present));
            }
            DevicePurpose::Speaker => {
                let present = self.present(DeviceKind::Speaker);
                choose(&mut self.preferences.speaker, id, &refs(&present));
            }
            DevicePurpose::Ringer => {
                let present = self.present(DeviceKind::Speaker);
                choose_ringers(
                    &mut self.preferences.ringers,
                    id.map(std::slice::from_ref).unwrap_or_default(),
                    &refs(&present),
                );
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
        let (microphones, speakers) = (self.present(DeviceKind::Microphone), self.present(DeviceKind::Speaker));
        learn(&mut self.preferences.microphone, &refs(&microphones));
        learn(&mut self.preferences.speaker, &refs(&speakers));
        learn_ringers(&mut self.preferences.ringers, &refs(&speakers));
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

    fn pick(&self, ranking: &Ranking, kind: DeviceKind, present: &[AudioDevice], now: Now) -> Picked {
        let best = candidates(ranking, &refs(present));
        let working = best.iter().find(|device| !self.is_resting(kind, &device.id, now));
        let device = working.or(best.first()).map(|device| (*device).clone());
        Picked { wanted: device.as_ref().is_some_and(|device| is_wanted(ranking, device)), device }
    }

    fn pick_ringers(&self, speaker: &Picked, speakers: &[AudioDevice]) -> RingSlot {
        let ringers = &self.preferences.ringers;
        let known: Vec<KnownDevice> = ringers.devices.iter().map(|(device, _)| device.clone()).collect();
        let mut live: Vec<DeviceId> = Vec::new();
        for (found, (_, rings)) in matched(&known, &refs(speakers)).iter().zip(&ringers.devices) {
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

    fn present(&self, kind: DeviceKind) -> Vec<AudioDevice> {
        self.list.iter().flatten().filter(|device| device.kind == kind).cloned().collect()
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

fn refs(devices: &[AudioDevice]) -> Vec<&AudioDevice> {
    devices.iter().collect()
}

fn slot(ranking: &Ranking, picked: &Picked) -> Slot {
    Slot {
        wanted: ranking.devices.first().filter(|_| !ranking.follow_default).cloned(),
        live: picked.device.as_ref().map(|device| device.id.clone()),
        is_fallback: picked.device.is_some() && !picked.wanted,
        remembered: ranking.devices.clone(),
    }
}

#[cfg(test)]
mod tests;
