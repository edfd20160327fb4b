//! Generated files: written by `codegen`, compared by `codegen --check`.

use std::fs;
use std::path::PathBuf;

fn target() -> PathBuf {
    crate::metadata::root().join("ui/src/backend/generated.ts")
}

/// Writes the TypeScript of the bridge.
pub fn write() -> Result<String, String> {
    let path = target();
    fs::write(&path, ipc::typescript()).map_err(|e| format!("writing {}: {e}", path.display()))?;
    Ok(format!("wrote {}", path.display()))
}

/// Fails when the file in the tree is not what `codegen` would write.
pub fn check() -> Result<String, String> {
    let path = target();
    let current = fs::read_to_string(&path).map_err(|e| format!("reading {}: {e}", path.display()))?;
    if current == ipc::typescript() {
        return Ok("generated files are current".to_owned());
    }
    Err(format!("{} is not current: run `cargo xtask codegen` and commit it", path.display()))
}
