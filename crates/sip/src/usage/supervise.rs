//! The leave to supervise a call: signed by the team server, carried in a header of ours to the agent's phone, judged there without
//! asking anybody (decision 25).
//!
//! `1;ID;UNTIL_MS;MODE;SHOWN;BY;OF;CALL-ID;MAC`, where the texts are percent-encoded and the MAC is HMAC-SHA-256 in hexadecimal over
//! everything before it. The key is the agent's own ([`supervise_key`]), so a phone can judge what is for it, and forge nothing for others.

use base::{Secret, SuperviseMode, WallMs};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::queued::{named, percent_decoded, percent_encoded};
use crate::core::{Header, Headers, header, text};

/// In INVITE and INFO to the agent.
const SUPERVISE: &str = "X-Rannan-Supervise";
/// The longest that is read.
const MAX_LENGTH: usize = 1024;

/// What is allowed to whom, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuperviseToken {
    /// Its name; used once.
    pub id: String,
    /// When it is void, by the server's clock.
    pub until: WallMs,
    /// How.
    pub mode: SuperviseMode,
    /// The agent may know of it.
    pub shown: bool,
    /// Extension of the supervisor.
    pub by: String,
    /// Extension of the agent.
    pub of: String,
    /// Call-ID of the agent's call.
    pub call: String,
}

/// The key with which tokens for this agent are signed and judged.
#[must_use]
pub fn supervise_key(secret: &Secret, extension: &str) -> Secret {
    Secret::new(hex(&mac(secret, &format!("supervise\0{extension}")).finalize().into_bytes()))
}

impl SuperviseToken {
    /// As it stands in the header.
    #[must_use]
    pub fn sign(&self, key: &Secret) -> String {
        let text = self.text();
        let mac = hex(&mac(key, &text).finalize().into_bytes());
        format!("{text};{mac}")
    }

    /// Reads one that this key has signed; `None` for anything else. Whether it is still good is not judged.
    #[must_use]
    pub fn read(signed: &str, key: &Secret) -> Option<Self> {
        if signed.len() > MAX_LENGTH {
            return None;
        }
        let (text, sum) = signed.rsplit_once(';')?;
        mac(key, text).verify_slice(&bytes(sum)?).ok()?;
        let mut parts = text.split(';');
        (parts.next()? == "1").then_some(())?;
        let id = percent_decoded(parts.next()?)?;
        let until = WallMs(parts.next()?.parse().ok()?);
        let mode = SuperviseMode::from_code(parts.next()?)?;
        let shown = parts.next()? == "1";
        let [by, of, call] = [parts.next()?, parts.next()?, parts.next()?].map(percent_decoded);
        Some(SuperviseToken { id, until, mode, shown, by: by?, of: of?, call: call? })
    }

    fn text(&self) -> String {
        let [id, by, of, call] = [&self.id, &self.by, &self.of, &self.call].map(|text| percent_encoded(text));
        let shown = u8::from(self.shown);
        format!("1;{id};{};{};{shown};{by};{of};{call}", self.until.0, self.mode.code())
    }
}

/// The row with a token.
pub(crate) fn supervise_header(token: &str) -> Header {
    header(named(SUPERVISE), token.to_owned())
}

/// The token that came, whatever it is worth.
pub(crate) fn supervise_of(headers: &Headers) -> Option<String> {
    text(headers, &named(SUPERVISE)).map(|token| token.trim().to_owned()).filter(|token| token.len() <= MAX_LENGTH)
}

/// Whether such a row is there at all.
pub(crate) fn supervises(headers: &Headers) -> bool {
    headers.get(&named(SUPERVISE)).is_some()
}

/// Takes it off where it means nothing.
pub(crate) fn strip_supervise(headers: &mut Headers) {
    headers.remove_all(&named(SUPERVISE));
}

fn mac(key: &Secret, text: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.reveal().as_bytes()).expect("HMAC takes keys of any length");
    mac.update(text.as_bytes());
    mac
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|it| u8::try_from(it).ok());
    let pairs = hex.as_bytes().chunks(2);
    pairs.map(|pair| Some(digit(*pair.first()?)? * 16 + digit(*pair.get(1)?)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token() -> SuperviseToken {
        SuperviseToken {
            id: "t1".into(),
            until: WallMs(1_764_000_000_000),
            mode: SuperviseMode::Whisper,
            shown: false,
            by: "201".into(),
            of: "101".into(),
            call: "a;b\"c@host نور".into(),
        }
    }

    #[test]
    fn what_is_signed_is_read_with_the_agents_key_alone_rg_09() {
        let secret = Secret::new("server");
        let (key, other) = (supervise_key(&secret, "101"), supervise_key(&secret, "102"));
        let signed = token().sign(&key);
        assert!(signed.is_ascii() && !signed.contains('\n') && signed.len() < 256, "{signed}");
        assert_eq!(SuperviseToken::read(&signed, &key), Some(token()));
        assert_eq!(SuperviseToken::read(&signed, &other), None, "another agent's key");
        assert_eq!(SuperviseToken::read(&signed, &secret), None, "the server's own");
    }

    #[test]
    fn whatever_is_changed_makes_it_worthless_rg_09() {
        let key = supervise_key(&Secret::new("server"), "101");
        let signed = token().sign(&key);
        for at in 0..signed.len() {
            let mut changed = signed.clone().into_bytes();
            changed[at] = if changed[at] == b'1' { b'2' } else { b'1' };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(SuperviseToken::read(&changed, &key), None, "{changed}");
        }
        let barge = SuperviseToken { mode: SuperviseMode::Barge, ..token() };
        let sum = signed.rsplit_once(';').unwrap().1;
        for forged in [format!("{};{sum}", barge.text()), String::new(), ";".repeat(50), "x".repeat(2000), "1;;".into()]
        {
            assert_eq!(SuperviseToken::read(&forged, &key), None, "{forged}");
        }
    }
}
