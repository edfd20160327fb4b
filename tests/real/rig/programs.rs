//! The programs under test.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The built program of this name, beside the test itself. Builds both first, since `cargo test` builds no programs of other
/// packages. `RANNAN_PROGRAMS` names a folder of programs that are already built instead.
pub fn program(name: &str) -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(build).join(name)
}

fn build() -> PathBuf {
    if let Some(folder) = std::env::var_os("RANNAN_PROGRAMS") {
        return folder.into();
    }
    let test = std::env::current_exe().expect("a test knows where it is");
    let folder = test.parent().and_then(Path::parent).expect("tests are in PROFILE/deps").to_owned();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    // The same selection as `npm test` builds: another one would have other features and compile the world again.
    command.args(["build", "--quiet", "--workspace", "--all-targets"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    if folder.ends_with("release") {
        command.arg("--release");
    }
    let status = command.status().expect("cargo runs");
    assert!(status.success(), "the programs under test do not build");
    folder
}
