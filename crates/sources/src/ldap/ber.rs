//! BER as LDAP uses it (RFC 4511 §5.1, X.690): lengths are definite. Read in slices, without recursion: whoever reads a message knows how
//! deep it goes.

/// Universal tags.
pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const OCTETS: u8 = 0x04;
pub(super) const ENUMERATED: u8 = 0x0a;
pub(super) const SEQUENCE: u8 = 0x30;

/// This is no BER.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Broken;

/// One element: its tag and what is in it.
pub(super) fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![tag];
    match u8::try_from(content.len()) {
        Ok(short) if short < 0x80 => bytes.push(short),
        _ => {
            let length = content.len().to_be_bytes();
            let length: Vec<u8> = length.into_iter().skip_while(|byte| *byte == 0).collect();
            bytes.push(0x80 | u8::try_from(length.len()).unwrap_or(8));
            bytes.extend(length);
        }
    }
    bytes.extend_from_slice(content);
    bytes
}

/// An integer, an enumeration.
pub(super) fn number(tag: u8, value: u32) -> Vec<u8> {
    let bytes = value.to_be_bytes();
    let mut short: Vec<u8> = bytes.into_iter().skip_while(|byte| *byte == 0).collect();
    // The first bit is the sign.
    if short.first().is_none_or(|byte| byte & 0x80 != 0) {
        short.insert(0, 0);
    }
    element(tag, &short)
}

/// How long the element is with which these bytes begin; `None`: its head is not complete.
pub(super) fn whole_length(bytes: &[u8]) -> Result<Option<usize>, Broken> {
    let Some((tag, rest)) = bytes.split_first() else { return Ok(None) };
    // Tags of several bytes do not occur in LDAP.
    if tag & 0x1f == 0x1f {
        return Err(Broken);
    }
    let Some((first, rest)) = rest.split_first() else { return Ok(None) };
    if *first < 0x80 {
        return Ok(Some(2 + usize::from(*first)));
    }
    let count = usize::from(first & 0x7f);
    // Indefinite lengths are forbidden in LDAP; four bytes are 4 GiB.
    if count == 0 || count > 4 {
        return Err(Broken);
    }
    if rest.len() < count {
        return Ok(None);
    }
    let length = rest[..count].iter().fold(0_u64, |length, byte| length << 8 | u64::from(*byte));
    usize::try_from(length).ok().and_then(|length| length.checked_add(2 + count)).map(Some).ok_or(Broken)
}

/// Elements one after another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Elements<'a>(pub(super) &'a [u8]);

impl<'a> Elements<'a> {
    /// The next: tag and content.
    pub(super) fn next(&mut self) -> Result<(u8, &'a [u8]), Broken> {
        let length = whole_length(self.0)?.filter(|length| *length <= self.0.len()).ok_or(Broken)?;
        let (one, rest) = self.0.split_at(length);
        let head = if one[1] < 0x80 { 2 } else { 2 + usize::from(one[1] & 0x7f) };
        self.0 = rest;
        Ok((one[0], &one[head..]))
    }

    /// The next, if it has this tag; `Broken` if it has another.
    pub(super) fn expect(&mut self, tag: u8) -> Result<&'a [u8], Broken> {
        match self.next()? {
            (found, content) if found == tag => Ok(content),
            _ => Err(Broken),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The value of an integer or enumeration that is not negative and not large.
pub(super) fn value(content: &[u8]) -> Result<u32, Broken> {
    match content {
        [] => Err(Broken),
        [first, ..] if first & 0x80 != 0 => Err(Broken),
        content if content.len() > 5 || (content.len() == 5 && content[0] != 0) => Err(Broken),
        content => Ok(content.iter().fold(0, |value, byte| value << 8 | u32::from(*byte))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for size in [0, 1, 127, 128, 255, 256, 70_000] {
            let bytes = element(OCTETS, &vec![7; size]);
            assert_eq!(whole_length(&bytes), Ok(Some(bytes.len())));
            assert_eq!(Elements(&bytes).expect(OCTETS).map(<[u8]>::len), Ok(size));
        }
        for number_of in [0, 1, 127, 128, 255, 65_536, u32::MAX] {
            let bytes = number(INTEGER, number_of);
            assert_eq!(Elements(&bytes).expect(INTEGER).and_then(value), Ok(number_of));
        }
    }

    #[test]
    fn nonsense_is_broken_and_nothing_is_read_past_the_end() {
        assert_eq!(whole_length(&[0x30]), Ok(None));
        assert_eq!(whole_length(&[0x30, 0x84, 0xff, 0xff]), Ok(None));
        assert_eq!(whole_length(&[0x30, 0x80]), Err(Broken));
        assert_eq!(whole_length(&[0x30, 0x89, 1, 2, 3, 4, 5, 6, 7, 8, 9]), Err(Broken));
        assert_eq!(whole_length(&[0x1f, 0x00]), Err(Broken));
        assert_eq!(Elements(&[0x04, 0x05, 1]).next(), Err(Broken));
        assert_eq!(Elements(&[]).next(), Err(Broken));
        assert_eq!(value(&[0xff]), Err(Broken));
        assert_eq!(value(&[1, 0, 0, 0, 0]), Err(Broken));
    }
}
