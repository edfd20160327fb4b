//! The part of a description that ICE (RFC 8839) and DTLS (RFC 8842) need.

use std::net::IpAddr;

use super::SdpError;
use super::lines::{Section, Text, find};

/// More candidates than any honest peer has; a longer list only multiplies checks (RFC 8445 §6.1.2.5).
const MAX_CANDIDATES: usize = 32;

/// Who opens the DTLS handshake (RFC 8842 §5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setup {
    /// Either: what an offer says.
    ActPass,
    /// The writer opens.
    Active,
    /// The writer waits.
    Passive,
}

impl Setup {
    /// The attribute's value.
    #[must_use]
    pub const fn value(self) -> &'static str {
        match self {
            Setup::ActPass => "actpass",
            Setup::Active => "active",
            Setup::Passive => "passive",
        }
    }

    fn from_value(value: &str) -> Option<Self> {
        [Setup::ActPass, Setup::Active, Setup::Passive].into_iter().find(|s| value.eq_ignore_ascii_case(s.value()))
    }
}

/// One address to try (RFC 8839 §5.1). Component 1, UDP, a literal address: nothing else reaches the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    foundation: String,
    /// Higher is preferred.
    pub priority: u32,
    /// Where.
    pub ip: IpAddr,
    /// Where.
    pub port: u16,
    /// `host`, `srflx`, `prflx` or `relay`.
    pub kind: &'static str,
    related: Option<(IpAddr, u16)>,
}

impl Candidate {
    /// Reads what follows `a=candidate:`. `None` for what we do not use: component 2 (trap T11), TCP, host names
    /// (mDNS `….local` of browsers: they reach us first, and are then known as peer-reflexive), nonsense.
    #[must_use]
    pub fn read(value: &str) -> Option<Self> {
        let mut words = value.split_ascii_whitespace();
        let foundation = words.next().filter(|f| f.len() <= 32 && f.bytes().all(is_ice_char))?;
        if words.next()? != "1" || !words.next()?.eq_ignore_ascii_case("udp") {
            return None;
        }
        let priority = words.next()?.parse().ok()?;
        let ip: IpAddr = words.next()?.parse().ok()?;
        let port = words.next()?.parse().ok().filter(|port| *port != 0)?;
        if ip.is_unspecified() || ip.is_multicast() || words.next()? != "typ" {
            return None;
        }
        let kind = words.next()?;
        let kind = ["host", "srflx", "prflx", "relay"].into_iter().find(|known| *known == kind)?;
        let rest: Vec<&str> = words.take(16).collect();
        let after = |name| rest.iter().position(|word| *word == name).and_then(|at| rest.get(at + 1));
        let related = match (after("raddr"), after("rport")) {
            (Some(raddr), Some(rport)) => raddr.parse().ok().zip(rport.parse().ok()),
            _ => None,
        };
        Some(Candidate { foundation: foundation.to_owned(), priority, ip, port, kind, related })
    }

    /// What follows `a=candidate:`.
    #[must_use]
    pub fn text(&self) -> String {
        let Candidate { foundation, priority, ip, port, kind, related } = self;
        let mut text = format!("{foundation} 1 udp {priority} {ip} {port} typ {kind}");
        if *kind != "host" {
            let any = (if ip.is_ipv4() { [0, 0, 0, 0].into() } else { IpAddr::from([0; 16]) }, 9);
            let (raddr, rport) = related.unwrap_or(any);
            text.push_str(&format!(" raddr {raddr} rport {rport}"));
        }
        text
    }
}

/// Credentials, fingerprint, role and addresses of one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transport {
    /// ICE user name fragment.
    pub ufrag: String,
    /// ICE password.
    pub pwd: String,
    /// SHA-256 of the certificate, upper-case hexadecimal with colons.
    pub fingerprint: String,
    /// DTLS role, if the writer said one that we know.
    pub setup: Option<Setup>,
    /// ICE-lite (RFC 8445 §2.5).
    pub lite: bool,
    /// At most 32, as written.
    pub candidates: Vec<Candidate>,
}

impl Transport {
    /// Attributes of the section win over those of the session.
    pub(super) fn read(text: &Text<'_>, section: &Section<'_>) -> Result<Self, SdpError> {
        let attribute = |name| section.attribute(name).or_else(|| find(&text.session, name));
        // A profile without RTP (or with SDES keys only) has no fingerprint; several fingerprints may name one
        // certificate, and the engine checks SHA-256 only.
        let fingerprint = section
            .attributes("fingerprint")
            .chain(text.session.iter().filter(|(name, _)| *name == "fingerprint").map(|(_, value)| *value))
            .find_map(read_sha256)
            .ok_or(SdpError::NoSecurity)?;
        let credential = |name, least: usize| {
            attribute(name)
                .filter(|value| (least..=256).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_graphic()))
                .map(str::to_owned)
                .ok_or(SdpError::NoIce)
        };
        Ok(Transport {
            ufrag: credential("ice-ufrag", 4)?,
            pwd: credential("ice-pwd", 22)?,
            fingerprint,
            setup: attribute("setup").and_then(Setup::from_value),
            lite: attribute("ice-lite").is_some(),
            candidates: section.attributes("candidate").filter_map(Candidate::read).take(MAX_CANDIDATES).collect(),
        })
    }

    /// The attribute lines that both descriptions for the engine and for the peer need.
    pub(super) fn write(&self, setup: Setup, out: &mut String) {
        let Transport { ufrag, pwd, fingerprint, .. } = self;
        out.push_str(&format!("a=ice-ufrag:{ufrag}\r\na=ice-pwd:{pwd}\r\n"));
        out.push_str(&format!("a=fingerprint:sha-256 {fingerprint}\r\na=setup:{}\r\n", setup.value()));
        for candidate in &self.candidates {
            out.push_str(&format!("a=candidate:{}\r\n", candidate.text()));
        }
    }

    /// Is this the same end, possibly with new addresses? A new password is an ICE restart (RFC 8839 §4.4.1.1.1).
    #[must_use]
    pub fn same_ice(&self, other: &Self) -> bool {
        self.ufrag == other.ufrag && self.pwd == other.pwd
    }
}

fn read_sha256(value: &str) -> Option<String> {
    let (algorithm, hash) = value.split_once(' ')?;
    let hash = hash.trim().to_ascii_uppercase();
    let bytes = hash.split(':').filter(|b| b.len() == 2 && b.bytes().all(|c| c.is_ascii_hexdigit())).count();
    (algorithm.eq_ignore_ascii_case("sha-256") && bytes == 32 && hash.len() == 95).then_some(hash)
}

fn is_ice_char(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/'
}
