//! Pictures of the team that were fetched, as long as there is room for them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use team_client::{AvatarSize, TeamClient, TeamError};

/// Room for all pictures together, in bytes: about a thousand small ones.
const ROOM: usize = 8 * 1024 * 1024;

/// A picture that was fetched.
#[derive(Clone)]
struct Print {
    revision: String,
    jpeg: Arc<[u8]>,
    /// Number of the latest look at it.
    looked_at: u64,
}

#[derive(Default)]
struct Prints {
    prints: HashMap<(String, AvatarSize), Print>,
    bytes: usize,
    looks: u64,
}

/// The album. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Album(Arc<Mutex<Prints>>);

impl Album {
    /// The picture of this revision, or of a later one; `None`: there is none.
    pub(crate) async fn look(
        &self,
        client: &TeamClient,
        user: &str,
        revision: &str,
        size: AvatarSize,
    ) -> Result<Option<Arc<[u8]>>, TeamError> {
        if let Some(jpeg) = self.lock().find(user, revision, size) {
            return Ok(Some(jpeg));
        }
        let Some(fetched) = client.avatar(user, size).await? else { return Ok(None) };
        let jpeg: Arc<[u8]> = fetched.jpeg.into();
        self.lock().keep(user, fetched.revision, size, jpeg.clone());
        Ok(Some(jpeg))
    }

    fn lock(&self) -> MutexGuard<'_, Prints> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Prints {
    fn find(&mut self, user: &str, revision: &str, size: AvatarSize) -> Option<Arc<[u8]>> {
        self.looks += 1;
        let print = self.prints.get_mut(&(user.to_owned(), size)).filter(|print| print.revision == revision)?;
        print.looked_at = self.looks;
        Some(print.jpeg.clone())
    }

    /// One of each person and size; whoever was not looked at for longest makes room.
    fn keep(&mut self, user: &str, revision: String, size: AvatarSize, jpeg: Arc<[u8]>) {
        self.looks += 1;
        self.bytes += jpeg.len();
        let print = Print { revision, jpeg, looked_at: self.looks };
        if let Some(before) = self.prints.insert((user.to_owned(), size), print) {
            self.bytes -= before.jpeg.len();
        }
        while self.bytes > ROOM
            && let Some(oldest) =
                self.prints.iter().min_by_key(|(_, print)| print.looked_at).map(|(key, _)| key.clone())
            && let Some(gone) = self.prints.remove(&oldest)
        {
            self.bytes -= gone.jpeg.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use AvatarSize::{Large, Small};

    fn jpeg(len: usize) -> Arc<[u8]> {
        vec![0; len].into()
    }

    #[test]
    fn another_revision_is_not_the_picture_that_is_asked_for_pr_12() {
        let mut prints = Prints::default();
        prints.keep("u1", "a".into(), Small, jpeg(10));
        assert!(prints.find("u1", "a", Small).is_some());
        assert!(prints.find("u1", "a", Large).is_none());
        assert!(prints.find("u1", "b", Small).is_none());
        prints.keep("u1", "b".into(), Small, jpeg(20));
        assert!(prints.find("u1", "a", Small).is_none());
        assert_eq!((prints.prints.len(), prints.bytes), (1, 20));
    }

    #[test]
    fn the_album_has_an_end_and_keeps_what_is_looked_at() {
        let mut prints = Prints::default();
        for n in 0..100 {
            prints.keep(&n.to_string(), "a".into(), Large, jpeg(ROOM / 20));
            assert!(prints.find("0", "a", Large).is_some(), "{n}");
            assert!(prints.bytes <= ROOM);
        }
        assert!(prints.find("1", "a", Large).is_none());
        prints.keep("huge", "a".into(), Large, jpeg(ROOM + 1));
        assert_eq!((prints.prints.len(), prints.bytes), (0, 0), "one that alone is too large is not kept");
    }
}
