//! Writes a plan into a database.

use std::collections::BTreeSet;

use base::Secret;
use model::{Blocks, Rights, StatusKind, StatusNames};

use super::plan::{Plan, PlannedPerson};
use crate::auth::password;
use crate::auth::token::TokenHash;
use crate::db::cards::{CardRecord, CardWritten};
use crate::db::queues::Written;
use crate::db::rights::{Righted, RightsRecord};
use crate::db::status_rows::{Draft, Hand};
use crate::db::{Db, OpenError};
use crate::directory_rules::Agent;
use crate::random::{token, uuid_v7, wall_ms};

/// The mark of a database that was furnished.
const MARK: &str = "furnished";
/// Sessions of a furnished team; nobody needs it for longer.
const SESSION_MS: i64 = 24 * 3600 * 1000;

/// Somebody who is there now.
#[derive(Clone, Debug)]
pub struct Furnished {
    /// Extension.
    pub extension: String,
    /// Sign-in name.
    pub email: String,
    /// A session of theirs, open for a day.
    pub session: Secret,
}

/// Why a database was not furnished.
#[derive(Debug, thiserror::Error)]
pub enum FurnishError {
    /// It holds a team.
    #[error("there is a team in this database; name an empty folder, or none")]
    Team,
    /// The plan names somebody twice, or something that is not there.
    #[error("the plan does not fit together: {0}")]
    Plan(String),
    /// The database cannot be used.
    #[error("{0}")]
    Database(Box<dyn std::error::Error + Send + Sync>),
}

impl From<OpenError> for FurnishError {
    fn from(error: OpenError) -> Self {
        FurnishError::Database(error.into())
    }
}

impl From<sqlx::Error> for FurnishError {
    fn from(error: sqlx::Error) -> Self {
        FurnishError::Database(error.into())
    }
}

/// May this database be furnished, or thrown away to be furnished anew? It may when nobody is in it, or when it was furnished before.
///
/// # Errors
/// [`FurnishError::Database`].
pub async fn is_free(database_url: &str) -> Result<bool, FurnishError> {
    let db = Db::open(database_url).await?;
    let found = async { Ok(db.setting(MARK).await?.is_some() || db.cards().await?.is_empty()) }.await;
    db.close().await;
    found
}

/// Writes `plan` into the empty database at `database_url`. The first person signs in with `password`, the others with none: they have the
/// session that comes back, in the order of the plan.
///
/// # Errors
/// [`FurnishError`]; what was written before stays.
pub async fn furnish(database_url: &str, plan: &Plan, password: Secret) -> Result<Vec<Furnished>, FurnishError> {
    let db = Db::open(database_url).await?;
    let done = write(&db, plan, password).await;
    db.close().await;
    done
}

async fn write(db: &Db, plan: &Plan, password: Secret) -> Result<Vec<Furnished>, FurnishError> {
    if !db.cards().await?.is_empty() {
        return Err(FurnishError::Team);
    }
    db.setting_or(MARK, || "1".to_owned()).await?;
    let now = wall_ms();
    let ids: Vec<String> = plan.people.iter().map(|_| uuid_v7(now)).collect();
    // Whoever furnishes is the first of the team.
    let hand = Hand { user_id: ids.first().map_or("", String::as_str), now };
    let mut departments = Vec::with_capacity(plan.departments.len());
    for name in &plan.departments {
        let made = db.add_department(name, hand).await?;
        departments.push(made.map_err(|_| FurnishError::Plan(format!("department {name}")))?);
    }
    for (en, ar) in &plan.breaks {
        let names = Some(StatusNames { en: en.clone(), ar: ar.clone() });
        let blocks = Blocks { queue: true, internal: false, external: false };
        db.add_status(StatusKind::Break, &Draft { names, blocks, retired: false }, hand).await?;
    }
    let hash = password::hash(password).await;
    let mut furnished = Vec::with_capacity(plan.people.len());
    for (at, person) in plan.people.iter().enumerate() {
        let hash = if at == 0 { &hash } else { password::NO_PASSWORD };
        add(db, (&ids[at], person), &departments, hash, hand).await?;
        furnished.push(session(db, person, now).await?);
    }
    for queue in &plan.queues {
        let fault = || FurnishError::Plan(format!("queue {}", queue.settings.extension));
        let Written::Done(id) = db.add_queue(&queue.settings, hand).await? else { return Err(fault()) };
        for (person, level, position) in &queue.agents {
            let user = ids.get(*person).ok_or_else(fault)?;
            if !db.put_queue_agent((&id, user), (*level, *position), hand).await? {
                return Err(fault());
            }
        }
    }
    Ok(furnished)
}

async fn add(
    db: &Db,
    (id, person): (&str, &PlannedPerson),
    departments: &[String],
    hash: &str,
    hand: Hand<'_>,
) -> Result<(), FurnishError> {
    let fault = || FurnishError::Plan(format!("extension {}", person.extension));
    let department = departments.get(person.department).ok_or_else(fault)?.clone();
    let options = person.agent.unwrap_or_default();
    let card = CardRecord {
        id: id.to_owned(),
        extension: person.extension.clone(),
        name: person.name.clone(),
        email: person.email.clone(),
        role: person.role,
        department: department.clone(),
        active: true,
        created_ms: hand.now,
        agent: Agent { is_agent: person.agent.is_some(), options, skills: Vec::new() },
        acl: Vec::new(),
        has_pin: false,
        use_voicemail: false,
        version: 0,
    };
    let CardWritten::Done(_) = db.add_card(&card, hash, "", hand).await? else { return Err(fault()) };
    if person.watches.is_empty() {
        return Ok(());
    }
    let watches: Option<BTreeSet<String>> = person.watches.iter().map(|it| departments.get(*it).cloned()).collect();
    let before = RightsRecord {
        extension: person.extension.clone(),
        department,
        watches: BTreeSet::new(),
        role: person.role,
        rights: Rights { operations: true, monitoring: true, ..Rights::USUAL },
        version: 0,
    };
    let after = RightsRecord { watches: watches.ok_or_else(fault)?, ..before.clone() };
    match db.change_rights(id, &before, &after, hand).await? {
        Righted::Done => Ok(()),
        Righted::Stale | Righted::LastOwner | Righted::NoDepartment => Err(fault()),
    }
}

async fn session(db: &Db, person: &PlannedPerson, now: i64) -> Result<Furnished, FurnishError> {
    let fault = || FurnishError::Plan(format!("extension {}", person.extension));
    let user = db.user_of_extension(&person.extension).await?.ok_or_else(fault)?;
    let session = Secret::new(token());
    db.add_session(&TokenHash::of(session.reveal()), &user, "furnished", now, now + SESSION_MS).await?;
    Ok(Furnished { extension: person.extension.clone(), email: person.email.clone(), session })
}

#[cfg(test)]
mod tests {
    use testkit::database::Place;

    use super::*;

    testkit::on_both_databases! {
        a_team_is_furnished_once_and_a_real_one_never,
    }

    async fn a_team_is_furnished_once_and_a_real_one_never(place: Place) {
        let plan = Plan::contact_centre(6, 3, |number| number % 2 == 1);
        let password = || Secret::new("Canary-1-abc");
        assert!(is_free(&place.url()).await.unwrap());
        let made = furnish(&place.url(), &plan, password()).await.unwrap();
        assert_eq!(made.len(), 10);
        assert!(matches!(furnish(&place.url(), &plan, password()).await, Err(FurnishError::Team)));
        assert!(is_free(&place.url()).await.unwrap(), "it was furnished, so it may be thrown away");
        let db = Db::open(&place.url()).await.unwrap();
        let session = db.session(&TokenHash::of(made[4].session.reveal()), wall_ms()).await.unwrap().unwrap();
        assert_eq!(session.user.extension, made[4].extension);
        let standings = db.standings().await.unwrap();
        assert_eq!(standings["100"].watches.len(), 2);
        assert_eq!(db.queues().await.unwrap().len(), 3);
        db.forget_setting(MARK).await.unwrap();
        db.close().await;
        assert!(!is_free(&place.url()).await.unwrap(), "people and no mark: a real team");
    }
}
