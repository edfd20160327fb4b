//! Queues as administrators set them up (AO-01 to AO-07).

use model::{ManagedQueue, QueueMember, QueueOverflow, QueueSetup, QueueStrategy, QueueTiers, Skill};
use reqwest::Method;
use team_api::{EditQueue, PutQueueAgent, QueueRow, QueueSettings, QueueSkill, QueueTierRules, Queues, path};

use crate::client::TeamClient;
use crate::error::TeamError;
use crate::rights::id_in;

impl TeamClient {
    /// Every queue, by extension.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `forbidden` for those who do not administer everybody.
    pub async fn managed_queues(&self) -> Result<Vec<ManagedQueue>, TeamError> {
        let all: Queues = self.ask(self.authorized(Method::GET, path::QUEUES)?, true).await?;
        all.queues.into_iter().map(managed).collect()
    }

    /// Makes a queue, which nobody serves yet.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `queue-settings` when it cannot be like that, `extension-taken`, `too-many-queues`.
    pub async fn add_queue(&self, setup: &QueueSetup) -> Result<ManagedQueue, TeamError> {
        let request = self.authorized(Method::POST, path::QUEUES)?.json(&wire(setup));
        managed(self.ask(request, true).await?)
    }

    /// Says how a queue shall stand, based on the version that was seen.
    ///
    /// # Errors
    /// Like [`TeamClient::add_queue`]; `queue-changed` when somebody was faster.
    pub async fn edit_queue(&self, id: &str, version: u64, setup: &QueueSetup) -> Result<ManagedQueue, TeamError> {
        let body = EditQueue { version, settings: wire(setup) };
        let request = self.authorized(Method::PATCH, &path::QUEUE.replace("{id}", id_in(id)?))?.json(&body);
        managed(self.ask(request, true).await?)
    }

    /// Removes a queue: who waits in it is sent away.
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn remove_queue(&self, id: &str) -> Result<(), TeamError> {
        self.done(self.authorized(Method::DELETE, &path::QUEUE.replace("{id}", id_in(id)?))?).await
    }

    /// Somebody serves a queue, at this level and position.
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn put_queue_member(
        &self,
        queue: &str,
        user: &str,
        place: (u16, u16),
    ) -> Result<ManagedQueue, TeamError> {
        let body = PutQueueAgent { level: place.0, position: place.1 };
        managed(self.ask(self.authorized(Method::PUT, &member_path(queue, user)?)?.json(&body), true).await?)
    }

    /// Somebody serves a queue no more.
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn remove_queue_member(&self, queue: &str, user: &str) -> Result<ManagedQueue, TeamError> {
        managed(self.ask(self.authorized(Method::DELETE, &member_path(queue, user)?)?, true).await?)
    }
}

fn member_path(queue: &str, user: &str) -> Result<String, TeamError> {
    Ok(path::QUEUE_AGENT.replace("{id}", id_in(queue)?).replace("{user}", id_in(user)?))
}

fn managed(row: QueueRow) -> Result<ManagedQueue, TeamError> {
    let it = row.settings;
    // A server that knows what we do not know would lose it by our next change: then rather none.
    let overflow = match it.overflow.as_str() {
        "hang_up" => QueueOverflow::HangUp,
        "queue" => QueueOverflow::Queue(it.overflow_to),
        "extension" => QueueOverflow::Extension(it.overflow_to),
        "voicemail" => QueueOverflow::Voicemail(it.overflow_to),
        _ => return Err(TeamError::NotAServer),
    };
    let tiers = it.tier_rules.map(|QueueTierRules { wait_s, multiply, at_once_without_agents }| QueueTiers {
        wait_s,
        multiply,
        at_once_without_agents,
    });
    let member = |agent: team_api::QueueAgent| QueueMember {
        user: agent.user_id,
        name: agent.name,
        extension: agent.extension,
        is_agent: agent.is_agent,
        level: agent.level,
        position: agent.position,
    };
    Ok(ManagedQueue {
        id: row.id,
        version: row.version,
        members: row.agents.into_iter().map(member).collect(),
        setup: QueueSetup {
            name: it.name,
            extension: it.extension,
            strategy: QueueStrategy::from_code(&it.strategy).ok_or(TeamError::NotAServer)?,
            tiers,
            max_wait_s: it.max_wait_s,
            max_wait_no_agent_s: it.max_wait_no_agent_s,
            overflow,
            discard_abandoned_after_s: it.discard_abandoned_after_s,
            resume: it.resume,
            skip_other_calls: it.skip_other_calls,
            service_level_s: it.service_level_s,
            max_callers: it.max_callers,
            skills: it.skills.into_iter().map(|QueueSkill { name, level }| Skill { name, level }).collect(),
        },
    })
}

fn wire(it: &QueueSetup) -> QueueSettings {
    let (overflow, overflow_to) = match &it.overflow {
        QueueOverflow::HangUp => ("hang_up", ""),
        QueueOverflow::Queue(id) => ("queue", id.as_str()),
        QueueOverflow::Extension(extension) => ("extension", extension.as_str()),
        QueueOverflow::Voicemail(extension) => ("voicemail", extension.as_str()),
    };
    let tier_rules = it.tiers.map(|QueueTiers { wait_s, multiply, at_once_without_agents }| QueueTierRules {
        wait_s,
        multiply,
        at_once_without_agents,
    });
    QueueSettings {
        name: it.name.clone(),
        extension: it.extension.clone(),
        strategy: it.strategy.code().to_owned(),
        tier_rules,
        max_wait_s: it.max_wait_s,
        max_wait_no_agent_s: it.max_wait_no_agent_s,
        overflow: overflow.to_owned(),
        overflow_to: overflow_to.to_owned(),
        discard_abandoned_after_s: it.discard_abandoned_after_s,
        resume: it.resume,
        skip_other_calls: it.skip_other_calls,
        service_level_s: it.service_level_s,
        max_callers: it.max_callers,
        skills: it
            .skills
            .iter()
            .map(|Skill { name, level }| QueueSkill { name: name.clone(), level: *level })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setup(overflow: QueueOverflow) -> QueueSetup {
        QueueSetup {
            name: "الدعم".into(),
            extension: "800".into(),
            strategy: QueueStrategy::Skills,
            tiers: Some(QueueTiers { wait_s: 20, multiply: true, at_once_without_agents: true }),
            max_wait_s: 300,
            max_wait_no_agent_s: 30,
            overflow,
            discard_abandoned_after_s: 61,
            resume: false,
            skip_other_calls: false,
            service_level_s: 21,
            max_callers: 101,
            skills: vec![Skill { name: "arabic".into(), level: 60 }],
        }
    }

    #[test]
    fn a_queue_is_the_same_after_both_ways() {
        for overflow in [
            QueueOverflow::HangUp,
            QueueOverflow::Queue("q-2".into()),
            QueueOverflow::Extension("101".into()),
            QueueOverflow::Voicemail("102".into()),
        ] {
            let setup = setup(overflow);
            let row = QueueRow { id: "q".into(), settings: wire(&setup), agents: Vec::new(), version: 3 };
            let queue = managed(row).unwrap();
            assert_eq!((queue.setup, queue.version), (setup, 3));
        }
    }

    #[test]
    fn what_we_do_not_know_is_not_guessed() {
        let settings = wire(&setup(QueueOverflow::HangUp));
        for settings in [
            QueueSettings { strategy: "random".into(), ..settings.clone() },
            QueueSettings { overflow: "fax".into(), ..settings },
        ] {
            let row = QueueRow { id: "q".into(), settings, agents: Vec::new(), version: 3 };
            assert_eq!(managed(row), Err(TeamError::NotAServer));
        }
    }
}
