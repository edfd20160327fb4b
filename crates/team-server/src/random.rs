//! Chance and wall time of the server.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Random bytes from the operating system.
///
/// # Panics
/// When the system has none: then no token may be made.
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut buffer = [0; N];
    getrandom::fill(&mut buffer).expect("the operating system gives random bytes");
    buffer
}

/// 256 random bits as 43 characters that may stand in a header.
pub(crate) fn token() -> String {
    URL_SAFE_NO_PAD.encode(bytes::<32>())
}

/// UUID version 7 (RFC 9562 §5.7): sorts by time of making.
pub(crate) fn uuid_v7(now_ms: i64) -> String {
    let mut b = bytes::<16>();
    b[..6].copy_from_slice(&now_ms.to_be_bytes()[2..]);
    b[6] = 0x70 | (b[6] & 0x0f);
    b[8] = 0x80 | (b[8] & 0x3f);
    let hex = hex(&b);
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Milliseconds since 1970 UTC.
pub(crate) fn wall_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    #[test]
    fn uuids_sort_by_time() {
        let (early, late) = (super::uuid_v7(1_700_000_000_000), super::uuid_v7(1_700_000_000_001));
        assert!(early < late, "{early} {late}");
        assert_eq!(early.len(), 36);
        assert_eq!(&early[14..15], "7");
    }
}
