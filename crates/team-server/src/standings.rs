//! How everybody stands, kept beside presence under the same lock: what each sees of the others is judged from it, at the moment
//! at which something is written to them. Who administers is asked of the database instead, which is never behind.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

use model::Standing;
use team_api::PersonStatus;

use crate::addressed::Before;
use crate::hub::Hub;
use crate::presence::Presence;
use crate::sight::{Look, View, told};
use crate::state::Server;

impl Server {
    /// Takes over what the database says of everybody. Who stands otherwise than before is told, and so are those who see them.
    pub(crate) async fn read_standings(&self) -> sqlx::Result<BTreeSet<String>> {
        let ticket = self.presence.ticket();
        let standings = self.db.standings().await?;
        let moved = self.presence.stand(ticket, standings, &self.hub);
        if !moved.is_empty() {
            self.rejudge_supervisions();
        }
        Ok(moved)
    }
}

impl Presence {
    /// Taken before the standings are read: of two readings the one that began later counts.
    pub(crate) fn ticket(&self) -> u64 {
        self.tickets.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// How everybody stands, as read with this ticket. Returns who stands otherwise than before.
    pub(crate) fn stand(&self, ticket: u64, standings: BTreeMap<String, Standing>, hub: &Hub) -> BTreeSet<String> {
        let mut people = self.lock();
        // Only ever changed under the lock of the people.
        if self.stood.fetch_max(ticket, Ordering::Relaxed) >= ticket {
            return BTreeSet::new();
        }
        let mut moved = Vec::new();
        for (extension, standing) in standings {
            let Some(person) = people.get_mut(&extension) else { continue };
            if person.standing.as_ref() != Some(&standing) {
                let before = person.before();
                person.standing = Some(standing);
                moved.push((extension, before));
            }
        }
        for (extension, before) in &moved {
            if let Some(person) = people.get(extension) {
                hub.presence(Some(before.clone()), person.seen());
            }
        }
        let moved: BTreeSet<String> = moved.into_iter().map(|(extension, _)| extension).collect();
        if !moved.is_empty() {
            hub.rights(moved.clone());
        }
        moved
    }

    /// Everybody as this person sees them, by extension.
    pub(crate) fn seen_by(&self, viewer: &str) -> Vec<PersonStatus> {
        let people = self.lock();
        let viewer = people.get(viewer).and_then(|person| person.standing.as_ref());
        people.values().map(|person| told(viewer, person.standing.as_ref(), &person.seen())).collect()
    }

    /// How this person sees somebody of whom there is news, by the rights of this moment, and how they saw what was before.
    pub(crate) fn look(&self, viewer: &str, before: Option<&Before>, now: &PersonStatus) -> Look {
        let people = self.lock();
        let standing = |extension: &str| people.get(extension).and_then(|person| person.standing.as_ref());
        let viewer = standing(viewer);
        Look {
            before: before.map(|before| View::of(viewer, before.stood.as_ref())),
            now: View::of(viewer, standing(&now.extension)),
        }
    }

    /// Who belong to this department or watch over it.
    pub(crate) fn concerned_with(&self, department: &str) -> BTreeSet<String> {
        let is_concerned =
            |standing: &Standing| standing.department == department || standing.watches.contains(department);
        let people = self.lock();
        let concerned = people.iter().filter(|(_, person)| person.standing.as_ref().is_some_and(is_concerned));
        concerned.map(|(extension, _)| extension.clone()).collect()
    }
}
