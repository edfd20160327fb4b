//! The OS keychain (DECISIONS 12): Secret Service, Keychain or Credential Manager. Never a file.

use base::Secret;
use engine::{NoKeychain, SecretStore};

/// Entries of one profile.
pub struct Keychain {
    service: String,
}

impl Keychain {
    /// `service` is the profile's identifier.
    #[must_use]
    pub fn new(service: String) -> Self {
        Keychain { service }
    }

    fn entry(&self, name: &str) -> Result<keyring::Entry, NoKeychain> {
        keyring::Entry::new(&self.service, name).map_err(refused)
    }
}

impl SecretStore for Keychain {
    fn get(&self, name: &str) -> Result<Option<Secret>, NoKeychain> {
        match self.entry(name)?.get_password() {
            Ok(text) => Ok(Some(Secret::new(text))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(fault) => Err(refused(fault)),
        }
    }

    fn set(&self, name: &str, secret: &Secret) -> Result<(), NoKeychain> {
        self.entry(name)?.set_password(secret.reveal()).map_err(refused)
    }

    fn delete(&self, name: &str) -> Result<(), NoKeychain> {
        match self.entry(name)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(fault) => Err(refused(fault)),
        }
    }
}

fn refused(fault: keyring::Error) -> NoKeychain {
    NoKeychain { detail: fault.to_string() }
}
