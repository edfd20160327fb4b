//! The live panel, for those who watch over agents and queues (SPEC LP-01 to LP-04, CH-01 to CH-03).
//!
//! `panel_get()` answers with [`Panel`], and events `panel` follow until `panel_leave()`; `panel_charts()` answers with [`PanelCharts`];
//! `panel_act(PanelAct)` with nothing. Times are counted from the moment at which they are told.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ColleagueParty, SeenStatus, StatusNames, SuperviseMode};

/// The live panel at one moment, as far as the person at this phone may see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Panel {
    /// News of it come by themselves; false: the connection is lost, and what is shown may be old.
    pub complete: bool,
    /// Everybody's; false: that of the departments that the person belongs to or watches over.
    pub all_departments: bool,
    /// Sums of what is shown.
    pub sums: PanelSums,
    /// Queues that somebody of the shown agents serves, by extension.
    pub queues: Vec<PanelQueue>,
    /// Callers without an agent, those who wait longest first.
    pub waiting: Vec<PanelCaller>,
    /// Agents, by extension.
    pub agents: Vec<PanelAgent>,
}

/// Sums over the queues and agents that are shown. *Today* is the day of this computer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PanelSums {
    /// Callers without an agent.
    pub waiting: u32,
    /// How long the one who waits longest has been here; none: nobody waits.
    pub longest_wait_ms: Option<u64>,
    /// Agents who would get the next call.
    pub ready: u32,
    /// Agents who are there, be it on a break.
    pub signed_in: u32,
    /// Agents on a call.
    pub on_calls: u32,
    /// How long a conversation from a queue took on average today; none: there was none.
    pub average_talk_ms: Option<u64>,
    /// Answered today.
    pub answered: u32,
    /// Answered yesterday, the whole day.
    pub answered_yesterday: u32,
    /// Hung up today before anybody answered.
    pub abandoned: u32,
    /// Callers who came today.
    pub offered: u32,
    /// Per cent of those who had to be answered by now that were in time, 0 to 100; none: nobody had to be.
    pub service_level: Option<f64>,
    /// Per cent that there should be.
    pub target: u8,
    /// In time is within so many seconds; where queues differ, the shortest.
    pub within_s: u32,
}

/// A queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PanelQueue {
    /// Its name for ever.
    pub id: String,
    /// What it is called, isolate it.
    pub name: String,
    /// What callers dial, isolate it.
    pub extension: String,
    /// Callers without an agent.
    pub waiting: u32,
    /// How long the one who waits longest has been here; none: nobody waits.
    pub longest_wait_ms: Option<u64>,
    /// Agents who would get the next call.
    pub ready: u32,
    /// Agents on a call of a queue, or about to be.
    pub busy: u32,
    /// Agents who are there and get no calls.
    pub paused: u32,
    /// Ids of those of the shown agents who serve it.
    pub agents: Vec<String>,
    /// Answered today.
    pub answered: u32,
    /// Hung up today before anybody answered.
    pub abandoned: u32,
    /// As in [`PanelSums`].
    pub service_level: Option<f64>,
    /// Per cent that there should be.
    pub target: u8,
    /// In time is within so many seconds.
    pub within_s: u32,
}

/// Somebody who waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PanelCaller {
    /// Names the stay.
    pub id: String,
    /// Id of the queue.
    pub queue: String,
    /// Name, isolate it; empty: the server knows none.
    pub name: String,
    /// Number, isolate it; empty: it may not be seen.
    pub number: String,
    /// For how long.
    pub waited_ms: u64,
    /// Id of the agent at whose phone it rings; none: at nobody's, or at somebody's who is not shown.
    pub offered_to: Option<String>,
}

/// An agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PanelAgent {
    /// Id of the user. Their picture is that of the face with this id.
    pub id: String,
    /// Name, isolate it.
    pub name: String,
    /// Extension, isolate it.
    pub extension: String,
    /// Id of the department that they belong to.
    pub department: String,
    /// Their status.
    pub status: SeenStatus,
    /// What they do.
    pub activity: PanelActivity,
    /// For how long they do that; in their status, where the status is what they do.
    pub for_ms: u64,
    /// How long wrap-up or a pause still takes.
    pub left_ms: Option<u64>,
    /// Id of the queue of their call or offer.
    pub queue: Option<String>,
    /// The other side of their call; none where it may not be seen.
    pub party: Option<ColleagueParty>,
    /// How somebody supervises their call.
    pub supervised: Option<SuperviseMode>,
    /// It is the person at this phone.
    pub mine: bool,
    /// What the person at this phone may do to them.
    pub may: PanelMay,
}

/// What may be done to an agent. The server judges it all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PanelMay {
    /// Set their status.
    pub force: bool,
    /// End their sessions.
    pub end_sessions: bool,
    /// Listen, whisper and barge in.
    pub supervise: bool,
    /// Hear recordings of their calls.
    pub hear: bool,
}

/// What an agent does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum PanelActivity {
    /// Would get the next call.
    Ready,
    /// It rings.
    Ringing,
    /// Talks.
    Talking,
    /// Has put the call on hold.
    Held,
    /// Wraps up after a call.
    WrapUp,
    /// A pause after a call that was not taken.
    Pausing,
    /// There, but gets no calls from queues: by their status, or because they serve no queue or lack a skill.
    Away,
    /// Not there.
    Offline,
}

/// Charts of today.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PanelCharts {
    /// Half hours of today up to this one, oldest first; without gaps.
    pub half_hours: Vec<PanelHalfHour>,
    /// What phones do now (CH-01).
    pub states: PanelStates,
    /// The ten with the most calls today, those with the most first (CH-02).
    pub directions: Vec<PanelDirections>,
    /// Break time of today, longest first (CH-03).
    pub breaks: Vec<PanelBreak>,
}

/// What became of callers within half an hour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PanelHalfHour {
    /// When it began.
    pub starts_at: i64,
    /// Answered.
    pub answered: u32,
    /// Hung up before anybody answered.
    pub abandoned: u32,
    /// As in [`PanelSums`].
    pub service_level: Option<f64>,
}

/// How many of the users do what (CH-01).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PanelStates {
    /// Registered, and not on a call.
    pub idle: u32,
    /// On a call, or it rings.
    pub busy: u32,
    /// No phone is registered.
    pub unregistered: u32,
}

/// Calls of an extension today (CH-02).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PanelDirections {
    /// Extension, isolate it.
    pub extension: String,
    /// Name, isolate it.
    pub name: String,
    /// From outside.
    pub inbound: u32,
    /// To outside.
    pub outbound: u32,
    /// Of three or more.
    pub conference: u32,
    /// Supervisions.
    pub eavesdrop: u32,
    /// With colleagues.
    pub internal: u32,
}

/// Break time by reason (CH-03).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PanelBreak {
    /// The status; without own words.
    pub status: SeenStatus,
    /// How long, of all who are shown together.
    pub ms: u64,
}

/// `panel_act(PanelAct)`: `notYours` without the right; `noSuchCall` when the caller waits no more; `notNow` when it cannot be now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PanelAct {
    /// Sets the status of an agent, who is told by whom.
    Force {
        /// Id of the user.
        user: String,
        /// Id of a status that can be chosen.
        status: String,
        /// Own words, where the status wants them; else empty.
        text: String,
    },
    /// Signs an agent out everywhere.
    EndSessions {
        /// Id of the user.
        user: String,
    },
    /// A waiting caller rings at the phones of the person at this phone.
    Pull {
        /// Id of the caller.
        caller: String,
    },
    /// Sends a waiting caller elsewhere.
    SendCaller {
        /// Id of the caller.
        caller: String,
        /// Extension of a queue or of somebody.
        to: String,
    },
}

impl Panel {
    /// As this account sees it; `own` is the id of its user.
    #[must_use]
    pub fn from_model(panel: &model::Panel, complete: bool, own: &str) -> Self {
        Panel {
            complete,
            all_departments: panel.all_departments,
            sums: (&panel.sums).into(),
            queues: panel.queues.iter().map(Into::into).collect(),
            waiting: panel.waiting.iter().map(Into::into).collect(),
            agents: panel.agents.iter().map(|agent| PanelAgent::from_model(agent, agent.id == own)).collect(),
        }
    }
}

impl PanelAgent {
    fn from_model(agent: &model::PanelAgent, mine: bool) -> Self {
        PanelAgent {
            id: agent.id.clone(),
            name: agent.name.clone(),
            extension: agent.extension.clone(),
            department: agent.department.clone(),
            status: seen(&agent.status, agent.kind, agent.status_names.as_ref(), &agent.text),
            activity: agent.activity.into(),
            for_ms: millis(agent.since),
            left_ms: agent.left.map(millis),
            queue: agent.queue.clone(),
            party: agent.with.as_ref().map(|with| ColleagueParty {
                direction: with.direction.into(),
                number: with.number.clone(),
                name: with.name.clone(),
            }),
            supervised: agent.supervised.map(Into::into),
            mine,
            may: PanelMay {
                force: agent.may_force,
                end_sessions: agent.may_force,
                supervise: agent.may_supervise,
                hear: agent.may_hear,
            },
        }
    }
}

impl From<model::PanelActivity> for PanelActivity {
    fn from(activity: model::PanelActivity) -> Self {
        match activity {
            model::PanelActivity::Ready => PanelActivity::Ready,
            model::PanelActivity::Ringing => PanelActivity::Ringing,
            model::PanelActivity::Talking => PanelActivity::Talking,
            model::PanelActivity::Held => PanelActivity::Held,
            model::PanelActivity::WrapUp => PanelActivity::WrapUp,
            model::PanelActivity::Pausing => PanelActivity::Pausing,
            model::PanelActivity::Away => PanelActivity::Away,
            model::PanelActivity::Offline => PanelActivity::Offline,
        }
    }
}

impl From<&model::PanelSums> for PanelSums {
    fn from(sums: &model::PanelSums) -> Self {
        PanelSums {
            waiting: sums.waiting,
            longest_wait_ms: sums.longest_wait.map(millis),
            ready: sums.ready,
            signed_in: sums.signed_in,
            on_calls: sums.on_calls,
            average_talk_ms: sums.average_talk.map(millis),
            answered: count(sums.answered),
            answered_yesterday: count(sums.answered_yesterday),
            abandoned: count(sums.abandoned),
            offered: count(sums.offered),
            service_level: sums.service_level,
            target: sums.target,
            within_s: count(sums.within.as_secs()),
        }
    }
}

impl From<&model::PanelQueue> for PanelQueue {
    fn from(queue: &model::PanelQueue) -> Self {
        PanelQueue {
            id: queue.id.clone(),
            name: queue.name.clone(),
            extension: queue.extension.clone(),
            waiting: queue.waiting,
            longest_wait_ms: queue.longest_wait.map(millis),
            ready: queue.ready,
            busy: queue.busy,
            paused: queue.paused,
            agents: queue.agents.clone(),
            answered: count(queue.answered),
            abandoned: count(queue.abandoned),
            service_level: queue.service_level,
            target: queue.target,
            within_s: count(queue.within.as_secs()),
        }
    }
}

impl From<&model::PanelCaller> for PanelCaller {
    fn from(caller: &model::PanelCaller) -> Self {
        PanelCaller {
            id: caller.id.clone(),
            queue: caller.queue.clone(),
            name: caller.name.clone(),
            number: caller.number.clone(),
            waited_ms: millis(caller.waited),
            offered_to: caller.offered_to.clone(),
        }
    }
}

impl From<&model::PanelCharts> for PanelCharts {
    fn from(charts: &model::PanelCharts) -> Self {
        let (idle, busy, unregistered) = charts.states;
        let half_hour = |it: &model::PanelHalfHour| PanelHalfHour {
            starts_at: it.starts.0,
            answered: count(it.answered),
            abandoned: count(it.abandoned),
            service_level: it.service_level,
        };
        let directions = |it: &model::PanelDirections| PanelDirections {
            extension: it.extension.clone(),
            name: it.name.clone(),
            inbound: count(it.inbound),
            outbound: count(it.outbound),
            conference: count(it.conference),
            eavesdrop: count(it.eavesdrop),
            internal: count(it.internal),
        };
        let pause = |it: &model::PanelBreak| PanelBreak {
            status: seen(&it.status, it.kind, it.status_names.as_ref(), ""),
            ms: millis(it.time),
        };
        PanelCharts {
            half_hours: charts.half_hours.iter().map(half_hour).collect(),
            states: PanelStates { idle: count(idle), busy: count(busy), unregistered: count(unregistered) },
            directions: charts.directions.iter().map(directions).collect(),
            breaks: charts.breaks.iter().map(pause).collect(),
        }
    }
}

impl From<PanelAct> for model::PanelAct {
    fn from(act: PanelAct) -> Self {
        match act {
            PanelAct::Force { user, status, text } => model::PanelAct::Force { user, status, text },
            PanelAct::EndSessions { user } => model::PanelAct::EndSessions { user },
            PanelAct::Pull { caller } => model::PanelAct::Pull { caller },
            PanelAct::SendCaller { caller, to } => model::PanelAct::Send { caller, to },
        }
    }
}

fn seen(id: &str, kind: model::StatusKind, names: Option<&model::StatusNames>, text: &str) -> SeenStatus {
    SeenStatus { id: id.to_owned(), kind: kind.into(), names: names.map(StatusNames::of), text: text.to_owned() }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn count(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_have_the_words_of_the_window_lp_04() {
        for (text, expected) in [
            (
                r#"{"kind":"force","user":"u","status":"break","text":""}"#,
                model::PanelAct::Force { user: "u".into(), status: "break".into(), text: String::new() },
            ),
            (r#"{"kind":"endSessions","user":"u"}"#, model::PanelAct::EndSessions { user: "u".into() }),
            (r#"{"kind":"pull","caller":"c"}"#, model::PanelAct::Pull { caller: "c".into() }),
            (
                r#"{"kind":"sendCaller","caller":"c","to":"801"}"#,
                model::PanelAct::Send { caller: "c".into(), to: "801".into() },
            ),
        ] {
            let act: PanelAct = serde_json::from_str(text).unwrap();
            assert_eq!(model::PanelAct::from(act), expected);
        }
    }

    #[test]
    fn an_agent_is_shown_with_what_may_be_done_to_them_lp_02() {
        let agent = model::PanelAgent {
            id: "u".into(),
            name: "ليلى".into(),
            extension: "2119".into(),
            department: "care".into(),
            status: "available".into(),
            kind: model::StatusKind::Available,
            status_names: None,
            text: String::new(),
            activity: model::PanelActivity::WrapUp,
            since: Duration::from_secs(7),
            left: Some(Duration::from_secs(3)),
            queue: Some("q".into()),
            with: None,
            supervised: Some(base::SuperviseMode::Whisper),
            may_force: true,
            may_supervise: false,
            may_hear: false,
        };
        let sums = model::PanelSums { service_level: Some(87.5), target: 80, ..model::PanelSums::default() };
        let panel = model::Panel { all_departments: true, sums, queues: vec![], waiting: vec![], agents: vec![agent] };
        let shown = serde_json::to_value(Panel::from_model(&panel, true, "u")).unwrap();
        let row = &shown["agents"][0];
        assert_eq!((&row["activity"], &row["forMs"], &row["leftMs"]), (&"wrapUp".into(), &7000.into(), &3000.into()));
        assert_eq!(
            (&row["mine"], &row["may"]["force"], &row["may"]["supervise"]),
            (&true.into(), &true.into(), &false.into())
        );
        assert_eq!((&shown["sums"]["serviceLevel"], &shown["allDepartments"]), (&87.5.into(), &true.into()));
    }
}
