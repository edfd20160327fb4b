//! What the program was started with.

/// The window waits in the taskbar.
const MINIMIZED: &str = "--minimized";

/// Command line of the app.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// `--profile NAME`: an agent of its own beside the default one, with its own data, keychain entries and window.
    pub profile: String,
    /// `--minimized`: the window waits in the taskbar. So the system starts the phone when somebody logs in.
    pub minimized: bool,
}

/// Why the command line is not understood: a sentence that says what to do.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum OptionsError {
    /// `--profile` without a name.
    #[error("--profile needs a name, for example: --profile second")]
    NoName,
    /// The name becomes part of a folder name and of a bus name.
    #[error("a profile's name holds 1 to 32 letters a–z, digits and hyphens; “{0}” does not")]
    BadName(String),
    /// Something else.
    #[error("“{0}” is not understood. Known: --profile NAME, --minimized")]
    Unknown(String),
}

impl Options {
    /// Reads the words after the program's name.
    ///
    /// # Errors
    /// [`OptionsError`], to be shown to the person who typed it.
    pub fn read(words: impl IntoIterator<Item = String>) -> Result<Self, OptionsError> {
        let mut options = Options::default();
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            match word.split_once('=') {
                Some(("--profile", name)) => options.profile = checked(name.to_owned())?,
                _ if word == "--profile" => options.profile = checked(words.next().ok_or(OptionsError::NoName)?)?,
                _ if word == MINIMIZED => options.minimized = true,
                _ => return Err(OptionsError::Unknown(word)),
            }
        }
        Ok(options)
    }

    /// The words after the program's name with which the system starts this profile at login.
    #[must_use]
    pub fn at_login(&self) -> Vec<String> {
        let profile = (!self.profile.is_empty()).then(|| ["--profile".to_owned(), self.profile.clone()]);
        profile.into_iter().flatten().chain([MINIMIZED.to_owned()]).collect()
    }

    /// Identifier of this profile: names the data folder, the keychain entries and the single instance.
    #[must_use]
    pub fn identifier(&self, product: &str) -> String {
        if self.profile.is_empty() { product.to_owned() } else { format!("{product}.{}", self.profile) }
    }
}

fn checked(name: String) -> Result<String, OptionsError> {
    let fits = (1..=32).contains(&name.len())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if fits { Ok(name) } else { Err(OptionsError::BadName(name)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Options, OptionsError> {
        Options::read(words.iter().map(|w| (*w).to_owned()))
    }

    #[test]
    fn a_profile_has_its_own_identifier() {
        let second = read(&["--profile", "second"]).expect("is valid");
        assert_eq!(second, read(&["--profile=second"]).expect("is valid"));
        assert_eq!(second.identifier("app.rannan.phone"), "app.rannan.phone.second");
        assert_eq!(Options::default().identifier("app.rannan.phone"), "app.rannan.phone");
    }

    #[test]
    fn what_the_system_starts_at_login_is_the_same_profile_out_of_the_way() {
        for words in [&[][..], &["--profile", "second"]] {
            let options = read(words).expect("is valid");
            let at_login = Options::read(options.at_login()).expect("is valid");
            assert_eq!(at_login, Options { minimized: true, ..options });
        }
    }

    #[test]
    fn nonsense_says_what_to_do() {
        assert_eq!(read(&["--profile"]), Err(OptionsError::NoName));
        assert_eq!(read(&["--profile", "../x"]), Err(OptionsError::BadName("../x".into())));
        assert_eq!(read(&["--loud"]), Err(OptionsError::Unknown("--loud".into())));
    }
}
