//! A frame that rises from silence, or falls to it, so smoothly that nothing of it is heard at other pitches.

use crate::Frame;

/// Rises over the whole frame.
pub(super) fn rise(frame: &mut Frame) {
    let length = frame.len() as f32;
    for (n, sample) in frame.iter_mut().enumerate() {
        *sample *= share(n as f32 / length);
    }
}

/// Falls over the whole frame.
pub(super) fn fall(frame: &mut Frame) {
    let length = frame.len() as f32;
    for (n, sample) in frame.iter_mut().enumerate() {
        *sample *= share(1.0 - (n as f32 + 1.0) / length);
    }
}

/// Half of a cosine from 0 to 1.
fn share(way: f32) -> f32 {
    0.5 - 0.5 * (way * std::f32::consts::PI).cos()
}
