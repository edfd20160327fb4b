//! Where secrets rest. The engine only knows that there is such a place; the shell brings the system's keychain.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use base::Secret;

/// A place for passwords and tokens, by name. Calls may block: the engine makes them on the blocking pool.
pub trait SecretStore: Send + Sync + 'static {
    /// The secret of this name, if there is one.
    ///
    /// # Errors
    /// [`NoKeychain`] when the place cannot be used at all.
    fn get(&self, name: &str) -> Result<Option<Secret>, NoKeychain>;
    /// Keeps a secret, replacing an older one.
    ///
    /// # Errors
    /// [`NoKeychain`] when the place cannot be used at all.
    fn set(&self, name: &str, secret: &Secret) -> Result<(), NoKeychain>;
    /// Forgets a secret; there need not be one.
    ///
    /// # Errors
    /// [`NoKeychain`] when the place cannot be used at all.
    fn delete(&self, name: &str) -> Result<(), NoKeychain>;
}

/// The system has no keychain, or refuses it. Nothing is kept then; there is no fallback to a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no keychain: {detail}")]
pub struct NoKeychain {
    /// Technical line, without secrets.
    pub detail: String,
}

/// Keeps secrets until the program ends.
#[derive(Debug, Default)]
pub struct MemorySecrets(Mutex<HashMap<String, Secret>>);

impl SecretStore for MemorySecrets {
    fn get(&self, name: &str) -> Result<Option<Secret>, NoKeychain> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned())
    }

    fn set(&self, name: &str, secret: &Secret) -> Result<(), NoKeychain> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), secret.clone());
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), NoKeychain> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
        Ok(())
    }
}

/// The same place, asked from async code.
#[derive(Clone)]
pub(crate) struct Keychain(pub(crate) Arc<dyn SecretStore>);

impl Keychain {
    pub(crate) async fn get(&self, name: String) -> Result<Option<Secret>, NoKeychain> {
        self.blocking(move |store| store.get(&name)).await
    }

    pub(crate) async fn set(&self, name: String, secret: Secret) -> Result<(), NoKeychain> {
        self.blocking(move |store| store.set(&name, &secret)).await
    }

    pub(crate) async fn delete(&self, name: String) -> Result<(), NoKeychain> {
        self.blocking(move |store| store.delete(&name)).await
    }

    async fn blocking<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&dyn SecretStore) -> Result<T, NoKeychain> + Send + 'static,
    ) -> Result<T, NoKeychain> {
        let store = self.0.clone();
        tokio::task::spawn_blocking(move || ask(&*store))
            .await
            .unwrap_or_else(|error| Err(NoKeychain { detail: error.to_string() }))
    }
}
