//! House rules that a machine can keep: edges between rooms, names known in one room, pure cores, licences.

use std::collections::{BTreeSet, HashMap};
use std::fs;

use crate::house::{DOES_IO, EDGES, PURE, WORKSHOP};
use crate::licences::satisfied;
use crate::metadata::{Package, packages, root};

/// Checks everything; the error lists every fault.
pub fn run() -> Result<String, String> {
    let packages = packages()?;
    let by_id: HashMap<&str, &Package> = packages.iter().map(|p| (p.id.as_str(), p)).collect();
    let deny = fs::read_to_string(root().join("deny.toml")).map_err(|e| format!("reading deny.toml: {e}"))?;
    let deny: toml::Table = deny.parse().map_err(|e| format!("deny.toml: {e}"))?;
    let mut faults = Vec::new();
    edges(&packages, &by_id, &mut faults);
    bans(&packages, &by_id, &deny, &mut faults);
    purity(&packages, &by_id, &mut faults);
    licences(&packages, &deny, &mut faults);
    if faults.is_empty() {
        return Ok(format!("the house is tidy: {} packages looked at", packages.len()));
    }
    Err(faults.join("\n"))
}

fn edges(packages: &[Package], by_id: &HashMap<&str, &Package>, faults: &mut Vec<String>) {
    for room in packages.iter().filter(|p| p.member) {
        let leans_on = room.normal.iter().filter_map(|id| by_id.get(id.as_str())).filter(|p| p.member);
        let Some((_, allowed)) = EDGES.iter().find(|(name, _)| *name == room.name) else {
            if !WORKSHOP.contains(&room.name.as_str()) {
                faults.push(format!("{}: a room without a row in crates/xtask/src/house.rs", room.name));
            } else if leans_on.into_iter().any(|p| p.name == "rannan") {
                faults.push(format!("{}: the workshop does not lean on the shell", room.name));
            }
            continue;
        };
        for other in leans_on.filter(|p| !allowed.contains(&p.name.as_str())) {
            faults
                .push(format!("{} leans on {}: not in the table of crates/xtask/src/house.rs", room.name, other.name));
        }
    }
}

fn bans(packages: &[Package], by_id: &HashMap<&str, &Package>, deny: &toml::Table, faults: &mut Vec<String>) {
    let rules = deny.get("bans").and_then(|b| b.get("deny")).and_then(toml::Value::as_array);
    for rule in rules.into_iter().flatten() {
        let name = rule.get("crate").and_then(toml::Value::as_str).unwrap_or_default();
        let wrappers: Vec<&str> = strings(rule.get("wrappers"));
        for user in packages {
            let uses = user.normal.iter().filter_map(|id| by_id.get(id.as_str())).any(|p| p.name == name);
            if uses && !wrappers.contains(&user.name.as_str()) {
                faults.push(format!("{} names {name}: only {} may", user.name, wrappers.join(", ")));
            }
        }
    }
}

fn purity(packages: &[Package], by_id: &HashMap<&str, &Package>, faults: &mut Vec<String>) {
    for room in packages.iter().filter(|p| p.member && PURE.contains(&p.name.as_str())) {
        for name in tree(room, by_id) {
            if DOES_IO.contains(&name) {
                faults.push(format!("{}: {name} is in its tree, and a core does no I/O", room.name));
            }
        }
    }
}

fn tree<'a>(room: &'a Package, by_id: &HashMap<&str, &'a Package>) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut open = vec![room];
    while let Some(package) = open.pop() {
        for next in package.normal.iter().filter_map(|id| by_id.get(id.as_str())) {
            if seen.insert(next.name.as_str()) {
                open.push(next);
            }
        }
    }
    seen
}

fn licences(packages: &[Package], deny: &toml::Table, faults: &mut Vec<String>) {
    let allowed: Vec<String> =
        strings(deny.get("licenses").and_then(|l| l.get("allow"))).into_iter().map(str::to_owned).collect();
    for package in packages.iter().filter(|p| !p.member) {
        match &package.licence {
            Some(expression) if satisfied(expression, &allowed) => {}
            other => faults.push(format!("{} {}: licence {other:?} is not allowed", package.name, package.version)),
        }
    }
}

fn strings(value: Option<&toml::Value>) -> Vec<&str> {
    value.and_then(toml::Value::as_array).into_iter().flatten().filter_map(toml::Value::as_str).collect()
}
