//! A description cut into lines and sections; nothing is judged here.

use super::{MAX_BYTES, SdpError};

const MAX_SECTIONS: usize = 32;
const MAX_LINES: usize = 2000;

/// A cut description. Attributes are `(name, value)`; other lines are `("c=", value)`.
#[derive(Debug)]
pub(super) struct Text<'a> {
    pub session: Vec<(&'a str, &'a str)>,
    pub sections: Vec<Section<'a>>,
}

/// One `m=` line and what follows it.
#[derive(Debug)]
pub(super) struct Section<'a> {
    pub media: &'a str,
    pub port: u16,
    pub proto: &'a str,
    pub formats: Vec<&'a str>,
    pub lines: Vec<(&'a str, &'a str)>,
}

impl<'a> Text<'a> {
    pub fn read(sdp: &'a str) -> Result<Self, SdpError> {
        if sdp.len() > MAX_BYTES {
            return Err(SdpError::TooLarge);
        }
        let mut lines = sdp.split(['\r', '\n']).filter(|line| !line.is_empty()).take(MAX_LINES);
        if lines.next().map(str::trim_end) != Some("v=0") {
            return Err(SdpError::NotSdp);
        }
        let mut text = Text { session: Vec::new(), sections: Vec::new() };
        for line in lines {
            let Some((kind, value)) = line.split_at_checked(2).filter(|(kind, _)| kind.ends_with('=')) else {
                continue;
            };
            if kind == "m=" {
                if text.sections.len() == MAX_SECTIONS {
                    return Err(SdpError::TooLarge);
                }
                text.sections.push(Section::read(value).ok_or(SdpError::NotSdp)?);
                continue;
            }
            let entry = if kind == "a=" { value.split_once(':').unwrap_or((value, "")) } else { (kind, value) };
            let entry = (entry.0.trim(), entry.1.trim());
            match text.sections.last_mut() {
                Some(section) => section.lines.push(entry),
                None => text.session.push(entry),
            }
        }
        Ok(text)
    }
}

impl<'a> Section<'a> {
    /// `<media> <port>[/<count>] <proto> <fmt> …` (RFC 8866 §5.14).
    fn read(value: &'a str) -> Option<Self> {
        let mut words = value.split_ascii_whitespace();
        let media = words.next()?;
        let port = words.next()?;
        let port = port.split_once('/').map_or(port, |(port, _)| port).parse().ok()?;
        let proto = words.next()?;
        Some(Section { media, port, proto, formats: words.take(64).collect(), lines: Vec::new() })
    }

    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        find(&self.lines, name)
    }

    pub fn attributes(&self, name: &'static str) -> impl Iterator<Item = &'a str> {
        self.lines.iter().filter(move |(n, _)| *n == name).map(|(_, value)| *value)
    }
}

pub(super) fn find<'a>(lines: &[(&'a str, &'a str)], name: &str) -> Option<&'a str> {
    lines.iter().find(|(n, _)| *n == name).map(|(_, value)| *value)
}
