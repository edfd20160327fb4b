//! The main window.

use ipc::{Settings, Theme};
use tauri::utils::config::Color;
use tauri::{AppHandle, Manager, Runtime, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

use crate::words::Words;

/// Label of the main window.
pub const MAIN: &str = "main";

/// The frame's colour of `ui` (`--frame`), painted before the page is there, so that nothing flashes.
const FRAME_LIGHT: Color = Color(0xEC, 0xE9, 0xE3, 0xFF);
const FRAME_DARK: Color = Color(0x10, 0x11, 0x16, 0xFF);
/// The same for `--raised`, on which the small window stands.
const RAISED_LIGHT: Color = Color(0xFF, 0xFF, 0xFF, 0xFF);
const RAISED_DARK: Color = Color(0x25, 0x27, 0x2F, 0xFF);

/// Opens the window in its default size (design 3); `tauri-plugin-window-state` restores a remembered one.
///
/// # Errors
/// Tauri's, when no window can be opened (no display).
pub fn open<R: Runtime>(app: &AppHandle<R>, profile: &str, settings: &Settings) -> tauri::Result<WebviewWindow<R>> {
    let (forced, frame) = colours(settings.theme);
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title(title(Words::of(settings), profile))
        .inner_size(1040.0, 720.0)
        .min_inner_size(360.0, 560.0)
        .theme(forced)
        .background_color(frame)
        // A file that is dropped goes to the page: there it is imported.
        .disable_drag_drop_handler()
        .build()
}

/// Brings the main window to the front: somebody asked for it.
pub fn show<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(MAIN)
        && let Err(fault) = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus())
    {
        tracing::warn!(%fault, "the main window cannot be brought to the front");
    }
}

/// Takes the main window off the screen; the program goes on.
pub fn hide<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(MAIN)
        && let Err(fault) = window.hide()
    {
        tracing::warn!(%fault, "the main window cannot be hidden");
    }
}

/// Gives the main window its title in another language.
pub fn entitle<R: Runtime>(app: &AppHandle<R>, words: Words, profile: &str) {
    if let Some(window) = app.get_webview_window(MAIN)
        && let Err(fault) = window.set_title(&title(words, profile))
    {
        tracing::warn!(%fault, "the main window keeps its title");
    }
}

fn title(words: Words, profile: &str) -> String {
    if profile.is_empty() { words.say("product") } else { words.say_with("window-title", &[("profile", profile)]) }
}

/// The theme that the frame is forced to, and what is painted before the page is there.
#[must_use]
pub fn colours(theme: Theme) -> (Option<tauri::Theme>, Color) {
    match theme {
        Theme::System => (None, FRAME_LIGHT),
        Theme::Light => (Some(tauri::Theme::Light), FRAME_LIGHT),
        Theme::Dark => (Some(tauri::Theme::Dark), FRAME_DARK),
    }
}

/// What the small window is painted with before its page is there.
#[must_use]
pub fn raised(theme: Theme) -> Color {
    match theme {
        Theme::System | Theme::Light => RAISED_LIGHT,
        Theme::Dark => RAISED_DARK,
    }
}

/// Gives the window's frame the chosen theme.
pub fn dress<R: Runtime>(app: &AppHandle<R>, theme: Theme) {
    app.set_theme(colours(theme).0);
}
