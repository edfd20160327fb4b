//! The rows of the directory while somebody looks at them. A list that was asked for and the news that come meanwhile may overtake
//! each other, so the news are kept and put on top of the list.

use std::collections::{BTreeMap, BTreeSet};

use book::fold::{query, search_words};
use book::number::Region;
use model::{Contact, ContactNumber, DirectoryUser, OwnRights};
use tokio::sync::oneshot;

use super::{Directory, DirectoryError, DirectoryRow};

/// Whoever asked for the list.
pub(crate) type Asker = oneshot::Sender<Result<Directory, DirectoryError>>;

/// What is told of the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// As they are now.
    pub changed: Vec<DirectoryRow>,
    /// Ids of those who are gone.
    pub gone: Vec<String>,
}

/// Keeps them. Nothing is kept while nobody looks.
#[derive(Default)]
pub(crate) struct DirectoryRows {
    /// Who is signed in here.
    own: Option<String>,
    watched: bool,
    live: bool,
    users: BTreeMap<String, DirectoryUser>,
    /// What came since the list was asked for.
    meanwhile: Option<Meanwhile>,
    askers: Vec<Asker>,
    /// What was told last, so that only changes are told.
    told: BTreeMap<String, DirectoryRow>,
}

#[derive(Default)]
struct Meanwhile {
    changed: BTreeMap<String, DirectoryUser>,
    gone: BTreeSet<String>,
}

impl DirectoryRows {
    /// A team account is in use from now on, or none: nobody looks any more.
    pub(crate) fn belongs_to(&mut self, own: Option<String>) {
        *self = DirectoryRows { own, live: self.live, ..DirectoryRows::default() };
    }

    /// Somebody wants to look. True: the list has to be asked for.
    pub(crate) fn open(&mut self, asker: Asker) -> bool {
        if self.own.is_none() {
            // Who asked may have gone.
            let _ = asker.send(Err(DirectoryError::NotSignedIn));
            return false;
        }
        self.watched = true;
        self.askers.push(asker);
        self.ask();
        true
    }

    /// Nobody looks any more.
    pub(crate) fn leave(&mut self) {
        let (own, live) = (self.own.take(), self.live);
        *self = DirectoryRows { own, live, ..DirectoryRows::default() };
    }

    /// The stream of news is up or down.
    pub(crate) fn live(&mut self, live: bool) {
        self.live = live;
    }

    /// What is shown may be old. True: the list has to be asked for again.
    pub(crate) fn stale(&mut self) -> bool {
        if self.watched {
            self.ask();
        }
        self.watched
    }

    /// The list has come, or did not. `rights`: what the account may. What is told to those who look already; whoever asked is
    /// answered.
    pub(crate) fn list(
        &mut self,
        users: Result<Vec<DirectoryUser>, DirectoryError>,
        rights: Option<&OwnRights>,
    ) -> Option<Told> {
        if !self.watched {
            return None;
        }
        let users = match users {
            Ok(users) => users,
            Err(why) => {
                for asker in self.askers.drain(..) {
                    let _ = asker.send(Err(why.clone()));
                }
                if self.told.is_empty() {
                    self.leave();
                }
                return None;
            }
        };
        let Meanwhile { changed, gone } = self.meanwhile.take()?;
        self.users = users.into_iter().map(|user| (user.id.clone(), user)).collect();
        self.users.extend(changed);
        self.users.retain(|id, _| !gone.contains(id));
        let is_first = self.told.is_empty();
        let told = self.tell(rights);
        let mut all: Vec<DirectoryRow> = self.told.values().cloned().collect();
        let order = |row: &DirectoryRow| (row.user.extension.len(), row.user.extension.clone());
        all.sort_by_key(order);
        for asker in self.askers.drain(..) {
            let _ = asker.send(Ok(Directory { users: all.clone(), complete: self.live }));
        }
        // Also when nothing is otherwise: what is shown is up to date again.
        (!is_first).then(|| told.unwrap_or_default())
    }

    /// News of some of them.
    pub(crate) fn news(
        &mut self,
        changed: Vec<DirectoryUser>,
        gone: Vec<String>,
        rights: Option<&OwnRights>,
    ) -> Option<Told> {
        if !self.watched {
            return None;
        }
        if let Some(meanwhile) = &mut self.meanwhile {
            for user in changed {
                meanwhile.gone.remove(&user.id);
                meanwhile.changed.insert(user.id.clone(), user);
            }
            for id in gone {
                meanwhile.changed.remove(&id);
                meanwhile.gone.insert(id);
            }
            return None;
        }
        self.users.extend(changed.into_iter().map(|user| (user.id.clone(), user)));
        for id in &gone {
            self.users.remove(id);
        }
        self.tell(rights)
    }

    /// The account may do something else than before.
    pub(crate) fn judged_anew(&mut self, rights: Option<&OwnRights>) -> Option<Told> {
        if !self.watched || self.meanwhile.is_some() {
            return None;
        }
        self.tell(rights)
    }

    /// Ids of those who match what was typed, compared as contacts are.
    pub(crate) fn search(&self, typed: &str) -> Vec<String> {
        let query = query(typed);
        let matches = |user: &DirectoryUser| {
            let plain = [&user.extension, &user.email].into_iter().any(|it| it.contains(typed.trim()));
            query.is_empty() || plain || query.hit(&search_words(&as_contact(user), Region::UNKNOWN)).is_some()
        };
        self.users.values().filter(|user| matches(user)).map(|user| user.id.clone()).collect()
    }

    fn ask(&mut self) {
        self.meanwhile = Some(Meanwhile::default());
    }

    fn tell(&mut self, rights: Option<&OwnRights>) -> Option<Told> {
        let row = |user: &DirectoryUser| DirectoryRow {
            mine: self.own.as_deref() == Some(&user.id),
            may_edit: rights.is_some_and(|own| user.role <= own.role),
            user: user.clone(),
        };
        let now: BTreeMap<String, DirectoryRow> =
            self.users.values().map(|user| (user.id.clone(), row(user))).collect();
        let changed =
            now.iter().filter(|(id, row)| self.told.get(*id) != Some(row)).map(|(_, row)| row.clone()).collect();
        let gone = self.told.keys().filter(|id| !now.contains_key(*id)).cloned().collect();
        self.told = now;
        Some(Told { changed, gone }).filter(|told| *told != Told::default())
    }
}

/// As the address book would hold them, to be found as there.
fn as_contact(user: &DirectoryUser) -> Contact {
    Contact {
        display_name: user.name.clone(),
        job_title: user.text.clone(),
        numbers: vec![ContactNumber { number: user.extension.clone(), ..ContactNumber::default() }],
        emails: vec![user.email.clone()],
        ..Contact::default()
    }
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
