//! The live panel: what supervisors see, and what they do (SPEC LP-01 to LP-04, CH-01 to CH-03).

use std::time::Duration;

use base::WallMs;
use model::{
    ColleagueParty, Direction, Panel, PanelAct, PanelActivity, PanelAgent, PanelBreak, PanelCaller, PanelCharts,
    PanelDays, PanelDirections, PanelHalfHour, PanelQueue, PanelSums,
};
use reqwest::Method;
use team_api::{ForceStatus, SendCaller, path};

use crate::client::{MAX_ANSWER, TeamClient};
use crate::error::TeamError;
use crate::rights::id_in;
use crate::status::{kind, names};

impl TeamClient {
    /// The live panel at this moment.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `forbidden` for those whose role does not see it.
    pub async fn panel(&self, days: PanelDays) -> Result<Panel, TeamError> {
        let request = self.authorized(Method::GET, path::PANEL)?.query(&wire_days(days));
        self.ask(request, true).await.map(panel)
    }

    /// The event stream tells it from now on.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `no-stream` while none is open.
    pub async fn watch_panel(&self, days: PanelDays) -> Result<(), TeamError> {
        self.say(self.authorized(Method::PUT, path::PANEL_WATCH)?.json(&wire_days(days))).await
    }

    /// The event stream tells it no more.
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn leave_panel(&self) -> Result<(), TeamError> {
        self.say(self.authorized(Method::DELETE, path::PANEL_WATCH)?).await
    }

    /// Charts of the day that began then.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `forbidden` for those whose role does not see them.
    pub async fn panel_charts(&self, today: WallMs) -> Result<PanelCharts, TeamError> {
        let request = self.authorized(Method::GET, path::PANEL_CHARTS)?.query(&[("today_ms", today.0)]);
        self.ask(request, true).await.map(charts)
    }

    /// Does something in the panel.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `not-found` for what is not shown there any more, `not-now`, or what a status can be refused with.
    pub async fn act_in_panel(&self, act: PanelAct) -> Result<(), TeamError> {
        let post = |path: &str, id: &str| self.authorized(Method::POST, &path.replace("{id}", id_in(id)?));
        let request = match act {
            PanelAct::Force { user, status, text } => {
                post(path::PANEL_FORCE, &user)?.json(&ForceStatus { status, text })
            }
            PanelAct::EndSessions { user } => post(path::PANEL_END_SESSIONS, &user)?,
            PanelAct::Pull { caller } => post(path::PANEL_PULL, &caller)?,
            PanelAct::Send { caller, to } => post(path::PANEL_SEND, &caller)?.json(&SendCaller { to }),
        };
        self.say(request).await
    }

    async fn say(&self, request: reqwest::RequestBuilder) -> Result<(), TeamError> {
        self.fetch(request, true, MAX_ANSWER).await.map(drop)
    }
}

fn wire_days(days: PanelDays) -> team_api::PanelDays {
    team_api::PanelDays { today_ms: days.today.0, yesterday_ms: days.yesterday.0 }
}

pub(crate) fn panel(panel: team_api::Panel) -> Panel {
    Panel {
        all_departments: panel.all_departments,
        sums: sums(panel.sums),
        queues: panel.queues.into_iter().map(queue).collect(),
        waiting: panel.waiting.into_iter().map(caller).collect(),
        agents: panel.agents.into_iter().map(agent).collect(),
    }
}

fn sums(sums: team_api::PanelSums) -> PanelSums {
    PanelSums {
        waiting: sums.waiting,
        longest_wait: time(sums.longest_wait_ms),
        ready: sums.ready,
        signed_in: sums.signed_in,
        on_calls: sums.on_calls,
        average_talk: time(sums.average_talk_ms),
        answered: sums.answered,
        answered_yesterday: sums.answered_yesterday,
        abandoned: sums.abandoned,
        offered: sums.offered,
        service_level: sums.service_level,
        target: sums.target,
        within: Duration::from_secs(sums.within_s.into()),
    }
}

fn queue(queue: team_api::PanelQueue) -> PanelQueue {
    PanelQueue {
        id: queue.id,
        name: queue.name,
        extension: queue.extension,
        waiting: queue.waiting,
        longest_wait: time(queue.longest_wait_ms),
        ready: queue.ready,
        busy: queue.busy,
        paused: queue.paused,
        agents: queue.agents,
        answered: queue.answered,
        abandoned: queue.abandoned,
        service_level: queue.service_level,
        target: queue.target,
        within: Duration::from_secs(queue.within_s.into()),
    }
}

fn caller(caller: team_api::PanelCaller) -> PanelCaller {
    PanelCaller {
        id: caller.id,
        queue: caller.queue,
        name: caller.name,
        number: caller.number,
        waited: Duration::from_millis(caller.waited_ms),
        offered_to: caller.offered_to,
    }
}

fn agent(agent: team_api::PanelAgent) -> PanelAgent {
    let with = |with: team_api::CallWith| ColleagueParty {
        direction: if with.incoming { Direction::Incoming } else { Direction::Outgoing },
        number: with.number,
        name: with.name,
    };
    PanelAgent {
        id: agent.id,
        name: agent.name,
        extension: agent.extension,
        department: agent.department,
        kind: kind(&agent.kind),
        status: agent.status,
        status_names: agent.names.map(names),
        text: agent.text,
        // A word of a newer server: they are there, and that is all that is known.
        activity: PanelActivity::from_code(&agent.activity).unwrap_or(PanelActivity::Away),
        since: Duration::from_millis(agent.for_ms),
        left: time(agent.left_ms),
        queue: agent.queue,
        with: agent.with.map(with),
        supervised: agent.supervised.as_deref().and_then(base::SuperviseMode::from_code),
        may_force: agent.may_force,
        may_supervise: agent.may_supervise,
        may_hear: agent.may_hear,
    }
}

fn charts(charts: team_api::PanelCharts) -> PanelCharts {
    let half_hour = |it: team_api::PanelHalfHour| PanelHalfHour {
        starts: WallMs(it.starts_ms),
        answered: it.answered,
        abandoned: it.abandoned,
        service_level: it.service_level,
    };
    let directions = |it: team_api::PanelDirections| PanelDirections {
        extension: it.extension,
        name: it.name,
        inbound: it.inbound,
        outbound: it.outbound,
        conference: it.conference,
        eavesdrop: it.eavesdrop,
        internal: it.internal,
    };
    let pause = |it: team_api::PanelBreak| PanelBreak {
        kind: kind(&it.kind),
        status: it.status,
        status_names: it.names.map(names),
        time: Duration::from_millis(it.ms),
    };
    PanelCharts {
        half_hours: charts.half_hours.into_iter().map(half_hour).collect(),
        states: (charts.states.idle, charts.states.busy, charts.states.unregistered),
        directions: charts.directions.into_iter().map(directions).collect(),
        breaks: charts.breaks.into_iter().map(pause).collect(),
    }
}

fn time(ms: Option<u64>) -> Option<Duration> {
    ms.map(Duration::from_millis)
}
