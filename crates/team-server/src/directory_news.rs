//! News of the directory: whoever's row may be otherwise is marked, and a few times a second the marked rows are read and told to
//! those who administer them. However much happens to somebody meanwhile, one row is told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use model::{Act, Standing, may};
use team_api::{DirectoryData, DirectoryUser};
use tokio::sync::Notify;
use tokio::time::sleep;

use crate::db::cards::CardRecord;
use crate::presence::Presence;
use crate::state::Server;

/// Rows are told together that change within this time.
const TOGETHER: Duration = Duration::from_millis(250);
/// Rows in one event: far below what a phone takes in one frame.
const MOST_ROWS: usize = 100;
/// From so many on, all cards are read at once.
const EACH_ALONE: usize = 16;

/// Marks.
#[derive(Default)]
pub(crate) struct DirectoryNews {
    marks: Mutex<Marks>,
    news: Notify,
}

/// What happened since rows were told.
#[derive(Default)]
struct Marks {
    touched: BTreeSet<String>,
    /// Who was deleted, by id, and how they stood.
    gone: BTreeMap<String, Standing>,
}

impl DirectoryNews {
    /// The row of this extension may be otherwise.
    pub(crate) fn touch(&self, extension: &str) {
        if self.lock().touched.insert(extension.to_owned()) {
            self.news.notify_one();
        }
    }

    /// Somebody was deleted who stood like this. Perhaps nobody has been told of them yet, and somebody has them from the list.
    pub(crate) fn gone(&self, standing: Standing) {
        self.lock().gone.insert(standing.id.clone(), standing);
        self.news.notify_one();
    }

    fn take(&self) -> Marks {
        std::mem::take(&mut *self.lock())
    }

    /// They could not be told.
    fn put_back(&self, marks: Marks) {
        let mut kept = self.lock();
        kept.touched.extend(marks.touched);
        kept.gone.extend(marks.gone);
        drop(kept);
        self.news.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, Marks> {
        self.marks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A row, or the end of one, and who may know of it.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Id of the user.
    pub id: String,
    /// The row and how its user stands now; `None`: they are gone.
    pub now: Option<(DirectoryUser, Standing)>,
    /// How they stood when they were told last.
    pub before: Option<Standing>,
}

impl Entry {
    /// What of it goes to this viewer.
    fn add_for(&self, viewer: &Standing, data: &mut DirectoryData) {
        match &self.now {
            Some((row, standing)) if may(viewer, Act::Administer, standing) => data.changed.push(row.clone()),
            Some(_) | None => {
                if self.before.as_ref().is_some_and(|before| may(viewer, Act::Administer, before)) {
                    data.gone.push(self.id.clone());
                }
            }
        }
    }
}

impl Presence {
    /// What this person is told of it; `None`: not a byte.
    pub(crate) fn directory_for(&self, viewer: &str, entries: &[Entry]) -> Option<DirectoryData> {
        let viewer = self.standing_of(viewer)?;
        let mut data = DirectoryData::default();
        entries.iter().for_each(|entry| entry.add_for(&viewer, &mut data));
        (!data.changed.is_empty() || !data.gone.is_empty()).then_some(data)
    }
}

impl Server {
    /// A row of the directory as it is at this moment.
    pub(crate) fn directory_row(&self, card: &CardRecord) -> DirectoryUser {
        let seen = self.presence.stands(&card.extension);
        let registered = seen.as_ref().is_some_and(|(registered, _)| *registered);
        let offline = || ("offline".to_owned(), "offline".to_owned(), None, String::new());
        let on_call = seen.as_ref().is_some_and(|(_, it)| it.call.is_some());
        let (status, kind, names, text) = seen.map_or_else(offline, |(_, it)| (it.status, it.kind, it.names, it.text));
        DirectoryUser {
            id: card.id.clone(),
            extension: card.extension.clone(),
            name: card.name.clone(),
            email: card.email.clone(),
            role: card.role.into(),
            department: card.department.clone(),
            agent: card.agent.is_agent,
            active: card.active,
            online: self.online.is_open(&card.extension),
            registered,
            on_call,
            status,
            kind,
            names,
            text,
        }
    }
}

/// Tells of marked rows until the server ends.
pub(crate) async fn tell(server: Server) {
    let mut teller = Teller::default();
    let work = async {
        if let Err(error) = teller.begin(&server).await {
            tracing::warn!(%error, "the directory could not be read: who leaves it is told late");
        }
        loop {
            server.hub.directory.news.notified().await;
            sleep(TOGETHER).await;
            let marks = server.hub.directory.take();
            if let Err(error) = teller.tell(&server, &marks).await {
                tracing::warn!(%error, "news of the directory are late");
                server.hub.directory.put_back(marks);
            }
        }
    };
    tokio::select! {
        biased;
        () = server.stop.cancelled() => {}
        () = work => {}
    }
}

/// What was told last, by extension.
#[derive(Default)]
struct Teller(BTreeMap<String, Known>);

#[derive(PartialEq)]
struct Known {
    id: String,
    standing: Standing,
    /// `None`: nothing was told yet; whoever looks has it from the list.
    row: Option<DirectoryUser>,
}

impl Teller {
    /// Whoever is gone later must be known by then, and so must be how they stood.
    async fn begin(&mut self, server: &Server) -> sqlx::Result<()> {
        for card in server.db.cards().await? {
            if let Some(standing) = standing(server, &card).await? {
                self.0.insert(card.extension, Known { id: card.id, standing, row: None });
            }
        }
        Ok(())
    }

    async fn tell(&mut self, server: &Server, Marks { touched, gone }: &Marks) -> sqlx::Result<()> {
        let cards = cards(server, touched).await?;
        let mut rows = Vec::with_capacity(touched.len());
        for extension in touched {
            let now = match cards.get(extension) {
                None => None,
                Some(card) => standing(server, card).await?.map(|standing| Known {
                    id: card.id.clone(),
                    standing,
                    row: Some(server.directory_row(card)),
                }),
            };
            rows.push((extension, now));
        }
        // From here on nothing can fail: what is remembered as told is told.
        self.0.retain(|_, known| !gone.contains_key(&known.id));
        let end = |standing: &Standing| Entry { id: standing.id.clone(), now: None, before: Some(standing.clone()) };
        let mut entries: Vec<Entry> = gone.values().map(end).collect();
        for (extension, now) in rows {
            let before = self.0.get(extension);
            if now.as_ref() == before {
                continue;
            }
            entries.push(Entry {
                id: now.as_ref().or(before).map(|known| known.id.clone()).unwrap_or_default(),
                now: now.as_ref().and_then(|known| Some((known.row.clone()?, known.standing.clone()))),
                before: before.map(|known| known.standing.clone()),
            });
            match now {
                Some(now) => drop(self.0.insert(extension.clone(), now)),
                None => drop(self.0.remove(extension)),
            }
        }
        for some in entries.chunks(MOST_ROWS) {
            server.hub.directory_changed(some.to_vec());
        }
        Ok(())
    }
}

async fn cards(server: &Server, touched: &BTreeSet<String>) -> sqlx::Result<BTreeMap<String, CardRecord>> {
    let by_extension = |card: CardRecord| (card.extension.clone(), card);
    if touched.len() > EACH_ALONE {
        return Ok(server.db.cards().await?.into_iter().map(by_extension).collect());
    }
    let mut cards = BTreeMap::new();
    for extension in touched {
        cards.extend(server.db.card_of_extension(extension).await?.map(by_extension));
    }
    Ok(cards)
}

/// As the team knows it; of those whom it does not know, because they may not sign in, as the database says.
async fn standing(server: &Server, card: &CardRecord) -> sqlx::Result<Option<Standing>> {
    match server.presence.standing_of(&card.extension) {
        Some(standing) => Ok(Some(standing)),
        None => server.db.standing(&card.id).await,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use model::{Rights, Role, RoleRights};

    use super::*;

    fn standing(id: &str, department: &str, role: Role) -> Standing {
        let role = RoleRights::usual(role);
        Standing { id: id.into(), department: department.into(), watches: BTreeSet::new(), role, rights: Rights::USUAL }
    }

    fn row(id: &str) -> DirectoryUser {
        DirectoryUser {
            id: id.into(),
            extension: "2119".into(),
            name: "Layla".into(),
            email: "l@care.example".into(),
            role: Role::User.into(),
            department: "sales".into(),
            agent: false,
            active: true,
            online: false,
            registered: false,
            on_call: false,
            status: "offline".into(),
            kind: "offline".into(),
            names: None,
            text: String::new(),
        }
    }

    #[test]
    fn a_row_goes_to_those_who_administer_it_and_its_end_to_those_who_did_dr_00_rg_11() {
        let sales = standing("layla", "sales", Role::User);
        let moved = standing("layla", "care", Role::User);
        let is = |standing: &Standing| Some((row("layla"), standing.clone()));
        let changed = Entry { id: "layla".into(), now: is(&sales), before: Some(sales.clone()) };
        let left = Entry { id: "layla".into(), now: is(&moved), before: Some(sales.clone()) };
        let gone = Entry { id: "layla".into(), now: None, before: Some(sales) };
        let told = |viewer: &Standing, entry: &Entry| {
            let mut data = DirectoryData::default();
            entry.add_for(viewer, &mut data);
            (data.changed.len(), data.gone.len())
        };
        let owner = standing("o", "head", Role::SystemOwner);
        let of_sales = standing("s", "sales", Role::DepartmentAdministrator);
        let of_care = standing("c", "care", Role::DepartmentAdministrator);
        let colleague = standing("n", "sales", Role::User);
        for (viewer, expected) in [
            (&owner, [(1, 0), (1, 0), (0, 1)]),
            (&of_sales, [(1, 0), (0, 1), (0, 1)]),
            (&of_care, [(0, 0), (1, 0), (0, 0)]),
            (&colleague, [(0, 0), (0, 0), (0, 0)]),
        ] {
            assert_eq!([&changed, &left, &gone].map(|entry| told(viewer, entry)), expected, "{}", viewer.id);
        }
    }
}
