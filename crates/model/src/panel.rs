//! The live panel: agents, queues and callers as supervisors see them (SPEC LP-01 to LP-04, CH-01 to CH-03).

use std::time::Duration;

use base::WallMs;

use crate::{ColleagueParty, StatusKind, StatusNames};

/// The days of whoever looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PanelDays {
    /// When today began.
    pub today: WallMs,
    /// When yesterday began.
    pub yesterday: WallMs,
}

/// The live panel at one moment, as far as this account sees it. Durations are counted from that moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// Everybody's; `false`: that of some departments.
    pub all_departments: bool,
    /// Sums of what follows.
    pub sums: PanelSums,
    /// By extension.
    pub queues: Vec<PanelQueue>,
    /// Callers without an agent, those who wait longest first.
    pub waiting: Vec<PanelCaller>,
    /// By extension.
    pub agents: Vec<PanelAgent>,
}

/// Sums over queues and agents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PanelSums {
    /// Callers without an agent.
    pub waiting: u32,
    /// How long the one who waits longest has been here.
    pub longest_wait: Option<Duration>,
    /// Agents who would get the next call.
    pub ready: u32,
    /// Agents who are not offline.
    pub signed_in: u32,
    /// Agents on a call.
    pub on_calls: u32,
    /// How long a conversation from a queue took today, on average.
    pub average_talk: Option<Duration>,
    /// Answered today.
    pub answered: u64,
    /// Answered yesterday.
    pub answered_yesterday: u64,
    /// Hung up today before anybody answered.
    pub abandoned: u64,
    /// Callers who came today.
    pub offered: u64,
    /// Answered in time today, per cent of those who should have been; `None`: there was nobody.
    pub service_level: Option<f64>,
    /// Per cent that there should be.
    pub target: u8,
    /// In time is within that.
    pub within: Duration,
}

/// A queue.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelQueue {
    /// Its name for ever.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What callers dial.
    pub extension: String,
    /// Callers without an agent.
    pub waiting: u32,
    /// How long the one who waits longest has been here.
    pub longest_wait: Option<Duration>,
    /// Agents who would get the next call.
    pub ready: u32,
    /// Agents on a call of a queue, or about to be.
    pub busy: u32,
    /// Agents who are there and get no calls.
    pub paused: u32,
    /// Ids of agents that are shown.
    pub agents: Vec<String>,
    /// Answered today.
    pub answered: u64,
    /// Hung up today before anybody answered.
    pub abandoned: u64,
    /// As in [`PanelSums`].
    pub service_level: Option<f64>,
    /// Per cent that there should be.
    pub target: u8,
    /// In time is within that.
    pub within: Duration,
}

/// Somebody who waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelCaller {
    /// Names the stay.
    pub id: String,
    /// Id of the queue.
    pub queue: String,
    /// Name; empty: not known to the server.
    pub name: String,
    /// Number or extension.
    pub number: String,
    /// For how long.
    pub waited: Duration,
    /// Id of the agent at whose phones it rings.
    pub offered_to: Option<String>,
}

/// What an agent does. The words are those of the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// There, and gets no calls from queues.
    Away,
    /// Not there.
    Offline,
}

base::codes! {
    PanelActivity {
        Ready = "ready",
        Ringing = "ringing",
        Talking = "talking",
        Held = "held",
        WrapUp = "wrap_up",
        Pausing = "pausing",
        Away = "away",
        Offline = "offline",
    }
}

/// An agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelAgent {
    /// Id of the user.
    pub id: String,
    /// Name.
    pub name: String,
    /// Extension.
    pub extension: String,
    /// Id of the department that they belong to.
    pub department: String,
    /// Which status.
    pub status: String,
    /// Its kind.
    pub kind: StatusKind,
    /// What it is called; `None`: the words of its kind.
    pub status_names: Option<StatusNames>,
    /// Own words; else empty.
    pub text: String,
    /// What they do.
    pub activity: PanelActivity,
    /// For how long.
    pub since: Duration,
    /// How long it still takes, where that is known.
    pub left: Option<Duration>,
    /// Id of the queue of their call or offer.
    pub queue: Option<String>,
    /// The other side of their call, where it may be seen.
    pub with: Option<ColleagueParty>,
    /// How somebody supervises their call, where that may be seen.
    pub supervised: Option<base::SuperviseMode>,
    /// Their status may be set and their sessions ended.
    pub may_force: bool,
    /// They may be listened to.
    pub may_supervise: bool,
    /// Whoever asked may hear recordings of their calls.
    pub may_hear: bool,
}

/// Charts of today.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelCharts {
    /// Half hours up to this one, oldest first.
    pub half_hours: Vec<PanelHalfHour>,
    /// Users with a phone that is idle, busy, or not registered (CH-01).
    pub states: (u64, u64, u64),
    /// The ten with the most calls (CH-02).
    pub directions: Vec<PanelDirections>,
    /// Longest first (CH-03).
    pub breaks: Vec<PanelBreak>,
}

/// What became of callers within half an hour.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelHalfHour {
    /// When it began.
    pub starts: WallMs,
    /// Answered.
    pub answered: u64,
    /// Hung up before anybody answered.
    pub abandoned: u64,
    /// As in [`PanelSums`].
    pub service_level: Option<f64>,
}

/// Calls of an extension.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PanelDirections {
    /// Extension.
    pub extension: String,
    /// Name.
    pub name: String,
    /// From outside.
    pub inbound: u64,
    /// To outside.
    pub outbound: u64,
    /// Of three or more.
    pub conference: u64,
    /// Supervisions.
    pub eavesdrop: u64,
    /// With colleagues.
    pub internal: u64,
}

/// Break time by reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelBreak {
    /// Which status.
    pub status: String,
    /// Its kind.
    pub kind: StatusKind,
    /// What it is called; `None`: the words of its kind.
    pub status_names: Option<StatusNames>,
    /// How long.
    pub time: Duration,
}

/// What a supervisor wants (LP-04).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PanelAct {
    /// Set the status of somebody, who is told by whom.
    Force {
        /// Id of the user.
        user: String,
        /// Id of the status.
        status: String,
        /// Own words; else empty.
        text: String,
    },
    /// Sign somebody out everywhere.
    EndSessions {
        /// Id of the user.
        user: String,
    },
    /// Take a waiting caller to the own phones.
    Pull {
        /// The stay.
        caller: String,
    },
    /// Send a waiting caller elsewhere.
    Send {
        /// The stay.
        caller: String,
        /// Extension of a queue or of somebody.
        to: String,
    },
}

impl Panel {
    /// The same some time later, if nothing happened.
    #[must_use]
    pub fn aged(&self, by: Duration) -> Panel {
        let mut panel = self.clone();
        let grow = |time: &mut Option<Duration>| *time = time.map(|it| it + by);
        grow(&mut panel.sums.longest_wait);
        panel.queues.iter_mut().for_each(|queue| grow(&mut queue.longest_wait));
        panel.waiting.iter_mut().for_each(|caller| caller.waited += by);
        for agent in &mut panel.agents {
            agent.since += by;
            agent.left = agent.left.map(|left| left.saturating_sub(by));
        }
        panel
    }
}
