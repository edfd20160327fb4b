//! The directory: users as administrators see, make and change them (SPEC 1.6, 1.7).

use base::WallMs;
use model::{
    AgentCard, AgentOptions, DirectoryUser, EditUser, ForcedStatus, NewUser, RegisteredDevice, Role, Skill, UserCard,
};
use reqwest::Method;
use team_api::{QueueSkill, path};

use crate::client::{MAX_ANSWER, TeamClient};
use crate::error::TeamError;
use crate::rights::id_in;
use crate::status::{kind, names};

impl TeamClient {
    /// Those whom the person at this phone administers, by extension.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `forbidden` for those who administer nobody.
    pub async fn directory(&self) -> Result<Vec<DirectoryUser>, TeamError> {
        let all: team_api::Directory = self.ask(self.authorized(Method::GET, path::USERS)?, true).await?;
        Ok(all.users.into_iter().map(row).collect())
    }

    /// Extension and name of each queue.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `forbidden` for those who do not administer queues.
    pub async fn queue_extensions(&self) -> Result<Vec<(String, String)>, TeamError> {
        let all: team_api::Queues = self.ask(self.authorized(Method::GET, path::QUEUES)?, true).await?;
        Ok(all.queues.into_iter().map(|queue| (queue.settings.extension, queue.settings.name)).collect())
    }

    /// Everything that is said of somebody but what they may.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `not-found` for those whom this person does not administer.
    pub async fn user_card(&self, id: &str) -> Result<UserCard, TeamError> {
        self.ask(self.authorized(Method::GET, &at(path::USER, id)?)?, true).await.map(card)
    }

    /// Makes a user.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with a code for each thing that cannot be so.
    pub async fn add_user(&self, new: NewUser) -> Result<UserCard, TeamError> {
        let body = team_api::NewUser {
            extension: new.extension,
            name: new.name,
            email: new.email,
            password: new.password,
            role: new.role.into(),
            department: new.department,
            agent: wire_agent(new.agent),
            acl: new.acl,
            pin: (!new.pin.reveal().is_empty()).then_some(new.pin),
            use_voicemail: new.use_voicemail,
        };
        self.ask(self.authorized(Method::POST, path::USERS)?.json(&body), true).await.map(card)
    }

    /// Says something else of somebody, based on the version that was seen.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `user-changed` when somebody was faster.
    pub async fn edit_user(&self, id: &str, edit: EditUser) -> Result<UserCard, TeamError> {
        let EditUser { version, name, email, password, active, agent, acl, pin, use_voicemail } = edit;
        let agent = agent.map(wire_agent);
        let body = team_api::EditUser { version, name, email, password, active, agent, acl, pin, use_voicemail };
        self.ask(self.authorized(Method::PATCH, &at(path::USER, id)?)?.json(&body), true).await.map(card)
    }

    /// Deletes somebody, as they were when they were looked at.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `yourself`, `last-owner`, or `user-changed` when somebody was faster.
    pub async fn delete_user(&self, id: &str, version: u64) -> Result<(), TeamError> {
        let request = self.authorized(Method::DELETE, &at(path::USER, id)?)?.query(&[("version", version)]);
        self.done(request).await
    }

    /// Sets somebody's status, who is told by whom.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `unknown-status` or `status-text` when it cannot be had like that.
    pub async fn force_status(&self, id: &str, status: &str, text: &str) -> Result<(), TeamError> {
        let body = team_api::ForceStatus { status: status.to_owned(), text: text.to_owned() };
        self.done(self.authorized(Method::POST, &at(path::USER_FORCE, id)?)?.json(&body)).await
    }

    /// Signs somebody out everywhere; their phones are gone.
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn end_sessions(&self, id: &str) -> Result<(), TeamError> {
        self.done(self.authorized(Method::POST, &at(path::USER_END_SESSIONS, id)?)?).await
    }

    /// Phones that are registered, of those whom this person administers.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `forbidden` for those who administer nobody.
    pub async fn registered_devices(&self) -> Result<Vec<RegisteredDevice>, TeamError> {
        let all: team_api::Devices = self.ask(self.authorized(Method::GET, path::DEVICES)?, true).await?;
        Ok(all.devices.into_iter().map(device).collect())
    }

    /// Ends the registration of a phone.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `not-found` when it is not registered any more.
    pub async fn unregister_device(&self, id: &str) -> Result<(), TeamError> {
        self.done(self.authorized(Method::DELETE, &at(path::DEVICE, id)?)?).await
    }

    pub(crate) async fn done(&self, request: reqwest::RequestBuilder) -> Result<(), TeamError> {
        self.fetch(request, true, MAX_ANSWER).await.map(drop)
    }
}

/// A path with an id in it.
///
/// # Errors
/// When the id cannot be one.
pub(crate) fn at(path: &str, id: &str) -> Result<String, TeamError> {
    Ok(path.replace("{id}", id_in(id)?))
}

pub(crate) fn row(user: team_api::DirectoryUser) -> DirectoryUser {
    DirectoryUser {
        id: user.id,
        extension: user.extension,
        name: user.name,
        email: user.email,
        role: user.role.known().unwrap_or(Role::User),
        department: user.department,
        agent: user.agent,
        active: user.active,
        online: user.online,
        registered: user.registered,
        on_call: user.on_call,
        kind: kind(&user.kind),
        status: user.status,
        status_names: user.names.map(names),
        text: user.text,
    }
}

pub(crate) fn forced(data: team_api::StatusForcedData) -> ForcedStatus {
    ForcedStatus {
        by: data.by,
        by_extension: data.by_extension,
        kind: kind(&data.kind),
        status: data.status,
        names: data.names.map(names),
        text: data.text,
    }
}

fn card(card: team_api::UserCard) -> UserCard {
    let skills = card.agent.skills.into_iter().map(|QueueSkill { name, level }| Skill { name, level });
    UserCard {
        id: card.id,
        extension: card.extension,
        name: card.name,
        email: card.email,
        role: card.role.known().unwrap_or(Role::User),
        department: card.department,
        active: card.active,
        created: WallMs(card.created_ms),
        agent: AgentCard {
            is_agent: card.agent.is_agent,
            options: AgentOptions {
                call_timeout: card.agent.call_timeout,
                wrap_up: card.agent.wrap_up,
                max_no_answer: card.agent.max_no_answer,
                busy_delay: card.agent.busy_delay,
                reject_delay: card.agent.reject_delay,
                no_answer_delay: card.agent.no_answer_delay,
            },
            skills: skills.collect(),
        },
        acl: card.acl,
        has_pin: card.has_pin,
        use_voicemail: card.use_voicemail,
        version: card.version,
    }
}

fn wire_agent(agent: AgentCard) -> team_api::AgentCard {
    let AgentOptions { call_timeout, wrap_up, max_no_answer, busy_delay, reject_delay, no_answer_delay } =
        agent.options;
    team_api::AgentCard {
        is_agent: agent.is_agent,
        call_timeout,
        wrap_up,
        max_no_answer,
        busy_delay,
        reject_delay,
        no_answer_delay,
        skills: agent.skills.into_iter().map(|Skill { name, level }| QueueSkill { name, level }).collect(),
    }
}

fn device(device: team_api::Device) -> RegisteredDevice {
    RegisteredDevice {
        id: device.id,
        extension: device.extension,
        user: device.user,
        name: device.name,
        agent: device.agent,
        transport: device.transport,
        address: device.address,
        since: WallMs(device.since_ms),
        until: WallMs(device.until_ms),
    }
}
