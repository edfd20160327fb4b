//! Three bands of 8 kHz, in which echo and noise are dealt with.

use sonora::three_band_filter_bank::ThreeBandFilterBank;

use crate::Frame;

/// Samples of a band in 10 ms.
pub(super) const BAND_SAMPLES: usize = 160;
/// 0…8, 8…16 and 16…24 kHz, each at 16 000 samples a second, in the scale of 16-bit PCM.
pub(super) type Bands = [[f32; BAND_SAMPLES]; 3];

/// 16-bit PCM's full scale: what the libraries count in.
pub(super) const FULL_SCALE: f32 = 32_768.0;

/// Splits frames into bands and joins them again. The way there and back delays by 1 ms.
pub(super) struct Splitter(ThreeBandFilterBank);

impl Splitter {
    pub(super) fn new() -> Self {
        Splitter(ThreeBandFilterBank::new())
    }

    pub(super) fn split(&mut self, frame: &Frame) -> Bands {
        let scaled = frame.map(|sample| sample * FULL_SCALE);
        let mut bands = [[0.0; BAND_SAMPLES]; 3];
        self.0.analysis(&scaled, &mut bands);
        bands
    }

    pub(super) fn join(&mut self, bands: &Bands) -> Frame {
        let mut frame = crate::SILENT_FRAME;
        self.0.synthesis(bands, &mut frame);
        frame.map(|sample| sample / FULL_SCALE)
    }
}
