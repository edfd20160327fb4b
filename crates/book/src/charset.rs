//! From the bytes of a file to text, when nobody says in which encoding they are.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};

/// Encodings in which address books are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Charset {
    /// With or without byte order mark.
    Utf8,
    /// Little endian, as Windows writes "Unicode".
    Utf16Le,
    /// Big endian.
    Utf16Be,
    /// Arabic of Windows.
    Windows1256,
    /// Western Europe of Windows.
    Windows1252,
}

base::codes! {
    Charset {
        Utf8 = "utf-8",
        Utf16Le = "utf-16le",
        Utf16Be = "utf-16be",
        Windows1256 = "windows-1256",
        Windows1252 = "windows-1252",
    }
}

impl Charset {
    /// All, in the order in which they are offered.
    #[must_use]
    pub fn all() -> &'static [Charset] {
        Charset::ALL
    }

    /// The most likely one. A byte order mark decides; then NUL bytes (UTF-16); then whether it is UTF-8, a few damaged places
    /// forgiven; then whether the bytes beyond ASCII come in runs, as Arabic words do, or alone, as accents do.
    #[must_use]
    pub fn sniff(bytes: &[u8]) -> Charset {
        match bytes {
            [0xEF, 0xBB, 0xBF, ..] => Charset::Utf8,
            [0xFF, 0xFE, ..] => Charset::Utf16Le,
            [0xFE, 0xFF, ..] => Charset::Utf16Be,
            _ => zeros(bytes).unwrap_or_else(|| if is_utf8(bytes) { Charset::Utf8 } else { legacy(bytes) }),
        }
    }

    /// The text, without byte order mark. What cannot be read becomes U+FFFD.
    #[must_use]
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        self.encoding().decode_with_bom_removal(bytes).0
    }

    fn encoding(self) -> &'static Encoding {
        match self {
            Charset::Utf8 => UTF_8,
            Charset::Utf16Le => UTF_16LE,
            Charset::Utf16Be => UTF_16BE,
            Charset::Windows1256 => WINDOWS_1256,
            Charset::Windows1252 => WINDOWS_1252,
        }
    }
}

/// Text in an encoding that is named in the file, `None` for a name that nobody knows.
pub(crate) fn decode_named<'a>(label: &[u8], bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    Encoding::for_label(label).map(|encoding| encoding.decode_without_bom_handling(bytes).0)
}

/// Text has no NUL; in UTF-16 each ASCII character has one, at the odd places in little endian.
fn zeros(bytes: &[u8]) -> Option<Charset> {
    let start = &bytes[..bytes.len().min(SNIFFED)];
    let odd = start.iter().skip(1).step_by(2).filter(|b| **b == 0).count();
    let even = start.iter().step_by(2).filter(|b| **b == 0).count();
    match odd + even {
        0 => None,
        few if few * 64 < start.len() && few < 4 => None,
        _ if odd >= even => Some(Charset::Utf16Le),
        _ => Some(Charset::Utf16Be),
    }
}

fn is_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || good > 8 * bad
}

fn legacy(bytes: &[u8]) -> Charset {
    let start = &bytes[..bytes.len().min(16 * SNIFFED)];
    let high = start.iter().filter(|b| **b >= 0x80).count();
    let in_runs = start.windows(2).filter(|w| w[0] >= 0xC0 && w[1] >= 0xC0).count();
    if 3 * in_runs > high { Charset::Windows1256 } else { Charset::Windows1252 }
}

const SNIFFED: usize = 64 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, charset: Charset) {
        let bytes: Vec<u8> = match charset {
            Charset::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Charset::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            _ => charset.encoding().encode(text).0.into_owned(),
        };
        assert_eq!(Charset::sniff(&bytes), charset, "{text:?}");
        assert_eq!(charset.decode(&bytes), text.trim_start_matches('\u{feff}'));
    }

    #[test]
    fn each_encoding_is_recognised() {
        for text in ["الاسم;الهاتف\r\nمحمد;0501234567\r\n", "\u{feff}الاسم,الهاتف"] {
            for charset in [Charset::Utf8, Charset::Utf16Le, Charset::Utf16Be] {
                check(text, charset);
            }
        }
        check("الاسم;الهاتف\r\nمحمد العتيبي;0501234567\r\n", Charset::Windows1256);
        check("Name;Phone\nنور;1\n", Charset::Windows1256);
        check("Nom;Téléphone\nHélène Müller;0301234\n", Charset::Windows1252);
        check("plain", Charset::Utf8);
        check("", Charset::Utf8);
    }

    #[test]
    fn one_broken_byte_does_not_change_the_encoding() {
        let mut bytes = "محمد العتيبي، مدير المشتريات".as_bytes().to_vec();
        bytes.push(0xC7);
        assert_eq!(Charset::sniff(&bytes), Charset::Utf8);
    }
}
