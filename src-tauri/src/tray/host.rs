//! Is there somebody who would show a tray icon? Without one, a closed window would be a lost phone.

/// The library that talks to the panel is there. It must be asked before a tray is built: the binding panics without it.
#[cfg(target_os = "linux")]
pub fn can_be_built() -> bool {
    const NAMES: [&str; 4] = [
        "libayatana-appindicator3.so.1",
        "libappindicator3.so.1",
        "libayatana-appindicator3.so",
        "libappindicator3.so",
    ];
    // SAFETY: these are the libraries that the binding itself opens; what runs when they are loaded is theirs.
    NAMES.iter().any(|name| unsafe { libloading::Library::new(name) }.is_ok())
}

/// A panel says on the session bus that it shows such icons. It can come and go; ask when it matters.
#[cfg(target_os = "linux")]
pub fn is_shown() -> bool {
    use gtk::gio::{BusType, Cancellable, DBusCallFlags, bus_get_sync};
    use gtk::glib::{ToVariant, VariantTy};

    const ANSWER_WITHIN_MS: i32 = 500;
    let asked = bus_get_sync(BusType::Session, Cancellable::NONE).and_then(|bus| {
        bus.call_sync(
            Some("org.kde.StatusNotifierWatcher"),
            "/StatusNotifierWatcher",
            "org.freedesktop.DBus.Properties",
            "Get",
            Some(&("org.kde.StatusNotifierWatcher", "IsStatusNotifierHostRegistered").to_variant()),
            VariantTy::new("(v)").ok(),
            DBusCallFlags::NO_AUTO_START,
            ANSWER_WITHIN_MS,
            Cancellable::NONE,
        )
    });
    match asked {
        Ok(answer) => answer.child_value(0).as_variant().and_then(|value| value.get::<bool>()).unwrap_or(false),
        Err(fault) => {
            tracing::debug!(%fault, "nobody shows tray icons");
            false
        }
    }
}

/// The system's own.
#[cfg(not(target_os = "linux"))]
pub fn can_be_built() -> bool {
    true
}

/// The system's own panel is always there.
#[cfg(not(target_os = "linux"))]
pub fn is_shown() -> bool {
    true
}
