//! Language, theme, digits and when to be told of calls, in tauri-plugin-store. They are no secrets and no data: losing them costs a click.

use ipc::{Language, Settings};
use tauri::{AppHandle, Runtime};
use tauri_plugin_store::StoreExt;

const FILE: &str = "preferences.json";
const KEY: &str = "settings";

/// What was chosen, or what fits this system at first start. A damaged file counts as a first start and is logged.
pub fn load<R: Runtime>(app: &AppHandle<R>) -> Settings {
    let stored = match app.store(FILE) {
        Ok(store) => store.get(KEY),
        Err(fault) => {
            tracing::warn!(%fault, "preferences cannot be read, beginning with defaults");
            None
        }
    };
    match stored.map(serde_json::from_value) {
        Some(Ok(settings)) => settings,
        Some(Err(fault)) => {
            tracing::warn!(%fault, "preferences are damaged, beginning with defaults");
            first_start(sys_locale::get_locale().as_deref())
        }
        None => first_start(sys_locale::get_locale().as_deref()),
    }
}

/// Keeps them.
///
/// # Errors
/// The system's message when the file cannot be written.
pub fn save<R: Runtime>(app: &AppHandle<R>, settings: &Settings) -> Result<(), String> {
    let store = app.store(FILE).map_err(|e| e.to_string())?;
    let value = serde_json::to_value(settings).map_err(|e| e.to_string())?;
    store.set(KEY, value);
    store.save().map_err(|e| e.to_string())
}

fn first_start(locale: Option<&str>) -> Settings {
    let arabic = locale.is_some_and(|l| l.split(['-', '_']).next() == Some("ar"));
    Settings { language: if arabic { Language::Ar } else { Language::En }, ..Settings::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_start_speaks_the_systems_language() {
        assert_eq!(first_start(Some("ar-SA")).language, Language::Ar);
        assert_eq!(first_start(Some("ar_EG.UTF-8")).language, Language::Ar);
        assert_eq!(first_start(Some("arn-CL")).language, Language::En);
        assert_eq!(first_start(None).language, Language::En);
    }
}
