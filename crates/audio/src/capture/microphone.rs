//! What the user chooses.

/// How the microphone is treated. Everything can change in mid-call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Microphone {
    /// Cancelling of what the loudspeaker plays.
    pub echo: EchoMode,
    /// Suppression of what is not speech.
    pub noise: NoiseMode,
    /// Bring quiet speech up.
    pub gain: bool,
    /// Take out rumble below 80 Hz.
    pub high_pass: bool,
}

impl Microphone {
    /// Echo as needed, standard noise suppression, gain and high-pass: every stage has something to do. What an agent gets without asking
    /// is not decided here.
    pub const WHOLE: Microphone =
        Microphone { echo: EchoMode::Auto, noise: NoiseMode::Standard, gain: true, high_pass: true };

    /// Nothing is changed on the way.
    pub const UNTOUCHED: Microphone =
        Microphone { echo: EchoMode::Off, noise: NoiseMode::Off, gain: false, high_pass: false };
}

/// When echo is cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EchoMode {
    /// While the microphone hears the loudspeaker. On a headset it steps back after a few seconds and costs and delays nothing.
    Auto,
    /// Always.
    On,
    /// Never.
    Off,
}

/// How noise is suppressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoiseMode {
    /// Not at all.
    Off,
    /// Steady noise (fans, streets) by up to 18 dB; 7 ms of delay. Rests in a quiet room and then costs and delays nothing.
    Standard,
    /// By a neural network, also keyboards and clatter; 10 ms of delay.
    Strong,
}
