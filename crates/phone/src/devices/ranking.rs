//! The order in which devices of one kind are wanted.

use model::{AudioDevice, DeviceId, KnownDevice, Ranking, Ringers};

use super::matching::{Present, matched};

/// Most devices remembered for one purpose; the one chosen longest ago is forgotten.
const MOST_KNOWN: usize = 32;

/// The agent chooses: `None` is the system's default. A device that is neither present nor remembered is remembered by its id.
pub(super) fn choose(ranking: &mut Ranking, id: Option<&DeviceId>, present: &Present<'_>) {
    ranking.follow_default = id.is_none();
    let Some(id) = id else { return };
    let chosen = known(id, ranking.devices.iter(), present);
    ranking.devices.retain(|device| device.id != *id);
    ranking.devices.insert(0, chosen);
    ranking.devices.truncate(MOST_KNOWN);
}

/// The agent chooses where it rings. Those that ring no longer are remembered.
pub(super) fn choose_ringers(ringers: &mut Ringers, ids: &[DeviceId], present: &Present<'_>) {
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
    present: &Present<'_>,
) -> KnownDevice {
    let there = present.devices.iter().find(|device| device.id == *id).map(|device| KnownDevice::from(*device));
    let before = || remembered.find(|device| device.id == *id).cloned();
    there.or_else(before).unwrap_or_else(|| KnownDevice { id: id.clone(), name: String::new() })
}

/// Learns the names of what is remembered by its id: people rename. Ids stay, so that a device that was taken for another of the
/// same name gives way when the right one returns.
pub(super) fn learn<'a>(known: impl Iterator<Item = &'a mut KnownDevice>, present: &Present<'_>) {
    for known in known {
        if let Some(device) = present.devices.iter().find(|device| device.id == known.id) {
            known.name.clone_from(&device.name);
        }
    }
}

/// All that are there, the best first.
pub(super) fn candidates<'a>(ranking: &Ranking, present: &Present<'a>) -> Vec<&'a AudioDevice> {
    let default = present.devices.iter().copied().filter(|device| device.is_default);
    let ranked = matched(&ranking.devices, present).into_iter().flatten();
    let mut all: Vec<&AudioDevice> =
        if ranking.follow_default { default.chain(ranked).collect() } else { ranked.chain(default).collect() };
    all.extend(&present.devices);
    let mut seen: Vec<&DeviceId> = Vec::new();
    all.retain(|device| {
        let new = !seen.contains(&&device.id);
        seen.push(&device.id);
        new
    });
    all
}

/// What is wanted first, if it is there.
pub(super) fn wanted<'a>(ranking: &Ranking, present: &Present<'a>) -> Option<&'a AudioDevice> {
    if ranking.follow_default {
        return present.devices.iter().copied().find(|device| device.is_default);
    }
    matched(&ranking.devices, present).first().copied().flatten()
}
