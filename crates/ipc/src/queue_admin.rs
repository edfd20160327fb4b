//! Queues, for those who set them up (AO-01 to AO-07).
//!
//! `queues_get()` takes nothing and answers with every [`ManagedQueue`]; `queue_add(QueueSetup)`, `queue_edit(EditQueue)`,
//! `queue_member_put(PutQueueMember)` and `queue_member_remove(QueueMemberRef)` answer with the one; `queue_remove(QueueRef)`
//! with nothing.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::SkillLevel;

/// Whom a queue asks first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum QueueStrategy {
    /// Who has been idle longest.
    LongestIdle,
    /// Each in turn.
    RoundRobin,
    /// By level and position, always from the top.
    TopDown,
    /// All who are free, at once.
    RingAll,
    /// Who has had the fewest calls.
    FewestCalls,
    /// Who has talked least.
    LeastTalkTime,
    /// Who is best at what the queue needs.
    Skills,
}

/// Where a caller goes whom nobody takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "to", rename_all = "camelCase")]
pub enum QueueOverflow {
    /// Nowhere: the call ends.
    HangUp,
    /// To another queue.
    Queue {
        /// Its id.
        id: String,
    },
    /// To the phones of an extension.
    Extension {
        /// Isolate it.
        extension: String,
    },
    /// Into the voice box of an extension.
    Voicemail {
        /// Isolate it.
        extension: String,
    },
}

/// When higher levels of a queue are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QueueTiers {
    /// Seconds that a caller must have waited.
    pub wait_s: u32,
    /// Times the level.
    pub multiply: bool,
    /// At once when nobody of a lower level is logged in.
    pub at_once_without_agents: bool,
}

/// What an administrator says of a queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QueueSetup {
    /// 1 to 100 characters. Isolate it.
    pub name: String,
    /// What callers dial; of nobody else. Isolate it.
    pub extension: String,
    /// Whom it asks first.
    pub strategy: QueueStrategy,
    /// None: higher levels are asked as soon as the lower ones have nobody free.
    pub tiers: Option<QueueTiers>,
    /// Seconds after which a caller is sent on; 0: never. At most a day, like every time here.
    pub max_wait_s: u32,
    /// Seconds without any agent logged in after which callers are sent on; 0: never.
    pub max_wait_no_agent_s: u32,
    /// Where to.
    pub overflow: QueueOverflow,
    /// Seconds for which an abandoned call is kept for its caller to come again.
    pub discard_abandoned_after_s: u32,
    /// Whether who comes again has their old place.
    pub resume: bool,
    /// Agents on a call that is none of a queue are left alone.
    pub skip_other_calls: bool,
    /// Answered within so many seconds is answered in time.
    pub service_level_s: u32,
    /// More callers are sent on at once; 1 to 1000.
    pub max_callers: u32,
    /// What an agent must be good at, with the least level; at most 20.
    pub skills: Vec<SkillLevel>,
}

/// Who serves a queue, at which place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QueueMember {
    /// Id of the user.
    pub user: String,
    /// Their name, isolate it.
    pub name: String,
    /// Their extension, isolate it.
    pub extension: String,
    /// Whether they take calls from queues at all.
    pub is_agent: bool,
    /// Lower levels are asked first.
    pub level: u16,
    /// Lower positions are asked first, within a level.
    pub position: u16,
}

/// A queue with all that can be said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ManagedQueue {
    /// Its name for ever.
    pub id: String,
    /// What an administrator says of it.
    pub setup: QueueSetup,
    /// By level, position and extension.
    pub members: Vec<QueueMember>,
    /// What a change of the set-up is based on.
    pub version: u32,
}

/// `queue_edit(EditQueue)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EditQueue {
    /// Which.
    pub id: String,
    /// The version that was read.
    pub version: u32,
    /// As it shall be.
    pub setup: QueueSetup,
}

/// `queue_remove(QueueRef)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QueueRef {
    /// Which.
    pub id: String,
}

/// `queue_member_put(PutQueueMember)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PutQueueMember {
    /// Id of the queue.
    pub queue: String,
    /// Id of the user.
    pub user: String,
    /// Lower levels are asked first.
    pub level: u16,
    /// Lower positions are asked first, within a level.
    pub position: u16,
}

/// `queue_member_remove(QueueMemberRef)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QueueMemberRef {
    /// Id of the queue.
    pub queue: String,
    /// Id of the user.
    pub user: String,
}

/// Both ways between an enum of the bridge and its noun.
macro_rules! same {
    ($name:ident: $($one:ident),+) => {
        impl From<model::$name> for $name {
            fn from(it: model::$name) -> Self {
                match it { $(model::$name::$one => $name::$one),+ }
            }
        }
        impl From<$name> for model::$name {
            fn from(it: $name) -> Self {
                match it { $($name::$one => model::$name::$one),+ }
            }
        }
    };
}

same!(QueueStrategy: LongestIdle, RoundRobin, TopDown, RingAll, FewestCalls, LeastTalkTime, Skills);

impl From<model::QueueOverflow> for QueueOverflow {
    fn from(overflow: model::QueueOverflow) -> Self {
        match overflow {
            model::QueueOverflow::HangUp => QueueOverflow::HangUp,
            model::QueueOverflow::Queue(id) => QueueOverflow::Queue { id },
            model::QueueOverflow::Extension(extension) => QueueOverflow::Extension { extension },
            model::QueueOverflow::Voicemail(extension) => QueueOverflow::Voicemail { extension },
        }
    }
}

impl From<QueueOverflow> for model::QueueOverflow {
    fn from(overflow: QueueOverflow) -> Self {
        match overflow {
            QueueOverflow::HangUp => model::QueueOverflow::HangUp,
            QueueOverflow::Queue { id } => model::QueueOverflow::Queue(id),
            QueueOverflow::Extension { extension } => model::QueueOverflow::Extension(extension),
            QueueOverflow::Voicemail { extension } => model::QueueOverflow::Voicemail(extension),
        }
    }
}

impl From<model::QueueTiers> for QueueTiers {
    fn from(model::QueueTiers { wait_s, multiply, at_once_without_agents }: model::QueueTiers) -> Self {
        QueueTiers { wait_s, multiply, at_once_without_agents }
    }
}

impl From<QueueTiers> for model::QueueTiers {
    fn from(QueueTiers { wait_s, multiply, at_once_without_agents }: QueueTiers) -> Self {
        model::QueueTiers { wait_s, multiply, at_once_without_agents }
    }
}

impl From<model::QueueSetup> for QueueSetup {
    fn from(it: model::QueueSetup) -> Self {
        QueueSetup {
            name: it.name,
            extension: it.extension,
            strategy: it.strategy.into(),
            tiers: it.tiers.map(Into::into),
            max_wait_s: it.max_wait_s,
            max_wait_no_agent_s: it.max_wait_no_agent_s,
            overflow: it.overflow.into(),
            discard_abandoned_after_s: it.discard_abandoned_after_s,
            resume: it.resume,
            skip_other_calls: it.skip_other_calls,
            service_level_s: it.service_level_s,
            max_callers: it.max_callers,
            skills: it.skills.into_iter().map(|skill| SkillLevel { skill: skill.name, level: skill.level }).collect(),
        }
    }
}

impl From<QueueSetup> for model::QueueSetup {
    fn from(it: QueueSetup) -> Self {
        model::QueueSetup {
            name: it.name,
            extension: it.extension,
            strategy: it.strategy.into(),
            tiers: it.tiers.map(Into::into),
            max_wait_s: it.max_wait_s,
            max_wait_no_agent_s: it.max_wait_no_agent_s,
            overflow: it.overflow.into(),
            discard_abandoned_after_s: it.discard_abandoned_after_s,
            resume: it.resume,
            skip_other_calls: it.skip_other_calls,
            service_level_s: it.service_level_s,
            max_callers: it.max_callers,
            skills: it.skills.into_iter().map(|skill| model::Skill { name: skill.skill, level: skill.level }).collect(),
        }
    }
}

impl From<model::ManagedQueue> for ManagedQueue {
    fn from(queue: model::ManagedQueue) -> Self {
        let member = |member: model::QueueMember| QueueMember {
            user: member.user,
            name: member.name,
            extension: member.extension,
            is_agent: member.is_agent,
            level: member.level,
            position: member.position,
        };
        ManagedQueue {
            id: queue.id,
            setup: queue.setup.into(),
            members: queue.members.into_iter().map(member).collect(),
            version: u32::try_from(queue.version).unwrap_or(u32::MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queue_is_the_same_after_both_ways() {
        let said = r#"{"name":"Sales","extension":"800","strategy":"topDown",
            "tiers":{"waitS":20,"multiply":true,"atOnceWithoutAgents":false},"maxWaitS":300,"maxWaitNoAgentS":30,
            "overflow":{"to":"voicemail","extension":"101"},"discardAbandonedAfterS":60,"resume":true,
            "skipOtherCalls":false,"serviceLevelS":20,"maxCallers":100,"skills":[{"skill":"arabic","level":60}]}"#;
        let setup: QueueSetup = serde_json::from_str(said).unwrap();
        let noun = model::QueueSetup::from(setup.clone());
        assert_eq!(noun.overflow, model::QueueOverflow::Voicemail("101".into()));
        assert_eq!(QueueSetup::from(noun), setup);
        let read: serde_json::Value = serde_json::from_str(said).unwrap();
        assert_eq!(serde_json::to_value(&setup).unwrap(), read);
    }
}
