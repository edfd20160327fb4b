//! Queues in the words of the machine, of the wire and of the database.

use std::time::Duration;

use acd::{
    AgentId, AgentView, Delay, Gate, Overflow, QueueEvent, QueueId, QueueSettings, Strategy, TierRules, Why, WrapUpEnd,
};
use base::Now;
use model::Skill;
use team_api::{AgentData, AgentGate};

use super::queues::At;
use crate::db::queue_events::QueueEventRow;
use crate::queue_seam::Plan;

/// What an administrator said, as the machine has it. What a newer server wrote is as usual.
pub(super) fn settings(it: &team_api::QueueSettings) -> QueueSettings {
    let secs = |n: u32| Duration::from_secs(u64::from(n));
    let limit = |n: u32| (n > 0).then(|| secs(n));
    QueueSettings {
        strategy: Strategy::from_code(&it.strategy).unwrap_or_default(),
        tier_rules: it.tier_rules.map(|rules| TierRules {
            wait: secs(rules.wait_s),
            multiply: rules.multiply,
            at_once_without_agents: rules.at_once_without_agents,
        }),
        max_wait: limit(it.max_wait_s),
        max_wait_no_agent: limit(it.max_wait_no_agent_s),
        overflow: match it.overflow.as_str() {
            "queue" => Overflow::Queue(QueueId(it.overflow_to.as_str().into())),
            "extension" => Overflow::Extension(it.overflow_to.clone()),
            "voicemail" => Overflow::Voicemail(it.overflow_to.clone()),
            _ => Overflow::HangUp,
        },
        discard_abandoned_after: secs(it.discard_abandoned_after_s),
        resume: it.resume,
        skip_other_calls: it.skip_other_calls,
        service_level: secs(it.service_level_s),
        needs: it.skills.iter().map(|skill| Skill { name: skill.name.clone(), level: skill.level }).collect(),
        max_callers: usize::try_from(it.max_callers).unwrap_or(usize::MAX),
    }
}

/// An agent as they see themselves; `None` is nobody of the queues.
pub(super) fn agent_data(now: Now, view: Option<&AgentView>, plan: &Plan) -> AgentData {
    let left = |until: Option<Now>| until.map(|until| millis(until.since(now)).unsigned_abs());
    let Some(view) = view else {
        let gate = Gate { why: Why::NotAnAgent, until: None };
        return AgentData { state: "none".to_owned(), left_ms: None, gates: vec![told(&gate, None, plan)], missed: 0 };
    };
    let gates = view.gates.iter().map(|gate| told(gate, left(gate.until), plan)).collect();
    AgentData { state: view.state.code().to_owned(), left_ms: left(view.until), gates, missed: view.missed }
}

fn told(gate: &Gate, left_ms: Option<u64>, plan: &Plan) -> AgentGate {
    let why = match &gate.why {
        Why::NotAnAgent => "not_an_agent",
        Why::NoQueue => "no_queue",
        Why::Status => "status",
        Why::ForcedBreak { .. } => "forced_break",
        Why::LoggedOut => "logged_out",
        Why::NotRegistered => "not_registered",
        Why::Offered => "offered",
        Why::InQueueCall => "in_queue_call",
        Why::NotReady => "not_ready",
        Why::WrapUp => "wrap_up",
        Why::Delay(Delay::Busy) => "busy_delay",
        Why::Delay(Delay::Reject) => "reject_delay",
        Why::Delay(Delay::NoAnswer) => "no_answer_delay",
        Why::Delay(Delay::NotRegistered) => "not_registered_delay",
        Why::OtherCall => "other_call",
        Why::Skill { .. } => "skill",
    };
    let (mut missed, mut queue, mut skill) = (None, None, None);
    match &gate.why {
        Why::ForcedBreak { missed: count } => missed = Some(*count),
        Why::Skill { queue: id, skill: name } => {
            queue = plan.queues.iter().find(|it| *it.id == *id.0).map(|it| it.settings.name.clone());
            skill = Some(name.clone());
        }
        _ => {}
    }
    AgentGate { why: why.to_owned(), left_ms, missed, queue, skill }
}

/// An entry of the event log as a row.
pub(super) fn event_row(
    at: At,
    queue: Option<QueueId>,
    stay: Option<String>,
    agent: Option<AgentId>,
    event: QueueEvent,
) -> QueueEventRow {
    let (event, detail, took) = match event {
        QueueEvent::Joined { resumed: false } => ("joined", String::new(), Duration::ZERO),
        QueueEvent::Joined { resumed: true } => ("resumed", String::new(), Duration::ZERO),
        QueueEvent::Offered => ("offered", String::new(), Duration::ZERO),
        QueueEvent::Answered { waited } => ("answered", String::new(), waited),
        QueueEvent::Missed(miss) => ("missed", miss.code().to_owned(), Duration::ZERO),
        QueueEvent::Left { waited, end } => ("left", end.code().to_owned(), waited),
        QueueEvent::Over { talked } => ("over", String::new(), talked),
        QueueEvent::WrapUpBegan { until } => ("wrap_up_began", String::new(), until.since(at.now)),
        QueueEvent::WrapUpEnded(WrapUpEnd::Over) => ("wrap_up_ended", "over".to_owned(), Duration::ZERO),
        QueueEvent::WrapUpEnded(WrapUpEnd::Ready) => ("wrap_up_ended", "ready".to_owned(), Duration::ZERO),
        QueueEvent::ForcedBreak { missed } => ("forced_break", missed.to_string(), Duration::ZERO),
    };
    QueueEventRow {
        at_ms: at.wall.0,
        queue: queue.map(|id| id.0.to_string()).unwrap_or_default(),
        stay: stay.unwrap_or_default(),
        agent: agent.map(|id| id.0.to_string()).unwrap_or_default(),
        event,
        detail,
        took_ms: millis(took),
    }
}

pub(super) fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}
