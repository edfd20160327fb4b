//! Where numbers without a country code are at home.

use std::fmt;
use std::str::FromStr;

/// A country or territory whose numbering rules are known, by its ISO 3166-1 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Region(pub(super) rlibphonenumber::Region);

impl Region {
    /// Saudi Arabia, where nothing else is configured.
    pub const SA: Region = Region(rlibphonenumber::Region::SA);
    /// Nobody has said. Numbers with a country code are complete, others are compared by their digits and their endings.
    pub const UNKNOWN: Region = Region(rlibphonenumber::Region::ZZ);
}

/// The text is no code of a country that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such country code")]
pub struct UnknownRegion;

impl FromStr for Region {
    type Err = UnknownRegion;

    /// Reads `SA`, `sa`.
    fn from_str(text: &str) -> Result<Self, UnknownRegion> {
        let code = text.trim().to_ascii_uppercase();
        rlibphonenumber::Region::from_code(&code)
            .ok()
            .filter(|region| rlibphonenumber::PHONE_NUMBER_UTIL.get_country_code_for_region(*region).is_some())
            .map(Region)
            .ok_or(UnknownRegion)
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}
