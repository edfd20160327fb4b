//! What can be asked of the live panel.

use utoipa::openapi::HttpMethod::{Delete, Get, Post, Put};

use super::operation::Operation;
use crate::{ForceStatus, Panel, PanelCharts, PanelDays, SendCaller, code, path};

pub(super) fn all() -> Vec<Operation> {
    vec![
        Operation::new(Get, path::PANEL, "panel", "The live panel at this moment")
            .says("For roles that see the live panel: agents of the departments that the caller belongs to or watches over, queues that one of them serves, and callers of these. Roles that administer everybody see all.")
            .supervisor()
            .query::<i64>("today_ms", true, "When today began.")
            .query::<i64>("yesterday_ms", true, "When yesterday began.")
            .answers::<Panel>(200, "As much as the caller may see."),
        Operation::new(Put, path::PANEL_WATCH, "watch_panel", "Be told of the live panel")
            .says("The event stream of this session tells `panel.changed` from now on, four times a second at most, until it ends or this is taken back.")
            .supervisor()
            .takes::<PanelDays>()
            .answers_nothing(204, "It is told.")
            .refuses(409, code::NO_STREAM),
        Operation::new(Delete, path::PANEL_WATCH, "leave_panel", "Be told of the live panel no more")
            .signed_in()
            .answers_nothing(204, "It is not told any more."),
        Operation::new(Get, path::PANEL_CHARTS, "panel_charts", "Charts of today")
            .supervisor()
            .query::<i64>("today_ms", true, "When today began.")
            .answers::<PanelCharts>(200, "As much as the caller may see."),
        Operation::new(Post, path::PANEL_FORCE, "panel_force_status", "Set the status of an agent")
            .says("Of users whom the caller sees in the live panel, and who do not stand above the caller. As if they had chosen it; they are told who did it.")
            .supervisor()
            .in_path("id", "Id of the user.")
            .takes::<ForceStatus>()
            .answers_nothing(204, "They have it.")
            .refuses(404, code::NOT_FOUND)
            .refuses(409, code::NEWER_STATUS)
            .refuses(422, code::UNKNOWN_STATUS)
            .refuses(422, code::STATUS_TEXT),
        Operation::new(Post, path::PANEL_END_SESSIONS, "panel_end_sessions", "Sign an agent out everywhere")
            .says("Of users whom the caller sees in the live panel, and who do not stand above the caller.")
            .supervisor()
            .in_path("id", "Id of the user.")
            .answers_nothing(204, "They are signed out.")
            .refuses(404, code::NOT_FOUND),
        Operation::new(Post, path::PANEL_PULL, "pull_caller", "Take a waiting caller to the own phones")
            .says("The caller rings at the phones of whoever asks, and at nobody else's meanwhile. Not answered within half a minute, they wait at their old place.")
            .supervisor()
            .in_path("id", "Id of the caller.")
            .answers_nothing(204, "It rings.")
            .refuses(404, code::NOT_FOUND)
            .refuses(409, code::NOT_NOW),
        Operation::new(Post, path::PANEL_SEND, "send_caller", "Send a waiting caller elsewhere")
            .says("To another queue that has room, or to somebody who can be called now; a caller whom this would lose stays.")
            .supervisor()
            .in_path("id", "Id of the caller.")
            .takes::<SendCaller>()
            .answers_nothing(204, "They are on their way.")
            .refuses(404, code::NOT_FOUND)
            .refuses(409, code::NOT_NOW),
    ]
}
