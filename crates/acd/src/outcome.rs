//! What an agent's answer means, by its code.

/// Why an offer was not answered by the agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Miss {
    /// 486, 600: on another call (AO-04).
    Busy,
    /// 603, 608, 401 to 403, 407: did not want it (AO-05).
    Rejected,
    /// Rang out, 480, 404, 408, 5xx and whatever else: the only one that counts towards a forced break (AO-06).
    NoAnswer,
    /// No phone was there to ring.
    NotRegistered,
}

impl Miss {
    /// What a final response of 300 or more means. mod_callcenter takes what it does not know for no answer.
    #[must_use]
    pub fn of_code(code: u16) -> Miss {
        match code {
            486 | 600 => Miss::Busy,
            603 | 608 | 401..=403 | 407 => Miss::Rejected,
            _ => Miss::NoAnswer,
        }
    }

    /// The pause that follows.
    #[must_use]
    pub fn delay(self) -> Delay {
        match self {
            Miss::Busy => Delay::Busy,
            Miss::Rejected => Delay::Reject,
            Miss::NoAnswer => Delay::NoAnswer,
            Miss::NotRegistered => Delay::NotRegistered,
        }
    }

    /// In a word, for the event log.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Miss::Busy => "busy",
            Miss::Rejected => "rejected",
            Miss::NoAnswer => "no_answer",
            Miss::NotRegistered => "not_registered",
        }
    }
}

/// Which pause an agent is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Delay {
    /// AO-04.
    Busy,
    /// AO-05.
    Reject,
    /// AO-06.
    NoAnswer,
    /// Always five seconds.
    NotRegistered,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sip_code_has_its_meaning_ao_04_ao_05_ao_06() {
        for code in 300..700 {
            let expected = match code {
                486 | 600 => Miss::Busy,
                401 | 402 | 403 | 407 | 603 | 608 => Miss::Rejected,
                _ => Miss::NoAnswer,
            };
            assert_eq!(Miss::of_code(code), expected, "{code}");
        }
    }
}
