//! Builds the app and runs it.

use std::path::PathBuf;
use std::process::exit;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use engine::{EngineConfig, EngineHandle, SoundOverride};
use ipc::UiEvent;
use tauri::{App, AppHandle, Manager, RunEvent, WindowEvent};
use tauri_plugin_window_state::StateFlags;
use tracing_subscriber::EnvFilter;

use crate::commands::window::{Preferences, Started};
use crate::commands::{calls, contacts, devices, history, profile, session, status, transfer, window as window_commands};
use crate::options::Options;
use crate::practice::Practice;
use crate::secrets::Keychain;
use crate::{events, preferences, webview, window};

const LOG_VARIABLE: &str = "RANNAN_LOG";
/// The media engine reports each early packet of a peer as a warning; what matters of it reaches us as an event.
const LOG_DEFAULT: &str =
    "info,sqlx=warn,webrtc=error,rtc=error,rtc_ice=error,rtc_dtls=error,rtc_srtp=error,rtc_sctp=error";

/// Runs the program until its window is closed. Ends the process.
pub fn run() {
    let started = Instant::now();
    webview::prepare();
    let filter = EnvFilter::try_from_env(LOG_VARIABLE).unwrap_or_else(|_| EnvFilter::new(LOG_DEFAULT));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let options = Options::read(std::env::args().skip(1)).unwrap_or_else(|fault| {
        eprintln!("{fault}");
        exit(2)
    });

    let mut context = tauri::generate_context!();
    let product = context.config().identifier.clone();
    context.config_mut().identifier = options.identifier(&product);

    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _words, _dir| show(app)))
        .plugin(tauri_plugin_store::Builder::default().build())
        .plugin(
            tauri_plugin_window_state::Builder::default()
                .with_state_flags(StateFlags::POSITION | StateFlags::SIZE | StateFlags::MAXIMIZED)
                .build(),
        )
        .invoke_handler(tauri::generate_handler![
            window_commands::snapshot,
            window_commands::set_settings,
            window_commands::painted,
            window_commands::quit,
            session::check_server,
            session::sign_in,
            session::forgot_password,
            session::sign_in_sip,
            session::try_here,
            session::sign_out,
            session::retry_now,
            calls::dial,
            calls::answer,
            calls::decline,
            calls::silence,
            calls::hang_up,
            calls::hold,
            calls::resume,
            calls::mute,
            calls::dtmf,
            transfer::transfer,
            transfer::consult,
            transfer::complete_transfer,
            history::history,
            history::history_seen,
            history::history_delete,
            history::history_quality,
            history::history_restore,
            history::history_note,
            history::history_export,
            history::export_passport,
            devices::devices_refresh,
            devices::choose_device,
            devices::volume,
            devices::voice_processing,
            devices::save_devices,
            devices::test_device,
            devices::test_heard,
            devices::end_test,
            devices::open_system_settings,
            status::set_status,
            status::offline_at_sign_in,
            profile::rename,
            profile::photo_open,
            profile::photo_preview,
            profile::photo_save,
            profile::photo_close,
            profile::photo_remove,
            profile::picture,
            profile::password_rules,
            profile::change_password,
            contacts::contacts,
            contacts::contact,
            contacts::contact_versions,
            contacts::contact_resolve,
            contacts::contact_save,
            contacts::contact_delete,
            contacts::contact_restore,
            contacts::contact_favourite,
            contacts::contacts_open_file,
            contacts::contacts_preview,
            contacts::contacts_import,
            contacts::contacts_export,
            contacts::contacts_region,
            contacts::contacts_set_region,
        ])
        .manage(Started(started))
        .setup(move |app| Ok(set_up(app, options, &product)?))
        .build(context);
    match app {
        Ok(app) => app.run(on_event),
        Err(fault) => {
            eprintln!("Rannan cannot start: {fault}");
            exit(1);
        }
    }
}

/// Why the app cannot start.
#[derive(Debug, thiserror::Error)]
enum SetUpError {
    #[error(transparent)]
    Tauri(#[from] tauri::Error),
    #[error("the phone cannot be started: {0}")]
    Engine(#[from] engine::StartError),
}

fn set_up(app: &mut App, options: Options, product: &str) -> Result<(), SetUpError> {
    let handle = app.handle().clone();
    let settings = preferences::load(&handle);
    let theme = settings.theme;
    app.manage(Preferences(Mutex::new(settings)));

    let data_dir = handle.path().app_data_dir()?;
    let config = EngineConfig {
        data_dir: data_dir.clone(),
        user_agent: format!("Rannan/{}", env!("CARGO_PKG_VERSION")),
        device_name: options.identifier("desktop"),
        extra_ca: None,
        tones: true,
        sound: SoundOverride::default(),
        codecs: engine::ALL_CODECS.to_vec(),
        secrets: Arc::new(Keychain::new(options.identifier(product))),
    };
    let (engine, news) = tauri::async_runtime::block_on(async { engine::start(config) })?;
    app.manage(engine.clone());
    app.manage(Practice::new(practice_dir(data_dir, product)));
    window::open(&handle, &options.profile, theme)?;
    app.manage(options);

    let resuming = engine.clone();
    tauri::async_runtime::spawn(async move {
        if !resuming.resume_session().await {
            tracing::debug!("no kept session");
        }
    });
    tauri::async_runtime::spawn(events::forward(handle.clone(), engine, news));
    tauri::async_runtime::spawn(async move { handle.state::<Practice>().keep_alive().await });
    Ok(())
}

/// One practice server for all profiles: beside the default profile's folder, whatever the profile is.
fn practice_dir(data_dir: PathBuf, product: &str) -> PathBuf {
    data_dir.parent().map_or_else(|| data_dir.clone(), |all| all.join(product)).join("practice")
}

fn on_event(app: &AppHandle, event: RunEvent) {
    match event {
        RunEvent::WindowEvent { event: WindowEvent::CloseRequested { api, .. }, .. } => {
            let inside = tauri::async_runtime::block_on(app.state::<EngineHandle>().snapshot());
            if inside.is_some_and(|snapshot| !snapshot.calls.is_empty()) {
                api.prevent_close();
                events::emit(app, &UiEvent::CloseAsked);
            }
        }
        RunEvent::Exit => tauri::async_runtime::block_on(async {
            app.state::<EngineHandle>().shutdown().await;
            app.state::<Practice>().stop().await;
        }),
        _ => {}
    }
}

fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(window::MAIN)
        && let Err(fault) = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus())
    {
        tracing::warn!(%fault, "the running window cannot be brought to the front");
    }
}
