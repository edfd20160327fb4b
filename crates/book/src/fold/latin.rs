//! How a word in Latin letters sounds, in classes that Arabic has as well.
//!
//! ```text
//! b d f g j k l m n r s t z   as usual (p = b, v = f, q and hard c = k)
//! h ه ح   c خ   x ش   w, y at the beginning   a any vowel at the beginning   i, u long vowels inside
//! ```
//! A vowel may stand for a long or for a short one: both readings are kept.

use super::key::Readings;

/// Readings of one folded word.
pub(super) fn read(word: &str, key: &mut Readings) {
    if let Some(full) = abbreviation(word) {
        return key.push(&[full]);
    }
    let letters: Vec<u8> = word.bytes().filter(u8::is_ascii_alphanumeric).collect();
    let mut at = 0;
    while at < letters.len() {
        let rest = &letters[at..];
        let before = at.checked_sub(1).map(|b| letters[b]);
        at += if at == 0 && is_consonant_glide(rest) {
            glide(rest, key)
        } else if is_vowel(rest[0]) {
            let run = rest.iter().take_while(|c| is_vowel(**c)).count();
            vowels(&rest[..run], at == 0, at + run == letters.len(), key);
            run
        } else if before == Some(rest[0]) {
            1
        } else {
            consonant(rest, at == 0, key)
        };
    }
}

fn is_vowel(c: u8) -> bool {
    matches!(c, b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'w')
}

/// `y`, `w` and French `ou` before a vowel: Yara, Walid, Ouassim.
fn is_consonant_glide(rest: &[u8]) -> bool {
    let plain = |c: Option<&u8>| c.is_some_and(|c| matches!(c, b'a' | b'e' | b'i' | b'o' | b'u'));
    match rest {
        [b'y' | b'w', ..] => plain(rest.get(1)),
        [b'o', b'u', ..] => plain(rest.get(2)),
        _ => false,
    }
}

fn glide(rest: &[u8], key: &mut Readings) -> usize {
    match rest[0] {
        b'y' => {
            key.push(&["y"]);
            1
        }
        b'w' => {
            key.push(&["w"]);
            1
        }
        _ => {
            key.push(&["w", "au"]);
            2
        }
    }
}

/// One run of vowels. Two letters for one sound mean a long one; a single one may be either.
fn vowels(run: &[u8], first: bool, last: bool, key: &mut Readings) {
    if first {
        key.push(&["a"]);
    }
    let mut at = 0;
    while at < run.len() {
        let pair = (run[at], run.get(at + 1).copied().unwrap_or(0));
        let (options, taken): (&[&str], usize) = match pair {
            (b'o', b'u') if first => (&["u", ""], 2),
            (b'o', b'u' | b'o' | b'w') | (b'a', b'u' | b'w') | (b'u', b'u' | b'w') | (b'e', b'w') => (&["u"], 2),
            (b'e', b'e' | b'i' | b'y') | (b'a', b'i' | b'y') | (b'i', b'i' | b'y' | b'e') => (&["i"], 2),
            (b'y', _) => (&["i"], 1),
            (b'i', 0) if last => (&["i"], 1),
            (b'w', _) => (&["u"], 1),
            (b'i', _) => (&["i", ""], 1),
            (b'o' | b'u', _) => (&["u", ""], 1),
            // Alone and inside it may be long (Peter بيتر); at the end it is silent.
            (b'e', _) if run.len() == 1 && !last => (&["", "i"], 1),
            _ => (&[""], 1),
        };
        key.push(options);
        at += taken;
    }
}

/// One consonant, written with one to three letters; how many.
fn consonant(rest: &[u8], first: bool, key: &mut Readings) -> usize {
    let (options, taken): (&[&str], usize) = match rest {
        [b's', b'c', b'h', ..] | [b't', b'c', b'h', ..] => (&["x"], 3),
        [b's', b'h', ..] => (&["x", "sh"], 2),
        [b'c', b'h', ..] => (&["x", "k"], 2),
        [b'k', b'h', ..] => (&["c"], 2),
        [b'g', b'h', ..] => (&["g"], 2),
        [b't', b'h', ..] => (&["t", "s", "th"], 2),
        [b'd', b'h', ..] => (&["d", "z", "dh"], 2),
        [b'p', b'h', ..] => (&["f"], 2),
        [b'z', b'h', ..] => (&["z"], 2),
        [b'd', b'j', ..] => (&["j"], 2),
        [b'c', b'k', ..] => (&["k"], 2),
        [b'c', b'e' | b'i' | b'y', ..] => (&["s", "k"], 1),
        [b'h'] => (&["h", ""], 1),
        [one, ..] => (single(*one, first), 1),
        [] => (&[], 1),
    };
    key.push(options);
    taken
}

fn single(c: u8, first: bool) -> &'static [&'static str] {
    match c {
        b'b' | b'p' => &["b"],
        b'c' | b'k' | b'q' => &["k"],
        b'd' => &["d"],
        b'f' => &["f"],
        b'g' => &["g", "j"],
        b'h' => &["h"],
        b'j' => &["j"],
        b'l' => &["l"],
        b'm' => &["m"],
        b'n' => &["n"],
        b'r' => &["r"],
        b's' => &["s"],
        b't' => &["t"],
        b'v' if first => &["f", "w"],
        b'v' => &["f", "u"],
        b'x' => &["ks"],
        b'z' => &["z"],
        // Digits that stand for Arabic letters where only ASCII could be typed: 3ali, mo7amed.
        b'2' | b'3' if first => &["a"],
        b'5' => &["c"],
        b'6' => &["t"],
        b'7' => &["h"],
        b'8' => &["k"],
        b'9' => &["s"],
        _ => &[],
    }
}

/// Names that people shorten in writing.
fn abbreviation(word: &str) -> Option<&'static str> {
    matches!(word, "mohd" | "muhd" | "mhd").then_some("mhmd")
}
