//! Words of tray, window titles and small window's frame, from the same Fluent catalogues as the window (LG-02). Isolation is kept: a
//! name or number that stands in a sentence never turns it around.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::memoizer::MemoizerKind;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use ipc::{Digits, Language, Settings};
use unic_langid::LanguageIdentifier;

type Bundle = FluentBundle<FluentResource>;

/// The catalogues that hold words which are needed outside the window.
const ENGLISH: [&str; 4] = [
    include_str!("../../ui/src/i18n/locales/en/frame.ftl"),
    include_str!("../../ui/src/i18n/locales/en/calls.ftl"),
    include_str!("../../ui/src/i18n/locales/en/status.ftl"),
    include_str!("../../ui/src/i18n/locales/en/tray.ftl"),
];
const ARABIC: [&str; 4] = [
    include_str!("../../ui/src/i18n/locales/ar/frame.ftl"),
    include_str!("../../ui/src/i18n/locales/ar/calls.ftl"),
    include_str!("../../ui/src/i18n/locales/ar/status.ftl"),
    include_str!("../../ui/src/i18n/locales/ar/tray.ftl"),
];

static EN_LATN: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::En, Digits::Latn));
static EN_ARAB: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::En, Digits::Arab));
static AR_LATN: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::Ar, Digits::Latn));
static AR_ARAB: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::Ar, Digits::Arab));

/// Words of the language and digits in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    language: Language,
    digits: Digits,
}

impl Words {
    /// Those that the agent chose.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        Words { language: settings.language, digits: settings.digits }
    }

    /// The words of a message.
    #[must_use]
    pub fn say(self, id: &str) -> String {
        self.format(id, &FluentArgs::new())
    }

    /// A text that somebody wrote in both languages.
    #[must_use]
    pub fn either<'a>(self, en: &'a str, ar: &'a str) -> &'a str {
        match self.language {
            Language::En => en,
            Language::Ar => ar,
        }
    }

    /// The words of a message with texts that stand in it.
    #[must_use]
    pub fn say_with(self, id: &str, parts: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        parts.iter().for_each(|(name, value)| args.set(*name, *value));
        self.format(id, &args)
    }

    /// The words of a message that counts: `$count`.
    #[must_use]
    pub fn count(self, id: &str, count: u32) -> String {
        let mut args = FluentArgs::new();
        args.set("count", count);
        self.format(id, &args)
    }

    /// The digits of a phone number in the chosen script; everything else stays.
    #[must_use]
    pub fn digits(self, text: &str) -> String {
        match self.digits {
            Digits::Latn => text.to_owned(),
            Digits::Arab => arabic_indic(text),
        }
    }

    fn format(self, id: &str, args: &FluentArgs<'_>) -> String {
        let bundle: &Bundle = match (self.language, self.digits) {
            (Language::En, Digits::Latn) => &EN_LATN,
            (Language::En, Digits::Arab) => &EN_ARAB,
            (Language::Ar, Digits::Latn) => &AR_LATN,
            (Language::Ar, Digits::Arab) => &AR_ARAB,
        };
        let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
            tracing::error!(id, "a message is missing in the catalogue");
            return id.to_owned();
        };
        let mut faults = Vec::new();
        let text = bundle.format_pattern(pattern, Some(args), &mut faults).into_owned();
        if !faults.is_empty() {
            tracing::error!(id, "a message lacks something to stand in it");
        }
        text
    }
}

fn bundle(language: Language, digits: Digits) -> Bundle {
    let (tag, sources) = match language {
        Language::En => ("en", ENGLISH),
        Language::Ar => ("ar", ARABIC),
    };
    let locale: LanguageIdentifier = tag.parse().expect("two letters are a language");
    let mut bundle = Bundle::new_concurrent(vec![locale]);
    bundle.add_builtins().expect("nothing was added before");
    if digits == Digits::Arab {
        bundle.set_formatter(Some(in_arabic_indic));
    }
    for source in sources {
        let resource = FluentResource::try_new(source.to_owned()).expect("a test reads the same catalogues");
        bundle.add_resource(resource).expect("a test reads the same catalogues");
    }
    bundle
}

/// Numbers as Fluent writes them, in the other script.
fn in_arabic_indic<M: MemoizerKind>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(arabic_indic(&number.as_string())),
        _ => None,
    }
}

fn arabic_indic(text: &str) -> String {
    let digit = |c: char| c.to_digit(10).and_then(|value| char::from_u32(0x0660 + value)).unwrap_or(c);
    text.chars().map(digit).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;

    const ALL: [Words; 4] = [
        Words { language: Language::En, digits: Digits::Latn },
        Words { language: Language::En, digits: Digits::Arab },
        Words { language: Language::Ar, digits: Digits::Latn },
        Words { language: Language::Ar, digits: Digits::Arab },
    ];

    /// What follows `.say("`, `.say_with("`, `.count("` and `word("` in this crate.
    fn used(dir: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(dir).expect("our own sources") {
            let path = entry.expect("our own sources").path();
            if path.is_dir() {
                used(&path, found);
                continue;
            }
            let text = fs::read_to_string(&path).expect("our own sources");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for call in [".say(", ".say_with(", ".count("] {
                found.extend(code.split(call).skip(1).filter_map(|rest| {
                    let rest = rest.trim_start().strip_prefix('"')?;
                    rest.split('"').next().map(str::to_owned)
                }));
            }
        }
    }

    /// LG-02: the tray has every word in both languages.
    #[test]
    fn each_message_that_is_used_here_is_in_both_catalogues_lg_02() {
        let mut ids = BTreeSet::new();
        used(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut ids);
        assert!(ids.len() > 15, "the search finds what is used: {ids:?}");
        for id in ids {
            for words in ALL {
                let mut args = FluentArgs::new();
                for name in ["status", "person", "number", "presence", "product", "missed", "profile"] {
                    args.set(name, "x");
                }
                args.set("count", 3);
                let text = words.format(&id, &args);
                assert!(!text.is_empty() && text != id && !text.contains("{$"), "{words:?} {id}: {text}");
            }
        }
    }

    /// SPEC 4.3: what comes from outside is isolated.
    #[test]
    fn a_name_in_a_sentence_is_isolated() {
        let arabic = ALL[2].say_with("tray-answer", &[("person", "Noor نور (VIP)")]);
        assert!(arabic.contains("\u{2068}Noor نور (VIP)\u{2069}"), "{arabic}");
    }

    #[test]
    fn counts_have_six_forms_in_arabic_and_the_chosen_digits() {
        let forms: BTreeSet<String> = [1, 2, 3, 11, 100].map(|count| ALL[2].count("tray-missed", count)).into();
        assert_eq!(forms.len(), 5, "{forms:?}");
        assert!(ALL[3].count("tray-missed", 12).contains("١٢"));
        assert_eq!(ALL[1].digits("+966 11"), "+٩٦٦ ١١");
    }
}
