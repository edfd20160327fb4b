//! The echo canceller: AEC3 in bands, fed in its own blocks of 4 ms.
//!
//! ```text
//! played ─► bands ─► blocks ─────────────┐
//!                                        ▼
//! microphone's bands ─► blocks ─► linear filter, suppressor ─► bands
//! ```
//!
//! Cutting 10 ms into blocks of 4 ms costs 2 ms, the suppressor's windows 4 ms more.

use sonora_aec3::block::Block;
use sonora_aec3::block_processor::BlockProcessor;
use sonora_aec3::config::EchoCanceller3Config;

use super::bands::{BAND_SAMPLES, Bands, FULL_SCALE, Splitter};
use crate::Frame;

/// Samples of a band in a block.
const BLOCK: usize = 64;
/// 160 samples are two and a half blocks: half a block waits every second time.
const PRIMED: usize = BLOCK / 2;
/// Louder than this the microphone is overdriven, and the echo no linear copy.
const OVERDRIVEN: f32 = 32_700.0 / FULL_SCALE;

/// Takes out of the microphone what the loudspeaker plays.
pub(super) struct EchoCanceller {
    processor: BlockProcessor,
    played: Splitter,
    played_blocks: Blocks,
    heard_blocks: Blocks,
    block: Block,
    /// Cleaned samples of each band that wait for their frame.
    cleaned: [[f32; PRIMED + 3 * BLOCK]; 3],
    cleaned_len: usize,
}

impl EchoCanceller {
    pub(super) fn new() -> Self {
        EchoCanceller {
            processor: BlockProcessor::new(&tuning(), base::SAMPLE_RATE as usize, 1, 1),
            played: Splitter::new(),
            played_blocks: Blocks::new(),
            heard_blocks: Blocks::new(),
            block: Block::new(3, 1),
            cleaned: [[0.0; PRIMED + 3 * BLOCK]; 3],
            cleaned_len: PRIMED,
        }
    }

    /// What is played in the same 10 ms, before [`EchoCanceller::clean`].
    pub(super) fn play(&mut self, frame: &Frame) {
        let bands = self.played.split(frame);
        let EchoCanceller { processor, played_blocks, block, .. } = self;
        played_blocks.push(&bands, block, |block| processor.buffer_render(block));
    }

    /// Cleans the microphone's bands; `frame` is what they were made of.
    pub(super) fn clean(&mut self, frame: &Frame, bands: &Bands) -> Bands {
        let overdriven = frame.iter().any(|sample| sample.abs() >= OVERDRIVEN);
        let EchoCanceller { processor, heard_blocks, block, cleaned, cleaned_len, .. } = self;
        heard_blocks.push(bands, block, |block| {
            processor.process_capture(false, overdriven, None, block);
            for (band, cleaned) in cleaned.iter_mut().enumerate() {
                cleaned[*cleaned_len..*cleaned_len + BLOCK].copy_from_slice(block.view(band, 0));
            }
            *cleaned_len += BLOCK;
        });
        let mut out = [[0.0; BAND_SAMPLES]; 3];
        for (out, cleaned) in out.iter_mut().zip(cleaned.iter_mut()) {
            out.copy_from_slice(&cleaned[..BAND_SAMPLES]);
            cleaned.copy_within(BAND_SAMPLES..*cleaned_len, 0);
        }
        *cleaned_len -= BAND_SAMPLES;
        out
    }
}

/// Cuts bands into blocks.
struct Blocks {
    waiting: [[f32; BLOCK]; 3],
    len: usize,
}

impl Blocks {
    fn new() -> Self {
        Blocks { waiting: [[0.0; BLOCK]; 3], len: 0 }
    }

    fn push(&mut self, bands: &Bands, block: &mut Block, mut each: impl FnMut(&mut Block)) {
        let mut at = 0;
        while self.len + BAND_SAMPLES - at >= BLOCK {
            let taken = BLOCK - self.len;
            for (index, (waiting, band)) in self.waiting.iter().zip(bands).enumerate() {
                let view = block.view_mut(index, 0);
                view[..self.len].copy_from_slice(&waiting[..self.len]);
                view[self.len..].copy_from_slice(&band[at..at + taken]);
            }
            at += taken;
            self.len = 0;
            each(block);
        }
        for (waiting, band) in self.waiting.iter_mut().zip(bands) {
            waiting[self.len..self.len + BAND_SAMPLES - at].copy_from_slice(&band[at..]);
        }
        self.len += BAND_SAMPLES - at;
    }
}

/// Where we differ from the defaults of AEC3; every value was chosen by ERLE and level kept in the rooms of `tests/echo_rooms.rs`.
fn tuning() -> EchoCanceller3Config {
    let mut config = EchoCanceller3Config::default();
    config.multi_channel.detect_stereo_content = false;
    // The way's delay is sought at 2 kHz instead of 4: half the cost, and it does not flicker between two neighbours.
    config.delay.down_sampling_factor = 8;
    // The filter is trusted after 5 s of speech instead of 2.5.
    config.filter.initial_state_seconds = 5.0;
    // While the person speaks more is let through: a little echo below a voice is not heard, a voice with holes is.
    let near = &mut config.suppressor.nearend_tuning;
    (near.mask_lf.enr_transparent, near.mask_lf.enr_suppress) = (3.0, 3.2);
    (near.mask_hf.enr_transparent, near.mask_hf.enr_suppress) = (0.8, 1.2);
    config
}
