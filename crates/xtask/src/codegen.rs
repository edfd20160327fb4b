//! Generated files: written by `codegen`, compared by `codegen --check`.

use std::fs;

use crate::metadata::root;
use crate::spec;

/// A file, and what stands in it.
type Generated = (&'static str, fn() -> Result<String, String>);

/// The TypeScript of the bridge, the API of the team server, and which rule is proved by which test.
const FILES: [Generated; 3] = [
    ("ui/src/backend/generated.ts", || Ok(ipc::typescript())),
    ("docs/openapi.json", || Ok(team_api::openapi_json())),
    ("docs/spec-coverage.md", spec::table),
];

/// Writes all of them.
pub fn write() -> Result<String, String> {
    for (name, text) in FILES {
        let path = root().join(name);
        fs::write(&path, text()?).map_err(|e| format!("writing {}: {e}", path.display()))?;
    }
    Ok(format!("wrote {}", FILES.map(|(name, _)| name).join(", ")))
}

/// Fails when a file in the tree is not what `codegen` would write.
pub fn check() -> Result<String, String> {
    for (name, text) in FILES {
        let path = root().join(name);
        let current = fs::read_to_string(&path).map_err(|e| format!("reading {}: {e}", path.display()))?;
        if current != text()? {
            return Err(format!("{} is not current: run `cargo xtask codegen` and commit it", path.display()));
        }
    }
    Ok("generated files are current".to_owned())
}
