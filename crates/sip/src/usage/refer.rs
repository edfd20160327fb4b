//! Sending a party elsewhere (RFC 3515) and taking the place of a dialog (RFC 3891): what stands in the headers, read and
//! written. Only addresses and dialogs come out of it; other headers that a Refer-To would like to see in the INVITE are
//! dropped, so that nobody dictates our requests.

use crate::core::{HeaderName, Headers, Request, TransactionId, text};

/// A REFER of ours that is not over (RFC 3515 §2.4). One at a time in a dialog.
///
/// ```text
///   refer ─▶ Sent ──2xx──▶ Accepted ──NOTIFY terminated──▶ gone
///              └─refusal, silence, lost flow──▶ gone
/// ```
pub(crate) struct Referring {
    /// Number of the REFER: the id of the subscription (§2.4.6).
    pub(crate) cseq: u32,
    pub(crate) accepted: bool,
}

/// A REFER of theirs that we work on.
pub(crate) enum Referred {
    /// The phone has not decided yet.
    Asked { tx: TransactionId, request: Box<Request> },
    /// We said 202 and report until the end; `quiet`: they do not want to hear (RFC 4488).
    Accepted { cseq: u32, quiet: bool },
}

/// Where a REFER sends us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReferTo {
    /// `sip:user@host` or `tel:…`, without parameters and headers.
    pub(crate) address: String,
    /// The value of Replaces for the INVITE.
    pub(crate) replaces: Option<String>,
}

/// The dialog that an INVITE wants to take the place of, as its receiver reads it (RFC 3891 §6.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Replaces {
    pub(crate) call_id: String,
    /// Our tag, seen from who receives the INVITE.
    pub(crate) to_tag: String,
    /// The other side's tag.
    pub(crate) from_tag: String,
    pub(crate) early_only: bool,
}

/// More than that no honest Refer-To or Replaces needs.
const MAX_LENGTH: usize = 1024;

impl Replaces {
    /// Reads a header value; `None` when a part is missing or there twice.
    pub(crate) fn parse(value: &str) -> Option<Self> {
        if value.len() > MAX_LENGTH {
            return None;
        }
        let mut parts = value.split(';').map(str::trim);
        let call_id = parts.next().filter(|id| !id.is_empty() && !id.contains([',', ' ']))?;
        let (mut to_tag, mut from_tag, mut early_only) = (None, None, false);
        for part in parts {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let place = match name.trim().to_ascii_lowercase().as_str() {
                "to-tag" => &mut to_tag,
                "from-tag" => &mut from_tag,
                "early-only" => {
                    early_only = true;
                    continue;
                }
                _ => continue,
            };
            if place.replace(value.trim().to_owned()).is_some() {
                return None;
            }
        }
        let tags = (to_tag?, from_tag?);
        Some(Replaces { call_id: call_id.to_owned(), to_tag: tags.0, from_tag: tags.1, early_only })
    }

    /// As a header value.
    pub(crate) fn value(&self) -> String {
        let early = if self.early_only { ";early-only" } else { "" };
        format!("{};to-tag={};from-tag={}{early}", self.call_id, self.to_tag, self.from_tag)
    }

    /// The one Replaces of an INVITE; `Err`: there are several, or it cannot be read (400).
    pub(crate) fn of(headers: &Headers) -> Result<Option<Self>, u16> {
        match headers.count(&HeaderName::Replaces) {
            0 => Ok(None),
            1 => {
                let value = text(headers, &HeaderName::Replaces).unwrap_or_default();
                Replaces::parse(&value).map(Some).ok_or(400)
            }
            _ => Err(400),
        }
    }
}

impl ReferTo {
    /// Reads the one Refer-To of a REFER; `Err`: the status code that says what is wrong with it.
    pub(crate) fn of(headers: &Headers) -> Result<Self, u16> {
        if headers.count(&HeaderName::ReferTo) != 1 {
            return Err(400);
        }
        let value = text(headers, &HeaderName::ReferTo).filter(|value| value.len() <= MAX_LENGTH).ok_or(400u16)?;
        let uri = match value.split_once('<') {
            Some((_, rest)) => rest.split_once('>').ok_or(400u16)?.0,
            None => value.split(';').next().unwrap_or_default(),
        };
        let (bare, extra) = uri.trim().split_once('?').unwrap_or((uri.trim(), ""));
        let (scheme, _) = bare.split_once(':').ok_or(400u16)?;
        let is_sip = scheme.eq_ignore_ascii_case("sip") || scheme.eq_ignore_ascii_case("sips");
        if !is_sip && !scheme.eq_ignore_ascii_case("tel") {
            return Err(416);
        }
        // Parameters begin after the host; a user part may hold semicolons of its own.
        let host_at = bare.find('@').unwrap_or(0);
        let params_at = bare[host_at..].find(';').map_or(bare.len(), |at| host_at + at);
        let (address, params) = bare.split_at(params_at);
        let method =
            params.split(';').filter_map(|p| p.split_once('=')).find(|(n, _)| n.eq_ignore_ascii_case("method"));
        if method.is_some_and(|(_, method)| !method.eq_ignore_ascii_case("INVITE")) {
            return Err(501);
        }
        let mut asked = extra.split('&').filter_map(|pair| pair.split_once('='));
        let replaces = match asked.find(|(name, _)| name.eq_ignore_ascii_case("replaces")) {
            Some((_, value)) => Some(unescape(value).as_deref().and_then(Replaces::parse).ok_or(400u16)?.value()),
            None => None,
        };
        Ok(ReferTo { address: address.to_owned(), replaces })
    }

    /// The header value that sends somebody to `address`, into the place of `replaces`.
    pub(crate) fn value(address: &str, replaces: Option<&Replaces>) -> String {
        let extra = replaces.map(|replaces| format!("?Replaces={}", escape(&replaces.value()))).unwrap_or_default();
        format!("<{address}{extra}>")
    }
}

/// The status code in a `message/sipfrag` (RFC 3420), as a NOTIFY about a REFER carries it.
pub(crate) fn sipfrag_code(body: &[u8]) -> Option<u16> {
    let line = body.split(|&b| b == b'\r' || b == b'\n').next()?;
    let rest = line.strip_prefix(b"SIP/2.0 ")?;
    let code = std::str::from_utf8(rest.get(..3)?).ok()?.parse().ok()?;
    (100..700).contains(&code).then_some(code)
}

/// `%` and two digits for whatever may not stand in the header part of a URI (RFC 3261 §25.1 `hvalue`).
fn escape(value: &str) -> String {
    let mut out = String::new();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn unescape(value: &str) -> Option<String> {
    let mut out = Vec::new();
    let mut bytes = value.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let (high, low) = (char::from(bytes.next()?).to_digit(16)?, char::from(bytes.next()?).to_digit(16)?);
        let byte = u8::try_from(high * 16 + low).ok()?;
        if byte.is_ascii_control() {
            return None;
        }
        out.push(byte);
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::header;

    fn read(value: &str) -> Result<ReferTo, u16> {
        let mut headers = Headers::new();
        headers.push(header(HeaderName::ReferTo, value.to_owned()));
        ReferTo::of(&headers)
    }

    fn to(address: &str, replaces: Option<&str>) -> Result<ReferTo, u16> {
        Ok(ReferTo { address: address.to_owned(), replaces: replaces.map(str::to_owned) })
    }

    #[test]
    fn refer_to_by_table() {
        for (value, expected) in [
            ("<sip:102@pbx.test>", to("sip:102@pbx.test", None)),
            ("sip:102@pbx.test;x=1", to("sip:102@pbx.test", None)),
            ("\"Rana\" <sip:102@pbx.test;transport=ws>;y", to("sip:102@pbx.test", None)),
            ("<sip:1;a@pbx.test;user=phone>", to("sip:1;a@pbx.test", None)),
            ("<tel:+966501234567>", to("tel:+966501234567", None)),
            (
                "<sip:102@pbx.test?Replaces=a%40b%3Bto-tag%3D1%3Bfrom-tag%3D2>",
                to("sip:102@pbx.test", Some("a@b;to-tag=1;from-tag=2")),
            ),
            (
                "<sip:102@pbx.test?Subject=x&replaces=c%3Bfrom-tag%3D2%3Bto-tag%3D1%3Bearly-only>",
                to("sip:102@pbx.test", Some("c;to-tag=1;from-tag=2;early-only")),
            ),
            ("<sip:102@pbx.test;method=INVITE>", to("sip:102@pbx.test", None)),
            ("<sip:102@pbx.test;method=BYE>", Err(501)),
            ("<http://pbx.test/>", Err(416)),
            ("<sip:102@pbx.test?Replaces=c>", Err(400)),
            ("<sip:102@pbx.test?Replaces=c%0D%0AVia:x%3Bto-tag%3D1%3Bfrom-tag%3D2>", Err(400)),
            ("<sip:102@pbx.test?Replaces=%4>", Err(400)),
            ("<sip:102", Err(400)),
            ("", Err(400)),
        ] {
            assert_eq!(read(value), expected, "{value}");
        }
    }

    #[test]
    fn replaces_is_written_as_it_is_read() {
        let replaces = Replaces::parse("a;from-tag=2;to-tag=1;x=y").expect("complete");
        assert_eq!(replaces.value(), "a;to-tag=1;from-tag=2");
        let value = ReferTo::value("sip:102@pbx.test", Some(&replaces));
        assert_eq!(read(&value), to("sip:102@pbx.test", Some("a;to-tag=1;from-tag=2")));
        for bad in ["", "a", "a;to-tag=1", "a;to-tag=1;to-tag=2;from-tag=3", "a,b;to-tag=1;from-tag=2"] {
            assert_eq!(Replaces::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn progress_is_the_first_line() {
        for (body, code) in [
            ("SIP/2.0 180 Ringing\r\n", Some(180)),
            ("SIP/2.0 200 OK", Some(200)),
            ("SIP/2.0 999 No\r\n", None),
            ("INVITE sip:a SIP/2.0", None),
            ("", None),
        ] {
            assert_eq!(sipfrag_code(body.as_bytes()), code, "{body}");
        }
    }
}
