//! Samples to packets.

use std::ptr::NonNull;

use opusic_sys as sys;

use super::{CodecError, MAX_PACKET_BYTES, MAX_PACKET_SAMPLES, checked};

/// How to encode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncoderConfig {
    /// Bits per second, 6 000..=510 000. FEC exists below about 64 000 only (it lives in the speech layer).
    pub bitrate: u32,
    /// 0..=10; 9 costs about 1.4 % of a core with FEC.
    pub complexity: u8,
    /// In-band forward error correction.
    pub fec: bool,
    /// Expected loss, 0..=100. FEC is written only when it is above 0.
    pub loss_percent: u8,
    /// Deep redundancy (DRED): how far back each packet may reach, milliseconds in steps of 10, 0..=1040. It takes what FEC leaves of the bit
    /// rate, and needs `loss_percent` above 0. Decoders that do not know it ignore it (it rides in the padding).
    pub dred_ms: u16,
    /// Send nothing while nobody speaks.
    pub dtx: bool,
}

impl Default for EncoderConfig {
    /// 32 kbit/s, complexity 9, FEC for 10 % loss, no DRED, no DTX.
    fn default() -> Self {
        EncoderConfig { bitrate: 32_000, complexity: 9, fec: true, loss_percent: 10, dred_ms: 0, dtx: false }
    }
}

/// Samples to packets; one per call, it remembers what it sent.
pub struct Encoder(NonNull<sys::OpusEncoder>);

// SAFETY: the state is plain memory owned by this value, without thread affinity; `&mut self` keeps calls apart.
unsafe impl Send for Encoder {}

impl Encoder {
    /// A voice encoder.
    ///
    /// # Errors
    /// [`CodecError`] when a value is out of range or memory is short.
    pub fn new(config: EncoderConfig) -> Result<Self, CodecError> {
        let mut code = 0;
        // SAFETY: valid constants and a valid place for the code; null is handled below.
        let raw =
            unsafe { sys::opus_encoder_create(base::SAMPLE_RATE as i32, 1, sys::OPUS_APPLICATION_VOIP, &mut code) };
        checked(code)?;
        let mut encoder = Encoder(NonNull::new(raw).ok_or(CodecError::Library(sys::OPUS_ALLOC_FAIL))?);
        encoder.request(sys::OPUS_SET_SIGNAL_REQUEST, sys::OPUS_SIGNAL_VOICE)?;
        encoder.set(&config)?;
        Ok(encoder)
    }

    /// Changes everything that can change in mid-call.
    ///
    /// # Errors
    /// [`CodecError::BadValue`] when a value is out of range; what stands before it in [`EncoderConfig`] applies already.
    pub fn set(&mut self, config: &EncoderConfig) -> Result<(), CodecError> {
        self.set_bitrate(config.bitrate)?;
        self.request(sys::OPUS_SET_COMPLEXITY_REQUEST, i32::from(config.complexity))?;
        self.request(sys::OPUS_SET_INBAND_FEC_REQUEST, i32::from(config.fec))?;
        self.set_loss_percent(config.loss_percent)?;
        self.request(sys::OPUS_SET_DRED_DURATION_REQUEST, i32::from(config.dred_ms / 10))?;
        self.request(sys::OPUS_SET_DTX_REQUEST, i32::from(config.dtx))
    }

    /// Encodes 10, 20, 40 or 60 ms into `out` and returns the length of the packet. [`MAX_PACKET_BYTES`] always suffices.
    ///
    /// # Errors
    /// [`CodecError::NoRoom`] when `out` is too small, [`CodecError::BadValue`] for another length.
    pub fn encode(&mut self, pcm: &[f32], out: &mut [u8]) -> Result<usize, CodecError> {
        let room = out.len().min(MAX_PACKET_BYTES) as i32;
        if pcm.len() > MAX_PACKET_SAMPLES {
            return Err(CodecError::BadValue);
        }
        // SAFETY: `pcm` holds exactly the samples announced (the library refuses other lengths), `out` at least `room` bytes.
        checked(unsafe {
            sys::opus_encode_float(self.0.as_ptr(), pcm.as_ptr(), pcm.len() as i32, out.as_mut_ptr(), room)
        })
    }

    /// Tells how much loss to protect against, 0..=100 per cent.
    ///
    /// # Errors
    /// [`CodecError::BadValue`] above 100.
    pub fn set_loss_percent(&mut self, percent: u8) -> Result<(), CodecError> {
        self.request(sys::OPUS_SET_PACKET_LOSS_PERC_REQUEST, i32::from(percent))
    }

    /// Changes the rate, in bits per second.
    ///
    /// # Errors
    /// [`CodecError::BadValue`] outside the range of [`EncoderConfig::bitrate`].
    pub fn set_bitrate(&mut self, bitrate: u32) -> Result<(), CodecError> {
        if !(6_000..=510_000).contains(&bitrate) {
            return Err(CodecError::BadValue);
        }
        self.request(sys::OPUS_SET_BITRATE_REQUEST, bitrate as i32)
    }

    fn request(&mut self, request: i32, value: i32) -> Result<(), CodecError> {
        // SAFETY: every request used here takes one int by value.
        checked(unsafe { sys::opus_encoder_ctl(self.0.as_ptr(), request, value) }).map(drop)
    }
}

impl Drop for Encoder {
    fn drop(&mut self) {
        // SAFETY: created by opus_encoder_create, destroyed once.
        unsafe { sys::opus_encoder_destroy(self.0.as_ptr()) }
    }
}
