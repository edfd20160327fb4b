//! Opus (RFC 6716, RTP payload RFC 7587) over libopus; the only place that knows its C interface.
//!
//! Mono, 48 kHz, floating point. Loss is fought with in-band FEC (LBRR) and the decoder's deep PLC.

use std::ptr::NonNull;

use opusic_sys as sys;

/// Most bytes that one frame of an Opus packet can need (RFC 6716 §3.4: 1275), plus its table of contents byte.
pub const MAX_PACKET_BYTES: usize = 1276;
/// Most samples that one packet can hold: 120 ms.
pub const MAX_PACKET_SAMPLES: usize = 5760;
/// Samples of the packets that we send: 20 ms.
pub const PACKET_SAMPLES: usize = 2 * base::FRAME_SAMPLES;

/// What libopus refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodecError {
    /// The packet is damaged or is not Opus. Conceal instead.
    #[error("not a valid Opus packet")]
    Malformed,
    /// The output has no room for the packet.
    #[error("the buffer is too small")]
    NoRoom,
    /// A value outside its range.
    #[error("a value is out of range")]
    BadValue,
    /// Memory or an internal fault of the library (its error code).
    #[error("libopus error {0}")]
    Library(i32),
}

fn checked(code: i32) -> Result<usize, CodecError> {
    match code {
        0.. => Ok(code as usize),
        sys::OPUS_BAD_ARG => Err(CodecError::BadValue),
        sys::OPUS_BUFFER_TOO_SMALL => Err(CodecError::NoRoom),
        sys::OPUS_INVALID_PACKET => Err(CodecError::Malformed),
        other => Err(CodecError::Library(other)),
    }
}

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
    /// Send nothing while nobody speaks.
    pub dtx: bool,
}

impl Default for EncoderConfig {
    /// 32 kbit/s, complexity 9, FEC for 10 % loss, no DTX.
    fn default() -> Self {
        EncoderConfig { bitrate: 32_000, complexity: 9, fec: true, loss_percent: 10, dtx: false }
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
        encoder.set(sys::OPUS_SET_SIGNAL_REQUEST, sys::OPUS_SIGNAL_VOICE)?;
        encoder.set(sys::OPUS_SET_COMPLEXITY_REQUEST, i32::from(config.complexity))?;
        encoder.set(sys::OPUS_SET_INBAND_FEC_REQUEST, i32::from(config.fec))?;
        encoder.set(sys::OPUS_SET_DTX_REQUEST, i32::from(config.dtx))?;
        encoder.set_bitrate(config.bitrate)?;
        encoder.set_loss_percent(config.loss_percent)?;
        Ok(encoder)
    }

    /// Encodes 20 ms into `out` and returns the length of the packet. [`MAX_PACKET_BYTES`] always suffices.
    ///
    /// # Errors
    /// [`CodecError::NoRoom`] when `out` is too small.
    pub fn encode(&mut self, pcm: &[f32; PACKET_SAMPLES], out: &mut [u8]) -> Result<usize, CodecError> {
        let room = out.len().min(MAX_PACKET_BYTES) as i32;
        // SAFETY: `pcm` holds exactly the samples announced, `out` at least `room` bytes.
        checked(unsafe {
            sys::opus_encode_float(self.0.as_ptr(), pcm.as_ptr(), PACKET_SAMPLES as i32, out.as_mut_ptr(), room)
        })
    }

    /// Tells how much loss to protect against, 0..=100 per cent.
    ///
    /// # Errors
    /// [`CodecError::BadValue`] above 100.
    pub fn set_loss_percent(&mut self, percent: u8) -> Result<(), CodecError> {
        self.set(sys::OPUS_SET_PACKET_LOSS_PERC_REQUEST, i32::from(percent))
    }

    /// Changes the rate, in bits per second.
    ///
    /// # Errors
    /// [`CodecError::BadValue`] outside the range of [`EncoderConfig::bitrate`].
    pub fn set_bitrate(&mut self, bitrate: u32) -> Result<(), CodecError> {
        if !(6_000..=510_000).contains(&bitrate) {
            return Err(CodecError::BadValue);
        }
        self.set(sys::OPUS_SET_BITRATE_REQUEST, bitrate as i32)
    }

    fn set(&mut self, request: i32, value: i32) -> Result<(), CodecError> {
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

/// Packets to samples; one per incoming stream, it remembers what it heard.
pub struct Decoder(NonNull<sys::OpusDecoder>);

// SAFETY: as for `Encoder`.
unsafe impl Send for Decoder {}

impl Decoder {
    /// A mono decoder with deep concealment (decoder complexity 5; it costs nothing until a packet is lost).
    ///
    /// # Errors
    /// [`CodecError::Library`] when memory is short.
    pub fn new() -> Result<Self, CodecError> {
        let mut code = 0;
        // SAFETY: valid constants and a valid place for the code; null is handled below.
        let raw = unsafe { sys::opus_decoder_create(base::SAMPLE_RATE as i32, 1, &mut code) };
        checked(code)?;
        let decoder = Decoder(NonNull::new(raw).ok_or(CodecError::Library(sys::OPUS_ALLOC_FAIL))?);
        // SAFETY: the request takes one int by value.
        checked(unsafe { sys::opus_decoder_ctl(decoder.0.as_ptr(), sys::OPUS_SET_COMPLEXITY_REQUEST, 5i32) })?;
        Ok(decoder)
    }

    /// Decodes one packet into `out`; returns the samples written. [`MAX_PACKET_SAMPLES`] always suffices.
    ///
    /// # Errors
    /// [`CodecError::Malformed`] for what is no Opus packet, [`CodecError::NoRoom`] when `out` is too small.
    pub fn decode(&mut self, packet: &[u8], out: &mut [f32]) -> Result<usize, CodecError> {
        if packet.is_empty() {
            return Err(CodecError::Malformed);
        }
        self.run(Some(packet), out, false)
    }

    /// Restores the sound directly *before* `next_packet` from its redundancy. `out` must be as long as the lost packet was.
    ///
    /// # Errors
    /// As [`Decoder::decode`].
    pub fn decode_fec(&mut self, next_packet: &[u8], out: &mut [f32]) -> Result<usize, CodecError> {
        if next_packet.is_empty() {
            return Err(CodecError::Malformed);
        }
        self.run(Some(next_packet), out, true)
    }

    /// Invents the next `out.len()` samples (a multiple of 2.5 ms) from what was heard before.
    ///
    /// # Errors
    /// [`CodecError::BadValue`] for another length.
    pub fn conceal(&mut self, out: &mut [f32]) -> Result<usize, CodecError> {
        self.run(None, out, false)
    }

    /// Forgets what was heard: another stream begins.
    pub fn reset(&mut self) {
        // SAFETY: the request takes no argument; it cannot fail on a valid decoder.
        unsafe { sys::opus_decoder_ctl(self.0.as_ptr(), sys::OPUS_RESET_STATE) };
    }

    fn run(&mut self, packet: Option<&[u8]>, out: &mut [f32], fec: bool) -> Result<usize, CodecError> {
        let (data, len) = packet.map_or((std::ptr::null(), 0), |p| (p.as_ptr(), p.len() as i32));
        let room = out.len().min(MAX_PACKET_SAMPLES) as i32;
        // SAFETY: `data` is null with length 0 or a valid slice; `out` has at least `room` floats for one channel.
        checked(unsafe { sys::opus_decode_float(self.0.as_ptr(), data, len, out.as_mut_ptr(), room, i32::from(fec)) })
    }
}

impl Drop for Decoder {
    fn drop(&mut self) {
        // SAFETY: created by opus_decoder_create, destroyed once.
        unsafe { sys::opus_decoder_destroy(self.0.as_ptr()) }
    }
}

/// How many samples (48 kHz) a packet holds, 120..=5760.
///
/// # Errors
/// [`CodecError::Malformed`] when the head of the packet is no Opus (RFC 6716 §3.2).
pub fn packet_samples(packet: &[u8]) -> Result<usize, CodecError> {
    if packet.is_empty() {
        return Err(CodecError::Malformed);
    }
    // SAFETY: pointer and length are of one slice that is not empty.
    let samples = checked(unsafe {
        sys::opus_packet_get_nb_samples(packet.as_ptr(), packet.len() as i32, base::SAMPLE_RATE as i32)
    })?;
    if (120..=MAX_PACKET_SAMPLES).contains(&samples) { Ok(samples) } else { Err(CodecError::Malformed) }
}

/// Whether the packet carries a copy of the sound before it.
#[must_use]
pub fn has_fec(packet: &[u8]) -> bool {
    // SAFETY: pointer and length are of one slice; the empty one is not passed.
    !packet.is_empty() && unsafe { sys::opus_packet_has_lbrr(packet.as_ptr(), packet.len() as i32) } > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::spectrum::tone_level;
    use crate::codec::voice;

    #[test]
    fn a_tone_survives_the_round_trip_with_20_db_to_spare() {
        let mut decoder = Decoder::new().expect("memory");
        let mut sound = Vec::new();
        let mut out = [0.0; MAX_PACKET_SAMPLES];
        let tone = (0..).map(|n| 0.5 * (n as f32 * std::f32::consts::TAU * 1000.0 / 48_000.0).sin());
        for packet in voice::encode(60, tone) {
            let count = decoder.decode(&packet, &mut out).expect("our own packet");
            assert_eq!(count, PACKET_SAMPLES);
            sound.extend_from_slice(&out[..count]);
        }
        let (level, rest) = tone_level(&sound[9600..], 48_000, 1000.0);
        assert!((level - 0.5).abs() < 0.06, "level {level}");
        let snr_db = 20.0 * (level / std::f32::consts::SQRT_2 / rest).log10();
        assert!(snr_db > 20.0, "signal to noise {snr_db} dB");
    }

    #[test]
    fn the_rate_is_kept() {
        let bytes: usize = voice::packets(100).iter().map(Vec::len).sum();
        let bitrate = bytes * 8 / 2;
        assert!((20_000..48_000).contains(&bitrate), "{bitrate} bit/s for 32 kbit/s VBR");
    }

    #[test]
    fn a_lost_packet_comes_back_from_the_next_one() {
        let sent = voice::packets(40);
        assert!(has_fec(&sent[31]), "FEC for 10 % loss is written");
        let (mut whole, mut lossy) = (Decoder::new().expect("memory"), Decoder::new().expect("memory"));
        let (mut out, mut heard, mut restored) = ([0.0; MAX_PACKET_SAMPLES], [0.0; 960], [0.0; 960]);
        for packet in &sent[..30] {
            whole.decode(packet, &mut out).expect("our own packet");
            lossy.decode(packet, &mut out).expect("our own packet");
        }
        whole.decode(&sent[30], &mut heard).expect("our own packet");
        assert_eq!(lossy.decode_fec(&sent[31], &mut restored), Ok(960));
        let energy: f32 = heard.iter().map(|s| s * s).sum();
        let error: f32 = heard.iter().zip(&restored).map(|(a, b)| (a - b) * (a - b)).sum();
        assert!(error < energy * 0.5, "restored sound differs too much: {error} of {energy}");
    }

    #[test]
    fn concealment_sounds_like_what_was_before() {
        let mut decoder = Decoder::new().expect("memory");
        let mut out = [0.0; MAX_PACKET_SAMPLES];
        for packet in voice::packets(30) {
            decoder.decode(&packet, &mut out).expect("our own packet");
        }
        let mut invented = [0.0; 480];
        assert_eq!(decoder.conceal(&mut invented), Ok(480));
        assert!(crate::level::rms(&invented) > 0.02, "concealment is not silence");
    }

    #[test]
    fn damaged_packets_are_errors_not_crashes() {
        let mut decoder = Decoder::new().expect("memory");
        let mut out = [0.0; MAX_PACKET_SAMPLES];
        assert_eq!(decoder.decode(&[], &mut out), Err(CodecError::Malformed));
        assert_eq!(packet_samples(&[]), Err(CodecError::Malformed));
        // Code 3 packet (RFC 6716 §3.2.5) that announces more frames than 120 ms.
        assert_eq!(packet_samples(&[0x7b, 0x3f]), Err(CodecError::Malformed));
        assert!(decoder.decode(&[0x7b, 0x3f, 1, 2], &mut out).is_err());
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_survived(packets in proptest::collection::vec(proptest::collection::vec(0u8.., 0..200), 1..20)) {
            let mut decoder = Decoder::new().expect("memory");
            let mut out = [0.0; MAX_PACKET_SAMPLES];
            for packet in &packets {
                let _ = has_fec(packet);
                let _ = packet_samples(packet);
                let _ = decoder.decode(packet, &mut out);
                let _ = decoder.decode_fec(packet, &mut out[..960]);
            }
        }
    }
}
