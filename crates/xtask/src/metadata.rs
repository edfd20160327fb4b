//! What cargo knows of the workspace.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The repository's top folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// One package of the graph.
pub struct Package {
    pub id: String,
    pub name: String,
    pub version: String,
    pub licence: Option<String>,
    /// Ids of what it depends on to be built and to run (no dev-dependencies).
    pub normal: Vec<String>,
    /// A member of this workspace.
    pub member: bool,
}

/// The graph for all platforms, from `cargo metadata`.
pub fn packages() -> Result<Vec<Package>, String> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .map_err(|e| format!("running cargo metadata: {e}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let all: Value = serde_json::from_slice(&output.stdout).map_err(|e| format!("reading cargo metadata: {e}"))?;
    let members: Vec<&str> = strings(&all["workspace_members"]);
    let mut packages: Vec<Package> = list(&all["packages"])
        .iter()
        .map(|p| Package {
            id: text(&p["id"]),
            name: text(&p["name"]),
            version: text(&p["version"]),
            licence: p["license"].as_str().map(str::to_owned),
            normal: Vec::new(),
            member: members.contains(&p["id"].as_str().unwrap_or_default()),
        })
        .collect();
    for node in list(&all["resolve"]["nodes"]) {
        let id = node["id"].as_str().unwrap_or_default();
        let normal = list(&node["deps"]).iter().filter(|dep| is_normal(dep)).map(|dep| text(&dep["pkg"])).collect();
        if let Some(package) = packages.iter_mut().find(|p| p.id == id) {
            package.normal = normal;
        }
    }
    Ok(packages)
}

fn is_normal(dep: &Value) -> bool {
    list(&dep["dep_kinds"]).iter().any(|kind| kind["kind"].as_str() != Some("dev"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn strings(value: &Value) -> Vec<&str> {
    list(value).iter().filter_map(Value::as_str).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
