//! The live panel in words.

use engine::{EngineHandle, Panel, PanelAct, PanelAgent, PanelError, PanelQueue, ShownPanel};
use serde_json::{Value, json};

use crate::run::print;
use crate::words;

/// What a supervisor wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// The panel, and from now on its news.
    Look,
    /// No news any more.
    Leave,
    /// Charts of today.
    Charts,
    /// Something to be done.
    Act(PanelAct),
}

/// Asks the server; what comes of it is printed.
pub(crate) fn carry_out(engine: &EngineHandle, wish: Wish) {
    let engine = engine.clone();
    tokio::spawn(async move {
        match done(&engine, wish).await {
            Ok(event) => print(&event),
            Err(PanelError::Server(error)) => {
                let (code, message) = words::sign_in_error(&error);
                print(&words::error(code, message));
            }
            Err(error) => print(&words::error("panel", error.to_string())),
        }
    });
}

async fn done(engine: &EngineHandle, wish: Wish) -> Result<Value, PanelError> {
    Ok(match wish {
        Wish::Look => event(&engine.panel().await?),
        Wish::Leave => {
            engine.leave_panel().await;
            json!({"event": "panel_left"})
        }
        Wish::Charts => charts(&engine.panel_charts().await?),
        Wish::Act(act) => {
            engine.act_in_panel(act).await?;
            json!({"event": "panel_done"})
        }
    })
}

/// The panel.
pub(crate) fn event(shown: &ShownPanel) -> Value {
    let Panel { all_departments, sums, queues, waiting, agents } = &shown.panel;
    let waiting: Vec<Value> = waiting
        .iter()
        .map(|it| {
            json!({
                "id": it.id, "queue": it.queue, "name": it.name, "number": it.number, "waited_ms": millis(it.waited),
                "offered_to": it.offered_to,
            })
        })
        .collect();
    json!({
        "event": "panel", "complete": shown.complete, "all_departments": all_departments,
        "sums": {
            "waiting": sums.waiting, "longest_wait_ms": sums.longest_wait.map(millis), "ready": sums.ready,
            "signed_in": sums.signed_in, "on_calls": sums.on_calls, "average_talk_ms": sums.average_talk.map(millis),
            "answered": sums.answered, "answered_yesterday": sums.answered_yesterday, "abandoned": sums.abandoned,
            "offered": sums.offered, "service_level": sums.service_level, "target": sums.target,
            "within_s": sums.within.as_secs(),
        },
        "queues": queues.iter().map(queue).collect::<Vec<_>>(),
        "waiting": waiting,
        "agents": agents.iter().map(agent).collect::<Vec<_>>(),
    })
}

fn queue(queue: &PanelQueue) -> Value {
    json!({
        "id": queue.id, "name": queue.name, "extension": queue.extension, "waiting": queue.waiting,
        "longest_wait_ms": queue.longest_wait.map(millis), "ready": queue.ready, "busy": queue.busy,
        "paused": queue.paused, "agents": queue.agents, "answered": queue.answered, "abandoned": queue.abandoned,
        "service_level": queue.service_level, "target": queue.target, "within_s": queue.within.as_secs(),
    })
}

fn agent(agent: &PanelAgent) -> Value {
    json!({
        "id": agent.id, "name": agent.name, "extension": agent.extension, "department": agent.department,
        "status": agent.status, "kind": agent.kind.code(), "text": agent.text, "activity": agent.activity.code(),
        "for_ms": millis(agent.since), "left_ms": agent.left.map(millis), "queue": agent.queue,
        "with": agent.with.as_ref().map(|with| json!({"number": with.number, "name": with.name})),
        "may_force": agent.may_force, "may_supervise": agent.may_supervise, "may_hear": agent.may_hear,
    })
}

fn charts(charts: &engine::PanelCharts) -> Value {
    let half_hours = charts.half_hours.iter().map(|it| {
        json!({
            "starts_ms": it.starts.0, "answered": it.answered, "abandoned": it.abandoned,
            "service_level": it.service_level,
        })
    });
    let directions = charts.directions.iter().map(|it| {
        json!({
            "extension": it.extension, "name": it.name, "inbound": it.inbound, "outbound": it.outbound,
            "conference": it.conference, "eavesdrop": it.eavesdrop, "internal": it.internal,
        })
    });
    let breaks = charts.breaks.iter().map(|it| json!({"status": it.status, "ms": millis(it.time)}));
    let (idle, busy, unregistered) = charts.states;
    json!({
        "event": "panel_charts", "half_hours": half_hours.collect::<Vec<_>>(),
        "states": {"idle": idle, "busy": busy, "unregistered": unregistered},
        "directions": directions.collect::<Vec<_>>(), "breaks": breaks.collect::<Vec<_>>(),
    })
}

fn millis(time: std::time::Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
