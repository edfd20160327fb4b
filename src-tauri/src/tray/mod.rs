//! The icon in the system's panel: what it shows is decided in `menu`, here it is shown.

pub mod act;
mod host;
mod mark;
pub mod menu;
mod presence;

use std::sync::OnceLock;

use tauri::image::Image;
use tauri::menu::{CheckMenuItem, Menu, MenuEvent, MenuItem, PredefinedMenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Wry};

use self::act::Act;
use self::menu::{Row, Tray};

const BASE: &[u8] = include_bytes!("../../../icons/32x32.png");
const ID: &str = "rannan";

/// The icon, where the system can have one. Without a lock: painting waits for the main thread, which asks whether the icon is there.
#[derive(Default)]
pub struct TrayPlace(OnceLock<Placed>);

struct Placed {
    icon: TrayIcon,
    base: Vec<u8>,
}

impl TrayPlace {
    /// Puts the icon there. `act` is called when a row of its menu is pressed.
    pub fn build(&self, app: &AppHandle, act: fn(&AppHandle, Act)) {
        if !host::can_be_built() {
            tracing::info!("no tray: the system's library for it is missing");
            return;
        }
        match placed(app, act) {
            Ok(placed) => {
                if self.0.set(placed).is_err() {
                    tracing::error!("a second tray was built and dropped");
                }
            }
            Err(fault) => tracing::warn!(%fault, "no tray"),
        }
    }

    /// True when the icon can be seen, so that the phone may go on without a window.
    pub fn can_be_seen(&self) -> bool {
        self.0.get().is_some() && host::is_shown()
    }

    /// Shows this. Only what changed since `before` is touched: panels flicker.
    pub fn show(&self, app: &AppHandle, before: Option<&Tray>, tray: &Tray) {
        if let Some(placed) = self.0.get()
            && let Err(fault) = placed.paint(app, before, tray)
        {
            tracing::warn!(%fault, "the tray cannot be changed");
        }
    }
}

fn placed(app: &AppHandle, act: fn(&AppHandle, Act)) -> tauri::Result<Placed> {
    let base = Image::from_bytes(BASE)?.rgba().to_vec();
    let icon = TrayIconBuilder::with_id(ID)
        .icon(Image::new(&base, mark::SIDE, mark::SIDE))
        .show_menu_on_left_click(false)
        .on_menu_event(move |app, event: MenuEvent| {
            if let Some(wanted) = Act::read(event.id().as_ref()) {
                act(app, wanted);
            }
        })
        .on_tray_icon_event(move |icon, event| {
            // Never on Linux.
            if let TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. } = event {
                act(icon.app_handle(), Act::Open);
            }
        })
        .build(app)?;
    Ok(Placed { icon, base })
}

impl Placed {
    fn paint(&self, app: &AppHandle, before: Option<&Tray>, tray: &Tray) -> tauri::Result<()> {
        let looks = |tray: &Tray| (tray.mark, tray.missed);
        if before.map(looks) != Some(looks(tray)) {
            let picture = mark::draw(&self.base, tray.mark, tray.missed);
            self.icon.set_icon(Some(Image::new_owned(picture, mark::SIDE, mark::SIDE)))?;
        }
        if before.map(|before| &before.tooltip) != Some(&tray.tooltip) {
            self.icon.set_tooltip(Some(&tray.tooltip))?;
        }
        if before.map(|before| &before.rows) != Some(&tray.rows) {
            self.icon.set_menu(Some(menu_of(app, &tray.rows)?))?;
        }
        Ok(())
    }
}

fn menu_of(app: &AppHandle, rows: &[Row]) -> tauri::Result<Menu<Wry>> {
    let menu = Menu::new(app)?;
    for row in rows {
        match row {
            Row::Press(act, text) => {
                menu.append(&MenuItem::with_id(app, act.id(), escaped(text), true, None::<&str>)?)?;
            }
            Row::Choose(act, text, ticked) => {
                menu.append(&CheckMenuItem::with_id(app, act.id(), escaped(text), true, *ticked, None::<&str>)?)?;
            }
            Row::Say(text) => menu.append(&MenuItem::new(app, escaped(text), false, None::<&str>)?)?,
            Row::Rule => menu.append(&PredefinedMenuItem::separator(app)?)?,
        }
    }
    Ok(menu)
}

/// `&` would make the next letter an access key.
fn escaped(text: &str) -> String {
    text.replace('&', "&&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_that_is_drawn_on_has_the_size_that_is_drawn() {
        let base = Image::from_bytes(BASE).expect("our own icon");
        assert_eq!((base.width(), base.height()), (mark::SIDE, mark::SIDE));
    }

    #[test]
    fn a_name_is_no_access_key() {
        assert_eq!(escaped("Marks & Spencer"), "Marks && Spencer");
    }
}
