//! Codecs: packets ↔ samples.

pub mod opus;
#[cfg(test)]
pub(crate) mod spectrum;
#[cfg(test)]
pub(crate) mod voice;
