//! Passwords of outside address books: in the keychain, or for as long as the program runs on a computer that others use too.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use base::Secret;
use model::SourceId;

use crate::secrets::{Keychain, NoKeychain};

pub(super) struct Passwords {
    keychain: Keychain,
    /// Those that must leave no trace (LO-02).
    passing: Mutex<HashMap<SourceId, Secret>>,
}

impl Passwords {
    pub(super) fn new(keychain: Keychain) -> Passwords {
        Passwords { keychain, passing: Mutex::default() }
    }

    /// The password of an address book.
    pub(super) async fn of(&self, id: SourceId) -> Result<Option<Secret>, NoKeychain> {
        let passing = self.passing().get(&id).cloned();
        match passing {
            Some(password) => Ok(Some(password)),
            None => self.keychain.get(name(id)).await,
        }
    }

    /// Keeps it, or that there is none.
    pub(super) async fn keep(&self, id: SourceId, password: Option<Secret>, passing: bool) -> Result<(), NoKeychain> {
        match password {
            Some(password) if passing => {
                self.passing().insert(id, password);
                Ok(())
            }
            Some(password) => self.keychain.set(name(id), password).await,
            None => {
                self.forget(id).await;
                Ok(())
            }
        }
    }

    pub(super) async fn forget(&self, id: SourceId) {
        if self.passing().remove(&id).is_none()
            && let Err(error) = self.keychain.delete(name(id)).await
        {
            tracing::warn!(%error, source.id = %id, "a password could not be taken out of the keychain");
        }
    }

    fn passing(&self) -> std::sync::MutexGuard<'_, HashMap<SourceId, Secret>> {
        self.passing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn name(id: SourceId) -> String {
    format!("source {id}")
}
