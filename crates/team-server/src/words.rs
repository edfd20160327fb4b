//! Words of the server's mails and of its own page, from Fluent catalogues. The window has words of its own.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

/// A language that the server has words for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    Arabic,
}

type Bundle = FluentBundle<FluentResource>;

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::English, include_str!("../locales/en.ftl")));
static ARABIC: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::Arabic, include_str!("../locales/ar.ftl")));

impl Language {
    /// The language of a tag (`ar`, `ar-EG`, `en-GB`); `None` when there are no words for it.
    pub(crate) fn of_tag(tag: &str) -> Option<Language> {
        match tag.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "ar" => Some(Language::Arabic),
            "en" => Some(Language::English),
            _ => None,
        }
    }

    /// The first known language of a header `Accept-Language`, in its order; English when there is none.
    pub(crate) fn accepted(header: &str) -> Language {
        let mut tags =
            header.split(',').filter_map(|part| Language::of_tag(part.split(';').next().unwrap_or_default()));
        tags.next().unwrap_or(Language::English)
    }

    pub(crate) fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Arabic => "ar",
        }
    }

    /// `dir` of HTML.
    pub(crate) fn direction(self) -> &'static str {
        match self {
            Language::English => "ltr",
            Language::Arabic => "rtl",
        }
    }

    pub(crate) fn other(self) -> Language {
        match self {
            Language::English => Language::Arabic,
            Language::Arabic => Language::English,
        }
    }

    /// The words of a message.
    pub(crate) fn word(self, id: &str) -> String {
        self.word_with(id, &[])
    }

    /// The words of a message with what stands in it; each is isolated, so that its direction does not turn the sentence around.
    pub(crate) fn word_with(self, id: &str, parts: &[(&str, &str)]) -> String {
        let bundle: &Bundle = match self {
            Language::English => &ENGLISH,
            Language::Arabic => &ARABIC,
        };
        let mut args = FluentArgs::new();
        parts.iter().for_each(|(name, value)| args.set(*name, *value));
        let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
            tracing::error!(id, "a message is missing in the catalogue");
            return id.to_owned();
        };
        let mut faults = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&args), &mut faults).into_owned();
        if !faults.is_empty() {
            tracing::error!(id, "a message lacks something to stand in it");
        }
        text
    }
}

fn bundle(language: Language, source: &str) -> Bundle {
    let locale: LanguageIdentifier = language.tag().parse().expect("two letters are a language");
    let resource = FluentResource::try_new(source.to_owned()).expect("the test reads the same catalogue");
    let mut bundle = Bundle::new_concurrent(vec![locale]);
    bundle.add_resource(resource).expect("the test reads the same catalogue");
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(source: &str) -> Vec<&str> {
        source.lines().filter_map(|line| line.split_once(" = ")).map(|(id, _)| id).collect()
    }

    /// LG-01.
    #[test]
    fn both_catalogues_have_the_same_messages_and_all_can_be_read() {
        let english = ids(include_str!("../locales/en.ftl"));
        assert_eq!(english, ids(include_str!("../locales/ar.ftl")));
        for id in english {
            for language in [Language::English, Language::Arabic] {
                let text = language.word_with(id, &[("name", "Noor"), ("minutes", "30")]);
                assert!(!text.is_empty() && text != id, "{id} {text}");
            }
        }
    }

    #[test]
    fn what_stands_in_a_sentence_is_isolated() {
        assert_eq!(Language::Arabic.word_with("mail-hello", &[("name", "Noor")]), "مرحبًا \u{2068}Noor\u{2069}،");
    }

    #[test]
    fn the_first_known_language_is_taken() {
        for (header, expected) in [
            ("ar", Language::Arabic),
            ("ar-EG,ar;q=0.9,en;q=0.8", Language::Arabic),
            ("fr-FR, ar;q=0.5", Language::Arabic),
            ("de", Language::English),
            ("", Language::English),
            ("en-GB,ar", Language::English),
            (";;,,-", Language::English),
        ] {
            assert_eq!(Language::accepted(header), expected, "{header:?}");
        }
    }
}
