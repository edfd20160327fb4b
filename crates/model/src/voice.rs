//! How the agent's voice is treated before it is sent.

/// What is done to the microphone's sound. Acts at once, also in a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VoiceProcessing {
    /// Noise suppression.
    pub noise: NoiseSuppression,
    /// Echo cancellation.
    pub echo: EchoCancellation,
    /// Keeps the voice at one level.
    pub gain: bool,
}

impl Default for VoiceProcessing {
    /// Standard noise suppression, echo cancelled as needed, the level as it is.
    fn default() -> Self {
        VoiceProcessing { noise: NoiseSuppression::Standard, echo: EchoCancellation::Auto, gain: false }
    }
}

/// Suppression of what is not speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoiseSuppression {
    /// None.
    Off,
    /// Steady noise: fans, streets.
    Standard,
    /// Also keyboards and voices in the background.
    Strong,
}

base::codes!(NoiseSuppression { Off = "off", Standard = "standard", Strong = "strong" });

/// Cancellation of what the loudspeaker plays into the microphone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EchoCancellation {
    /// While there is an echo.
    Auto,
    /// Always.
    On,
    /// Never.
    Off,
}

base::codes!(EchoCancellation { Auto = "auto", On = "on", Off = "off" });

impl VoiceProcessing {
    /// As it is kept in the settings: three words.
    #[must_use]
    pub fn to_text(self) -> String {
        let gain = if self.gain { "gain" } else { "no-gain" };
        format!("{} {} {gain}", self.noise.code(), self.echo.code())
    }

    /// Reads [`VoiceProcessing::to_text`]; a word that is not known leaves the default.
    #[must_use]
    pub fn from_text(text: &str) -> VoiceProcessing {
        let mut words = text.split(' ');
        let mut next = || words.next().unwrap_or_default();
        let default = VoiceProcessing::default();
        VoiceProcessing {
            noise: NoiseSuppression::from_code(next()).unwrap_or(default.noise),
            echo: EchoCancellation::from_code(next()).unwrap_or(default.echo),
            gain: next() == "gain",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again_and_nonsense_is_the_default() {
        for noise in NoiseSuppression::ALL {
            for echo in EchoCancellation::ALL {
                for gain in [false, true] {
                    let processing = VoiceProcessing { noise: *noise, echo: *echo, gain };
                    assert_eq!(VoiceProcessing::from_text(&processing.to_text()), processing);
                }
            }
        }
        assert_eq!(VoiceProcessing::from_text("loud what"), VoiceProcessing::default());
        assert_eq!(VoiceProcessing::from_text(""), VoiceProcessing::default());
    }
}
