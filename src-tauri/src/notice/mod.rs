//! The small window that tells of calls while the main one is not used. It is always on top and never takes the focus from what the
//! agent types (SPEC 2 items 9 and 21). It lives only while it has something to say.

mod place;

use ipc::{Notice, Settings};
use tauri::{
    AppHandle, LogicalPosition, LogicalSize, Manager, Monitor, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
};

use self::place::{Area, Corner, place};
use crate::window;
use crate::words::Words;

/// Label of the small window.
pub const NOTICE: &str = "notice";
/// The same page as the main window's; it draws this instead.
const PAGE: &str = "index.html?view=notice";

/// What the small window may ask. Everything else is refused: it is on the screen while the agent works elsewhere.
const COMMANDS: [&str; 9] = [
    "snapshot",
    "answer",
    "decline",
    "silence",
    "hang_up",
    "picture",
    "show_window",
    "notice_call_back",
    "notice_dismiss",
];

/// True when a window of this label may give this command.
#[must_use]
pub fn may(label: &str, command: &str) -> bool {
    label == window::MAIN || (label == NOTICE && COMMANDS.contains(&command))
}

/// Shows the window, moves it, or takes it away.
///
/// # Errors
/// Tauri's. The main window shows every call too: nothing is lost.
pub fn show(app: &AppHandle, notice: Option<&Notice>, settings: &Settings) -> tauri::Result<()> {
    let open = app.get_webview_window(NOTICE);
    let Some(notice) = notice else {
        return open.map_or(Ok(()), |window| window.destroy());
    };
    let area = place(notice, screen(app)?, settings.language, Corner::here());
    match open {
        Some(window) => fit(&window, area),
        None => build(app, area, settings),
    }
}

/// Its title, in the language in force.
pub fn entitle(app: &AppHandle, words: Words) {
    if let Some(window) = app.get_webview_window(NOTICE)
        && let Err(fault) = window.set_title(&words.say("incoming-title"))
    {
        tracing::warn!(%fault, "the small window keeps its title");
    }
}

fn build(app: &AppHandle, area: Area, settings: &Settings) -> tauri::Result<()> {
    let (forced, _) = window::colours(settings.theme);
    WebviewWindowBuilder::new(app, NOTICE, WebviewUrl::App(PAGE.into()))
        .title(Words::of(settings).say("incoming-title"))
        .inner_size(area.width, area.height)
        .position(area.x, area.y)
        .theme(forced)
        .background_color(window::raised(settings.theme))
        .decorations(false)
        // On Linux a window that cannot be resized is as high as its page would like to be.
        .resizable(cfg!(target_os = "linux"))
        .maximizable(false)
        .minimizable(false)
        .always_on_top(true)
        .visible_on_all_workspaces(true)
        .skip_taskbar(true)
        .focused(false)
        .build()
        .map(drop)
}

fn fit(window: &WebviewWindow, area: Area) -> tauri::Result<()> {
    window.set_size(LogicalSize::new(area.width, area.height))?;
    window.set_position(LogicalPosition::new(area.x, area.y))
}

/// The screen where the pointer is, without the system's panels.
fn screen(app: &AppHandle) -> tauri::Result<Area> {
    let pointer = app.cursor_position()?;
    let there = app.monitor_from_point(pointer.x, pointer.y)?;
    let monitor = match there {
        Some(monitor) => Some(monitor),
        None => app.primary_monitor()?,
    };
    let monitor = match monitor {
        Some(monitor) => Some(monitor),
        None => app.available_monitors()?.into_iter().next(),
    };
    Ok(monitor.as_ref().map_or(NO_SCREEN, area))
}

/// A system that tells nothing of its screens.
const NO_SCREEN: Area = Area { x: 0.0, y: 0.0, width: 1024.0, height: 640.0 };

fn area(monitor: &Monitor) -> Area {
    let scale = monitor.scale_factor();
    let work = monitor.work_area();
    let (at, size) = (work.position.to_logical::<f64>(scale), work.size.to_logical::<f64>(scale));
    Area { x: at.x, y: at.y, width: size.width, height: size.height }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_small_window_may_do_little() {
        assert!(may(window::MAIN, "contacts_export") && may(NOTICE, "answer"));
        for command in ["contacts", "history", "dial", "sign_in", "quit", "set_settings", "export_passport"] {
            assert!(!may(NOTICE, command), "{command}");
        }
        assert!(!may("other", "answer"));
    }
}
