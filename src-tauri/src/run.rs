//! Builds the app and runs it.

use std::path::PathBuf;
use std::process::exit;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use engine::{EngineConfig, EngineHandle, SoundOverride};
use tauri::ipc::Invoke;
use tauri::{App, AppHandle, Manager, RunEvent, WindowEvent, Wry};
use tauri_plugin_window_state::StateFlags;
use tracing_subscriber::EnvFilter;

use crate::commands::window::{Preferences, Started};
use crate::commands::{
    agent, calls, contacts, devices, directory, directory_bulk, history, login_start, operate, panel, profile,
    queue_admin, recording, rights, rules, session, sources, status, status_admin, supervision, transfer,
    window as window_commands,
};
use crate::options::Options;
use crate::outside::{self, Outside};
use crate::practice::Practice;
use crate::secrets::Keychain;
use crate::{events, notice, preferences, webview, window};

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

    let commands = commands();
    let at_login =
        tauri_plugin_autostart::Builder::new().app_name(&context.config().identifier).args(options.at_login()).build();
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _words, _dir| window::show(app)))
        .plugin(tauri_plugin_store::Builder::default().build())
        .plugin(at_login)
        .plugin(
            tauri_plugin_window_state::Builder::default()
                .with_state_flags(StateFlags::POSITION | StateFlags::SIZE | StateFlags::MAXIMIZED)
                .with_denylist(&[notice::NOTICE])
                .build(),
        )
        .invoke_handler(move |invoke| guarded(&commands, invoke))
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

/// Every command of the windows.
fn commands() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        window_commands::snapshot,
        window_commands::set_settings,
        login_start::start_at_login,
        login_start::set_start_at_login,
        window_commands::painted,
        window_commands::quit,
        window_commands::close_window,
        window_commands::show_window,
        window_commands::notice_call_back,
        window_commands::notice_dismiss,
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
        recording::record,
        recording::record_pause,
        recording::recordings,
        recording::recording_delete,
        recording::recording_policy_get,
        recording::recording_policy_put,
        recording::player,
        recording::voicemail,
        recording::message_heard,
        recording::message_delete,
        supervision::supervise,
        supervision::supervise_leave,
        supervision::conference,
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
        rules::audit_get,
        rules::team_rules_get,
        rules::team_rules_put,
        rules::parking_rules_get,
        rules::parking_rules_put,
        queue_admin::queues_get,
        queue_admin::queue_add,
        queue_admin::queue_edit,
        queue_admin::queue_remove,
        queue_admin::queue_member_put,
        queue_admin::queue_member_remove,
        status_admin::statuses_get,
        status_admin::status_add,
        status_admin::status_edit,
        status_admin::statuses_order,
        profile::rename,
        profile::photo_open,
        profile::photo_preview,
        profile::photo_save,
        profile::photo_close,
        profile::photo_remove,
        profile::picture,
        profile::password_rules,
        profile::change_password,
        agent::agent_ready,
        agent::agent_extend,
        directory::directory_get,
        directory::directory_leave,
        directory::directory_search,
        directory::user_get,
        directory::user_add,
        directory::user_edit,
        directory::user_delete,
        directory::user_force_status,
        directory::user_end_sessions,
        operate::colleague_pick_up,
        operate::colleague_divert,
        operate::colleague_transfer,
        operate::park,
        directory::user_password,
        directory::extensions_get,
        directory::extension_unregister,
        panel::panel_get,
        panel::panel_leave,
        panel::panel_charts,
        panel::panel_act,
        directory_bulk::bulk_range,
        directory_bulk::bulk_open_file,
        directory_bulk::bulk_look,
        directory_bulk::bulk_plan,
        directory_bulk::bulk_get,
        directory_bulk::bulk_rows,
        directory_bulk::bulk_start,
        directory_bulk::bulk_stop,
        directory_bulk::bulk_leave,
        directory_bulk::bulk_password,
        directory_bulk::bulk_save_passwords,
        directory_bulk::bulk_save_faults,
        directory_bulk::directory_export,
        rights::departments,
        rights::rights_get,
        rights::rights_put,
        contacts::contacts,
        contacts::contact,
        contacts::contact_of,
        contacts::contact_versions,
        contacts::contact_resolve,
        contacts::contact_save,
        contacts::contact_delete,
        contacts::contact_restore,
        contacts::contact_favourite,
        contacts::contact_copy,
        sources::sources,
        sources::source_test,
        sources::source_save,
        sources::source_remove,
        sources::source_refresh,
        contacts::contacts_open_file,
        contacts::contacts_preview,
        contacts::contacts_import,
        contacts::contacts_export,
        contacts::contacts_region,
        contacts::contacts_set_region,
    ]
}

/// Each window may give its own commands only.
fn guarded(commands: &impl Fn(Invoke<Wry>) -> bool, invoke: Invoke<Wry>) -> bool {
    if !notice::may(invoke.message.webview_ref().label(), invoke.message.command()) {
        tracing::error!(command = invoke.message.command(), "a window gave a command that is not for it");
        invoke.resolver.reject("not allowed");
        return true;
    }
    commands(invoke)
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
    app.manage(Outside::new(settings.clone()));
    app.manage(Preferences(Mutex::new(settings.clone())));

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
    let main = window::open(&handle, &options.profile, &settings)?;
    if options.minimized {
        main.minimize()?;
    }
    app.manage(options);
    app.state::<Outside>().build_tray(&handle);

    let resuming = engine.clone();
    tauri::async_runtime::spawn(async move {
        if !resuming.resume_session().await {
            tracing::debug!("no kept session");
        }
    });
    tauri::async_runtime::spawn(events::forward(handle.clone(), engine, news));
    let shown = handle.clone();
    tauri::async_runtime::spawn(async move { shown.state::<Outside>().keep_shown(shown.clone()).await });
    tauri::async_runtime::spawn(async move { handle.state::<Practice>().keep_alive().await });
    Ok(())
}

/// One practice server for all profiles: beside the default profile's folder, whatever the profile is.
fn practice_dir(data_dir: PathBuf, product: &str) -> PathBuf {
    data_dir.parent().map_or_else(|| data_dir.clone(), |all| all.join(product)).join("practice")
}

fn on_event(app: &AppHandle, event: RunEvent) {
    match event {
        RunEvent::WindowEvent { label, event, .. } => on_window_event(app, &label, &event),
        RunEvent::Exit => tauri::async_runtime::block_on(async {
            app.state::<EngineHandle>().shutdown().await;
            app.state::<Practice>().stop().await;
        }),
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => window::show(app),
        _ => {}
    }
}

fn on_window_event(app: &AppHandle, label: &str, event: &WindowEvent) {
    match event {
        WindowEvent::CloseRequested { api, .. } if label == window::MAIN && outside::close_asked(app) => {
            api.prevent_close();
        }
        // The small window goes when the engine says so; what was only told can be put away.
        WindowEvent::CloseRequested { api, .. } if label == notice::NOTICE => {
            api.prevent_close();
            app.state::<Outside>().dismiss_missed();
        }
        WindowEvent::Focused(focused) if label == window::MAIN => app.state::<Outside>().watch(*focused),
        // Nothing is left that could be closed: a small window alone does not keep the program.
        WindowEvent::Destroyed if label == window::MAIN => app.exit(0),
        _ => {}
    }
}
