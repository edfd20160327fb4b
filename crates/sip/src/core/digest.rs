//! Digest access authentication (RFC 7616, RFC 3261 §22, RFC 8760) over the pinned crate's arithmetic.

use super::message::{HeaderName, Headers};

pub(crate) use sipx_sip::auth::{Algorithm, Challenge, Credentials, respond};

/// Reads all Digest challenges of a 401 or 407, strongest first of each realm. What we do not understand (Basic, unknown
/// algorithms, `auth-int` alone) is left out, as RFC 8760 §2.4 demands.
pub(crate) fn challenges(headers: &Headers) -> Vec<Challenge> {
    let both = [(HeaderName::WwwAuthenticate, false), (HeaderName::ProxyAuthenticate, true)];
    let mut found: Vec<Challenge> = both
        .iter()
        .flat_map(|(name, proxy)| headers.get_all(name).filter_map(|h| challenge(&h.value(), *proxy)))
        .take(MAX_CHALLENGES)
        .collect();
    found.sort_by_key(|c| std::cmp::Reverse(c.algorithm.strength()));
    let mut best: Vec<Challenge> = Vec::new();
    for c in found {
        if !best.iter().any(|b| b.realm == c.realm && b.from_proxy == c.from_proxy) {
            best.push(c);
        }
    }
    best
}

/// More protection spaces than this in one answer is an attack or a mistake.
const MAX_CHALLENGES: usize = 8;

/// Reads one challenge. The pinned parser reads quoted strings byte by byte as Latin-1, which would hash a UTF-8 realm
/// wrongly; every character is put back to its byte and read as UTF-8.
pub(crate) fn challenge(value: &[u8], from_proxy: bool) -> Option<Challenge> {
    let mut challenge = Challenge::parse(value, from_proxy)?;
    challenge.realm = latin1_as_utf8(challenge.realm);
    challenge.nonce = latin1_as_utf8(challenge.nonce);
    challenge.opaque = challenge.opaque.map(latin1_as_utf8);
    Some(challenge)
}

fn latin1_as_utf8(text: String) -> String {
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    bytes.and_then(|b| String::from_utf8(b).ok()).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::header;

    /// RFC 7616 §3.9.1.
    #[test]
    fn the_examples_of_rfc_7616_come_out() {
        for (algorithm, response) in [
            ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
            ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
        ] {
            let text = format!(
                "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm={algorithm}, \
                 nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", \
                 opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""
            );
            let challenge = challenge(text.as_bytes(), false).unwrap();
            let credentials = Credentials::new("Mufasa", "Circle of Life");
            let cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
            let answer = respond(&challenge, &credentials, "GET", "/dir/index.html", 1, cnonce);
            assert!(answer.contains(&format!("response=\"{response}\"")), "{algorithm}: {answer}");
            assert!(answer.contains("opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""));
            assert!(answer.contains("nc=00000001") && answer.contains("qop=auth"));
        }
    }

    /// RFC 2617 §3.5, without and with what RFC 2069 servers leave out.
    #[test]
    fn a_server_without_qop_gets_the_old_formula() {
        let text = br#"Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093""#;
        let challenge = challenge(text, true).unwrap();
        let answer =
            respond(&challenge, &Credentials::new("Mufasa", "Circle Of Life"), "GET", "/dir/index.html", 1, "x");
        assert!(
            answer.contains("response=\"670fd8c2df070c60b045671b8b24ff02\"") && !answer.contains("nc="),
            "{answer}"
        );
    }

    #[test]
    fn the_strongest_of_each_realm_is_kept() {
        let mut headers = Headers::new();
        for (name, value) in [
            (HeaderName::WwwAuthenticate, r#"Digest realm="a", nonce="1", algorithm=MD5, qop="auth""#),
            (HeaderName::WwwAuthenticate, r#"Digest realm="a", nonce="2", algorithm=SHA-256, qop="auth""#),
            (HeaderName::WwwAuthenticate, r#"Basic realm="a""#),
            (HeaderName::ProxyAuthenticate, r#"Digest realm="b", nonce="3", qop="auth""#),
        ] {
            headers.push(header(name, value));
        }
        let nonces: Vec<String> = challenges(&headers).into_iter().map(|c| c.nonce).collect();
        assert_eq!(nonces, ["2", "3"]);
    }
}
