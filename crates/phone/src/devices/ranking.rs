//! The order in which devices of one kind are wanted.

use model::{AudioDevice, DeviceId, KnownDevice, Ranking, Ringers};

use super::matching::matched;

/// Most devices remembered for one purpose; the one chosen longest ago is forgotten.
const MOST_KNOWN: usize = 32;

/// The agent chooses: `None` is the system's default. A device that is neither present nor remembered is remembered by its id.
pub(super) fn choose(ranking: &mut Ranking, id: Option<&DeviceId>, present: &[&AudioDevice]) {
    ranking.follow_default = id.is_none();
    let Some(id) = id else { return };
    let chosen = known(id, ranking.devices.iter(), present);
    ranking.devices.retain(|device| device.id != *id);
    ranking.devices.insert(0, chosen);
    ranking.devices.truncate(MOST_KNOWN);
}

/// The agent chooses where it rings. Those that ring no longer are remembered.
pub(super) fn choose_ringers(ringers: &mut Ringers, ids: &[DeviceId], present: &[&AudioDevice]) {
    for (_, rings) in &mut ringers.devices {
        *rings = false;
    }
    for id in ids.iter().rev().take(MOST_KNOWN) {
        let chosen = known(id, ringers.devices.iter().map(|(device, _)| device), present);
        ringers.devices.retain(|(device, _)| device.id != *id);
        ringers.devices.insert(0, (chosen, true));
    }
    ringers.devices.truncate(MOST_KNOWN);
}

fn known<'a>(
    id: &DeviceId,
    mut remembered: impl Iterator<Item = &'a KnownDevice>,
    present: &[&AudioDevice],
) -> KnownDevice {
    let there = present.iter().find(|device| device.id == *id).map(|device| KnownDevice::from(*device));
    let before = || remembered.find(|device| device.id == *id).cloned();
    there.or_else(before).unwrap_or_else(|| KnownDevice { id: id.clone(), name: String::new() })
}

/// Learns new ids and names of what is remembered: systems renumber, people rename.
pub(super) fn learn(ranking: &mut Ranking, present: &[&AudioDevice]) {
    let found = matched(&ranking.devices, present);
    for (known, found) in ranking.devices.iter_mut().zip(found) {
        if let Some(device) = found {
            *known = KnownDevice::from(device);
        }
    }
}

/// As [`learn`].
pub(super) fn learn_ringers(ringers: &mut Ringers, present: &[&AudioDevice]) {
    let known: Vec<KnownDevice> = ringers.devices.iter().map(|(device, _)| device.clone()).collect();
    for ((known, _), found) in ringers.devices.iter_mut().zip(matched(&known, present)) {
        if let Some(device) = found {
            *known = KnownDevice::from(device);
        }
    }
}

/// All that are there, the best first.
pub(super) fn candidates<'a>(ranking: &Ranking, present: &[&'a AudioDevice]) -> Vec<&'a AudioDevice> {
    let default = present.iter().copied().filter(|device| device.is_default);
    let ranked = matched(&ranking.devices, present).into_iter().flatten();
    let mut all: Vec<&AudioDevice> =
        if ranking.follow_default { default.chain(ranked).collect() } else { ranked.chain(default).collect() };
    all.extend(present);
    let mut seen: Vec<&DeviceId> = Vec::new();
    all.retain(|device| {
        let new = !seen.contains(&&device.id);
        seen.push(&device.id);
        new
    });
    all
}

/// Whether this device is what was wanted first.
pub(super) fn is_wanted(ranking: &Ranking, device: &AudioDevice) -> bool {
    if ranking.follow_default {
        return device.is_default;
    }
    ranking.devices.first().is_some_and(|first| first.id == device.id)
}
