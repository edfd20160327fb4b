//! The system's own settings: who may use the microphone, which devices there are and which are muted. We open them; changing is
//! the agent's.

use std::io;
use std::process::{Command, Stdio};
use std::thread;

use ipc::SystemSettingsPage;

/// A program with its words.
type Opener = (&'static str, &'static [&'static str]);

/// Opens `page` in the system's own window and does not wait for it.
///
/// # Errors
/// The last refusal when none of the programs that could do it can be started.
pub fn open(page: SystemSettingsPage) -> io::Result<()> {
    start_first(openers(page))
}

#[cfg(target_os = "windows")]
fn openers(page: SystemSettingsPage) -> &'static [Opener] {
    match page {
        SystemSettingsPage::MicrophoneAccess => &[("explorer", &["ms-settings:privacy-microphone"])],
        SystemSettingsPage::Sound => &[("explorer", &["ms-settings:sound"])],
    }
}

#[cfg(target_os = "macos")]
fn openers(page: SystemSettingsPage) -> &'static [Opener] {
    match page {
        SystemSettingsPage::MicrophoneAccess => {
            &[("open", &["x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone"])]
        }
        SystemSettingsPage::Sound => &[("open", &["x-apple.systempreferences:com.apple.preference.sound"])],
    }
}

/// No desktop here asks who may use the microphone: what refuses it is the sound server, so both pages are sound.
#[cfg(not(any(target_os = "windows", target_os = "macos")))]
fn openers(page: SystemSettingsPage) -> &'static [Opener] {
    match page {
        SystemSettingsPage::MicrophoneAccess | SystemSettingsPage::Sound => {
            &[("gnome-control-center", &["sound"]), ("systemsettings", &["kcm_pulseaudio"]), ("pavucontrol", &[])]
        }
    }
}

/// Starts the first that is there. It lives on its own; a thread waits for its end, so that it leaves no zombie.
fn start_first(openers: &[Opener]) -> io::Result<()> {
    let mut refusal = io::Error::from(io::ErrorKind::NotFound);
    for (program, words) in openers {
        let started =
            Command::new(program).args(*words).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        match started {
            Ok(mut child) => {
                thread::Builder::new().name("settings-window".to_owned()).spawn(move || match child.wait() {
                    Ok(status) => tracing::debug!(%status, "the system's settings are closed"),
                    Err(fault) => tracing::warn!(%fault, "the system's settings cannot be waited for"),
                })?;
                return Ok(());
            }
            Err(fault) => {
                tracing::debug!(program, %fault, "the system's settings cannot be opened with this");
                refusal = io::Error::new(fault.kind(), format!("{program}: {fault}"));
            }
        }
    }
    Err(refusal)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABSENT: Opener = ("rannan-no-such-program", &[]);

    #[test]
    fn the_first_program_that_is_there_is_started() {
        let here = if cfg!(windows) { ("cmd", ["/c", "ver"].as_slice()) } else { ("true", [].as_slice()) };
        assert!(start_first(&[ABSENT, here]).is_ok());
    }

    #[test]
    fn what_was_tried_last_is_named_when_none_is_there() {
        let refusal = start_first(&[ABSENT]).unwrap_err();
        assert_eq!(refusal.kind(), io::ErrorKind::NotFound);
        assert!(refusal.to_string().starts_with(ABSENT.0), "{refusal}");
    }
}
