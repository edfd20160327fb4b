//! Finding a remembered device among those that are there.

use model::{AudioDevice, KnownDevice};

/// For each remembered device the present one that it is, if any: by id, else by name. A present device is at most one remembered
/// one, and a match by id goes before any match by name, so that two headsets of one model are not mixed up.
pub(super) fn matched<'a>(known: &[KnownDevice], present: &[&'a AudioDevice]) -> Vec<Option<&'a AudioDevice>> {
    let mut found: Vec<Option<&AudioDevice>> =
        known.iter().map(|known| present.iter().copied().find(|device| device.id == known.id)).collect();
    let mut taken: Vec<_> = found.iter().flatten().map(|device| device.id.clone()).collect();
    for (known, found) in known.iter().zip(&mut found) {
        if found.is_some() || known.name.is_empty() {
            continue;
        }
        *found = present.iter().copied().find(|device| device.name == known.name && !taken.contains(&device.id));
        taken.extend(found.map(|device| device.id.clone()));
    }
    found
}

#[cfg(test)]
mod tests {
    use model::{DeviceId, DeviceKind};

    use super::*;

    fn known(text: &str) -> Vec<KnownDevice> {
        text.split_whitespace()
            .map(|word| {
                let (id, name) = word.split_once(':').unwrap();
                KnownDevice { id: DeviceId(id.into()), name: name.into() }
            })
            .collect()
    }

    fn check(remembered: &str, there: &str, expected: &str) {
        let present: Vec<AudioDevice> = known(there)
            .into_iter()
            .map(|KnownDevice { id, name }| AudioDevice {
                id,
                name,
                kind: DeviceKind::Microphone,
                is_default: false,
                is_muted: false,
            })
            .collect();
        let found = matched(&known(remembered), &present.iter().collect::<Vec<_>>());
        let ids: Vec<&str> = found.iter().map(|found| found.map_or("-", |device| &device.id.0)).collect();
        assert_eq!(ids.join(" "), expected, "{remembered} among {there}");
    }

    #[test]
    fn by_id_else_by_name_and_never_twice() {
        check("1:Jabra 2:Poly", "1:Jabra", "1 -");
        check("1:Jabra", "7:Jabra", "7");
        check("1:Jabra 2:Jabra", "2:Jabra", "- 2");
        check("1:Jabra 2:Jabra", "8:Jabra", "8 -");
        check("1:Jabra 2:Jabra", "8:Jabra 9:Jabra", "8 9");
        check("1:", "2:", "-");
        check("1:Old", "1:New", "1");
    }
}
