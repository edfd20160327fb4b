//! A skeleton key in the making: all ways to read a word at once, kept few.

/// Alternatives of one word. More would cost index and precision and find nothing that a person meant.
const MOST_READINGS: usize = 16;
/// Classes in one key; longer words are told apart by less.
const LONGEST: usize = 20;

/// All readings of the letters so far.
pub(super) struct Readings(Vec<String>);

impl Readings {
    pub fn new() -> Self {
        Readings(vec![String::with_capacity(LONGEST)])
    }

    /// Goes on with each of `options`; with the first alone once there are many readings.
    pub fn push(&mut self, options: &[&str]) {
        let options = if self.0.len() * options.len() > MOST_READINGS { &options[..1] } else { options };
        let [first, rest @ ..] = options else { return };
        let before = self.0.len();
        for option in rest {
            for at in 0..before {
                let mut key = String::with_capacity(LONGEST);
                key.push_str(&self.0[at]);
                extend(&mut key, option);
                self.0.push(key);
            }
        }
        for key in &mut self.0[..before] {
            extend(key, first);
        }
    }

    /// The keys, each once, none empty.
    pub fn into_keys(mut self) -> Vec<String> {
        self.0.sort_unstable();
        self.0.dedup();
        self.0.retain(|key| !key.is_empty());
        self.0
    }
}

/// Long vowels that meet are one: داوود and Dawood.
fn extend(key: &mut String, option: &str) {
    let meets = matches!(option, "i" | "u") && key.ends_with(option);
    if !meets && key.len() + option.len() <= LONGEST {
        key.push_str(option);
    }
}
