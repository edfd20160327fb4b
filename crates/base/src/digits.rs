//! Digits of all scripts (SPEC 4.3 "Digits").

/// The ASCII digit that a digit of any script stands for; `None` for what is no decimal digit.
#[must_use]
pub fn ascii_digit(c: char) -> Option<char> {
    if c.is_ascii() {
        return c.is_ascii_digit().then_some(c);
    }
    let at = c as u32;
    DIGIT_ZEROS.iter().find_map(|zero| at.checked_sub(*zero).filter(|v| *v < 10)).and_then(|v| char::from_digit(v, 10))
}

/// Where the ten digits of each script begin (Unicode category Nd, Basic Multilingual Plane).
const DIGIT_ZEROS: [u32; 36] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
    0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
];
