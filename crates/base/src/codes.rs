//! Stable words for enumerations.

/// Gives an enumeration one stable word for each variant, for files and scripts: `code`, and `from_code` to read it back.
///
/// One row for each variant: the match is total, so that a new one cannot miss the list from which words are read back.
#[macro_export]
macro_rules! codes {
    ($name:ident { $($variant:ident = $code:literal),+ $(,)? }) => {
        impl $name {
            const ALL: &[$name] = &[$($name::$variant),+];

            /// The stable word for files and scripts. Not for people.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $($name::$variant => $code),+
                }
            }

            /// The one with this word; `None` for a word from another version.
            #[must_use]
            pub fn from_code(code: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}
