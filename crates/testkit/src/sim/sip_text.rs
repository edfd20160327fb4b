//! Just enough of SIP to write a peer by hand.

use std::fmt::Write as _;

/// A message taken apart into lines. For tests: no folding, no compact names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SipText {
    /// Request or status line.
    pub start: String,
    /// Header fields in order.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: String,
}

impl SipText {
    /// Reads what a peer sent.
    ///
    /// # Panics
    /// When it is no text: our own code does not send such.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Self {
        let text = std::str::from_utf8(bytes).expect("our messages are UTF-8");
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
        let mut lines = head.split("\r\n");
        let start = lines.next().unwrap_or_default().to_owned();
        let headers = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
            .collect();
        SipText { start, headers, body: body.to_owned() }
    }

    /// The method of a request, or of the request that this answers.
    #[must_use]
    pub fn method(&self) -> &str {
        match self.code() {
            Some(_) => self.header("CSeq").split(' ').nth(1).unwrap_or_default(),
            None => self.start.split(' ').next().unwrap_or_default(),
        }
    }

    /// The status code; `None` for a request.
    #[must_use]
    pub fn code(&self) -> Option<u16> {
        self.start.strip_prefix("SIP/2.0 ")?.get(..3)?.parse().ok()
    }

    /// First header field of this name, or nothing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }

    /// All header fields of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// A response to this request. `tag` is put into To if it has none.
    #[must_use]
    pub fn respond(&self, code: u16, tag: &str, contact: &str, extra: &str, sdp: Option<&str>) -> String {
        let mut out = format!("SIP/2.0 {code} Said by hand\r\n");
        for name in ["Via", "Record-Route", "From"] {
            self.all(name).for_each(|value| _ = write!(out, "{name}: {value}\r\n"));
        }
        let to = self.header("To");
        let tag = if to.contains(";tag=") { String::new() } else { format!(";tag={tag}") };
        _ = write!(out, "To: {to}{tag}\r\nCall-ID: {}\r\nCSeq: {}\r\n", self.header("Call-ID"), self.header("CSeq"));
        _ = write!(out, "Contact: {contact}\r\n{extra}");
        out + &body(sdp)
    }
}

/// The end of a message: content headers, empty line, body.
#[must_use]
pub(super) fn body(sdp: Option<&str>) -> String {
    match sdp {
        Some(sdp) => format!("Content-Type: application/sdp\r\nContent-Length: {}\r\n\r\n{sdp}", sdp.len()),
        None => "Content-Length: 0\r\n\r\n".to_owned(),
    }
}
