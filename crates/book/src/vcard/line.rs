//! Logical lines: unfolded, soft breaks of quoted-printable and lines of base64 put together.

/// Reads logical lines out of a file in an encoding that ASCII is part of.
pub(super) struct Lines<'a> {
    rest: &'a [u8],
    whole: usize,
    number: u64,
}

/// One logical line.
pub(super) struct Line {
    /// Where it begins, from 1.
    pub number: u64,
    /// Without line ends and folding.
    pub bytes: Vec<u8>,
}

impl<'a> Lines<'a> {
    /// Goes on where `number` lines and `done` bytes were read.
    pub fn at(bytes: &'a [u8], done: usize, number: u64) -> Self {
        Lines { rest: &bytes[done.min(bytes.len())..], whole: bytes.len(), number }
    }

    /// Bytes and lines read so far.
    pub fn position(&self) -> (usize, u64) {
        (self.whole - self.rest.len(), self.number)
    }

    /// The next line that is not empty. Not longer than `limit`, what is beyond is dropped: a line that long is a picture.
    pub fn next(&mut self, limit: usize) -> Option<Line> {
        let mut first = self.physical()?;
        while first.iter().all(u8::is_ascii_whitespace) {
            first = self.physical()?;
        }
        let number = self.number;
        let mut bytes = first.to_vec();
        let head = bytes.split(|b| *b == b':').next().unwrap_or_default().to_ascii_uppercase();
        let has = |word: &[u8]| head.windows(word.len()).any(|w| w == word);
        if has(b"QUOTED-PRINTABLE") {
            self.soft_breaks(&mut bytes, limit);
        } else {
            let base64 = has(b"BASE64") || has(b"ENCODING=B");
            self.folds(&mut bytes, limit, base64);
        }
        bytes.truncate(limit);
        Some(Line { number, bytes })
    }

    fn soft_breaks(&mut self, bytes: &mut Vec<u8>, limit: usize) {
        while bytes.last() == Some(&b'=') {
            let Some(next) = self.physical() else { break };
            bytes.pop();
            if bytes.len() < limit {
                bytes.extend_from_slice(next);
            } else if next.last() == Some(&b'=') {
                bytes.push(b'=');
            }
        }
    }

    fn folds(&mut self, bytes: &mut Vec<u8>, limit: usize, base64: bool) {
        loop {
            let (line, after) = split(self.rest);
            let folded = line.first().is_some_and(|b| matches!(b, b' ' | b'\t'));
            if self.rest.is_empty() || !(folded || (base64 && is_base64(line))) {
                return;
            }
            self.rest = after;
            self.number += 1;
            if bytes.len() < limit {
                bytes.extend_from_slice(if folded { &line[1..] } else { line });
            }
        }
    }

    fn physical(&mut self) -> Option<&'a [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        let (line, after) = split(self.rest);
        self.rest = after;
        self.number += 1;
        Some(line)
    }
}

/// Up to the line end (CRLF, LF, or CR of old systems), and what follows it.
fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    match bytes.iter().position(|b| matches!(b, b'\n' | b'\r')) {
        None => (bytes, &[]),
        Some(at) => {
            let end = at + 1 + usize::from(bytes[at..].starts_with(b"\r\n"));
            (&bytes[..at], &bytes[end..])
        }
    }
}

/// Old programs do not indent the lines of a picture.
fn is_base64(line: &[u8]) -> bool {
    line.len() >= 4 && line.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
}
