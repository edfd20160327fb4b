//! Who is calling, as it may be shown.

use base::Aor;

use crate::core::{From, HeaderName, Headers, header, lossy};
use crate::ua::Caller;

/// Reads From. `home` is our own domain: numbers there are shown bare.
pub(crate) fn caller(headers: &Headers, home: &str) -> Caller {
    let Some(Ok(from)) = headers.typed::<From>() else { return Caller::default() };
    let display_name = presentable(&from.display_name.as_deref().map(lossy).unwrap_or_default());
    if let Some(tel) = from.uri.tel_parts() {
        return Caller { number: presentable(&lossy(tel.subscriber())), display_name, aor: None };
    }
    let host = from.uri.host().map(|h| lossy(&h.to_bytes())).unwrap_or_default().to_ascii_lowercase();
    let user = from.uri.decoded_user().map(|u| lossy(&u)).unwrap_or_default();
    let number = match (user.is_empty(), host.eq_ignore_ascii_case(home)) {
        (true, _) => host.clone(),
        (false, true) => user,
        (false, false) => format!("{user}@{host}"),
    };
    let escaped = from.uri.user().map(lossy).unwrap_or_default();
    Caller { number: presentable(&number), display_name, aor: Aor::new(&escaped, &host).ok() }
}

/// Reads another header of the same shape, as Referred-By.
pub(crate) fn caller_in(value: &str, home: &str) -> Caller {
    let mut headers = Headers::new();
    headers.push(header(HeaderName::From, value.to_owned()));
    caller(&headers, home)
}

/// At most 128 characters, none of which controls the terminal or turns the direction of text around (a spoofing trick).
fn presentable(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}');
    let kept: String = text.chars().filter(|&c| !c.is_control() && !turns(c)).take(128).collect();
    kept.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &'static str, number: &str, name: &str) {
        let mut headers = Headers::new();
        headers.push(header(HeaderName::From, from));
        let caller = caller(&headers, "rannan.local");
        assert_eq!((caller.number.as_str(), caller.display_name.as_str()), (number, name), "{from}");
    }

    #[test]
    fn caller_is_what_a_person_reads() {
        check("\"Noor نور (VIP)\" <sip:101@Rannan.Local>;tag=1", "101", "Noor نور (VIP)");
        check("<sip:%2B966501234567@rannan.local>;tag=1", "+966501234567", "");
        check("<sip:alice@elsewhere.example>;tag=1", "alice@elsewhere.example", "");
        check("<tel:+966501234567>;tag=1", "+966501234567", "");
        check("Anonymous <sip:anonymous@anonymous.invalid>;tag=1", "anonymous@anonymous.invalid", "Anonymous");
        check("\"a\u{202E}b\u{2066}\tc\" <sip:1@rannan.local>;tag=1", "1", "abc");
    }

    #[test]
    fn long_names_are_cut() {
        let long = format!("\"{}\" <sip:1@rannan.local>;tag=1", "ش".repeat(1000));
        let mut headers = Headers::new();
        headers.push(header(HeaderName::From, long));
        assert_eq!(caller(&headers, "rannan.local").display_name.chars().count(), 128);
    }
}
