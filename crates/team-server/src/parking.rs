//! Parked calls as each sees them (RG-08): what of them is told, to whom, and when they ring back.

use std::sync::Arc;
use std::time::Duration;

use model::{Act, Standing, may};
use sip::edge::slot_extension;
use team_api::{ParkedCall, ParkedParty};
use tokio::sync::watch;

use crate::db::Db;
use crate::presence::Presence;
use crate::seam::{MayTake, ParkDoor, ParkedHere};
use crate::sight::Sight;
use crate::state::Server;

/// Until somebody says otherwise.
const RING_BACK: Duration = Duration::from_secs(180);

/// The web side of the parking places.
pub(crate) struct Parking {
    /// What is parked.
    pub parked: watch::Receiver<Vec<ParkedHere>>,
    /// When it rings back.
    pub ring_back: watch::Sender<Duration>,
}

/// Both sides.
pub(crate) async fn open(db: &Db, presence: &Arc<Presence>) -> sqlx::Result<(Parking, ParkDoor)> {
    let (parked, seen) = watch::channel(Vec::new());
    let (ring_back, heeded) = watch::channel(db.ring_back().await?.unwrap_or(RING_BACK));
    let people = presence.clone();
    let may_take: MayTake = Arc::new(move |by, of| people.may_take(by, of));
    Ok((Parking { parked: seen, ring_back }, ParkDoor { may_take, parked, ring_back: heeded }))
}

/// Tells those who may see it what is parked, until the server ends.
pub(crate) async fn tell(server: Server) {
    let mut parked = server.parking.parked.clone();
    let mut before = Vec::new();
    loop {
        tokio::select! {
            () = server.stop.cancelled() => return,
            changed = parked.changed() => if changed.is_err() { return },
        }
        let now = parked.borrow_and_update().clone();
        server.hub.parked(std::mem::replace(&mut before, now.clone()), now);
    }
}

impl Presence {
    /// May one take a call that the other has parked? By the rights of this moment.
    pub(crate) fn may_take(&self, by: &str, of: &str) -> bool {
        let people = self.lock();
        let standing = |extension: &str| people.get(extension).and_then(|person| person.standing.as_ref());
        standing(by).zip(standing(of)).is_some_and(|(viewer, subject)| may(viewer, Act::Park, subject))
    }

    /// What this person sees of what is parked.
    pub(crate) fn parked_for(&self, viewer: &str, parked: &[ParkedHere]) -> Vec<ParkedCall> {
        let people = self.lock();
        let viewer = people.get(viewer).and_then(|person| person.standing.as_ref());
        let seen = |call: &ParkedHere| {
            let parker = people.get(&call.by)?;
            cut(viewer?, parker.standing.as_ref()?, (&parker.member.id, &parker.member.name), call)
        };
        parked.iter().filter_map(seen).collect()
    }
}

/// What is left of a call that `subject` has parked; `None`: nothing.
fn cut(viewer: &Standing, subject: &Standing, (id, name): (&str, &str), call: &ParkedHere) -> Option<ParkedCall> {
    if !may(viewer, Act::Park, subject) {
        return None;
    }
    let shares = Sight::of(Some(viewer), Some(subject)) >= Sight::Numbers;
    Some(ParkedCall {
        slot: call.slot,
        dial: slot_extension(call.slot),
        by: id.to_owned(),
        by_name: name.to_owned(),
        since_ms: call.since_ms,
        comes_back: call.comes_back,
        with: shares.then(|| ParkedParty { number: call.number.clone(), name: call.name.clone() }),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use model::{Rights, Role, RoleRights};

    use super::*;

    fn standing(id: &str, department: &str, rights: Rights) -> Standing {
        let role = RoleRights::usual(Role::User);
        Standing { id: id.into(), department: department.into(), watches: BTreeSet::new(), role, rights }
    }

    #[test]
    fn who_may_park_sees_it_in_the_department_and_the_number_only_where_calls_are_shared_rg_02_rg_08_rg_11() {
        let call = ParkedHere {
            slot: 4,
            by: "101".into(),
            number: "555".into(),
            name: "Khaled".into(),
            since_ms: 7,
            comes_back: false,
        };
        let parks = Rights { parking: true, ..Rights::USUAL };
        let secretive = Rights { show_my_calls: false, ..parks };
        let number = |viewer: &Standing, subject: &Standing| {
            cut(viewer, subject, ("noor", "Noor"), &call).map(|seen| (seen.dial, seen.with.map(|with| with.number)))
        };
        let place = |with: Option<&str>| Some(("*6804".to_owned(), with.map(str::to_owned)));
        let noor = standing("noor", "a", parks);
        assert_eq!(number(&noor, &noor), place(Some("555")), "one's own");
        assert_eq!(number(&standing("rana", "a", parks), &noor), place(Some("555")));
        assert_eq!(number(&standing("rana", "a", parks), &standing("noor", "a", secretive)), place(None));
        assert_eq!(number(&standing("rana", "a", Rights { calls: false, ..parks }), &noor), place(None));
        assert_eq!(number(&standing("rana", "a", Rights::USUAL), &noor), None, "may not park");
        assert_eq!(number(&standing("rana", "b", parks), &noor), None, "another department");
    }
}
