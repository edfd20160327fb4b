//! Credentials that need no table: the user name carries the time of expiry, the password is its HMAC.
//!
//! The form is that of coturn's `use-auth-secret` and Kamailio's `auth_ephemeral`, so the same credentials work there:
//! user `EXPIRY_UNIX:EXTENSION`, password `base64(HMAC-SHA1(secret, user))`.

use base::{Secret, WallMs};
use base64::Engine as _;
use hmac::{Hmac, Mac};
use sha1::Sha1;

/// The password that belongs to an ephemeral `user` (`EXPIRY_UNIX:EXTENSION`).
#[must_use]
pub fn ephemeral_password(secret: &Secret, user: &str) -> Secret {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret.reveal().as_bytes()).expect("HMAC takes keys of any length");
    mac.update(user.as_bytes());
    Secret::new(base64::engine::general_purpose::STANDARD.encode(mac.finalize().into_bytes()))
}

/// Takes an ephemeral user name apart: when it ends, and whose it is.
pub(super) fn read_user(user: &str) -> Option<(WallMs, &str)> {
    let (expiry, extension) = user.split_once(':')?;
    if extension.is_empty() || expiry.is_empty() || !expiry.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let seconds: i64 = expiry.parse().ok()?;
    Some((WallMs(seconds.checked_mul(1000)?), extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `printf 1700000000:101 | openssl dgst -sha1 -hmac s3cret -binary | base64`
    #[test]
    fn password_is_what_coturn_and_kamailio_compute() {
        let password = ephemeral_password(&Secret::new("s3cret"), "1700000000:101");
        assert_eq!(password.reveal(), "+Uy/FxuCBhdVEN+9+3ShXWHDkPk=");
    }

    #[test]
    fn user_names_of_other_shapes_are_refused() {
        assert_eq!(read_user("1700000000:101"), Some((WallMs(1_700_000_000_000), "101")));
        for bad in ["101", ":101", "12:", "-5:101", "+5:101", "99999999999999999999:1", "9223372036854775807:1"] {
            assert_eq!(read_user(bad), None, "{bad}");
        }
    }
}
