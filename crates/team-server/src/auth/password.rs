//! Passwords: argon2id with 19 MiB and two passes (RFC 9106, OWASP), about 30 ms, on the blocking pool.

use std::sync::Arc;
use std::time::Duration;

use argon2::Argon2;
use argon2::password_hash::rand_core::OsRng;
use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use base::Secret;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// In the database: no password fits. Ready-made agents have it.
pub(crate) const NO_PASSWORD: &str = "!";
/// Verified when the user is unknown, so that both answers take the same time. Nobody knows a password for this hash.
const DUMMY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
/// Hashes at the same time: more would only take memory and time from calls.
const PARALLEL: usize = 2;
/// How long a sign-in waits for its turn.
const WAIT: Duration = Duration::from_secs(5);

/// The hashing room.
pub(crate) struct Passwords {
    places: Arc<Semaphore>,
}

/// The queue in front of the hashing room did not move.
#[derive(Debug)]
pub(crate) struct Crowded;

impl Passwords {
    pub(crate) fn new() -> Self {
        Passwords { places: Arc::new(Semaphore::new(PARALLEL)) }
    }

    /// Does `password` fit? `stored` is the PHC string, or `None` for an unknown user.
    pub(crate) async fn verify(&self, stored: Option<String>, password: Secret) -> Result<bool, Crowded> {
        let place = tokio::time::timeout(WAIT, self.places.clone().acquire_owned()).await;
        let Ok(Ok(place)) = place else { return Err(Crowded) };
        let real = stored.filter(|hash| hash != NO_PASSWORD);
        let known = real.is_some();
        let hash = real.unwrap_or_else(|| DUMMY.to_owned());
        let fits = spawn_blocking(move || {
            let _place = place;
            match PasswordHash::new(&hash) {
                Ok(parsed) => Argon2::default().verify_password(password.reveal().as_bytes(), &parsed).is_ok(),
                Err(error) => {
                    tracing::error!(%error, "a stored password hash cannot be read");
                    false
                }
            }
        })
        .await
        .unwrap_or(false);
        Ok(fits && known)
    }
}

/// PHC string of a new password.
pub(crate) async fn hash(password: Secret) -> String {
    spawn_blocking(move || {
        let salt = SaltString::generate(&mut OsRng);
        Argon2::default()
            .hash_password(password.reveal().as_bytes(), &salt)
            .expect("the default parameters are valid and any password shorter than 4 GiB is accepted")
            .to_string()
    })
    .await
    .expect("hashing does not panic and the runtime is alive, since we run on it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_of_a_known_user_fits() {
        let passwords = Passwords::new();
        let stored = hash(Secret::new("قهوة بالهيل 7")).await;
        let (cost, _) = DUMMY.split_once("$AAAA").unwrap();
        assert!(stored.starts_with(cost), "an unknown user costs what a known one does: {stored}");
        assert!(PasswordHash::new(DUMMY).is_ok());
        assert!(passwords.verify(Some(stored.clone()), Secret::new("قهوة بالهيل 7")).await.unwrap());
        assert!(!passwords.verify(Some(stored), Secret::new("wrong")).await.unwrap());
        assert!(!passwords.verify(None, Secret::new("wrong")).await.unwrap());
        assert!(!passwords.verify(Some(NO_PASSWORD.into()), Secret::new("!")).await.unwrap());
    }
}
