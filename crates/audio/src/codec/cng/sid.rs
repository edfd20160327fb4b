//! The payload.

use base::Dbfs;

/// The most reflection coefficients used; a payload with more is heard with these (RFC 3389 §3: the order is the sender's choice).
pub const MAX_ORDER: usize = 12;

/// A silence descriptor: level and colour of the noise (RFC 3389 §3).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sid {
    level: u8,
    order: usize,
    /// Bytes as on the wire: 127 is zero, a step is 258 / 32 768.
    coefficients: [u8; MAX_ORDER],
}

impl Sid {
    /// Reads a payload; `None` for an empty one. A level above 127 keeps its lower seven bits (the highest bit is reserved, §3.1),
    /// coefficient 255 is read as 254.
    #[must_use]
    pub fn parse(payload: &[u8]) -> Option<Sid> {
        let (level, spectrum) = payload.split_first()?;
        let order = spectrum.len().min(MAX_ORDER);
        let mut coefficients = [127; MAX_ORDER];
        for (to, from) in coefficients.iter_mut().zip(spectrum) {
            *to = (*from).min(254);
        }
        Some(Sid { level: level & 127, order, coefficients })
    }

    /// A descriptor of noise of this level (0 dBov is an RMS of 1.0; kept in whole decibels, 0..=−127) with these reflection
    /// coefficients (−1.0..=1.0, at most [`MAX_ORDER`] are kept). The predictor is A(z) = 1 + Σ aᵢ z⁻ⁱ, so noise that is stronger
    /// at low frequencies has a negative first coefficient.
    #[must_use]
    pub fn new(level: Dbfs, reflection: &[f32]) -> Sid {
        let order = reflection.len().min(MAX_ORDER);
        let mut coefficients = [127; MAX_ORDER];
        for (to, k) in coefficients.iter_mut().zip(reflection) {
            *to = (127.0 + k * (32_768.0 / 258.0)).round().clamp(0.0, 254.0) as u8;
        }
        Sid { level: (-level.0).round().clamp(0.0, 127.0) as u8, order, coefficients }
    }

    /// Writes the payload; returns its length, at most 1 + [`MAX_ORDER`], cut to what `out` holds.
    pub fn write(&self, out: &mut [u8]) -> usize {
        let bytes = std::iter::once(&self.level).chain(&self.coefficients[..self.order]);
        out.iter_mut().zip(bytes).map(|(to, from)| *to = *from).count()
    }

    /// Level of the noise, 0..=−127 dBov in whole steps.
    #[must_use]
    pub fn level(&self) -> Dbfs {
        Dbfs(-f32::from(self.level))
    }

    /// Reflection coefficient number `index` (from 0), −1.0 < k < 1.0; zero where there is none.
    #[must_use]
    pub fn reflection(&self, index: usize) -> f32 {
        self.coefficients.get(index).map_or(0.0, |&byte| (f32::from(byte) - 127.0) * (258.0 / 32_768.0))
    }
}
