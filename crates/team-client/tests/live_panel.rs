//! The live panel through the client, against the real server.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod owned;

use std::time::Duration;

use base::{Chance, Secret, WallMs};
use model::{AgentCard, NewUser, PanelAct, PanelActivity, PanelDays, Role, made_password};
use owned::{client, refused, server};
use team_client::{StreamItem, TeamClient, TeamEvent, code};
use tokio::time::timeout;

const DEADLINE: Duration = Duration::from_secs(20);
const QUARTER_MS: i64 = 15 * 60 * 1000;

fn days() -> PanelDays {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let now = i64::try_from(now.as_millis()).unwrap();
    let today = now - now.rem_euclid(QUARTER_MS);
    PanelDays { today: WallMs(today), yesterday: WallMs(today - 24 * 60 * 60 * 1000) }
}

async fn agent(owner: &TeamClient, password: &Secret) -> String {
    let new = NewUser {
        extension: "2119".into(),
        name: "ليلى منصور".into(),
        email: "layla@care.example".into(),
        password: password.clone(),
        role: Role::User,
        department: None,
        agent: AgentCard { is_agent: true, ..AgentCard::default() },
        acl: Vec::new(),
        pin: Secret::new(""),
        use_voicemail: false,
    };
    owner.add_user(new).await.unwrap().id
}

#[tokio::test]
async fn the_panel_is_read_watched_and_acted_in_lp_01_lp_02_lp_04() {
    let dir = tempfile::tempdir().unwrap();
    let (server, owner) = server(&dir).await;
    let password = made_password(&mut Chance::from_number(3));
    let layla = agent(&owner, &password).await;
    assert_eq!(refused(owner.watch_panel(days()).await), (409, code::NO_STREAM.into()), "there is no stream yet");
    let mut events = owner.events();
    while !matches!(timeout(DEADLINE, events.next()).await.unwrap(), Some(StreamItem::Connected { .. })) {}
    owner.watch_panel(days()).await.unwrap();
    let panel = owner.panel(days()).await.unwrap();
    assert!(panel.all_departments && panel.queues.is_empty() && panel.waiting.is_empty());
    let row = panel.agents.iter().find(|agent| agent.id == layla).unwrap();
    assert_eq!((row.activity, row.may_force, row.extension.as_str()), (PanelActivity::Offline, true, "2119"));
    assert!(row.may_hear, "who administers everybody hears everybody");
    assert_eq!((panel.sums.target, panel.sums.signed_in), (80, 0));

    let hers = client(&server);
    hers.login("layla@care.example", &password, "test").await.unwrap();
    assert_eq!(refused(hers.panel(days()).await), (403, code::FORBIDDEN.into()));
    assert_eq!(refused(hers.panel_charts(days().today).await), (403, code::FORBIDDEN.into()));
    let force = |status: &str| PanelAct::Force { user: layla.clone(), status: status.into(), text: String::new() };
    owner.act_in_panel(force("break")).await.unwrap();
    assert_eq!(refused(owner.act_in_panel(force("nap")).await), (422, code::UNKNOWN_STATUS.into()));
    let news = async {
        loop {
            if let Some(StreamItem::Event(TeamEvent::PanelChanged(panel))) = events.next().await {
                break panel;
            }
        }
    };
    assert_eq!(timeout(DEADLINE, news).await.expect("it is told").agents.len(), 1);
    let charts = owner.panel_charts(days().today).await.unwrap();
    assert_eq!((charts.half_hours.len(), charts.states.2 >= 2), (1, true));

    for act in [
        PanelAct::Pull { caller: "x-1".into() },
        PanelAct::Send { caller: "x-1".into(), to: "800".into() },
        PanelAct::Pull { caller: "../me".into() },
        PanelAct::EndSessions { user: "nobody".into() },
    ] {
        assert_eq!(refused(owner.act_in_panel(act).await), (404, code::NOT_FOUND.into()));
    }
    owner.act_in_panel(PanelAct::EndSessions { user: layla }).await.unwrap();
    hers.me().await.expect_err("signed out");
    owner.leave_panel().await.unwrap();
    let wrong = PanelDays { today: WallMs(1), yesterday: WallMs(0) };
    assert_eq!(refused(owner.panel(wrong).await), (400, code::BAD_REQUEST.into()));
    server.shutdown().await;
}
