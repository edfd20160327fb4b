//! Who has a window open: whose event streams are served at this moment (DR-05).

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Open streams by extension.
#[derive(Default)]
pub(crate) struct Online(Mutex<BTreeMap<String, usize>>);

impl Online {
    /// A stream of theirs is open, until what comes back is dropped.
    pub(crate) fn opened(&self, extension: &str) -> OpenStream<'_> {
        *self.lock().entry(extension.to_owned()).or_default() += 1;
        OpenStream { online: self, extension: extension.to_owned() }
    }

    /// Is one open?
    pub(crate) fn is_open(&self, extension: &str) -> bool {
        self.lock().contains_key(extension)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An open stream.
pub(crate) struct OpenStream<'a> {
    online: &'a Online,
    extension: String,
}

impl Drop for OpenStream<'_> {
    fn drop(&mut self) {
        let mut streams = self.online.lock();
        let left = streams.get(&self.extension).copied().unwrap_or_default().saturating_sub(1);
        if left == 0 {
            streams.remove(&self.extension);
        } else {
            streams.insert(self.extension.clone(), left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_online_until_the_last_stream_ends_dr_05() {
        let online = Online::default();
        let (first, second) = (online.opened("101"), online.opened("101"));
        drop(first);
        assert!(online.is_open("101") && !online.is_open("102"));
        drop(second);
        assert!(!online.is_open("101") && online.lock().is_empty());
    }
}
