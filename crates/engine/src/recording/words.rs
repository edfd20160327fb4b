//! What both sides of a call hear of its recording.

use std::sync::{Arc, LazyLock};

use audio::Frame;
use audio::codec::opus::{Decoder, MAX_PACKET_SAMPLES};
use base::FRAME_SAMPLES;
use model::Consent;

use crate::audio::Announcement;

/// Loud enough beside a voice, and not louder.
const GAIN: f32 = 0.5;

/// English, Arabic, and one after the other. They are kept for ever, so that whoever plays them never frees them.
static WORDS: LazyLock<Option<[Arc<[Frame]>; 3]>> = LazyLock::new(|| {
    let english = frames(include_bytes!("../../prompts/en/recorded.opus"))?;
    let arabic = frames(include_bytes!("../../prompts/ar/recorded.opus"))?;
    let both = english.iter().chain(&arabic).copied().collect();
    Some([english.into(), arabic.into(), both])
});

/// When it begins.
pub(super) fn beginning(consent: Consent) -> Announcement {
    let said =
        |which: usize| WORDS.as_ref().map_or(Announcement::Tone, |words| Announcement::Words(words[which].clone()));
    match consent {
        Consent::None => Announcement::Nothing,
        Consent::Tone => Announcement::Tone,
        Consent::WordsEn => said(0),
        Consent::WordsAr => said(1),
        Consent::Words => said(2),
    }
}

/// When it goes on after a pause.
pub(super) fn going_on(consent: Consent) -> Announcement {
    if consent == Consent::None { Announcement::Nothing } else { Announcement::Tone }
}

/// A file of ours as 10 ms frames. `None` cannot happen to a file that is checked in; a tone is heard then.
fn frames(file: &[u8]) -> Option<Vec<Frame>> {
    let file = audio::ogg::read(file).inspect_err(|error| tracing::error!(%error, "words of ours")).ok()?;
    let mut decoder = Decoder::new().inspect_err(|error| tracing::error!(%error, "words of ours")).ok()?;
    let (mut pcm, mut samples) = (vec![0.0; MAX_PACKET_SAMPLES], Vec::new());
    for packet in &file.packets {
        let count =
            decoder.decode(packet, &mut pcm).inspect_err(|error| tracing::error!(%error, "words of ours")).ok()?;
        samples.extend(pcm[..count].iter().map(|sample| sample * GAIN));
    }
    Some(samples.as_chunks::<FRAME_SAMPLES>().0.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_there_in_both_languages_rg_12() {
        let length = |consent| match beginning(consent) {
            Announcement::Words(frames) => {
                let loudest = frames.iter().flatten().fold(0.0f32, |most, sample| most.max(sample.abs()));
                assert!((0.05..0.8).contains(&loudest), "{consent:?}: {loudest}");
                frames.len()
            }
            other => panic!("{other:?}"),
        };
        let (english, arabic) = (length(Consent::WordsEn), length(Consent::WordsAr));
        assert!((80..400).contains(&english) && (80..400).contains(&arabic), "{english} {arabic}");
        assert_eq!(length(Consent::Words), english + arabic);
        assert!(matches!(beginning(Consent::Tone), Announcement::Tone));
        assert!(matches!(beginning(Consent::None), Announcement::Nothing));
        assert!(matches!(going_on(Consent::Words), Announcement::Tone));
        assert!(matches!(going_on(Consent::None), Announcement::Nothing));
    }
}
