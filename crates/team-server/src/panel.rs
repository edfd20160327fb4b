//! The live panel as one person may see it: what the queues, the statuses and the event log say, with everything taken away that is not theirs.
//! Judged under the lock of the people, by the rights of the moment at which it is written.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use acd::QueueView;
use base::SuperviseMode;
use model::{Act, AgentState, Reach, Standing, StatusKind, may};
use team_api::{Panel, PanelAgent, PanelCaller, PanelQueue, PanelStates, PanelSums, PersonStatus, QueueRow};

use crate::db::panel_sums::DaySums;
use crate::person::Person;
use crate::presence::Presence;
use crate::queue_seam::Plan;
use crate::sight::Sight;
use crate::supervision::Supervisions;

/// Per cent of the callers who should be answered in time.
pub(crate) const TARGET: u8 = 80;
/// Callers in one panel; how many wait is said all the same.
const MOST_WAITING: usize = 500;

/// The queues at one moment, as the voice task tells it.
#[derive(Clone, Debug, Default)]
pub(crate) struct QueuesHere {
    pub plan: Arc<Plan>,
    pub queues: BTreeMap<String, QueueView>,
    pub waiting: Vec<WaitingHere>,
    /// By extension.
    pub agents: BTreeMap<String, AgentHere>,
}

/// Somebody who waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WaitingHere {
    pub stay: String,
    pub queue: String,
    pub caller: String,
    pub waited_ms: u64,
    /// Extensions at which it rings.
    pub asked: Vec<String>,
}

/// An agent of the queues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AgentHere {
    pub state: AgentState,
    /// Since when that is so.
    pub since_ms: i64,
    pub left_ms: Option<u64>,
    /// Of their call or offer.
    pub queue: Option<String>,
}

/// Sums of each queue, by id.
pub(crate) type Sums = BTreeMap<String, DaySums>;

/// Whom and what somebody sees in the live panel.
pub(crate) struct Scope {
    pub everybody: bool,
    /// Extension, id and name of users.
    pub users: BTreeMap<String, (String, String)>,
    pub states: PanelStates,
}

impl Scope {
    /// Is this queue theirs to see?
    pub(crate) fn sees(&self, queue: &QueueRow) -> bool {
        self.everybody || queue.agents.iter().any(|agent| self.users.contains_key(&agent.extension))
    }
}

impl Presence {
    /// `None` for somebody whose role does not see the live panel (LP-01).
    pub(crate) fn panel_scope(&self, viewer: &str) -> Option<Scope> {
        let people = self.lock();
        let viewer = supervisor(&people, viewer)?;
        let mut scope = Scope { everybody: sees_all(viewer), users: BTreeMap::new(), states: PanelStates::default() };
        for (extension, person) in people.iter().filter(|(_, person)| is_seen(viewer, person)) {
            scope.users.insert(extension.clone(), (person.member.id.clone(), person.member.name.clone()));
            let state = match (person.registered, person.lines.shown().is_some()) {
                (false, _) => &mut scope.states.unregistered,
                (true, true) => &mut scope.states.busy,
                (true, false) => &mut scope.states.idle,
            };
            *state += 1;
        }
        Some(scope)
    }

    /// The live panel; `None` for somebody whose role does not see it: not a byte (LP-01).
    pub(crate) fn panel_for(
        &self,
        viewer: &str,
        here: &QueuesHere,
        sums: &Sums,
        (supervisions, now): (&Supervisions, i64),
    ) -> Option<Panel> {
        let people = self.lock();
        let viewer = supervisor(&people, viewer)?;
        let seen = here.plan.agents.iter().filter_map(|agent| {
            let person = people.get(&agent.extension).filter(|person| is_seen(viewer, person))?;
            let mode = supervisions.of(&agent.extension).map(|(_, mode)| mode);
            Some(row(viewer, person, here.agents.get(&agent.extension), (mode, now)))
        });
        let agents: Vec<PanelAgent> = seen.collect();
        let ids: BTreeMap<&str, &str> =
            agents.iter().map(|agent| (agent.extension.as_str(), agent.id.as_str())).collect();
        let all = sees_all(viewer);
        let mine = |queue: &&QueueRow| all || queue.agents.iter().any(|it| ids.contains_key(it.extension.as_str()));
        let queues: Vec<PanelQueue> =
            here.plan.queues.iter().filter(mine).map(|queue| queue_row(queue, here, sums, &ids)).collect();
        let shown: BTreeSet<&str> = queues.iter().map(|queue| queue.id.as_str()).collect();
        let name = |number: &str| people.get(number).map(|person| person.member.name.clone()).unwrap_or_default();
        let mut waiting: Vec<PanelCaller> = here
            .waiting
            .iter()
            .filter(|it| shown.contains(it.queue.as_str()))
            .map(|it| PanelCaller {
                id: it.stay.clone(),
                queue: it.queue.clone(),
                name: name(&it.caller),
                number: it.caller.clone(),
                waited_ms: it.waited_ms,
                offered_to: it.asked.iter().find_map(|who| ids.get(who.as_str())).map(|id| (*id).to_owned()),
            })
            .collect();
        waiting.sort_by(|a, b| b.waited_ms.cmp(&a.waited_ms).then_with(|| a.id.cmp(&b.id)));
        waiting.truncate(MOST_WAITING);
        let sums = summed(&queues, &agents, sums);
        Some(Panel { all_departments: all, sums, queues, waiting, agents })
    }
}

/// How somebody stands who may look at the live panel.
fn supervisor<'a>(people: &'a BTreeMap<String, Person>, viewer: &str) -> Option<&'a Standing> {
    people.get(viewer)?.standing.as_ref().filter(|standing| standing.role.live_panel)
}

fn sees_all(viewer: &Standing) -> bool {
    viewer.role.administers == Reach::Everybody
}

fn is_seen(viewer: &Standing, person: &Person) -> bool {
    person.standing.as_ref().is_some_and(|standing| may(viewer, Act::SeeLivePanel, standing))
}

fn row(
    viewer: &Standing,
    person: &Person,
    agent: Option<&AgentHere>,
    (mode, now): (Option<SuperviseMode>, i64),
) -> PanelAgent {
    let seen = person.seen();
    let may = |act| person.standing.as_ref().is_some_and(|standing| may(viewer, act, standing));
    let (activity, since, left_ms) = activity(&seen, agent);
    let numbers = Sight::of(Some(viewer), person.standing.as_ref()) == Sight::Numbers;
    PanelAgent {
        activity: activity.to_owned(),
        for_ms: since.map_or(0, |since| u64::try_from(now.saturating_sub(since)).unwrap_or_default()),
        left_ms,
        queue: agent.and_then(|agent| agent.queue.clone()),
        with: seen.call.and_then(|call| call.with).filter(|_| numbers),
        supervised: mode.filter(|_| may(Act::Listen)).map(|mode| mode.code().to_owned()),
        may_force: may(Act::Direct),
        may_supervise: may(Act::Listen),
        may_hear: may(Act::HearRecordings),
        id: seen.id,
        name: seen.name,
        extension: seen.extension,
        department: seen.department.unwrap_or_default(),
        status: seen.status,
        kind: seen.kind,
        names: seen.names,
        text: seen.text,
    }
}

/// What somebody does, since when, and how long it still takes.
fn activity(seen: &PersonStatus, agent: Option<&AgentHere>) -> (&'static str, Option<i64>, Option<u64>) {
    let since = agent.map(|agent| agent.since_ms);
    let left = agent.and_then(|agent| agent.left_ms);
    let state = agent.map(|agent| agent.state);
    match (&seen.call, state) {
        (Some(call), _) if !call.ringing => ("talking", call.since_ms, None),
        (_, Some(AgentState::Talking)) => ("talking", since, None),
        (Some(call), _) => ("ringing", call.since_ms, None),
        (None, Some(AgentState::Offered)) => ("ringing", since, None),
        (None, _) if seen.kind == StatusKind::Offline.code() => ("offline", seen.since_ms, None),
        (None, Some(AgentState::WrapUp)) => ("wrap_up", since, left),
        (None, Some(AgentState::Delayed)) => ("pausing", since, left),
        (None, Some(AgentState::Ready)) => ("ready", since, None),
        (None, Some(AgentState::Blocked) | None) => ("away", seen.since_ms, None),
    }
}

fn queue_row(queue: &QueueRow, here: &QueuesHere, sums: &Sums, ids: &BTreeMap<&str, &str>) -> PanelQueue {
    let view = here.queues.get(&queue.id).cloned().unwrap_or_default();
    let sum = sums.get(&queue.id).copied().unwrap_or_default();
    let agents = queue.agents.iter().filter_map(|agent| ids.get(agent.extension.as_str()));
    PanelQueue {
        id: queue.id.clone(),
        name: queue.settings.name.clone(),
        extension: queue.settings.extension.clone(),
        waiting: small(view.waiting),
        longest_wait_ms: view.longest.map(|wait| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)),
        ready: small(view.free),
        busy: small(view.busy),
        paused: small(view.paused),
        agents: agents.map(|id| (*id).to_owned()).collect(),
        answered: sum.fates.answered,
        abandoned: sum.fates.abandoned,
        service_level: sum.fates.service_level(),
        target: TARGET,
        within_s: queue.settings.service_level_s,
    }
}

fn summed(queues: &[PanelQueue], agents: &[PanelAgent], sums: &Sums) -> PanelSums {
    let mut sum = DaySums::default();
    queues.iter().filter_map(|queue| sums.get(&queue.id)).for_each(|it| sum.add(*it));
    let doing = |what: &str| small(agents.iter().filter(|agent| agent.activity == what).count());
    PanelSums {
        waiting: queues.iter().map(|queue| queue.waiting).fold(0, u32::saturating_add),
        longest_wait_ms: queues.iter().filter_map(|queue| queue.longest_wait_ms).max(),
        ready: doing("ready"),
        signed_in: small(agents.len()).saturating_sub(doing("offline")),
        on_calls: doing("talking"),
        average_talk_ms: sum.talked_ms.checked_div(sum.talks),
        answered: sum.fates.answered,
        answered_yesterday: sum.answered_yesterday,
        abandoned: sum.fates.abandoned,
        offered: sum.came,
        service_level: sum.fates.service_level(),
        target: TARGET,
        within_s: queues.iter().map(|queue| queue.within_s).min().unwrap_or_default(),
    }
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
