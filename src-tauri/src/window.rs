//! The main window.

use ipc::Theme;
use tauri::utils::config::Color;
use tauri::{AppHandle, Runtime, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

/// Label of the only window.
pub const MAIN: &str = "main";

/// The frame's colour of `ui` (`--frame`), painted before the page is there, so that nothing flashes.
const FRAME_LIGHT: Color = Color(0xEC, 0xE9, 0xE3, 0xFF);
const FRAME_DARK: Color = Color(0x10, 0x11, 0x16, 0xFF);

/// Opens the window in its default size (design 3); `tauri-plugin-window-state` restores a remembered one.
///
/// # Errors
/// Tauri's, when no window can be opened (no display).
pub fn open<R: Runtime>(app: &AppHandle<R>, profile: &str, theme: Theme) -> tauri::Result<WebviewWindow<R>> {
    let (forced, frame) = match theme {
        Theme::System => (None, FRAME_LIGHT),
        Theme::Light => (Some(tauri::Theme::Light), FRAME_LIGHT),
        Theme::Dark => (Some(tauri::Theme::Dark), FRAME_DARK),
    };
    let title = if profile.is_empty() { "Rannan".to_owned() } else { format!("Rannan · {profile}") };
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title(title)
        .inner_size(1040.0, 720.0)
        .min_inner_size(360.0, 560.0)
        .theme(forced)
        .background_color(frame)
        // A file that is dropped goes to the page: there it is imported.
        .disable_drag_drop_handler()
        .build()
}

/// Gives the window's frame the chosen theme.
pub fn dress<R: Runtime>(app: &AppHandle<R>, theme: Theme) {
    app.set_theme(match theme {
        Theme::System => None,
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
    });
}
