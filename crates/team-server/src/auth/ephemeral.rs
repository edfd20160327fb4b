//! Passwords for SIP that the digest check can recompute, so that it needs no database: the form of Kamailio's `auth_ephemeral` and coturn.

use base::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use sha1::Sha1;

/// `base64(HMAC-SHA1(secret, user))` with `user` as `EXPIRY_UNIX:EXT`.
pub(crate) fn password(secret: &Secret, user: &str) -> Secret {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret.reveal().as_bytes()).expect("HMAC takes a key of any length");
    mac.update(user.as_bytes());
    Secret::new(STANDARD.encode(mac.finalize().into_bytes()))
}
