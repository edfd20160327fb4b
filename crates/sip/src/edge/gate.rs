//! The digest check (RFC 7616, RFC 8760; RFC 3261 §22) against ephemeral credentials.
//!
//! Each challenge offers SHA-256 first, as RFC 8760 §2.4 wants the preferred one, and MD5 last, with the same nonce: JsSIP
//! reads only the last row and knows only MD5. The passwords are 160-bit MACs, so MD5 costs no safety here.

use base::{Chance, Now, Secret, WallMs};
use subtle::ConstantTimeEq;

use super::ephemeral::{ephemeral_password, read_user};
use super::nonce::{NonceUse, Nonces};
use crate::core::digest::{Algorithm, Challenge, Credentials, respond};
use crate::core::{HeaderName, Headers, Request, lossy};

/// Judges credentials and issues challenges.
pub(super) struct Gate {
    realm: String,
    secret: Secret,
    nonces: Nonces,
}

/// What credentials are worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Check {
    /// They prove to be this user until then.
    Valid { user: String, until: WallMs },
    /// Right, but the nonce is old or was used.
    Stale,
    /// Wrong or expired. The claimed user, for the log.
    Wrong { claimed: String },
}

/// The parameters of an `Authorization` or `Proxy-Authorization`, unquoted.
pub(super) struct Presented(Vec<(String, String)>);

impl Gate {
    pub(super) fn new(realm: &str, secret: Secret, nonce_lifetime: std::time::Duration, chance: Chance) -> Self {
        Gate { realm: realm.to_owned(), secret, nonces: Nonces::new(nonce_lifetime, chance) }
    }

    /// The values of two challenge headers, in this order.
    pub(super) fn challenges(&mut self, now: Now, stale: bool) -> [String; 2] {
        let nonce = self.nonces.make(now);
        let realm = self.realm.replace('\\', r"\\").replace('"', "\\\"");
        let stale = if stale { ", stale=true" } else { "" };
        ["SHA-256", "MD5"].map(|algorithm| {
            format!(r#"Digest realm="{realm}", nonce="{nonce}", algorithm={algorithm}, qop="auth"{stale}"#)
        })
    }

    /// The credentials for our realm in a request, if there are any.
    pub(super) fn presented(&self, headers: &Headers) -> Option<Presented> {
        [HeaderName::ProxyAuthorization, HeaderName::Authorization]
            .iter()
            .flat_map(|name| headers.get_all(name))
            .take(8)
            .filter_map(|h| Presented::parse(&lossy(&h.value())))
            .find(|p| p.get("realm") == Some(self.realm.as_str()))
    }

    /// Judges credentials that came with a request.
    pub(super) fn check(&mut self, now: Now, wall: WallMs, presented: &Presented, request: &Request) -> Check {
        let name = presented.get("username").unwrap_or_default();
        let Some((until, user)) = read_user(name) else { return Check::Wrong { claimed: name.to_owned() } };
        let wrong = Check::Wrong { claimed: user.to_owned() };
        let Some(answer) = Answer::of(presented) else { return wrong };
        let expected = answer.expected(&self.realm, &ephemeral_password(&self.secret, name), request);
        let same: bool = expected.as_bytes().ct_eq(answer.response.as_bytes()).into();
        if !same || !covers(request, answer.uri) || until <= wall {
            return wrong;
        }
        match self.nonces.spend(now, answer.nonce, answer.nc) {
            NonceUse::Fresh => Check::Valid { user: user.to_owned(), until },
            // A nonce from before a restart of the server is not ours any more, but the password was right.
            NonceUse::Stale | NonceUse::Foreign => Check::Stale,
        }
    }
}

struct Answer<'a> {
    username: &'a str,
    nonce: &'a str,
    uri: &'a str,
    cnonce: &'a str,
    response: &'a str,
    nc: u32,
    algorithm: Algorithm,
}

impl<'a> Answer<'a> {
    /// `qop=auth` was asked for, so an answer without it (the formula of RFC 2069) is none.
    fn of(p: &'a Presented) -> Option<Self> {
        let algorithm = match p.get("algorithm") {
            None => Algorithm::Md5,
            Some(name) => Algorithm::parse(name).filter(|a| matches!(a, Algorithm::Md5 | Algorithm::Sha256))?,
        };
        p.get("qop").filter(|qop| qop.eq_ignore_ascii_case("auth"))?;
        Some(Answer {
            username: p.get("username")?,
            nonce: p.get("nonce")?,
            uri: p.get("uri")?,
            cnonce: p.get("cnonce")?,
            response: p.get("response")?,
            nc: u32::from_str_radix(p.get("nc")?, 16).ok()?,
            algorithm,
        })
    }

    /// What `response` should be: computed by the very code with which our phone answers.
    fn expected(&self, realm: &str, password: &Secret, request: &Request) -> String {
        let challenge = Challenge {
            realm: realm.to_owned(),
            nonce: self.nonce.to_owned(),
            opaque: None,
            algorithm: self.algorithm,
            qop_auth: true,
            stale: false,
            from_proxy: false,
        };
        let credentials = Credentials::new(self.username, password.reveal());
        let header = respond(&challenge, &credentials, &request.method.to_string(), self.uri, self.nc, self.cnonce);
        let ours = Presented::parse(&header);
        ours.and_then(|p| p.get("response").map(str::to_owned)).unwrap_or_default()
    }
}

/// RFC 7616 §3.4.6: the digest must cover the resource that is asked for.
fn covers(request: &Request, digest_uri: &str) -> bool {
    request.uri.to_bytes().as_ref() == digest_uri.as_bytes()
        || crate::core::uri(digest_uri).is_some_and(|uri| uri.equivalent(&request.uri))
}

impl Presented {
    fn parse(value: &str) -> Option<Self> {
        let (scheme, mut rest) = value.trim().split_once([' ', '\t'])?;
        if !scheme.eq_ignore_ascii_case("Digest") {
            return None;
        }
        let mut found = Vec::new();
        loop {
            rest = rest.trim_start_matches([' ', '\t', ',']);
            if rest.is_empty() || found.len() > 32 {
                return Some(Presented(found));
            }
            let (name, after) = rest.split_once('=')?;
            let (text, next) = word(after.trim_start())?;
            found.push((name.trim().to_ascii_lowercase(), text));
            rest = next;
        }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// Takes a token or a quoted string off the front.
fn word(input: &str) -> Option<(String, &str)> {
    let Some(quoted) = input.strip_prefix('"') else {
        let end = input.find(',').unwrap_or(input.len());
        let (token, rest) = input.split_at_checked(end)?;
        return Some((token.trim().to_owned(), rest));
    };
    let mut text = String::new();
    let mut chars = quoted.char_indices();
    loop {
        match chars.next()? {
            (_, '\\') => text.push(chars.next()?.1),
            (at, '"') => return Some((text, quoted.get(at + 1..)?)),
            (_, c) => text.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_quotes_escapes_and_tokens() {
        let p = Presented::parse(r#"Digest username="a\"b,c", realm = "x" , nc=00000001,qop=auth"#).expect("parses");
        assert_eq!(p.get("username"), Some("a\"b,c"));
        assert_eq!(p.get("realm"), Some("x"));
        assert_eq!(p.get("nc"), Some("00000001"));
        assert_eq!(p.get("qop"), Some("auth"));
    }

    #[test]
    fn broken_credentials_are_none() {
        for bad in ["", "Basic abc", "Digest username=\"open", "Digest x", "Digest a=\"b\\"] {
            assert!(Presented::parse(bad).is_none(), "{bad}");
        }
    }
}
