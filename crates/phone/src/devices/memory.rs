//! Preferences as text for the settings: the words of one line each, `id TAB name`.
//!
//! What an older version wrote, a bare id, is read as a ranking with that device alone.

use model::{DeviceId, KnownDevice, Ranking, Ringers};

const RANKING: &str = "ranking 1";
const RINGERS: &str = "ringers 1";
/// Lines read at most: more were never written.
const MOST_LINES: usize = 64;

/// A ranking as text.
#[must_use]
pub fn ranking_to_text(ranking: &Ranking) -> String {
    let first = if ranking.follow_default { "default" } else { "chosen" };
    let mut text = format!("{RANKING}\n{first}\n");
    for device in &ranking.devices {
        text.push_str(&line(device));
        text.push('\n');
    }
    text
}

/// The ranking in a text; nonsense is a ranking that follows the system's default.
#[must_use]
pub fn ranking_from_text(text: &str) -> Ranking {
    let mut lines = text.lines().take(MOST_LINES);
    match (lines.next(), lines.next()) {
        (Some(RANKING), Some(first)) => {
            let devices: Vec<_> = lines.filter_map(device).collect();
            Ranking { follow_default: first != "chosen" || devices.is_empty(), devices }
        }
        (Some(id), None) if !id.is_empty() => {
            let device = KnownDevice { id: DeviceId(id.to_owned()), name: String::new() };
            Ranking { follow_default: false, devices: vec![device] }
        }
        _ => Ranking::default(),
    }
}

/// Ringers as text.
#[must_use]
pub fn ringers_to_text(ringers: &Ringers) -> String {
    let first = if ringers.with_speaker { "speaker" } else { "apart" };
    let mut text = format!("{RINGERS}\n{first} {}\n", ringers.percent.min(100));
    for (device, rings) in &ringers.devices {
        text.push(if *rings { '+' } else { '-' });
        text.push_str(&line(device));
        text.push('\n');
    }
    text
}

/// The ringers in a text; nonsense rings on the speaker.
#[must_use]
pub fn ringers_from_text(text: &str) -> Ringers {
    let mut lines = text.lines().take(MOST_LINES);
    match (lines.next(), lines.next()) {
        (Some(RINGERS), Some(first)) => {
            let (way, percent) = first.split_once(' ').unwrap_or((first, "100"));
            let devices = lines.filter_map(|line| {
                let rings = line.starts_with('+');
                device(line.strip_prefix(['+', '-'])?).map(|device| (device, rings))
            });
            let devices: Vec<_> = devices.collect();
            let with_speaker = way == "speaker" || !devices.iter().any(|(_, rings)| *rings);
            Ringers { with_speaker, devices, percent: percent.parse::<u8>().map_or(100, |percent| percent.min(100)) }
        }
        (Some(id), None) if !id.is_empty() => {
            let device = KnownDevice { id: DeviceId(id.to_owned()), name: String::new() };
            Ringers { with_speaker: false, devices: vec![(device, true)], percent: 100 }
        }
        _ => Ringers::default(),
    }
}

fn line(device: &KnownDevice) -> String {
    let plain = |text: &str| text.replace(|c: char| c.is_control(), " ");
    format!("{}\t{}", plain(&device.id.0), plain(&device.name))
}

fn device(line: &str) -> Option<KnownDevice> {
    let (id, name) = line.split_once('\t')?;
    (!id.is_empty()).then(|| KnownDevice { id: DeviceId(id.to_owned()), name: name.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headset(id: &str) -> KnownDevice {
        KnownDevice { id: DeviceId(id.into()), name: format!("سماعة {id}") }
    }

    #[test]
    fn what_is_written_is_read_again() {
        for ranking in [
            Ranking::default(),
            Ranking { follow_default: true, devices: vec![headset("a")] },
            Ranking { follow_default: false, devices: vec![headset("a"), headset("b")] },
        ] {
            assert_eq!(ranking_from_text(&ranking_to_text(&ranking)), ranking);
        }
        for ringers in [
            Ringers::default(),
            Ringers { with_speaker: false, devices: vec![(headset("a"), true), (headset("b"), false)], percent: 40 },
        ] {
            assert_eq!(ringers_from_text(&ringers_to_text(&ringers)), ringers);
        }
    }

    #[test]
    fn the_single_id_of_an_older_version_is_a_ranking() {
        let old = ranking_from_text("pulseaudio:usb-headset");
        assert!(!old.follow_default);
        assert_eq!(old.devices[0].id.0, "pulseaudio:usb-headset");
        assert!(!ringers_from_text("pulseaudio:desk").with_speaker);
    }

    #[test]
    fn nonsense_is_the_default() {
        for text in ["", "\n", "ranking 1\nchosen\nno tab here", "ringers 1\napart 7000\n+\t"] {
            assert_eq!(ranking_from_text(text).devices, [], "{text:?}");
            assert!(ranking_from_text(text).follow_default, "{text:?}");
            assert!(ringers_from_text(text).with_speaker, "{text:?}");
        }
    }
}
