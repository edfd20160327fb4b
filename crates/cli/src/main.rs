//! `rannan-cli`: the phone without a window, for automation, tests and measuring.

mod agent;
mod args;
mod bulk;
mod command;
mod directory;
mod lines;
mod numbers;
mod operate;
mod panel;
mod run;
mod sources;
mod supervision;
mod transfers;
mod voicemail;
mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use args::{Args, Asked};
use base::Secret;
use engine::audio::wav;
use engine::{EngineConfig, MemorySecrets, MicOverride, SoundOverride, SpeakerOverride};
use tracing_subscriber::EnvFilter;

/// Wrong arguments.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("off"));
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(std::io::stderr).init();
    let args = match args::parse(std::env::args().skip(1)) {
        Ok(Asked::Run(args)) => args,
        Ok(Asked::Help) => {
            print!("{}", args::HELP);
            return ExitCode::SUCCESS;
        }
        Ok(Asked::Version) => {
            println!("rannan-cli {}", env!("CARGO_PKG_VERSION"));
            return ExitCode::SUCCESS;
        }
        Err(message) => return wrong(&format!("{message} (see --help)")),
    };
    let (config, password) = match prepare(&args) {
        Ok(prepared) => prepared,
        Err(message) => return wrong(&message),
    };
    // One thread: a phone is mostly waiting, and waking a second one costs more than it helps.
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&format!("starting the runtime: {error}")),
    };
    let code = runtime.block_on(phone(config, args, password));
    // A thread that waits for a file or a name must not hold up the end.
    runtime.shutdown_background();
    code
}

async fn phone(config: EngineConfig, args: Box<Args>, password: Secret) -> ExitCode {
    let (engine, events) = match engine::start(config) {
        Ok(started) => started,
        Err(error) => return failed(&error.to_string()),
    };
    // In a task of its own, so that a panic there still unregisters us.
    let console = tokio::spawn({
        let engine = engine.clone();
        async move { run::run(&engine, events, args.account, password).await }
    });
    let code = console.await.unwrap_or_else(|error| {
        run::print(&words::error("internal", error.to_string()));
        ExitCode::FAILURE
    });
    engine.shutdown().await;
    code
}

fn prepare(args: &Args) -> Result<(EngineConfig, Secret), String> {
    let password = std::env::var(&args.password_env)
        .map(Secret::new)
        .map_err(|_| format!("the environment variable {} with the password is not set", args.password_env))?;
    let extra_ca = match &args.ca {
        Some(path) => {
            Some(std::fs::read_to_string(path).map_err(|error| format!("reading {}: {error}", path.display()))?)
        }
        None => None,
    };
    let data_dir = match &args.data {
        Some(dir) => dir.clone(),
        None => user_data_dir().ok_or("there is no data folder; name one with --data")?,
    };
    let config = EngineConfig {
        data_dir,
        user_agent: concat!("Rannan-cli/", env!("CARGO_PKG_VERSION")).to_owned(),
        device_name: "rannan-cli".to_owned(),
        extra_ca,
        tones: args.tones,
        sound: SoundOverride {
            microphone: microphone(args.mic.as_deref())?,
            speaker: args.speaker.as_deref().map(speaker),
            voice: args.voice,
        },
        codecs: args.codecs.clone(),
        secrets: Arc::new(MemorySecrets::default()),
    };
    Ok((config, password))
}

fn microphone(given: Option<&str>) -> Result<Option<MicOverride>, String> {
    match given {
        Some(file) if is_wav(file) => {
            let samples = wav::load(Path::new(file)).map_err(|error| format!("reading {file}: {error}"))?;
            Ok(Some(MicOverride::Samples(samples)))
        }
        Some(name) => Ok(Some(MicOverride::Device(name.to_owned()))),
        None => Ok(None),
    }
}

fn speaker(given: &str) -> SpeakerOverride {
    if is_wav(given) { SpeakerOverride::Wav(PathBuf::from(given)) } else { SpeakerOverride::Device(given.to_owned()) }
}

fn is_wav(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("wav"))
}

fn user_data_dir() -> Option<PathBuf> {
    let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base =
        from("XDG_DATA_HOME").or_else(|| from("LOCALAPPDATA")).or_else(|| Some(from("HOME")?.join(".local/share")));
    Some(base?.join("rannan-cli"))
}

fn wrong(message: &str) -> ExitCode {
    eprintln!("rannan-cli: {message}");
    ExitCode::from(USAGE)
}

fn failed(message: &str) -> ExitCode {
    run::print(&words::error("start_failed", message));
    ExitCode::FAILURE
}
