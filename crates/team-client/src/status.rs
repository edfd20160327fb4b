//! Statuses: which there are, one's own, those of the team.

use std::time::Duration;

use base::WallMs;
use model::{
    Blocks, Colleague, ColleagueCall, ColleagueMay, ColleagueParty, Direction, OwnStatus, Status, StatusKind,
    StatusNames,
};
use reqwest::Method;
use team_api::{
    CallWith, MyStatus, People, PersonCall, PersonStatus, SetStatus, StatusList, StatusRow, StatusSettings, path,
};

use crate::client::TeamClient;
use crate::error::TeamError;

impl TeamClient {
    /// The statuses that there are, in their order; the one of kind [`StatusKind::Offline`] cannot be chosen.
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn statuses(&self) -> Result<Vec<Status>, TeamError> {
        let list: StatusList = self.ask(self.authorized(Method::GET, path::STATUSES)?, true).await?;
        Ok(list.statuses.into_iter().map(status).collect())
    }

    /// One's own status.
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn my_status(&self) -> Result<OwnStatus, TeamError> {
        let mine: MyStatus = self.ask(self.authorized(Method::GET, path::MY_STATUS)?, true).await?;
        Ok(own_status(mine))
    }

    /// Chooses a status; `age` is how long ago that was wished.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `newer-status` when another phone chose one later, `status-text` when words are missing
    /// or too many, `unknown-status` when there is none such.
    pub async fn choose_status(&self, id: &str, text: &str, age: Duration) -> Result<OwnStatus, TeamError> {
        let age_ms = u64::try_from(age.as_millis()).unwrap_or(u64::MAX);
        let body = SetStatus { status: id.to_owned(), text: text.to_owned(), age_ms };
        let mine: MyStatus = self.ask(self.authorized(Method::PUT, path::MY_STATUS)?.json(&body), true).await?;
        Ok(own_status(mine))
    }

    /// Whether each sign-in begins marked offline (ST-07).
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn set_offline_at_sign_in(&self, on: bool) -> Result<OwnStatus, TeamError> {
        let body = StatusSettings { offline_at_sign_in: on };
        let mine: MyStatus =
            self.ask(self.authorized(Method::PUT, path::MY_STATUS_SETTINGS)?.json(&body), true).await?;
        Ok(own_status(mine))
    }

    /// The whole team, oneself too; of each as much as we may see.
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn colleagues(&self) -> Result<Vec<Colleague>, TeamError> {
        let people: People = self.ask(self.authorized(Method::GET, path::PRESENCE)?, true).await?;
        Ok(people.people.into_iter().map(colleague).collect())
    }
}

fn status(row: StatusRow) -> Status {
    let blocks = Blocks { queue: row.blocks.queue, internal: row.blocks.internal, external: row.blocks.external };
    Status { kind: kind(&row.kind), id: row.id, names: row.names.map(names), blocks }
}

pub(crate) fn own_status(mine: MyStatus) -> OwnStatus {
    OwnStatus {
        kind: kind(&mine.kind),
        status: mine.status,
        names: mine.names.map(names),
        text: mine.text,
        since: WallMs(mine.since_ms),
        marked_offline: mine.marked_offline,
        offline_at_sign_in: mine.offline_at_sign_in,
        recent_texts: mine.recent_texts,
        version: mine.version,
    }
}

pub(crate) fn colleague(person: PersonStatus) -> Colleague {
    Colleague {
        id: person.id,
        name: person.name,
        extension: person.extension,
        avatar: person.avatar,
        profile_version: person.profile_version,
        kind: kind(&person.kind),
        status: person.status,
        status_names: person.names.map(names),
        text: person.text,
        since: person.since_ms.map(WallMs),
        call: person.call.map(call),
        department: person.department,
        hidden: person.hidden,
        may: ColleagueMay { supervise: person.may.supervise, operate: person.may.operate },
    }
}

fn call(call: PersonCall) -> ColleagueCall {
    ColleagueCall { ringing: call.ringing, since: call.since_ms.map(WallMs), with: call.with.map(with) }
}

pub(crate) fn with(CallWith { incoming, number, name }: CallWith) -> ColleagueParty {
    ColleagueParty { direction: if incoming { Direction::Incoming } else { Direction::Outgoing }, number, name }
}

pub(crate) fn names(names: team_api::StatusNames) -> StatusNames {
    StatusNames { en: names.en, ar: names.ar }
}

/// One that this version does not know has words of its own.
pub(crate) fn kind(word: &str) -> StatusKind {
    StatusKind::from_code(word).unwrap_or(StatusKind::Other)
}
